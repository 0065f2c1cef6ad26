"""Items: materiel that a text names, with class, designation and quantity."""

from dataclasses import dataclass

from materiel.languages.shape import Language
from materiel.model.claim import Qualifier
from materiel.reading.latin import in_latin
from materiel.reading.lexicon import TOLD, Hit
from materiel.reading.numbers import Number
from materiel.reading.text import CLOSING_QUOTES, OPENING_QUOTES, QUOTES, Text

ROMAN = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])
THINGS = frozenset(("designation", "item"))
# Words that no number counts across.
BUSY = frozenset(("trigger", "cue", "speech", "month", "weekday", "title"))
NAMELESS = frozenset(("cardinal", "article", "multiplier"))
# A type before one of these is what they are for (`F-16 engines`), not what passes.
WHAT_GOES_WITH = frozenset(
    [
        "parts",
        "maintenance",
        "training",
        "technology",
        "engine",
        "software",
        "machinery",
        "ammunition",
        "missile",
        "bomb",
        "sensor",
        "funding",
    ]
)
QUOTED_LONGEST = 4  # pieces of a type's name between quotation marks
NAMED = frozenset(("country", "person", "organisation", "place", "trigger"))
POINTING = frozenset(("more", "first", "remaining", "anaphor"))
# A type after the mere name of a family tells more (`rudal Stinger`).
FAMILIES = frozenset(["missile", "aircraft", "helicopter", "uav", "armour", "artillery", "vessel"])
VAGUE = frozenset(("weapon", "equipment", "other"))
LOOK_BACK = 5  # pieces between a number and the noun it counts (`six second-hand Mirage 2000 jets`)
UNCOUNTED = (
    "technology",
    "training",
    "maintenance",
    "funding",
    "software",
    "equipment",
    "fuel",
    "humanitarian",
    "personnel",
)


@dataclass(slots=True, frozen=True, eq=False)
class ItemMention:
    """Pieces `first:last` that name materiel; quantities are those said at this place."""

    first: int
    last: int
    item_class: str
    designation: str | None
    maker: str | None
    quantity: int | float | None = None
    qualifier: Qualifier | None = None
    unit: str | None = None
    start: int = 0  # first piece of the noun itself, after its number

    @property
    def top(self) -> str:
        """The family of the class: `uav` of `uav.loitering`."""
        return self.item_class.partition(".")[0]

    @property
    def vague(self) -> bool:
        """Whether the words tell no class more exact than weapons or equipment."""
        return self.item_class in VAGUE


@dataclass(slots=True)
class _Noun:
    first: int
    last: int
    item_class: str
    designation: str | None = None
    maker: str | None = None


def find_items(text: Text, hits: list[Hit], numbers: list[Number], language: Language) -> list[ItemMention]:
    """Every mention of materiel, in order."""
    ending_at: dict[int, Number] = {}
    for number in numbers:
        if not number.currency and not number.year and not number.measured:
            ending_at[number.last] = number
    starting_at = {n.first: n for n in numbers if not n.currency and not n.year and not n.article}
    busy = {i for h in hits if h.has(BUSY) for i in range(h.first, h.last)}
    named = [
        _counted(noun, text, ending_at, starting_at, busy)
        for noun in _join(_nouns(text, hits, language.latin), text, language.head == "last")
    ]
    return sorted([*named, *_unnamed(text, hits, numbers, named)], key=lambda i: i.first)


def _unnamed(text: Text, hits: list[Hit], numbers: list[Number], named: list[ItemMention]) -> list[ItemMention]:
    """Numbers that count what was named before: `eight more`, `six of them`, `24 unit pertama`."""
    pointing = {
        i
        for h in hits
        if "cue" in h.sorts
        for e in h.entries
        if e.sort == "cue" and e.ref in POINTING
        for i in range(h.first, h.last)
    }
    taken = {i for item in named for i in range(item.first, item.last)}
    found = []
    for number in numbers:
        plain = not (number.currency or number.year or number.article or number.measured or number.unit)
        if not plain or not number.amount or number.amount < 2 or number.first in taken:
            continue
        near = range(number.last, min(number.last + 2, len(text.words)))
        if not (number.counted or any(i in pointing for i in near) or number.first - 1 in pointing):
            continue
        before = [
            i
            for i in named
            if i.first < number.first and 0 <= text.sentence_of[number.first] - text.sentence_of[i.first] <= 2
        ]
        if before:
            like = before[-1]
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


