"""Dates: absolute and relative ones, worked out from the day the article was published."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from materiel.reading.lexicon import Hit
from materiel.reading.text import Text

NUMERIC = re.compile(
    r"(?<![\d/.])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?)(?![\d/])"
)
SIGN = {"past": -1, "ago": -1, "this": 0, "next": 1}  # which way from publication a word points
WORDS = frozenset(("month", "weekday", "dayword", "timeunit"))  # what a date in words has
SAID = frozenset(("speech", *WORDS))
TO_COME = frozenset(("future", "planned"))
STOPS = frozenset(",;:().!?")
REACH = 14  # pieces between a word for what is to come and its date
YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d$")


@dataclass(slots=True, frozen=True, eq=False)
class When:
    """A date at pieces `first:last`: `value` is an ISO day, month, year or `start/end`."""

    first: int
    last: int
    value: str
    sort: str  # day month year week weekday dayword


def _ref(hit: Hit | None, *sorts: str) -> tuple[str, object] | None:
    if hit is not None:
        for entry in hit.entries:
            if entry.sort in sorts:
                return entry.sort, entry.ref
    return None


class DateReader:
    """Reads the dates of one text; `published` is None where the article gives no day."""

    def __init__(self, text: Text, at: dict[int, Hit], published: date | None) -> None:
        self.text, self.at, self.published = text, at, published
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
                taken = when.last
        return found

    def _span(self, start: When, end: When) -> When | None:
        """Two dates as one span: `from January to April`, `2010–2014`, `in 2026 and 2027`; None if they are none."""
        gap = self.at.get(start.last)
        joined = (
            gap is not None and gap.last == end.first and (_ref(gap, "until") or _ref(gap, "cue") == ("cue", "and"))
        )
        if not joined and not (start.last == end.first and self.text.dashed(end.first)):
            return None
        whole = start.sort == end.sort and "/" not in start.value + end.value and start.value < end.value
        return When(start.first, end.last, f"{start.value}/{end.value}", end.sort) if whole else None

    def _words(self) -> list[int]:
        return [i for i, hit in self.at.items() if hit.has(WORDS)]

    def _years(self) -> list[int]:
        return [i for i, w in enumerate(self.text.words) if len(w) == 4 and w.isdigit() and YEAR.match(w)]

    def _numeric(self) -> dict[int, When]:
        """`14/10/2021`, `21/11` in brackets, `2021-10-14`: day before month."""
        found: dict[int, When] = {}
        for first, word in enumerate(self.text.words):
            match = NUMERIC.match(self.text.string, self.text.starts[first]) if word[0].isdigit() else None
            if match is None:
                continue
            year, month, day, d, m, y = match.groups()
            if year is None:
                if y is None and self.text.string[match.start() - 1 : match.start()] != "(":
                    continue
                year = y if y is None or len(y) == 4 else "20" + y
                month, day = m, d
            last = first
            while last < len(self.text.words) and self.text.ends[last] <= match.end():
                last += 1
            value = self._day(int(year) if year else None, int(month), int(day), 0)
            if value:
                found[first] = When(first, last, value, "day")
        return found

    def _day(self, year: int | None, month: int, day: int, direction: int) -> str | None:
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            return None
        if year is None:
            if self.published is None:
                return None
            year = self.published.year
            if direction >= 0 and (month, day) < (self.published.month, self.published.day):
                year += direction
            elif direction <= 0 and month - self.published.month > (0 if direction < 0 else 3):
                year -= 1
        if day > monthrange(year, month)[1]:
            return None
        return f"{year:04}-{month:02}-{day:02}"

    def _month(self, year: int | None, month: int, direction: int) -> str | None:
        if year is None:
            if self.published is None:
                return None
            year = self.published.year
            if direction > 0:
                year += month < self.published.month
            elif direction < 0:
                year -= month >= self.published.month
            elif month > self.published.month + 3:
                year -= 1
        return f"{year:04}-{month:02}"

    def _at(self, i: int) -> When | None:
        hit = self.at.get(i)
        if hit is None:
            return When(i, i + 1, self.text.words[i], "year")
        if found := _ref(hit, "month"):
            return self._month_at(hit, int(str(found[1])))
        if found := _ref(hit, "weekday"):
            return self._weekday_at(hit, int(str(found[1])))
        if (found := _ref(hit, "dayword")) and self.published and isinstance(found[1], int):
            return When(hit.first, hit.last, (self.published + timedelta(found[1])).isoformat(), "dayword")
        if found := _ref(hit, "timeunit"):
            return self._unit_at(hit, str(found[1]))
        return None

    def _direction(self, first: int, last: int) -> tuple[int, int, int]:
        """Whether `last` or `next` stands beside pieces first:last: (first, last, -1 | 0 | 1)."""
        for near in (self.at.get(last), self.ending.get(first)):
            found = _ref(near, "past", "next", "ago", "this")
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
            if hit is not None and any(e.sort == "cue" and e.ref in TO_COME for e in hit.entries):
                return True
        return False

    def _year_after(self, last: int) -> tuple[int, int | None]:
        words = self.text.words
        for skip in (0, 1):
            if last + skip < len(words) and len(words[last + skip]) == 4 and YEAR.match(words[last + skip]):
                if skip and words[last] not in (",",) and not _ref(self.at.get(last), "timeunit"):
                    break
                return last + skip + 1, int(words[last + skip])
        return last, None

    def _year_told(self, last: int) -> tuple[int, int | None]:
        """The year after a month that is told in words: `Oktober tahun lalu`, `May of last year`."""
        if self.published is None:
            return last, None
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
        elif self._is_day(last):
            day, last = int(words[last]), last + 1
            if self._is_day(last) and self.text.dashed(last) and int(words[last]) > day:
                until, last = int(words[last]), last + 1
        last, year = self._year_after(last)
        if year is None:
            last, year = self._year_told(last)
        direction = 0
        if year is None:
            first, last, direction = self._direction(first, last)
            if direction and self.published and _ref(self.at.get(last), "timeunit") == ("timeunit", "year"):
                last, year = self.at[last].last, self.published.year + direction
        value = self._day(year, month, day, direction) if day else self._month(year, month, direction)
        end = self._day(year, month, until, direction) if until else None
        return When(first, last, f"{value}/{end}" if end else value, "day" if day else "month") if value else None

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

    def _unit_at(self, hit: Hit, unit: str) -> When | None:
        if self.published is None:
            return None
        near = next(
            (h for h in (self.at.get(hit.last), self.ending.get(hit.first)) if _ref(h, "past", "next", "this", "ago")),
            None,
        )
        if near is None:
            return None
        found = _ref(near, "past", "next", "this", "ago")
        sign = SIGN[found[0] if found else "this"]
        first, last = min(hit.first, near.first), max(hit.last, near.last)
        count = self._count_before(hit.first)
        if count and sign < 0:
            first = count[0]
            sign = -count[1]
        value = self._shift(unit, sign)
        return When(first, last, value, unit) if value else None

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

    def _shift(self, unit: str, count: int) -> str | None:
        assert self.published is not None
        day = self.published
        if unit == "day":
            return (day + timedelta(count)).isoformat()
        if unit == "week":
            monday = day - timedelta(day.weekday()) + timedelta(7 * count)
            return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"
        if unit == "month":
            month = day.year * 12 + day.month - 1 + count
            return f"{month // 12:04}-{month % 12 + 1:02}"
        if unit == "year":
            return f"{day.year + count:04}"
        return None
