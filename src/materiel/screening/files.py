"""Files: what stands in the embargoes' files, as far as it can be read, and what is wrong with their form."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from materiel.screening.shape import Embargo, Exemption, Head, ItemSet, Measure, Membership, Word
from materiel.world.decode import Fault, decode
from materiel.world.problem import Problem
from materiel.world.tables import read_records
from materiel.world.toml import Keys, lines_of, nearest_line, read_toml

DATA = Path(__file__).parent / "data"
TABLES = Path(__file__).parent / "tables"
T = TypeVar("T", bound=msgspec.Struct)


class EmbargoFile(NamedTuple):
    """An embargo and the lines of its file's keys."""

    path: Path
    lines: dict[Keys, int]
    embargo: Embargo

    def problem(self, message: str, *keys: str | int) -> Problem:
        """A problem at a key of the file."""
        return Problem(str(self.path), nearest_line(self.lines, keys), message)


class Files(NamedTuple):
    """What stands in the files, list entries with their lines; `folder` holds the tables."""

    embargoes: tuple[EmbargoFile, ...]
    folder: Path
    sets: list[ItemSet]
    members: list[tuple[int, Membership]]
    words: list[tuple[int, Word]]


def read_files(data: Path = DATA, tables: Path = TABLES) -> tuple[Files, list[Problem]]:
    """What stands in the files of the two folders, and what is wrong with their form."""
    problems: list[Problem] = []
    embargoes = []
    for path in sorted(data.glob("*.toml"), key=lambda p: p.stem):
        embargo, found = read_embargo(path)
        problems += found
        if embargo:
            embargoes.append(embargo)
    if not embargoes and not problems:
        problems.append(Problem(str(data), 1, "no embargo lies here"))
    raw, found = read_toml(tables / "items.toml")
    sets, more = _list_of(raw, "set", ItemSet)
    members, of_members = read_records(tables / "members.tsv", Membership)
    words, of_words = read_records(tables / "words.tsv", Word)
    problems += [*found, *_located(tables / "items.toml", [*more, *_unknown(raw, ("set",))]), *of_members, *of_words]
    return Files(tuple(embargoes), tables, sets, members, words), problems


def read_embargo(path: Path) -> tuple[EmbargoFile | None, list[Problem]]:
    """The embargo of one file; None where its head or a measure cannot be read."""
    raw, problems = read_toml(path)
    if problems:
        return None, problems
    measures, faults = _list_of(raw, "measures", Measure)
    exemptions, more = _list_of(raw, "exemptions", Exemption)
    head, of_head = decode(Head, {k: v for k, v in raw.items() if k not in ("measures", "exemptions")})
    faults += [*more, *of_head]
    if not raw.get("measures"):
        faults.append(((), "no [[measures]]"))
    problems = list(_located(path, faults))
    if head is None or faults:
        return None, problems
    embargo = Embargo(name=path.stem, head=head, measures=tuple(measures), exemptions=tuple(exemptions))
    return EmbargoFile(path, lines_of(path), embargo), problems


def _list_of(raw: dict[str, Any], name: str, kind: type[T]) -> tuple[list[T], list[Fault]]:
    """The tables `[[name]]` of a file as records, and the faults of each."""
    records: list[T] = []
    faults: list[Fault] = []
    tables = raw.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        return [], [((name,), f"write it as [[{name}]]")]
    for number, table in enumerate(tables):
        record, found = decode(kind, table)
        faults += [((name, number, *keys), message) for keys, message in found]
        if record is not None:
            records.append(record)
    return records, faults


def _unknown(raw: dict[str, Any], known: tuple[str, ...]) -> Iterator[Fault]:
    yield from (((key,), f"unknown key; known are {' '.join(known)}") for key in raw if key not in known)


def _located(path: Path, faults: list[Fault]) -> Iterator[Problem]:
    lines = lines_of(path)
    for keys, message in faults:
        named = f"`{keys[-1]}`: " if keys and isinstance(keys[-1], str) else ""
        yield Problem(str(path), nearest_line(lines, keys), named + message)
