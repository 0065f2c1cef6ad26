"""Tables: reads TSV files as rows with line numbers, and rows as records, with errors as values."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_origin
from unicodedata import is_normalized

import msgspec

from materiel.world.problem import Problem

T = TypeVar("T", bound=msgspec.Struct)
NOTHING = ("", "-")


class Row(NamedTuple):
    """One line of a table, its cells by column."""

    line: int
    cells: dict[str, str]


def read_text_file(path: Path) -> tuple[str, list[Problem]]:
    """The text of a data file; a file that is missing, not UTF-8 or not NFC is a problem."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return "", [Problem(str(path), 1, "the file is missing")]
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return "", [Problem(str(path), line, "not UTF-8")]
    if is_normalized("NFC", text):
        return text, []
    lines = text.split("\n")
    return text, [
        Problem(str(path), n, "not in Unicode normal form C (NFC)")
        for n, line in enumerate(lines, 1)
        if not is_normalized("NFC", line)
    ]


def split_forms(cell: str) -> tuple[str, ...]:
    """The forms of a cell, parted by `|`."""
    return tuple(form for part in cell.split("|") if (form := part.strip()) not in NOTHING)


def read_table(path: Path, columns: Sequence[str]) -> tuple[list[Row], list[Problem]]:
    """The rows of a TSV file that has these columns, in any order."""
    text, problems = read_text_file(path)
    rows: list[Row] = []
    header: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.rstrip("\r").split("\t")]
        if header is None:
            header = cells
            if sorted(header) != sorted(columns):
                problems.append(Problem(str(path), number, _header_message(header, columns)))
                break
        elif len(cells) != len(header):
            problems.append(Problem(str(path), number, f"{len(cells)} cells, the header has {len(header)}"))
        else:
            rows.append(Row(number, dict(zip(header, cells, strict=True))))
    if header is None and not problems:
        problems.append(Problem(str(path), 1, f"no header; its columns are {' '.join(columns)}"))
    return rows, problems


def _header_message(header: Sequence[str], columns: Sequence[str]) -> str:
    return f"the header has the columns {' '.join(header)}, expected {' '.join(columns)}"


def read_records(path: Path, kind: type[T]) -> tuple[list[tuple[int, T]], list[Problem]]:
    """The lines of a TSV file as structs whose fields are its columns, each with its line number."""
    fields = msgspec.structs.fields(kind)
    lists = {f.encode_name for f in fields if get_origin(f.type) is tuple}
    optional = {f.encode_name for f in fields if type(None) in get_args(f.type)}
    rows, problems = read_table(path, [f.encode_name for f in fields])
    records: list[tuple[int, T]] = []
    for line, cells in rows:
        empty = [c for c in cells if c not in lists and c not in optional and cells[c] in NOTHING]
        if empty:
            problems.append(Problem(str(path), line, f"no {' or '.join(empty)}"))
            continue
        values: dict[str, Any] = {
            name: split_forms(cell) if name in lists else cell
            for name, cell in cells.items()
            if name in lists or cell not in NOTHING
        }
        values |= dict.fromkeys(optional - values.keys())
        try:
            records.append((line, msgspec.convert(values, kind, strict=False)))
        except msgspec.ValidationError as error:
            problems.append(Problem(str(path), line, str(error).replace("`$.", "`")))
    return records, problems
