"""Register: transfers as a trade register in CSV, and rows that a person has typed in that form."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from materiel.exports.cells import written, written_list
from materiel.exports.coded import article_of
from materiel.exports.rows import COLUMNS, rows_of
from materiel.exports.typed import CellError
from materiel.model.article import AnnotatedArticle
from materiel.model.finding import Screened
from materiel.world.problem import Problem

REQUIRED = ("supplier", "recipient", "description")


def write(screened: Iterable[Screened], stream: BinaryIO) -> None:
    """Writes a header and one line a row, as UTF-8."""
    stream.write(_line(COLUMNS))
    for row in rows_of(screened):
        stream.write(_line(_cell(value) for value in msgspec.to_builtins(row).values()))


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return written_list(_plain(member) for member in value)
    return written(_plain(value))


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().encode()


def read_register(stream: BinaryIO, name: str = "register") -> tuple[list[AnnotatedArticle], list[Problem]]:
    """The rows of a register, each as an article of its own with its claims (`coded.article_of`), and the bad ones.

    `name` names the stream in problems and ids. Only the columns supplier, recipient and description must be there;
    case and spaces in their names make no difference. A row that cannot be read is a problem that names line, column
    and mend; the others are still read.
    """
    try:
        text = stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return [], [Problem(name, line, "this is not UTF-8; save the table as CSV in UTF-8")]
    lines = _lines(text)
    header_line, header, broken = next(lines, (1, [], ""))
    columns = [_column(cell) for cell in header]
    twice = [column for n, column in enumerate(columns) if column and column in columns[:n]]
    if twice:
        what = f"column `{twice[0]}` stands twice; name one of them otherwise"
        return [], [Problem(name, header_line, broken or what)]
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        message = f"no column `{'`, `'.join(missing)}`; the first line names the columns, parted by commas"
        return [], [Problem(name, header_line, broken or message)]
    articles, problems = [], []
    for line, cells, broken in lines:
        try:
            articles.append(article_of(_by_column(columns, cells, broken), f"{name}:{line}"))
        except CellError as error:
            problems.append(Problem(name, line, str(error)))
    return articles, problems


def _by_column(columns: list[str], cells: list[str], broken: str) -> dict[str, str]:
    if broken:
        raise CellError("", broken)
    if len(cells) > len(columns):
        what = f"{len(cells)} cells, the header has {len(columns)}; put a cell that has a comma in double quotes"
        raise CellError("", what)
    return dict(zip(columns, cells, strict=False))


def _lines(text: str) -> Iterator[tuple[int, list[str], str]]:
    """The filled rows of a CSV, each with the line it begins on, and what is wrong with its form."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, [], f"{error}; put a cell in double quotes, and double each quote in it"
            continue
        if any(cell.strip() for cell in cells):
            yield line, cells, ""


def _column(cell: str) -> str:
    return "_".join(cell.strip().casefold().replace("_", " ").replace("-", " ").split())
