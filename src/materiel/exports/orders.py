"""Orders: how many of an event's item were ordered and delivered, and when, as most independent roots tell it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from materiel.model.claim import Item, Status, Transfer
from materiel.model.event import Event

T = TypeVar("T", str, float)
Number = int | float


class Batch(NamedTuple):
    """So many of an item, on a date as told; either may be unknown."""

    number: Number | None
    date: str | None


class Telling(NamedTuple):
    """What one root says of one item in one report."""

    root: str
    number: Number | None
    date: str | None


def ordered(event: Event, item: Item) -> Batch:
    """The number and date of the order, told by claims that something is agreed."""
    return _agreed_on(list(_tellings(event, item, "agreed")), item)


def delivered(event: Event, item: Item) -> tuple[Batch, ...]:
    """The deliveries in order of date, one a date; those under way only where none is told as complete.

    A report with a vaguer date (a month, none) retells a delivery with an exact one if it has the same number or
    none; numbers of different dates are never added up, as a report may give the running total.
    """
    tellings = list(_tellings(event, item, "delivered")) or list(_tellings(event, item, "under_way"))
    by_date: dict[str | None, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_date[telling.date].append(telling)
    batches = [_agreed_on(told, item) for told in by_date.values()]
    kept = [batch for batch in batches if not any(_retells(batch, other) for other in batches)]
    return tuple(sorted(kept, key=lambda batch: (batch.date is None, batch.date or "")))


def _retells(vague: Batch, exact: Batch) -> bool:
    if exact.date is None or vague.date == exact.date or not exact.date.startswith(vague.date or ""):
        return False
    return vague.number in (None, exact.number)


def _tellings(event: Event, item: Item, status: Status) -> Iterator[Telling]:
    """What reports say of the item under a status; a denial tells no number."""
    assert isinstance(event.told, Transfer)
    for report in event.reports:
        claim = report.claim
        if not isinstance(claim, Transfer) or claim.status != status or claim.stance == "denied":
            continue
        same = [other for other in claim.items if closest(other, event.told.items) == item]
        if same:
            numbers = (other.quantity for other in same if other.quantity is not None)
            yield Telling(report.root, next(numbers, None), claim.date)
        elif not claim.items:
            yield Telling(report.root, None, claim.date)


def _agreed_on(tellings: list[Telling], item: Item) -> Batch:
    """The number and the date that most roots carry; even votes go to the event's own number, the finer date."""
    numbers = ((t.number, t.root) for t in tellings if t.number is not None)
    dates = ((t.date, t.root) for t in tellings if t.date is not None)
    number = _most(numbers, item.quantity)
    date = _most(dates, None)
    return Batch(number, date)


def _most(votes: Iterable[tuple[T, str]], favourite: T | None) -> T | None:
    roots: dict[T, set[str]] = defaultdict(set)
    for value, root in votes:
        roots[value].add(root)
    return max(
        roots, key=lambda value: (len(roots[value]), value == favourite, len(str(value)), str(value)), default=None
    )


def closest(item: Item, items: tuple[Item, ...]) -> Item | None:
    """Which of the items another report's item is: by designation, then class; None where two are as like."""
    alike = [(_likeness(item, other), other) for other in items]
    best = max((likeness for likeness, _ in alike), default=0)
    found = [other for likeness, other in alike if likeness == best]
    return found[0] if best and len(found) == 1 else None


def _likeness(one: Item, other: Item) -> int:
    """0 (another thing) to 3 (the same designation)."""
    if one.designation and other.designation:
        first, second = _folded(one.designation), _folded(other.designation)
        return 3 if first == second else 2 if first.startswith(second) or second.startswith(first) else 0
    if one.item_class == other.item_class:
        return 2
    nested = one.item_class.startswith(f"{other.item_class}.") or other.item_class.startswith(f"{one.item_class}.")
    return 1 if nested else 0


def _folded(designation: str) -> str:
    return "".join(c for c in designation.casefold() if c.isalnum())
