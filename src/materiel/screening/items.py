"""Items: which of a transfer's items a set of items covers."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from materiel.model.claim import Item
from materiel.screening.shape import ItemSet

Judged = Literal["covered", "unsure", "outside"]


class Met(NamedTuple):
    """The items that a set covers, and those of which it cannot be told; `untold`: no item is told at all."""

    covered: tuple[Item, ...]
    unsure: tuple[Item, ...]
    untold: bool = False


def items_met(items: Sequence[Item], name: str, sets: Mapping[str, ItemSet]) -> Met | None:
    """What of `items` may fall under the set `name`; None where nothing does."""
    if not items:
        return Met((), (), untold=True) if sets[name].untold else None
    rules = rules_of(name, sets)
    by = {item: judged(item.item_class, rules) for item in items}
    met = Met(tuple(i for i in by if by[i] == "covered"), tuple(i for i in by if by[i] == "unsure"))
    return met if met.covered or met.unsure else None


def judged(item_class: str, rules: Mapping[str, Judged]) -> Judged:
    """What the rule with the longest beginning of a class says of it."""
    parts = item_class.split(".")
    for length in range(len(parts), 0, -1):
        if rule := rules.get(".".join(parts[:length])):
            return rule
    return "outside"


def rules_of(name: str, sets: Mapping[str, ItemSet]) -> dict[str, Judged]:
    """The rules of a set over those of the set it is based on."""
    known = sets[name]
    rules = rules_of(known.base, sets) if known.base else {}
    lists: tuple[tuple[Judged, tuple[str, ...]], ...] = (
        ("covered", known.covered),
        ("unsure", known.unsure),
        ("outside", known.outside),
    )
    return rules | {beginning: verdict for verdict, beginnings in lists for beginning in beginnings}