def _nouns(text: Text, hits: list[Hit], letters: dict[str, str]) -> list[_Noun]:
    nouns = []
    for hit in hits:
        if not hit.has(THINGS):
            continue
        for entry in hit.entries:
            if entry.sort == "designation":
                last = hit.last if hit.ending else _variant(text, hit.last)
                name = text.string[text.starts[hit.first] : text.ends[last - 1] - hit.ending]
                if entry.detail == TOLD:
                    variant = text.string[text.ends[hit.last - 1] : text.ends[last - 1]]
                    name = entry.ref.name + in_latin(variant, letters)
                nouns.append(_Noun(hit.first, last, entry.ref.item_class, name, entry.ref.maker))
                break
            if entry.sort == "item":
                nouns.append(_Noun(hit.first, hit.last, entry.ref))
                break
    nouns = [n for k, n in enumerate(nouns) if k == 0 or n.first >= nouns[k - 1].last]
    taken = {i for h in hits if not h.has(NAMELESS) for i in range(h.first, h.last)}
    named = {i for h in hits if h.has(NAMED) for i in range(h.first, h.last)}
    for noun in nouns:
        if noun.designation is None:
            _take_unknown_type(noun, text, taken, letters)
        if noun.designation is None:
            _take_quoted_type(noun, text, named, letters)
    return nouns


def _take_unknown_type(noun: _Noun, text: Text, taken: set[int], letters: dict[str, str]) -> None:
    """A name with digits beside a noun is its type, though no list has it: `drone Geran-77`, `Zorn-5 missile`."""
    for first in (noun.last, noun.first - 2, noun.first - 3):
        last = first + 2
        if (
            first < 0
            or last > len(text.words)
            or not (first == noun.last or last == noun.first or _variant(text, last) == noun.first)
        ):
            continue
        name, digits = text.words[first], text.words[first + 1]
        initial = text.string[text.starts[first]]
        gap = text.string[text.ends[first] : text.starts[first + 1]]
        if name.isalpha() and initial.isupper() and digits.isdigit() and gap in ("", "-") and first not in taken:
            end = _variant(text, last)
            noun.designation = in_latin(text.quote(first, end), letters)
            noun.first, noun.last = min(noun.first, first), max(noun.last, end)
            return


def _take_quoted_type(noun: _Noun, text: Text, named: set[int], letters: dict[str, str]) -> None:
    """A name in quotation marks straight after a noun is its type: `the frigate “Alpha”`."""
    first = noun.last + 1
    if first >= len(text.words) or text.words[noun.last] not in OPENING_QUOTES:
        return
    for last in range(first + 1, min(first + QUOTED_LONGEST, len(text.words) - 1) + 1):
        if text.words[last] in CLOSING_QUOTES:
            if text.string[text.starts[first]].isupper() and not named.intersection(range(first, last)):
                noun.designation, noun.last = in_latin(text.quote(first, last), letters), last
            return


def _variant(text: Text, last: int) -> int:
    """Where a designation ends: `/D`, `S`, `B3`, `Block 50/52`, `Mk II` after it belong to it."""
    words, n = text.words, len(text.words)
    while last < n:
        gap = text.starts[last] - text.ends[last - 1]
        word, shown = words[last], text.string[text.starts[last] : text.ends[last]]
        joined = gap == 0 or (gap == 1 and text.string[text.ends[last - 1]] == "-")
        if (
            joined
            and word == "/"
            and last + 1 < n
            and len(words[last + 1]) <= 3
            and text.starts[last + 1] == text.ends[last]
        ):
            last += 2
        elif joined and word.isalnum() and len(word) <= 3 and (shown.isupper() or shown.isdigit()):
            last += 1
        elif (
            word in ("block", "mk", "mark") and last + 1 < n and (words[last + 1].isdigit() or words[last + 1] in ROMAN)
        ):
            last += 2
        elif gap == 1 and word in ROMAN and shown.isupper():
            last += 1
        else:
            break
    return last


