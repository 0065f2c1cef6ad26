"""Ellipsis: numbers that count what was named before (`eight more`, `six of them`, `twelve to Peru`)."""

from materiel.languages.shape import Language
from materiel.reading.lexicon import Hit
from materiel.reading.mention import ItemMention
from materiel.reading.numbers import Number
from materiel.reading.text import Text

POINTING = frozenset(("more", "first", "remaining", "anaphor"))
MORE = frozenset(("more",))
ONWARD = frozenset(("from", "to", "for", "by", "in", "passive_aux", "future", "perfect", "relative", "arrived", "and"))
LEADING = frozenset(("in", "at", "on", "about", "between", "against"))  # before a number that counts no thing
MARKS = frozenset((".", ",", ";", ")", "!", "?"))
TIMES = frozenset(("month", "weekday", "timeunit", "title", "season", "early", "mid", "late"))
UNCOUNTABLE = frozenset(("training", "maintenance", "technology", "funding", "software", "personnel", "fuel", "other"))
LOOK_BACK = 2  # sentences in which what a number counts was named


def unnamed(
    text: Text, known: dict[int, Hit], numbers: list[Number], named: list[ItemMention], language: Language
) -> list[ItemMention]:
    """A mention for each number that stands for things named before, in the words of the last of them."""
    if not named:
        return []
    taken = {i for item in named for i in range(item.first, item.last)}
    found = []
    for number in numbers:
        plain = not (number.currency or number.year or number.article or number.measured or number.unit)
        if not plain or not number.amount or number.first in taken:
            continue
        if text.words[number.first - 1] in language.kinds or _in_a_name(number, text, known):
            continue
        near = range(number.last, min(number.last + 2, len(text.words)))
        pointed = any(_says(known, i, POINTING) for i in (*near, number.first - 1))
        if not (number.counted or pointed) and not (
            _stands_alone(number, text, known) and _given_in(text.sentence_of[number.first], text, known)
        ):
            continue
        like = _last_before(number, text, named)
        if like and (number.amount >= 2 or any(_says(known, i, MORE) for i in (number.last, number.first - 1))):
            found.append(
                ItemMention(
                    number.first,
                    number.last,
                    like.item_class,
                    like.designation,
                    like.maker,
                    number.amount,
                    number.qualifier,
                    None,
                    number.first,
                )
            )
    return found


def _says(known: dict[int, Hit], i: int, cues: frozenset[str]) -> bool:
    """Whether a piece belongs to a cue of one of these classes."""
    return i in known and known[i].says(cues)


def _given_in(sentence: int, text: Text, known: dict[int, Hit]) -> bool:
    """Whether a sentence says that something passes."""
    return any(i in known and _of_transfer(known[i]) for i in range(*text.bounds[sentence]))


def _of_transfer(hit: Hit) -> bool:
    return "trigger" in hit.sorts and any(e.sort == "trigger" and e.ref.kind == "transfer" for e in hit.entries)


def _in_a_name(number: Number, text: Text, known: dict[int, Hit]) -> bool:
    """Whether a number follows a word with a capital that is no country's: `Article 5 of the law`."""
    at = number.first - 1
    if at < 0 or (at in known and "cue" in known[at].sorts) or text.sentence_of[at] != text.sentence_of[number.first]:
        return False
    before = known.get(at)
    country = before is not None and "country" in before.sorts
    return not country and text.string[text.starts[at]].isupper()


def _stands_alone(number: Number, text: Text, known: dict[int, Hit]) -> bool:
    """Whether no noun follows a number, nor anything before it that makes it a date, an age or a part of a name."""
    before, after = known.get(number.first - 1), known.get(number.last)
    if number.amount is None or number.amount < 2 or number.amount != int(number.amount):
        return False
    if any(h is not None and h.has(TIMES) for h in (before, after)) or _says(known, number.first - 1, LEADING):
        return False
    opens = text.sentence_of[number.first - 1] != text.sentence_of[number.first] if number.first else True
    if not opens and not text.words[number.first - 1].isalpha() and text.words[number.first - 1] not in (",", "(", ";"):
        return False
    if number.last >= len(text.words) or text.sentence_of[number.last] != text.sentence_of[number.first]:
        return True
    follows = text.words[number.last]
    close = text.starts[number.last] == text.ends[number.last - 1]
    if follows in MARKS:  # between two marks stands an age
        return close and (opens or text.words[number.first - 1].isalpha())
    return _says(known, number.last, ONWARD) and not close


def _last_before(number: Number, text: Text, named: list[ItemMention]) -> ItemMention | None:
    """The last thing named that a number may count."""
    here = text.sentence_of[number.first]
    before = [
        i
        for i in named
        if i.first < number.first and here - text.sentence_of[i.first] <= LOOK_BACK and i.top not in UNCOUNTABLE
    ]
    return before[-1] if before else None
