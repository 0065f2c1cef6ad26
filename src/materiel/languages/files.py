"""Files: what stands in a language's folder, as far as it can be read, and what is wrong with its form."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from materiel.languages.shape import (
    Body,
    Dates,
    Forms,
    Furniture,
    ItemLine,
    NameLine,
    Numbers,
    Pack,
    Speech,
    Title,
    Trigger,
)
from materiel.world.decode import Fault, decode
from materiel.world.problem import Problem
from materiel.world.tables import read_records
from materiel.world.toml import Keys, lines_of, nearest_line, read_toml

PACK = "pack.toml"
T = TypeVar("T", bound=msgspec.Struct)


class Files(NamedTuple):
    """What stands in the files of a language, as far as it could be read; list entries with their lines."""

    pack: Pack | None
    names: list[tuple[int, NameLine]]
    items: list[tuple[int, ItemLine]]
    triggers: list[tuple[int, Trigger]]
    cues: dict[str, Forms]
    numbers: Numbers
    dates: Dates
    titles: list[tuple[int, Title]]
    bodies: list[tuple[int, Body]]
    speech: Speech
    furniture: Furniture


class Cues(msgspec.Struct, frozen=True):
    """cues.toml, its keys under one."""

    cues: dict[str, Forms]


def read_files(folder: Path) -> tuple[Files, list[Problem]]:
    """What stands in the files of a language's folder, and what is wrong with their form."""
    problems: list[Problem] = []

    def toml(name: str) -> dict[str, Any]:
        raw, found = read_toml(folder / name)
        problems.extend(found)
        return raw

    def table(name: str, kind: type[T]) -> T | None:
        raw = toml(name)
        value, faults = decode(kind, raw)
        if raw or not any(p.file == str(folder / name) for p in problems):
            problems.extend(_located(folder / name, faults))
        return value

    def tsv(name: str, kind: type[T]) -> list[tuple[int, T]]:
        records, found = read_records(folder / name, kind)
        problems.extend(found)
        return records

    cues, faults = decode(Cues, {"cues": toml("cues.toml")})
    problems += _located(folder / "cues.toml", ((keys[1:], message) for keys, message in faults))
    triggers, found = _lists(folder / "triggers.toml", toml("triggers.toml"), {"trigger": Trigger})
    titles, more = _lists(folder / "titles.toml", toml("titles.toml"), {"title": Title, "body": Body})
    problems += [*found, *more]
    files = Files(
        table(PACK, Pack),
        tsv("names.tsv", NameLine),
        tsv("items.tsv", ItemLine),
        [(line, entry) for line, entry in triggers if isinstance(entry, Trigger)],
        cues.cues if cues else {},
        table("numbers.toml", Numbers) or Numbers(),
        table("dates.toml", Dates) or Dates(),
        [(line, entry) for line, entry in titles if isinstance(entry, Title)],
        [(line, entry) for line, entry in titles if isinstance(entry, Body)],
        table("speech.toml", Speech) or Speech(),
        table("furniture.toml", Furniture) or Furniture(),
    )
    return files, problems


def _lists(
    path: Path, raw: dict[str, Any], kinds: dict[str, type[msgspec.Struct]]
) -> tuple[list[tuple[int, msgspec.Struct]], list[Problem]]:
    """The entries of a file of `[[…]]` tables, each with its line."""
    lines = lines_of(path)
    found: list[tuple[int, msgspec.Struct]] = []
    faults: list[Fault] = []
    for key, entries in raw.items():
        if key not in kinds or not isinstance(entries, list):
            faults.append(((key,), f"not one of {' '.join(f'[[{k}]]' for k in kinds)}"))
            continue
        for number, entry in enumerate(entries):
            value, bad = decode(kinds[key], entry) if isinstance(entry, dict) else (None, [((), "no table")])
            faults += [((key, number, *keys), message) for keys, message in bad]
            if value is not None:
                found.append((nearest_line(lines, (key, number)), value))
    return found, _located(path, faults)


def _located(path: Path, faults: Iterable[Fault]) -> list[Problem]:
    """Faults with the lines of their keys."""
    faults = list(faults)
    lines = lines_of(path) if faults else {}
    return [Problem(str(path), nearest_line(lines, keys), _dotted(keys) + said) for keys, said in faults]


def _dotted(keys: Keys) -> str:
    path = "".join(f"[{k + 1}]" if isinstance(k, int) else f".{k}" for k in keys)
    return f"`{path.removeprefix('.')}`: " if path else ""