def _join(nouns: list[_Noun], text: Text, head_last: bool) -> list[_Noun]:
    """Neighbouring nouns are one thing: `F-16` + `fighter jets`, `kapal selam` + `Scorpene`."""
    joined: list[_Noun] = []
    for noun in nouns:
        left = joined[-1] if joined else None
        if left is None or text.sentence_of[left.first] != text.sentence_of[noun.first]:
            joined.append(noun)
            continue
        gap = [word for word in text.words[left.last : noun.first] if word not in QUOTES]
        bracket = gap == ["("] and noun.designation is not None and (left.designation is None or _same_top(left, noun))
        if gap and not bracket:
            joined.append(noun)
            continue
        if left.designation and noun.designation and not _same_top(left, noun):
            joined.append(noun)
            continue
        _merge(left, noun, head_last)
    return joined


def _same_top(left: _Noun, right: _Noun) -> bool:
    return left.item_class.partition(".")[0] == right.item_class.partition(".")[0]


def _merge(left: _Noun, right: _Noun, head_last: bool) -> None:
    head, other = (right, left) if head_last else (left, right)
    named = left if left.designation else right if right.designation else None
    if _same_top(left, right):
        word = right if named is left else left
        if named and (word.designation or "." not in word.item_class):
            item_class = named.item_class
        elif named:
            item_class = word.item_class  # the article's own word goes before our list
        else:
            item_class = max(left.item_class, right.item_class, key=len)
    elif head.item_class.partition(".")[0] in WHAT_GOES_WITH and not (named and head.item_class in FAMILIES):
        item_class = head.item_class
    else:
        item_class = (named or (other if head.item_class in VAGUE else head)).item_class
    left.last = right.last
    left.item_class = item_class
    if right.designation and left.designation and right.designation != left.designation:
        left.designation = f"{left.designation} {right.designation}"
    left.designation = left.designation or right.designation
    left.maker = left.maker or right.maker


def _counted(
    noun: _Noun, text: Text, ending_at: dict[int, Number], starting_at: dict[int, Number], busy: set[int]
) -> ItemMention:
    """The noun with the number that counts it, looked for before it and, with a counter, after it."""
    sentence = text.sentence_of[noun.first]
    for back in range(LOOK_BACK + 1):
        at = noun.first - back
        if at <= 0 or text.sentence_of[at - 1] != sentence:
            break
        number = ending_at.get(at)
        if number is not None and not (number.article and _uncounted(noun)):
            return ItemMention(
                number.first,
                noun.last,
                noun.item_class,
                noun.designation,
                noun.maker,
                number.amount,
                number.qualifier,
                number.unit,
                noun.first,
            )
        if (at - 1 in busy and text.words[at - 1] not in ("of",)) or text.words[at - 1] in (
            ",",
            ".",
            ";",
            ":",
            ")",
            "(",
        ):
            break
    for ahead in range(3):
        number = starting_at.get(noun.last + ahead)
        if number is None or text.sentence_of[number.first] != sentence:
            continue
        if number.counted or number.unit or (ahead == 1 and _bracketed(text, number)):
            return ItemMention(
                noun.first,
                number.last,
                noun.item_class,
                noun.designation,
                noun.maker,
                number.amount,
                number.qualifier,
                number.unit,
                noun.first,
            )
    return ItemMention(noun.first, noun.last, noun.item_class, noun.designation, noun.maker, start=noun.first)


def _bracketed(text: Text, number: Number) -> bool:
    """Whether a number stands alone between brackets: `machine guns (49)`."""
    return text.words[number.first - 1 : number.last + 1] == ["(", *text.words[number.first : number.last], ")"]


def _uncounted(noun: _Noun) -> bool:
    return noun.item_class.partition(".")[0] in UNCOUNTED
