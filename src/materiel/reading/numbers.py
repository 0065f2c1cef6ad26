"""Numbers: quantities and sums of money, in digits or words, with the span of pieces that says them."""

from math import isfinite

import msgspec

from materiel.languages.shape import Language
from materiel.model.claim import Qualifier
from materiel.reading.lexicon import Hit
from materiel.reading.text import DASHES, Text

THOUSAND = 1000
LETTER = 2  # multipliers of so many letters (`m`, `bn`) only follow a number
OPENERS = frozenset(("cardinal", "vague", "multiplier", "currency", "article"))  # what a number may begin with
YEARS = range(1940, 2051)  # a bare number of this size may be a year


class Number(msgspec.Struct, frozen=True, eq=False):
    """A number at pieces `first:last`; `amount` is None for vague ones (`dozens`)."""

    first: int
    last: int
    amount: int | float | None
    qualifier: Qualifier
    unit: str | None = None
    currency: str | None = None
    year: bool = False
    article: bool = False
    counted: bool = False
    measured: bool = False
    calibre: bool = False


def parse_digits(piece: str, language: Language) -> int | float | None:
    """The value of a piece of digits, in the language's own use of points and commas."""
    body = piece
    if language.thousands and language.thousands in body:
        head, *groups = body.split(language.thousands)
        if _grouped(head, [g.split(language.decimal)[0] for g in groups]):
            body = body.replace(language.thousands, "")
        elif len(groups) > 1:  # a date, a version
            return None
        else:  # the other mark (3.5 where a comma is the decimal)
            return _plain(f"{head}.{groups[0]}", "")
    return _plain(body, language.decimal)


def _grouped(head: str, groups: list[str]) -> bool:
    """Whether digits stand in groups of three, or before the last three of two, as in India (`1,23,456`)."""
    *others, last = map(len, groups)
    return len(head) <= 3 and last == 3 and (set(others) <= {3} or (set(others) == {2} and len(head) <= 2))


def _plain(body: str, decimal: str) -> int | float | None:
    if decimal:
        body = body.replace(decimal, ".")
    try:
        value = float(body)
    except ValueError:
        return None
    if not isfinite(value):
        return None
    return int(value) if value == int(value) else value


def _entry(hit: Hit | None, *sorts: str) -> object | None:
    if hit is not None:
        for entry in hit.entries:
            if entry.sort in sorts:
                return entry.ref if entry.ref is not None else True
    return None


def read_numbers(text: Text, at: dict[int, Hit], language: Language) -> list[Number]:
    """The numbers of a text, in order; `at` gives the hit that begins at a piece."""
    found: list[Number] = []
    named = {i for h in at.values() if "designation" in h.sorts for i in range(h.first, h.last)}
    digits = {i for i, word in enumerate(text.words) if word[0].isdecimal()}
    worded = {i for i, hit in at.items() if hit.has(OPENERS)}
    end = 0
    for i in sorted((digits | worded) - named):
        if i < end or (i in digits and _in_a_name(i, text, at)):
            continue
        number = _number_at(i, text, at, language)
        if number is None:
            continue
        if found and (joined := _range(found[-1], number, text, at)):
            found[-1] = number = joined
        else:
            found.append(number)
        end = max(number.last, i + 1)
    return found


def _range(low: Number, high: Number, text: Text, at: dict[int, Hit]) -> Number | None:
    """`20 to 25`, `20-25`: the lower bound, with `at_least`; None where the two are no range."""
    gap = at.get(low.last)
    dashed = low.last == high.first and text.dashed(high.first)
    worded = gap is not None and high.first in (gap.first, gap.last) and bool(_entry(gap, "until"))
    if not (dashed or worded) or low.year or not low.amount or not high.amount or low.amount >= high.amount:
        return None
    return msgspec.structs.replace(
        high, first=low.first, amount=low.amount, qualifier="at_least", currency=high.currency or low.currency
    )


def _in_a_name(i: int, text: Text, at: dict[int, Hit]) -> bool:
    """Whether digits belong to a word: `Geran-25`, `2nd`, `K9`; not `155mm`, `$5m`."""
    start, end = text.starts[i], text.ends[i]
    before = text.string[max(0, start - 2) : start]
    if before and (before[-1].isalpha() or (before[-1] in DASHES and before[0].isalpha())):
        return not _entry(at.get(i - 1), "currency")
    if end < len(text.string) and text.string[end].isalpha() and i + 1 < len(text.words):
        return not _entry(at.get(i + 1), "measure", "calibre", "multiplier", "unit", "currency", "counter")
    return False


def _multiplies(i: int, follows: bool, text: Text) -> bool:
    """Whether a multiplier is one: a letter or two follow a number, and open no name (`16 M1132 vehicles`)."""
    opens = i + 1 < len(text.words) and text.words[i + 1].isdecimal() and text.ends[i] == text.starts[i + 1]
    return len(text.words[i]) > LETTER or (follows and not opens)


