"""Days: the calendar behind dates, which completes what an article leaves out from the day it was published."""

import re
from calendar import monthrange
from datetime import date, timedelta

NUMERIC = re.compile(
    r"(?<![\d/.])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?)(?![\d/])"
)
YEARS = range(1000, 3000)  # of what is told; other figures are no year, and the calendar ends at 9999
LOOK_AHEAD = 3  # a bare month so many after publication is still to come, later ones are of the year before
THURSDAY = 3  # ISO 8601 gives a week to the month and year of its Thursday


def day_of(published: date | None, year: int | None, month: int, day: int, direction: int) -> str | None:
    """The ISO day, in the year told or that nearest to publication; `direction` is -1 before, 1 after, 0 either."""
    if not 1 <= month <= 12 or not 1 <= day <= 31 or (year is not None and year not in YEARS):
        return None
    if year is None:
        if published is None:
            return None
        year = published.year
        if direction >= 0 and (month, day) < (published.month, published.day):
            year += direction
        elif direction <= 0 and month - published.month > (0 if direction < 0 else LOOK_AHEAD):
            year -= 1
    return f"{year:04}-{month:02}-{day:02}" if day <= monthrange(year, month)[1] else None


def month_of(published: date | None, year: int | None, month: int, direction: int) -> str | None:
    """The ISO month, in the year told or that nearest to publication."""
    if year is None:
        if published is None:
            return None
        year = published.year
        if direction > 0:
            year += month < published.month
        elif direction < 0:
            year -= month >= published.month
        elif month > published.month + LOOK_AHEAD:
            year -= 1
    return f"{year:04}-{month:02}"


def shifted(day: date, unit: str, count: int) -> str | None:
    """What lies `count` units from a day: a day, a month (of a week too: articles tell no nearer), a year."""
    if unit == "day":
        return (day + timedelta(count)).isoformat()
    if unit == "week":
        return (day + timedelta(THURSDAY - day.weekday() + 7 * count)).isoformat()[:7]
    if unit == "month":
        month = day.year * 12 + day.month - 1 + count
        return f"{month // 12:04}-{month % 12 + 1:02}" if month // 12 in YEARS else None
    if unit == "year":
        return f"{day.year + count:04}" if day.year + count in YEARS else None
    return None


def months_of(year: int, first: int, last: int) -> str:
    """The span of a season or quarter that begins in a year: `2013-12/2014-02` for the winter of 2013."""
    return f"{year:04}-{first:02}/{year + (last < first):04}-{last:02}"


def decade_of(year: int) -> str:
    """The span of a decade: `1990/1999`."""
    return f"{year:04}/{year + 9:04}"


def _in_brackets(string: str, match: re.Match[str]) -> bool:
    """Whether a day and a month are alone in brackets or begin them: `(21/11)`, `(21/11, noon)`; not `(12.7 mm)`."""
    opened = string[match.start() - 1 : match.start()] == "("
    return opened and ("/" in match.group() or string[match.end() : match.end() + 1] == ")")


def numeric_day(string: str, start: int, published: date | None) -> tuple[int, str] | None:
    """The end and the ISO day of a day in figures that starts at a character; without a year only in brackets."""
    match = NUMERIC.match(string, start)
    if match is None:
        return None
    year, month, day, d, m, y = match.groups()
    if year is None:
        if y is None and not _in_brackets(string, match):
            return None
        year, month, day = y if y is None or len(y) == 4 else "20" + y, m, d
    value = day_of(published, int(year) if year else None, int(month), int(day), 0)
    return (match.end(), value) if value else None
