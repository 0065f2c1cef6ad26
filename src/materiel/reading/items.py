"""Items: materiel that a text names, with class, designation and quantity."""

from materiel.languages.shape import Language
from materiel.reading.ellipsis import unnamed
from materiel.reading.lexicon import Hit
from materiel.reading.mention import ItemMention
from materiel.reading.nouns import find_nouns
from materiel.reading.numbers import Number
from materiel.reading.text import Text
from materiel.reading.typenames import Noun

# Words that no number counts across.
BUSY = frozenset(("trigger", "cue", "speech", "month", "weekday", "title"))
ATTRIBUTIVE = frozenset(("made_by", "first", "more", "remaining", "own"))  # but that it does across these
FIRST = frozenset(("first",))
MARKS = frozenset((",", ".", ";", ":", ")", "("))
AHEAD = 3  # pieces after a noun among which the number that counts it begins
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
SMALL_CALIBRE = 14.5  # millimetres; the greatest of a machine gun's
GREAT_CALIBRE = 60  # millimetres; the least of a mortar's
CALIBRE_REACH = 4  # pieces between the ends of a noun and its calibre
SPECIFIED = frozenset(("aircraft", "helicopter", "missile", "vessel"))


def find_items(text: Text, hits: list[Hit], numbers: list[Number], language: Language) -> list[ItemMention]:
    """Every mention of materiel, in order."""
    calibres = [n for n in numbers if n.calibre]
    known = {i: h for h in hits for i in range(h.first, h.last)}
    nouns = find_nouns(text, hits, known, language)
    for noun in nouns:
        if calibres and noun.top == "ammunition":
            noun.item_class = _of_calibre(noun, text, calibres)
    _specify(nouns, text)
    around = _Around(text, known, numbers, nouns, language)
    named = [_counted(noun, around) for noun in nouns]
    found = [*named, *unnamed(text, known, numbers, named, language)]
    return sorted(found, key=lambda i: i.first)


def _attributive(hit: Hit) -> bool:
    return all(e.sort == "cue" and e.ref in ATTRIBUTIVE for e in hit.entries)


def _hyphenated(hit: Hit, text: Text) -> bool:
    """Whether a word is but the beginning of another (`general-purpose`)."""
    return hit.last < len(text.words) and text.dashed(hit.last)


def _of_calibre(noun: Noun, text: Text, calibres: list[Number]) -> str:
    """The class of ammunition by the calibre that stands beside it."""
    for number in calibres:
        near = number.last - CALIBRE_REACH <= noun.first and noun.last <= number.first + CALIBRE_REACH
        if near and number.amount and text.sentence_of[number.first] == text.sentence_of[noun.first]:
            if number.amount <= SMALL_CALIBRE:
                return "ammunition.smallarms"
            return "ammunition.artillery" if number.amount >= GREAT_CALIBRE else "ammunition"
    return noun.item_class


def _specify(nouns: list[Noun], text: Text) -> None:
    """A mere family (`the aircraft`) is of the kind named before it, where only one kind of it was."""
    exact: dict[str, set[str]] = {}
    for noun in nouns:
        if "." in noun.item_class:
            exact.setdefault(noun.top, set()).add(noun.item_class)
        elif noun.item_class in SPECIFIED and len(kinds := exact.get(noun.top, set())) == 1:
            (noun.item_class,) = kinds


def _counted(noun: Noun, around: "_Around") -> ItemMention:
    """The noun with the number that counts it: one before it, else one after it that counts nothing else."""
    number = around.before(noun) or around.after(noun)
    quantity, qualifier, unit = (number.amount, number.qualifier, number.unit) if number else (None, None, None)
    first = min(noun.first, number.first) if number else noun.first
    last = max(noun.last, number.last) if number else noun.last
    if number is None and around.is_first_of_several(noun):
        quantity, qualifier = 1, "exact"
    return ItemMention(
        first, last, noun.item_class, noun.designation, noun.maker, quantity, qualifier, unit, noun.first
    )


class _Around:
    """What stands around the nouns of one text: numbers, and pieces that no number counts across."""

    def __init__(
        self, text: Text, known: dict[int, Hit], numbers: list[Number], nouns: list[Noun], language: Language
    ) -> None:
        self.text, self.known = text, known
        self.head_first, self.partitives = language.head == "first", language.partitives
        self.articles, self.out_of = language.articles, [tuple(form.split()) for form in language.out_of]
        self.ending = {n.last: n for n in numbers if not n.currency and not n.year and not n.measured}
        self.starting = {n.first: n for n in numbers if not n.currency and not n.year and not n.article}
        self.things = {i for n in nouns for i in range(n.first, n.last)}

    def _busy(self, i: int) -> bool:
        """Whether a piece belongs to a word that no number counts across."""
        hit = self.known.get(i)
        return (
            hit is not None
            and hit.has(BUSY)
            and self.text.words[i] not in self.partitives
            and not _attributive(hit)
            and not _hyphenated(hit, self.text)
        )

    def before(self, noun: Noun) -> Number | None:
        """The number before a noun that counts it."""
        text, sentence = self.text, self.text.sentence_of[noun.first]
        for at in range(noun.first, max(0, noun.first - LOOK_BACK - 1), -1):
            if text.sentence_of[at - 1] != sentence:
                break
            number = self.ending.get(at)
            if number is not None and not (number.article and _uncounted(noun)):
                return self._part(number)
            if self._busy(at - 1) or at - 1 in self.things or text.words[at - 1] in MARKS:
                break
        return None

    def _part(self, number: Number) -> Number:
        """The number that is told to be part of another: `18 of 54`, `six of the 24`."""
        words, at = self.text.words, number.first
        before = self.ending.get(at)
        if before is not None and before.counted:  # `six of the` is a number as it stands
            return before
        while at and words[at - 1] in self.articles:
            at -= 1
        for form in self.out_of:
            start = at - len(form)
            part = self.ending.get(start)
            if part is not None and tuple(words[start:at]) == form and not part.article:
                return part
        return number

    def after(self, noun: Noun) -> Number | None:
        """A number after a noun that counts it: with a counter, in brackets, or with nothing else to count."""
        text = self.text
        for ahead in range(AHEAD):
            number = self.starting.get(noun.last + ahead)
            if number is None or text.sentence_of[number.first] != text.sentence_of[noun.first]:
                continue
            apart = ahead == 1 and (_bracketed(text, number) or _listed(text, number))
            if number.counted or number.unit or apart:
                return number
        return None

    def is_first_of_several(self, noun: Noun) -> bool:
        """Whether an ordinal after a noun singles out one thing (`kapal pertama`, `limusin yang pertama`)."""
        if not self.head_first:
            return False
        near = (self.known.get(noun.last), self.known.get(noun.last + 1))
        ordinals = (h for h in near if h and h.says(FIRST))
        return any(self.text.sentence_of[h.first] == self.text.sentence_of[noun.first] for h in ordinals)


def _bracketed(text: Text, number: Number) -> bool:
    """Whether a number stands alone between brackets: `machine guns (49)`."""
    return text.words[number.first - 1 : number.last + 1] == ["(", *text.words[number.first : number.last], ")"]


def _listed(text: Text, number: Number) -> bool:
    """Whether a number stands after a mark, and nothing after it for it to count: `launchers, 1,200;`."""
    before, after = text.words[number.first - 1], text.words[number.last : number.last + 1]
    return before in (",", ":") and (not after or after[0] in (",", ".", ";"))


def _uncounted(noun: Noun) -> bool:
    return noun.top in UNCOUNTED
