"""Needs: the least that a claim of each kind must say to be one (corpus/GUIDE.md)."""

from collections.abc import Callable, Mapping
from typing import Any

Cells = Mapping[str, Any]


def is_whole(kind: str, cells: Cells) -> bool:
    """Whether the cells of a claim, by name, hold what its kind needs."""
    return NEEDS[kind](cells)


def _transfer(cells: Cells) -> bool:
    return bool(cells["items"] and (cells["supplier"] or cells["recipient"]))


def _several(role: str) -> Callable[[Cells], bool]:
    """Nobody talks or signs alone: parties of two countries, or of two names where no country is told."""
    return lambda cells: len({p.country or p.name for p in cells[role]}) > 1


def _somebody(role: str) -> Callable[[Cells], bool]:
    return lambda cells: bool(cells[role])


NEEDS: dict[str, Callable[[Cells], bool]] = {
    "transfer": _transfer,
    "visit": _somebody("visitor"),
    "meeting": _several("participants"),
    "inspection": _somebody("viewer"),
    "agreement": _several("parties"),
    "reaction": _somebody("who"),
}
