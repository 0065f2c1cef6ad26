"""Dates: absolute and relative ones, worked out from the day the article was published."""

from bisect import bisect_left
from datetime import date, timedelta

import msgspec

from materiel.reading.days import day_of, decade_of, month_of, months_of, numeric_day, shifted
from materiel.reading.lexicon import Hit
from materiel.reading.text import Text
from materiel.reading.timewords import FROM_NOW, FROM_TOLD, SIGN, YEAR, TimeWords, ref_of

ORDER = ("month", "weekday", "dayword", "dayshift", "season", "timeunit")  # what a date in words has, first wins
WORDS = frozenset(ORDER)
BOTH = frozenset(("and", "or"))
DAY = len("2021-10-14")
FIRST_DAY = "YYYY-01-01"  # its end completes a year or month


class When(msgspec.Struct, frozen=True, eq=False):
    """A date at pieces `first:last`: `value` is an ISO day, month, year or `start/end`."""

    first: int
    last: int
    value: str
    sort: str  # day month year week weekday dayword season decade


class DateReader:
    """Reads the dates of one text; `published` is None where the article gives no day.

    `decade` are the endings that make a year a decade (`1990s`).
    """

    def __init__(self, text: Text, at: dict[int, Hit], published: date | None, decade: tuple[str, ...] = ()) -> None:
        self.text, self.at, self.published, self.decade = text, at, published, decade
        self.told = ""  # the date read last
        self.near = TimeWords(text, at, published)

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
        joined = gap is not None and gap.last == end.first and (ref_of(gap, "until") or gap.says(BOTH))
        if not joined and not (start.last == end.first and self.text.dashed(end.first)):
            return None
        whole = len(start.value) == len(end.value) <= DAY and start.value < end.value and end.sort != "dayword"
        return When(start.first, end.last, f"{start.value}/{end.value}", end.sort) if whole else None

    def _words(self) -> list[int]:
        return [i for i, hit in self.at.items() if hit.has(WORDS)]

    def _years(self) -> list[int]:
        named = {i for h in self.at.values() if "designation" in h.sorts for i in range(h.first, h.last)}
        years = (i for i, w in enumerate(self.text.words) if len(w) == 4 and w.isdecimal() and YEAR.match(w))
        return [i for i in years if i not in named]  # `Mirage 2000` is none

    def _numeric(self) -> dict[int, When]:
        """`14/10/2021`, `21/11` in brackets, `2021-10-14`: day before month."""
        text = self.text
        found: dict[int, When] = {}
        for first, word in enumerate(text.words):
            day = numeric_day(text.string, text.starts[first], self.published) if word[0].isdecimal() else None
            if day is not None:
                found[first] = When(first, bisect_left(text.starts, day[0]), day[1], "day")
        return found

    def _at(self, i: int) -> When | None:
        hit = self.at.get(i)
        if hit is None:
            return self._year_at(i)
        for sort in ORDER:
            if found := ref_of(hit, sort):
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
        return date.fromisoformat(told + FIRST_DAY[len(told) :])

    def _season_at(self, hit: Hit, months: tuple[int, int]) -> When | None:
        """A season or quarter, of the year told beside it or as `this` or `last` says."""
        first, (last, year) = hit.first, self.near.year_told(*self.near.year_after(hit.last))
        if year is None and self.published:
            first, last, direction = self.near.direction(first, last)
            if first == hit.first and last == hit.last:
                return None
            ended = months[1] < self.published.month
            year = self.published.year + (direction + ended if direction < 0 else direction)
        return When(first, last, months_of(year, *months), "season") if year else None

    def _month_at(self, hit: Hit, month: int) -> When | None:
        words, first, last = self.text.words, hit.first, hit.last
        day = until = None
        if self.near.is_day(first - 1):
            day, first = int(words[first - 1]), first - 1
            start = self.near.before_dash(first)
            if start is not None and int(words[start]) < day:
                day, until, first = int(words[start]), day, start
        else:
            after = last + (last < len(words) and words[last] == ".")  # `Dec. 20`
            if self.near.is_day(after):
                day, last = int(words[after]), after + 1
                if self.near.is_day(last) and self.text.dashed(last) and int(words[last]) > day:
                    until, last = int(words[last]), last + 1
        last, year = self.near.year_told(*self.near.year_after(last))
        direction = 0
        if year is None:
            first, last, direction = self.near.direction(first, last)
            if direction and self.published and ref_of(self.at.get(last), "timeunit") == ("timeunit", "year"):
                last, year = self.at[last].last, self.published.year + direction
        if day is None:
            value = month_of(self.published, year, month, direction)
            return When(first, last, value, "month") if value else None
        value = day_of(self.published, year, month, day, direction)
        end = day_of(self.published, year, month, until, direction) if until else None
        return When(first, last, f"{value}/{end}" if end else value, "day") if value else None

    def _weekday_at(self, hit: Hit, weekday: int) -> When | None:
        if self.published is None:
            return None
        if told := self.near.week_told(hit.last):
            days = weekday - self.published.weekday() + 7 * told[1]
            return When(hit.first, told[0], (self.published + timedelta(days)).isoformat(), "weekday")
        first, last, direction = self.near.direction(hit.first, hit.last)
        back = (self.published.weekday() - weekday) % 7
        day = self.published - timedelta(back or (7 if direction < 0 else 0))
        if direction > 0:
            day += timedelta(7)
        return When(first, last, day.isoformat(), "weekday")

    def _timeunit_at(self, hit: Hit, unit: str) -> When | None:
        """`last week`, `this year`, `two months ago`, and `a year earlier`, which counts from the date told last."""
        after, before = self.at.get(hit.last), self.near.ending.get(hit.first)
        for near, sorts in ((after, FROM_NOW), (before, FROM_NOW), (after, FROM_TOLD)):
            found = ref_of(near, *sorts)
            if near is None or found is None:
                continue
            first, last, sign = min(hit.first, near.first), max(hit.last, near.last), SIGN[found[0]]
            base = self._told(unit) if found[0] in FROM_TOLD else self.published
            if ref_of(self.near.ending.get(hit.first), "vague") or base is None:
                return None
            if sign and (count := self.near.count_before(hit.first)):
                first, sign = count[0], sign * count[1]
            value = shifted(base, unit, sign)
            return When(first, last, value, unit) if value else None
        return None
