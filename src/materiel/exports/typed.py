"""Typed: the cells of a row as people type them; an error names the column and the mend."""

import re
from collections.abc import Mapping
from typing import Any, get_args

from materiel.exports.cells import read, shown
from materiel.model.dates import is_told_date

Cells = Mapping[str, str]
Number = int | float
_NUMBER = re.compile(r"(\d{1,30}|\d{1,3}(,\d{3}){1,9})(\.\d{1,6})?", re.ASCII)


class CellError(Exception):
    """A cell cannot be read; `column` is empty where the whole row cannot."""

    def __init__(self, column: str, what: str) -> None:
        self.column = column
        super().__init__(shown(f"column `{column}`: {what}" if column else what))


def text_in(cells: Cells, column: str) -> str:
    """The text of a cell, empty where the column is missing."""
    return read(cells.get(column, "").strip())


def choice_in(cells: Cells, column: str, kind: Any) -> Any:
    """One of the words of a Literal, or None where the cell is empty."""
    word, words = text_in(cells, column).casefold().replace(" ", "_"), get_args(kind)
    if word and word not in words:
        raise CellError(column, f"`{word}` is none of {', '.join(words)}; write one of them or leave it empty")
    return word or None


def number_in(cells: Cells, column: str) -> Number | None:
    """The number in a cell, or None where it is empty."""
    return as_number(column, text_in(cells, column))


def as_number(column: str, cell: str) -> Number | None:
    """A number as digits, thousands parted by commas or not."""
    if not cell:
        return None
    if not _NUMBER.fullmatch(cell):
        raise CellError(column, f"`{cell}` is no number; write digits such as 24 or leave it empty")
    whole, _, part = cell.replace(",", "").partition(".")
    return float(f"{whole}.{part}") if part.strip("0") else int(whole)


def date_in(cells: Cells, column: str) -> str | None:
    """The date in a cell, or None where it is empty."""
    return as_date(column, text_in(cells, column))


def as_date(column: str, cell: str) -> str | None:
    """A date as corpus/GUIDE.md has it; a span is `start/end`."""
    if cell and not is_told_date(cell):
        raise CellError(column, f"`{cell}` is no date; write 2023, 2023-09, 2023-09-17 or a span start/end")
    return cell or None
