"""Things: the items of an event's reports, each thing once however it is called, and whether numbers agree."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from materiel.ledger.sketch import VAGUE, tokens_of
from materiel.model.claim import Item

SPELLED_ALIKE = 0.75  # share of letters from which two names of a type are spellings of one (Geran, Geranium)
ROUGHLY = 0.15  # part by which two rough numbers may differ and still agree


class Mention(NamedTuple):
    """An item as the `report`-th report has it."""

    report: int
    item: Item


def same_type(a: str, b: str) -> bool:
    """Whether two designations name one type, whatever the variant or the spelling."""
    if set(tokens_of(a)) & set(tokens_of(b)):
        return True
    x, y = (re.sub(r"\W", "", name).casefold() for name in (a, b))
    return SequenceMatcher(None, x, y).ratio() >= SPELLED_ALIKE


def same_thing(a: Item, b: Item) -> bool:
    """Whether two reports' items can be one thing: one type, or one class told more or less exactly."""
    if a.designation and b.designation:
        return same_type(a.designation, b.designation) or a.item_class == b.item_class
    near, far = sorted((a.item_class, b.item_class), key=len)
    return near == far or far.startswith(near + ".") or (near in VAGUE and far in VAGUE)


def things_of(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """The mentions of each thing, the thing that most reports have first.

    Two items of one report are two things; of several likely things the one with the same name or number is meant.
    """
    ranked = sorted(mentions, key=lambda m: (-_exact(m.item), m.report, m.item.item_class, m.item.text))
    things: list[list[Mention]] = []
    for mention in ranked:
        fitting = [
            thing
            for thing in things
            if all(m.report != mention.report for m in thing) and any(same_thing(m.item, mention.item) for m in thing)
        ]
        if fitting:
            max(fitting, key=lambda thing: _closeness(thing, mention)).append(mention)
        else:
            things.append([mention])
    return sorted(things, key=len, reverse=True)


def _exact(item: Item) -> int:
    return 2 * (item.designation is not None) + ("." in item.item_class) + (item.quantity is not None)


def _closeness(thing: Sequence[Mention], mention: Mention) -> tuple[int, int, int]:
    one = mention.item
    return (
        sum(bool(m.item.designation and one.designation) and m.item.designation == one.designation for m in thing),
        sum(m.item.item_class == one.item_class for m in thing),
        sum(m.item.quantity is not None and m.item.quantity == one.quantity for m in thing),
    )


def numbers_agree(a: Item, b: Item) -> bool:
    """Whether two numbers of one thing can both be right: `more than 20` and 24, `dozens` and 36 can."""
    if a.quantity is None or b.quantity is None or a.quantity == b.quantity or a.unit != b.unit:
        return True
    low, high = sorted((a, b), key=lambda i: i.quantity or 0)
    if low.qualifier == "at_least" or high.qualifier == "at_most":
        return True
    rough = "about" in (a.qualifier, b.qualifier) or "some" in (a.qualifier, b.qualifier)
    x, y = low.quantity or 0, high.quantity or 0
    return rough and y - x <= ROUGHLY * y
