"""Type names: how far the name of a type of materiel reaches, and names that no list has."""

from dataclasses import dataclass

from materiel.languages.pieces import HYPHENS
from materiel.languages.shape import Language
from materiel.reading.latin import in_latin
from materiel.reading.lexicon import Hit
from materiel.reading.text import CLOSING_QUOTES, DASHES, OPENING_QUOTES, QUOTES, Text

MARKS = frozenset(("block", "mk", "mark"))  # what types number their variants by, in every language
ROMAN = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])
NAMELESS = frozenset(("cardinal", "article", "multiplier"))
NAMED = frozenset(("country", "person", "organisation", "place", "trigger", "designation"))
VARIANT_LONGEST = 3  # letters or digits of a variant (`B3`, `bis`)
QUOTED_LONGEST = 4  # pieces of a type's name between quotation marks
NAME_LONGEST = 3  # words of a name that only its capitals tell
# Things whose types bear names.
NAMEABLE = frozenset(
    [
        "aircraft",
        "helicopter",
        "uav",
        "airdefence",
        "missile",
        "artillery",
        "armour",
        "vehicle",
        "vessel",
        "smallarms",
        "lightweapon",
        "sensor",
        "electronicwarfare",
        "bomb",
        "torpedo",
        "satellite",
    ]
)
SHIP = "vessel"  # what stands beside this bare word is a ship's own name
ADJECTIVES = 3  # unknown words between a name with digits and its noun (`CB90 fast assault boats`)


@dataclass(slots=True)
class Noun:
    """Pieces `first:last` that name a kind of thing; `choices` are all classes that its name may stand for."""

    first: int
    last: int
    item_class: str
    designation: str | None = None
    maker: str | None = None
    choices: tuple[tuple[str, str | None], ...] = ()

    @property
    def top(self) -> str:
        """The family of the class."""
        return self.item_class.partition(".")[0]


def variant(text: Text, last: int, language: Language) -> tuple[int, int]:
    """Where a designation ends, and how many letters of it are a plural's.

    `/D`, `S`, `B3`, `Block 50/52`, `Mk II` after it belong to it, and so does the `P` of `Mi-24Ps`.
    """
    words, n, plural = text.words, len(text.words), 0
    while last < n and not plural:
        gap = text.starts[last] - text.ends[last - 1]
        word = words[last]
        joined = gap == 0 or (gap == 1 and text.string[text.ends[last - 1]] in DASHES)
        if joined and word == "/" and last + 1 < n and text.starts[last + 1] == text.ends[last]:
            short, plural = _short(text, last + 1, True, language)
            if not short:
                break
            last += 2
        elif joined and (found := _short(text, last, gap == 0, language))[0]:
            plural, last = found[1], last + 1
        elif word in MARKS and last + 1 < n and (words[last + 1].isdecimal() or words[last + 1] in ROMAN):
            last += 2
        elif gap == 1 and word in ROMAN and text.string[text.starts[last]].isupper():
            last += 1
        else:
            break
    return last, plural


def _short(text: Text, i: int, close: bool, language: Language) -> tuple[bool, int]:
    """Whether a piece may be a variant's letters or digits, and how many of its letters are a plural's."""
    word, shown = text.words[i], text.string[text.starts[i] : text.ends[i]]
    if not word.isalnum() or (shown.islower() and word in language.endings):
        return False, 0
    for ending in language.endings:
        if shown.endswith(ending) and shown[: -len(ending)].isupper() and len(word) - len(ending) <= VARIANT_LONGEST:
            return True, len(ending)
    capital = shown.isupper() or shown.isdecimal()
    small = close and word.isalpha() and text.words[i - 1].isdecimal() and (shown[0].isupper() or word.isascii())
    return len(word) <= VARIANT_LONGEST and (capital or small), 0


