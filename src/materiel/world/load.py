"""Load: the files of world/data as one value."""

from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from materiel.world.problem import DataError, Problem
from materiel.world.shape import Designation, ItemClass, Organisation, Person, Place, Position, World
from materiel.world.tables import read_records

FOLDER = Path(__file__).parent / "data"
T = TypeVar("T", bound=msgspec.Struct)


class WorldError(DataError):
    """The world's files cannot be used."""


class WorldLines(NamedTuple):
    """The records of the world's files, each with its line."""

    item_classes: list[tuple[int, ItemClass]]
    designations: list[tuple[int, Designation]]
    people: list[tuple[int, Person]]
    organisations: list[tuple[int, Organisation]]
    places: list[tuple[int, Place]]
    positions: list[tuple[int, Position]]


def read_world(folder: Path = FOLDER) -> tuple[WorldLines, list[Problem]]:
    """What stands in the world's files, and what is wrong with their form."""
    problems: list[Problem] = []

    def read(name: str, kind: type[T]) -> list[tuple[int, T]]:
        records, found = read_records(folder / name, kind)
        problems.extend(found)
        return records

    lines = WorldLines(
        read("item-classes.tsv", ItemClass),
        read("designations.tsv", Designation),
        read("people.tsv", Person),
        read("organisations.tsv", Organisation),
        read("places.tsv", Place),
        read("positions.tsv", Position),
    )
    return lines, problems


def world_of(lines: WorldLines) -> World:
    """The world of these records, without their lines."""
    return World(
        {c.name: c for _, c in lines.item_classes},
        tuple(r for _, r in lines.designations),
        tuple(r for _, r in lines.people),
        tuple(r for _, r in lines.organisations),
        tuple(r for _, r in lines.places),
        {p.country: p for _, p in lines.positions},
    )


@cache
def load_world(folder: Path = FOLDER) -> World:
    """The world, read once a process; raises WorldError, which lists everything that is wrong."""
    lines, problems = read_world(folder)
    if problems:
        raise WorldError("the world", problems)
    return world_of(lines)
