"""Time words: what the words beside a date say of it: its year, its week, how many, back or ahead."""

import re
from datetime import date

from materiel.reading.lexicon import Hit
from materiel.reading.text import Text

SIGN = {"past": -1, "ago": -1, "this": 0, "next": 1, "earlier": -1, "later": 1}  # which way a word points
FROM_NOW, FROM_TOLD = ("past", "next", "this", "ago"), ("earlier", "later")  # from publication, from the date told last
SAID = frozenset(("speech", "month", "weekday", "dayword", "timeunit"))
TO_COME = frozenset(("future", "planned"))
STOPS = frozenset(",;:().!?")
REACH = 14  # pieces between a word for what is to come and its date
YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d$")
UNIT, OF = frozenset(("timeunit",)), frozenset(("of",))


def ref_of(hit: Hit | None, *sorts: str) -> tuple[str, object] | None:
    """What a hit means as one of these sorts: the sort and what it refers to."""
    if hit is not None:
        for entry in hit.entries:
            if entry.sort in sorts:
                return entry.sort, entry.ref
    return None


class TimeWords:
    """The words around the dates of one text; `ending` are the hits by the piece before which they end."""

    def __init__(self, text: Text, at: dict[int, Hit], published: date | None) -> None:
        self.text, self.at, self.published = text, at, published
        self.ending = {hit.last: hit for hit in at.values()}

    def direction(self, first: int, last: int) -> tuple[int, int, int]:
        """Whether `last` or `next` stands beside pieces first:last: (first, last, -1 | 0 | 1)."""
        after = self.at.get(last) if self.text.goes_on(last) else None
        before = self.ending.get(first) if self.text.goes_on(first) else None
        for near in (after, before):
            found = ref_of(near, *FROM_NOW)
            if found and near is not None:
                sign = SIGN[found[0]]
                return min(first, near.first), max(last, near.last), sign
        return first, last, int(self.ahead(first))

    def ahead(self, first: int) -> bool:
        """Whether what is of that day is told as to come: `will come on Friday`, not `will come, he said on Friday`."""
        for i in range(first - 1, max(-1, first - REACH), -1):
            hit = self.at.get(i)
            if self.text.words[i] in STOPS or (hit is not None and hit.has(SAID)):
                return False
            if hit is not None and hit.says(TO_COME):
                return True
        return False

    def year_after(self, last: int) -> tuple[int, int | None]:
        """The year in figures after a month or season, and where it ends."""
        words = self.text.words
        for skip in (0, 1):
            if not self.text.goes_on(last + skip):
                break
            if len(words[last + skip]) == 4 and YEAR.match(words[last + skip]):
                between = self.at.get(last)
                of = between is not None and (between.has(UNIT) or between.says(OF))
                if skip and words[last] != "," and not of:
                    break
                return last + skip + 1, int(words[last + skip])
        return last, None

    def year_told(self, last: int, year: int | None) -> tuple[int, int | None]:
        """The year after a month that is told in words: `Oktober tahun lalu`, `May of last year`."""
        if self.published is None or year is not None:
            return last, year
        for first in (last, last + 1):
            hit = self.at.get(first)
            if hit is None or (first > last and not ref_of(self.at.get(last), "cue")):
                continue
            unit = hit if ref_of(hit, "timeunit") else self.at.get(hit.last)
            sign = self.at.get(hit.last) if unit is hit else hit
            found = ref_of(sign, "past", "next", "this")
            if unit is not None and sign is not None and found and ref_of(unit, "timeunit") == ("timeunit", "year"):
                shift = SIGN[found[0]]
                return max(unit.last, sign.last), self.published.year + shift
        return last, None

    def is_day(self, i: int) -> bool:
        """Whether piece i may be the day of a month."""
        word = self.text.words[i] if 0 <= i < len(self.text.words) else ""
        return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31

    def before_dash(self, first: int) -> int | None:
        """The piece of the day from which a span lasts to the one at `first`: `5-7 September`, `5 to 7 September`."""
        until = self.ending.get(first)
        if self.text.dashed(first):
            start = first - 1
        elif until is not None and ref_of(until, "until"):
            start = until.first - 1
        else:
            return None
        return start if self.is_day(start) else None

    def week_told(self, last: int) -> tuple[int, int] | None:
        """The week after a weekday, as its shift from now: `Friday next week`, `Jumat pekan depan`."""
        one = self.at.get(last)
        two = self.at.get(one.last) if one else None
        for unit, sign in ((one, two), (two, one)):
            found = ref_of(sign, "past", "next", "this")
            if one and two and found and ref_of(unit, "timeunit") == ("timeunit", "week"):
                return two.last, SIGN[found[0]]
        return None

    def count_before(self, first: int) -> tuple[int, int] | None:
        """The number before a unit of time, and where it begins."""
        if first == 0:
            return None
        word = self.text.words[first - 1]
        if word.isdecimal() and len(word) <= 2:
            return first - 1, int(word)
        found = ref_of(self.ending.get(first), "cardinal")
        if found and isinstance(found[1], int):
            return self.ending[first].first, found[1]
        return None