class Unlisted:
    """Finds the names of types that no list has, beside the nouns of one text."""

    def __init__(self, text: Text, known: dict[int, Hit], language: Language) -> None:
        self.text, self.known, self.language = text, known, language
        self.kinds = frozenset(language.kinds)

    def _taken(self, i: int) -> bool:
        """Whether a piece is a known word that is no part of a name."""
        hit = self.known.get(i)
        return hit is not None and not hit.has(NAMELESS)

    def take(self, noun: Noun) -> None:
        """Give a noun the name beside it as its designation, if there is one."""
        for find in (self._with_digits, self._quoted, self._by_kind, self._capitals):
            found = find(noun)
            if found:
                first, last, plural = found
                text = self.text
                name = text.string[text.starts[first] : text.ends[last - 1] - plural]
                noun.designation = in_latin(name, self.language.latin)
                noun.first, noun.last = min(noun.first, first), max(noun.last, last)
                return

    def _with_digits(self, noun: Noun) -> tuple[int, int, int] | None:
        """A name with digits: `drone Geran-77`, `Zorn-5 missile`, `CB90 fast assault boats`."""
        text = self.text
        after = noun.last
        if after < len(text.words) and text.words[after] in self.kinds and text.string[text.starts[after]].islower():
            after += 1
        earliest = noun.first - 2
        while earliest > noun.first - 3 - ADJECTIVES and self._plain(earliest + 1):
            earliest -= 1
        for first in (after, *range(noun.first - 2, min(earliest, noun.first - 4) - 1, -1)):
            if first < 0 or first + 2 > len(text.words):
                continue
            if text.sentence_of[first] != text.sentence_of[noun.first] or not self._letters_and_digits(first):
                continue
            last, plural = variant(text, first + 2, self.language)
            between = range(last, noun.first)
            if first == after or last == noun.first or (between and all(map(self._plain, between))):
                return first, last, plural
        return None

    def _letters_and_digits(self, first: int) -> bool:
        text = self.text
        gap = text.string[text.ends[first] : text.starts[first + 1]]
        kind = text.words[first] in self.kinds
        return (
            text.words[first].isalpha()
            and text.words[first + 1].isdecimal()
            and (gap in DASHES or not gap or (gap == " " and kind))
            and text.string[text.starts[first]].isupper()
            and (kind or not self._taken(first))
        )

    def _plain(self, i: int) -> bool:
        """Whether a piece is a word in small letters that nothing else claims, or says that a kind is named."""
        text = self.text
        known = self._taken(i) and text.words[i] not in self.kinds
        return i >= 0 and text.words[i].isalpha() and not known and text.string[text.starts[i]].islower()

    def _quoted(self, noun: Noun) -> tuple[int, int, int] | None:
        """A name in quotation marks straight after a noun, or before it where its head is last."""
        text = self.text
        first = noun.last + 1
        if first < len(text.words) and text.words[noun.last] in OPENING_QUOTES:
            for last in range(first + 1, min(first + QUOTED_LONGEST, len(text.words) - 1) + 1):
                if text.words[last] in CLOSING_QUOTES:
                    return (first, last, 0) if self._nameable(first, last) else None
        last = noun.first - 1
        if self.language.head == "last" and last > 0 and text.words[last] in CLOSING_QUOTES:
            for first in range(last - 1, max(0, last - QUOTED_LONGEST), -1):
                if text.words[first - 1] in OPENING_QUOTES:
                    return (first, last, 0) if self._nameable(first, last) else None
        return None

    def _nameable(self, first: int, last: int) -> bool:
        inside = (self.known.get(i) for i in range(first, last))
        named = any(hit is not None and hit.has(NAMED) for hit in inside)
        return not named and self.text.string[self.text.starts[first]].isupper()

    def _by_kind(self, noun: Noun) -> tuple[int, int, int] | None:
        """A name that a word for kinds marks: `Storm-class boats`, `kapal cepat jenis Peykaap`."""
        text = self.text
        if self.language.head == "last":
            last = noun.first - 1
            while last > 0 and self._plain(last) and text.words[last] not in self.kinds and last > noun.first - 4:
                last -= 1
            first = last - 1
            marked = last > 0 and text.words[last] in self.kinds and text.dashed(last)
            return (first, last, 0) if marked and self._is_name(first, noun) else None
        first = noun.last + 1
        marked = first < len(text.words) and text.words[noun.last] in self.kinds
        if not marked or not self._is_name(first, noun):
            return None
        return (first, *variant(text, first + 1, self.language))

    def _capitals(self, noun: Noun) -> tuple[int, int, int] | None:
        """Words with capitals that nothing else claims, on the side of the noun where names stand."""
        text = self.text
        explained = text.words[noun.last : noun.last + 1] == ["("]  # by its short name
        if noun.top not in NAMEABLE or noun.item_class == SHIP or explained or text.starts[noun.first] < text.body:
            return None
        if self.language.head == "last":
            last = noun.first
            first = last
            while self._is_unknown(first - 1, noun) and last - first < NAME_LONGEST:
                first -= 1
            opens = first == 0 or text.sentence_of[first - 1] != text.sentence_of[noun.first]
            return None if first == last or opens or text.words[first - 1] in QUOTES else (first, last, 0)
        last = noun.last
        while last < len(text.words) and self._is_unknown(last, noun) and last - noun.last < NAME_LONGEST:
            last += 1
        if last < len(text.words) and text.dashed(last) and not text.words[last].isdecimal():
            return None
        return (noun.last, *variant(text, last, self.language)) if last > noun.last else None

    def _is_unknown(self, i: int, noun: Noun) -> bool:
        text = self.text
        if i <= 0 or not self._is_name(i, noun) or not text.words[i].isalpha() or i in self.known:
            return False
        shown = text.string[text.starts[i] : text.ends[i]]
        alone = not self.language.latin or shown.isascii()
        return alone and not shown.isupper() and text.string[text.ends[i - 1] : text.starts[i]] in (" ", *HYPHENS)

    def _is_name(self, i: int, noun: Noun) -> bool:
        text = self.text
        capital = text.string[text.starts[i]].isupper() and len(text.words[i]) > 1
        return capital and not self._taken(i) and text.sentence_of[i] == text.sentence_of[noun.first]