def _amount(i: int, text: Text, at: dict[int, Hit], language: Language) -> tuple[int, int | float | None, bool, bool]:
    """Read `two thousand`, `1,5 juta`, `dua ratus lima puluh` at piece i: (end, amount, whether vague, in digits)."""
    start, total, group, unit = i, 0.0, 0.0, None
    vague = digits = False
    while i == start or text.goes_on(i):
        word, hit = text.words[i], at.get(i)
        cardinal, multiplier = _entry(hit, "cardinal"), _entry(hit, "multiplier")
        if word[0].isdecimal():
            value = parse_digits(word, language)
            if value is None or i > start:
                break
            unit, digits, i = float(value), True, i + 1
            while language.thousands.isspace() and len(word) <= len("000") and _goes_on(i, text):
                unit, i = unit * THOUSAND + int(text.words[i]), i + 1
        elif hit is not None and _entry(hit, "vague") and i == start:
            vague, i = True, hit.last
        elif hit is not None and isinstance(cardinal, int) and not digits:
            tens = unit is not None and _adds_to(unit, cardinal)
            if unit is not None and not tens:
                break
            unit, i = (unit or 0.0) + cardinal, hit.last
        elif hit is not None and isinstance(multiplier, int | float) and _multiplies(i, i > start, text):
            if multiplier >= THOUSAND:
                total, group, unit = total + (group + (unit or 0.0) or 1.0) * multiplier, 0.0, None
            else:
                group, unit = group + (1.0 if unit is None else unit) * multiplier, None
            i = _after_point(hit.last, text)
        else:
            break
    amount = total + group + (unit or 0.0)
    if i == start or vague or (unit is None and not amount) or not isfinite(amount):
        return i, None, vague, digits
    return i, int(amount) if amount == int(amount) else round(amount, 6), vague, digits


def _goes_on(i: int, text: Text) -> bool:
    """Whether piece i is the next group of three digits of a number whose groups are spaced (`28 500`)."""
    gap = text.string[text.ends[i - 1] : text.starts[i]] if i < len(text.words) else ""
    return len(gap) == 1 and gap.isspace() and len(text.words[i]) == len("000") and text.words[i].isdecimal()


def _after_point(i: int, text: Text) -> int:
    """The piece after the point of a shortened word in the middle of a sentence (`3 mln. shells`)."""
    goes_on = i + 1 < len(text.words) and text.words[i] == "." and text.sentence_of[i] == text.sentence_of[i + 1]
    return i + 1 if goes_on else i


def _adds_to(unit: float, cardinal: int) -> bool:
    """Whether a smaller number word goes on with a greater one (`twenty` + `five`, `200` + `50`)."""
    return (unit < 100 and unit >= 20 and unit % 10 == 0 and 0 < cardinal < 10) or (
        unit >= 100 and unit % 100 == 0 and 0 < cardinal < 100
    )


def _number_at(i: int, text: Text, at: dict[int, Hit], language: Language) -> Number | None:
    first, hit = i, at.get(i)
    currency = _entry(hit, "currency")
    if hit is not None and currency:
        i = hit.last
        if not text.goes_on(i) or not (text.words[i][0].isdecimal() or _entry(at.get(i), "cardinal", "vague")):
            return None
    if hit is not None and not currency and _entry(hit, "article") and not _entry(hit, "cardinal"):
        following = at.get(hit.last)
        if not _entry(following, "multiplier", "vague"):
            return Number(first, hit.last, 1, "exact", article=True)
        i = hit.last
    last, amount, vague, digits = _amount(i, text, at, language)
    if last == i or (amount is None and not vague):
        return None
    unit = counted = None
    measured = calibre = False
    following = at.get(last) if text.goes_on(last) else None
    if not currency and following is not None:
        money, measure = _entry(following, "currency"), _entry(following, "unit")
        if money:
            currency, last = money, following.last
        elif measure:
            unit, last = measure, following.last
        elif _entry(following, "counter"):
            counted, last = True, following.last
        elif _entry(following, "calibre"):
            measured = calibre = True
        elif _entry(following, "measure", "timeunit", "month"):
            measured = True
    first, qualifier = _qualifier(first, text, at)
    if digits and qualifier == "exact" and (end := _rounded(last, text, language)):
        last, qualifier = end, "about"
    alone = digits and not currency and not unit and last - i == 1 and text.words[i].isdecimal()
    return Number(
        first,
        last,
        amount,
        "some" if vague else qualifier,
        unit if isinstance(unit, str) else None,
        currency if isinstance(currency, str) else None,
        alone and amount in YEARS,
        False,
        bool(counted),
        measured,
        calibre,
    )


def _rounded(last: int, text: Text, language: Language) -> int | None:
    """Where an ending that makes a number a round one stops (`40.000-an`); None where there is none."""
    if last >= len(text.words) or text.words[last] not in language.numbers.rounding:
        return None
    gap = text.string[text.ends[last - 1] : text.starts[last]]
    return last + 1 if gap in ("", *DASHES) else None


def _qualifier(first: int, text: Text, at: dict[int, Hit]) -> tuple[int, Qualifier]:
    for back in range(1, 5):
        hit = at.get(first - back)
        if hit is not None and hit.last == first:
            found = _entry(hit, "qualifier")
            if isinstance(found, str):
                return hit.first, found  # type: ignore[return-value]
    return first, "exact"
