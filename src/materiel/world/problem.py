"""Problem: something wrong in a data file, as a value, so that all of them can be told at once."""

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """What is wrong and where; problems sort by file and line."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class DataError(Exception):
    """Data that cannot be used; `problems` are all that is wrong with it."""

    def __init__(self, what: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n  ".join((f"{what} cannot be loaded:", *map(str, self.problems))))
