"""Dates: absolute and relative ones, worked out from the day the article was published."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from materiel.reading.days import day_of, decade_of, month_of, months_of, numeric_days, shifted
from materiel.reading.lexicon import Hit
from materiel.reading.text import Text

SIGN = {"past": -1, "ago": -1, "this": 0, "next": 1, "earlier": -1, "later": 1}  # which way a word points
FROM_NOW, FROM_TOLD = ("past", "next", "this", "ago"), ("earlier", "later")  # from publication, from the date told last
ORDER = ("month", "weekday", "dayword", "dayshift", "season", "timeunit")  # what a date in words has, first wins
WORDS = frozenset(ORDER)
SAID = frozenset(("speech", "month", "weekday", "dayword", "timeunit"))
TO_COME = frozenset(("future", "planned"))
STOPS = frozenset(",;:().!?")
BOTH, OF = frozenset(("and", "or")), frozenset(("of",))
DAY = len("2021-10-14")
REACH = 14  # pieces between a word for what is to come and its date
YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d$")


@dataclass(slots=True, frozen=True)
class When:
    """A date at pieces `first:last`: `value` is an ISO day, month, year or `start/end`."""

    first: int
    last: int
    value: str
    sort: str  # day month year week weekday dayword season decade


def _ref(hit: Hit | None, *sorts: str) -> tuple[str, object] | None:
    if hit is not None:
        for entry in hit.entries:
            if entry.sort in sorts:
                return entry.sort, entry.ref
    return None


def _says(hit: Hit | None, cues: frozenset[str]) -> bool:
    return hit is not None and any(e.sort == "cue" and e.ref in cues for e in hit.entries)


class DateReader:
    """Reads the dates of one text; `published` is None where the article gives no day.

    `decade` are the endings that make a year a decade (`1990s`).
    """

    def __init__(self, text: Text, at: dict[int, Hit], published: date | None, decade: tuple[str, ...] = ()) -> None:
        self.text, self.at, self.published, self.decade = text, at, published, decade
        self.told = ""  # the date read last
        self.ending = {hit.last: hit for hit in at.values()}

    def read(self) -> list[When]:
        """All dates, in order, none overlapping."""
        found: list[When] = []
        numeric = self._numeric()
        taken = 0
        for i in sorted({*self._words(), *numeric, *self._years()}):
            if i < taken:
                continue
            when = numeric.get(i) or self._at(i)
            if when is not None:
                if found and (joined := self._span(found[-1], when)):
                    found[-1] = when = joined
                else:
                    found.append(when)
                taken, self.told = when.last, when.value
        return found

    def _span(self, start: When, end: When) -> When | None:
        """Two dates as one span: `from January to April`, `2010–2014`, `2026 or 2027`; None if they are none."""
        gap = self.at.get(start.last)
        joined = gap is not None and gap.last == end.first and (_ref(gap, "until") or _says(gap, BOTH))
        if not joined and not (start.last == end.first and self.text.dashed(end.first)):
            return None
        whole = len(start.value) == len(end.value) <= DAY and start.value < end.value and end.sort != "dayword"
        return When(start.first, end.last, f"{start.value}/{end.value}", end.sort) if whole else None

    def _words(self) -> list[int]:
        return [i for i, hit in self.at.items() if hit.has(WORDS)]

    def _years(self) -> list[int]:
        return [i for i, w in enumerate(self.text.words) if len(w) == 4 and w.isdigit() and YEAR.match(w)]

    def _numeric(self) -> dict[int, When]:
        """`14/10/2021`, `21/11` in brackets, `2021-10-14`: day before month."""
        found: dict[int, When] = {}
        starts: dict[int, int] = {}
        for start, end, value in numeric_days(self.text.string, self.published):
            starts = starts or {s: i for i, s in enumerate(self.text.starts)}
            first = starts.get(start)
            if first is not None:
                found[first] = When(first, bisect_left(self.text.starts, end), value, "day")
        return found

    def _at(self, i: int) -> When | None:
        hit = self.at.get(i)
        if hit is None:
            return self._year_at(i)
        for sort in ORDER:
            if found := _ref(hit, sort):
                when: When | None = getattr(self, f"_{sort}_at")(hit, found[1])
                return when
        return None

    def _year_at(self, i: int) -> When:
        """A year, or a decade where an ending of one is joined to it (`1990s`, `1990-an`)."""
        words, last = self.text.words, i + 1
        year = words[i]
        near = last < len(words) and (self.text.starts[last] == self.text.ends[i] or self.text.dashed(last))
        if near and year.endswith("0") and words[last] in self.decade:
            return When(i, last + 1, decade_of(int(year)), "decade")
        return When(i, last, year, "year")

    def _dayword_at(self, hit: Hit, days: int) -> When | None:
        if self.published is None:
            return None
        return When(hit.first, hit.last, (self.published + timedelta(days)).isoformat(), "dayword")

    def _dayshift_at(self, hit: Hit, days: int) -> When | None:
        """`the day before`: counted from the day told last, else from publication where it lies back."""
        base = self._told("day")
        return When(hit.first, hit.last, (base + timedelta(days)).isoformat(), "dayword") if base else None

    def _told(self, unit: str) -> date | None:
        """The date told last as a day, where it is exact enough to count units from it; else publication."""
        told = self.told.split("/")[0]
        if len(told) < {"year": 4, "month": 7}.get(unit, DAY):
            return self.published
        return date.fromisoformat(told + "YYYY-01-01"[len(told) :])

    def _season_at(self, hit: Hit, months: tuple[int, int]) -> When | None:
        """A season or quarter, of the year told beside it or as `this` or `last` says."""
        first, (last, year) = hit.first, self._year_told(*self._year_after(hit.last))
        if year is None and self.published:
            first, last, direction = self._direction(first, last)
            if first == hit.first and last == hit.last:
                return None
            ended = months[1] < self.published.month
            year = self.published.year + (direction + ended if direction < 0 else direction)
        return When(first, last, months_of(year, *months), "season") if year else None

    def _direction(self, first: int, last: int) -> tuple[int, int, int]:
        """Whether `last` or `next` stands beside pieces first:last: (first, last, -1 | 0 | 1)."""
        for near in (self.at.get(last), self.ending.get(first)):
            found = _ref(near, *FROM_NOW)
            if found and near is not None:
                sign = SIGN[found[0]]
                return min(first, near.first), max(last, near.last), sign
        return first, last, int(self._ahead(first))

    def _ahead(self, first: int) -> bool:
        """Whether what is of that day is told as to come: `will come on Friday`, not `will come, he said on Friday`."""
        for i in range(first - 1, max(-1, first - REACH), -1):
            hit = self.at.get(i)
            if self.text.words[i] in STOPS or (hit is not None and hit.has(SAID)):
                return False
            if _says(hit, TO_COME):
                return True
        return False

    def _year_after(self, last: int) -> tuple[int, int | None]:
        words = self.text.words
        for skip in (0, 1):
            if last + skip < len(words) and len(words[last + skip]) == 4 and YEAR.match(words[last + skip]):
                between = self.at.get(last)
                if skip and words[last] != "," and not _ref(between, "timeunit") and not _says(between, OF):
                    break
                return last + skip + 1, int(words[last + skip])
        return last, None

    def _year_told(self, last: int, year: int | None) -> tuple[int, int | None]:
        """The year after a month that is told in words: `Oktober tahun lalu`, `May of last year`."""
        if self.published is None or year is not None:
            return last, year
        for first in (last, last + 1):
            hit = self.at.get(first)
            if hit is None or (first > last and not _ref(self.at.get(last), "cue")):
                continue
            unit = hit if _ref(hit, "timeunit") else self.at.get(hit.last)
            sign = self.at.get(hit.last) if unit is hit else hit
            found = _ref(sign, "past", "next", "this")
            if unit is not None and sign is not None and found and _ref(unit, "timeunit") == ("timeunit", "year"):
                shift = SIGN[found[0]]
                return max(unit.last, sign.last), self.published.year + shift
        return last, None

    def _month_at(self, hit: Hit, month: int) -> When | None:
        words, first, last = self.text.words, hit.first, hit.last
        day = until = None
        if self._is_day(first - 1):
            day, first = int(words[first - 1]), first - 1
            start = self._before_dash(first)
            if start is not None and int(words[start]) < day:
                day, until, first = int(words[start]), day, start
        else:
            after = last + (last < len(words) and words[last] == ".")  # `Dec. 20`
            if self._is_day(after):
                day, last = int(words[after]), after + 1
                if self._is_day(last) and self.text.dashed(last) and int(words[last]) > day:
                    until, last = int(words[last]), last + 1
        last, year = self._year_told(*self._year_after(last))
        direction = 0
        if year is None:
            first, last, direction = self._direction(first, last)
            if direction and self.published and _ref(self.at.get(last), "timeunit") == ("timeunit", "year"):
                last, year = self.at[last].last, self.published.year + direction
        if day is None:
            value = month_of(self.published, year, month, direction)
            return When(first, last, value, "month") if value else None
        value = day_of(self.published, year, month, day, direction)
        end = day_of(self.published, year, month, until, direction) if until else None
        return When(first, last, f"{value}/{end}" if end else value, "day") if value else None

    def _is_day(self, i: int) -> bool:
        """Whether piece i may be the day of a month."""
        word = self.text.words[i] if 0 <= i < len(self.text.words) else ""
        return word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31

    def _before_dash(self, first: int) -> int | None:
        """The piece of the day from which a span lasts to the one at `first`: `5-7 September`, `5 to 7 September`."""
        until = self.ending.get(first)
        if self.text.dashed(first):
            start = first - 1
        elif until is not None and _ref(until, "until"):
            start = until.first - 1
        else:
            return None
        return start if self._is_day(start) else None

    def _week_told(self, last: int) -> tuple[int, int] | None:
        """The week after a weekday, as its shift from now: `Friday next week`, `Jumat pekan depan`."""
        one = self.at.get(last)
        two = self.at.get(one.last) if one else None
        for unit, sign in ((one, two), (two, one)):
            found = _ref(sign, "past", "next", "this")
            if one and two and found and _ref(unit, "timeunit") == ("timeunit", "week"):
                return two.last, SIGN[found[0]]
        return None

    def _weekday_at(self, hit: Hit, weekday: int) -> When | None:
        if self.published is None:
            return None
        if told := self._week_told(hit.last):
            days = weekday - self.published.weekday() + 7 * told[1]
            return When(hit.first, told[0], (self.published + timedelta(days)).isoformat(), "weekday")
        first, last, direction = self._direction(hit.first, hit.last)
        back = (self.published.weekday() - weekday) % 7
        day = self.published - timedelta(back or (7 if direction < 0 and back == 0 else 0))
        if direction > 0:
            day += timedelta(7)
        return When(first, last, day.isoformat(), "weekday")

    def _timeunit_at(self, hit: Hit, unit: str) -> When | None:
        """`last week`, `this year`, `two months ago`, and `a year earlier`, which counts from the date told last."""
        after, before = self.at.get(hit.last), self.ending.get(hit.first)
        for near, sorts in ((after, FROM_NOW), (before, FROM_NOW), (after, FROM_TOLD)):
            found = _ref(near, *sorts)
            if near is None or found is None:
                continue
            first, last, sign = min(hit.first, near.first), max(hit.last, near.last), SIGN[found[0]]
            base = self._told(unit) if found[0] in FROM_TOLD else self.published
            if _ref(self.ending.get(hit.first), "vague") or base is None:
                return None
            if sign and (count := self._count_before(hit.first)):
                first, sign = count[0], sign * count[1]
            value = shifted(base, unit, sign)
            return When(first, last, value, unit) if value else None
        return None

    def _count_before(self, first: int) -> tuple[int, int] | None:
        if first == 0:
            return None
        word = self.text.words[first - 1]
        if word.isdigit() and len(word) <= 2:
            return first - 1, int(word)
        found = _ref(self.ending.get(first), "cardinal")
        if found and isinstance(found[1], int):
            return self.ending[first].first, found[1]
        return None
