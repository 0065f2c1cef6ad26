"""Days: what span of days an event's date leaves open, and how measures lie to it."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from materiel.model.event import Event


class Days(NamedTuple):
    """The days from `first` to `last`, both among them."""

    first: date
    last: date


class Told(NamedTuple):
    """When an event was: `days` is None where nothing tells; `doubt` says what the day rests on if not the reports."""

    days: Days | None
    doubt: str | None = None


def day_of(event: Event) -> Told:
    """The days an event may have been on: as told, else the day of its first report."""
    if days := days_of(event.told.date):
        return Told(days)
    published = min((r.published for r in event.reports if days_of(r.published)), default="")
    if days := days_of(published):
        return Told(days, f"No date is told; the day of the first report, {in_words(days)}, is taken.")
    return Told(None, "No date is told and no report is dated; whether the embargo was in force then cannot be told.")


def days_of(written: str | None) -> Days | None:
    """The days of an ISO day, month or year or of a span `start/end`; None for anything else."""
    parts = [_part(p) for p in (written or "").split("/")]
    first, last = parts[0], parts[-1]
    if len(parts) > 2 or first is None or last is None or last.last < first.first:
        return None
    return Days(first.first, last.last)


def _part(written: str) -> Days | None:
    try:
        numbers = [int(n) for n in written[:10].split("-")]
        match numbers:
            case [year]:
                return Days(date(year, 1, 1), date(year, 12, 31))
            case [year, month]:
                return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
            case [year, month, day]:
                return Days(date(year, month, day), date(year, month, day))
    except ValueError:
        pass
    return None


def overlaps(days: Days | None, since: date | None, until: date | None) -> bool:
    """Whether something that holds from `since` up to `until` held on any of the days.

    News without any date is news of now: it meets what has not ended.
    """
    if days is None:
        return until is None
    return (since is None or since <= days.last) and (until is None or days.first < until)


def covered(days: Days | None, periods: Iterable[tuple[date, date | None]]) -> bool:
    """Whether periods, each up to, not including, its end, hold every one of the days."""
    if days is None:
        return False
    reached = days.first
    for since, until in sorted(periods, key=lambda p: p[0]):
        if since > reached:
            break
        if until is None:
            return True
        reached = max(reached, until)
    return reached > days.last


def in_words(days: Days | date) -> str:
    """`2 March 2016`, `from 1 March 2016 to 31 March 2016`."""
    if isinstance(days, date):
        return f"{days.day} {days:%B} {days.year}"
    if days.first == days.last:
        return in_words(days.first)
    return f"from {in_words(days.first)} to {in_words(days.last)}"
