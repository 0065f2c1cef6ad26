"""Nouns: words and names for materiel, neighbouring ones joined into one thing, with the class that they tell."""

from collections import Counter

from materiel.languages.shape import Language
from materiel.reading.entries import TOLD
from materiel.reading.latin import in_latin
from materiel.reading.lexicon import Hit
from materiel.reading.mention import VAGUE
from materiel.reading.text import QUOTES, Text
from materiel.reading.typenames import Noun, Unlisted, variant

THINGS = frozenset(("designation", "item"))
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
# A type after the mere name of a family tells more (`rudal Stinger`).
FAMILIES = frozenset(["missile", "aircraft", "helicopter", "uav", "armour", "artillery", "vessel"])
# What a thing is called outright goes before what our list says of its name (`Mistral ships`, `Puma drones`).
CRAFT = frozenset(["helicopter", "uav", "armour", "vessel"])
MISNAMED = CRAFT | {"missile", "aircraft"}
SHOOTING = frozenset(("smallarms", "artillery"))  # `rifle rounds`, `amunisi howitzer`
MADE_BY = frozenset(("made_by",))


def find_nouns(text: Text, hits: list[Hit], known: dict[int, Hit], language: Language) -> list[Noun]:
    """Every word or name for materiel, in order; what stands together is one."""
    nouns: list[Noun] = []
    for hit in hits:
        if hit.has(THINGS) and (not nouns or hit.first >= nouns[-1].last):
            nouns.append(_noun(hit, text, language))
    unlisted = Unlisted(text, known, language)
    for noun in nouns:
        if noun.designation is None:
            unlisted.take(noun)
    _choose(nouns)
    return _join(nouns, text, known, language)


def _is_origin(hit: Hit | None) -> bool:
    """Whether a word says whose make a thing is, and so may stand before the name of its type."""
    return hit is not None and ("country" in hit.sorts or hit.says(MADE_BY))


def _noun(hit: Hit, text: Text, language: Language) -> Noun:
    listed = [e.ref for e in hit.entries if e.sort == "designation"]
    if not listed:
        return Noun(hit.first, hit.last, next(e.ref for e in hit.entries if e.sort == "item"))
    last, plural = (hit.last, hit.ending) if hit.ending else variant(text, hit.last, language)
    end = last
    while end > hit.first + 1 and text.words[end - 1] in language.kinds:
        end, plural = end - 1, 0
    name = text.string[text.starts[hit.first] : text.ends[end - 1] - plural]
    if any(e.sort == "designation" and e.detail == TOLD for e in hit.entries):
        told = text.string[text.ends[hit.last - 1] : text.ends[last - 1] - plural] if last > hit.last else ""
        name = listed[0].name + in_latin(told, language.latin)
    choices = tuple((d.item_class, d.maker) for d in listed)
    return Noun(hit.first, last, listed[0].item_class, name, listed[0].maker, choices)


def _choose(nouns: list[Noun]) -> None:
    """Names that may stand for several things take that whose family the text's own words name most."""
    words = Counter(n.top for n in nouns if not n.choices)
    for noun in nouns:
        if len(noun.choices) > 1:
            best = max(noun.choices, key=lambda c: words[c[0].partition(".")[0]])
            noun.item_class, noun.maker = best


def _join(nouns: list[Noun], text: Text, known: dict[int, Hit], language: Language) -> list[Noun]:
    """Neighbouring nouns are one thing: `F-16` + `fighter jets`, `kapal selam` + `Scorpene`."""
    joined: list[Noun] = []
    for noun in nouns:
        left = joined[-1] if joined else None
        if left is None or text.sentence_of[left.first] != text.sentence_of[noun.first]:
            joined.append(noun)
            continue
        between = range(left.last, noun.first)
        gap = [text.words[i] for i in between if text.words[i] not in QUOTES]
        if gap and language.head == "first" and noun.designation and not left.designation and _same_top(left, noun):
            gap = [] if all(_is_origin(known.get(i)) for i in between) else gap
        if gap and (left.designation or noun.designation):
            gap = [word for word in gap if word not in language.kinds]
        bracket = gap == ["("] and noun.designation is not None and (left.designation is None or _same_top(left, noun))
        nickname = left.designation and noun.designation and _is_nickname(noun.designation)
        if (gap and not bracket) or (
            left.designation and noun.designation and not nickname and not _same_top(left, noun)
        ):
            joined.append(noun)
            continue
        if bracket and left.designation:
            left.last = noun.last
        else:
            _merge(left, noun, language.head == "last")
    return joined


def _is_nickname(name: str) -> bool:
    """Whether a name may follow the number of its type (`F-16` + `Viper`), whatever else bears it."""
    return name.isalpha() and not name.isupper()


def _same_top(left: Noun, right: Noun) -> bool:
    return left.top == right.top


def _merge(left: Noun, right: Noun, head_last: bool) -> None:
    head, other = (right, left) if head_last else (left, right)
    named = left if left.designation else right if right.designation else None
    word = right if named is left else left
    if named and not word.designation:
        named.item_class, named.maker = next(
            (c for c in named.choices if c[0].partition(".")[0] == word.top), (named.item_class, named.maker)
        )
    left.item_class = _class_of(named, word, head, other)
    left.last = right.last
    if right.designation and left.designation and right.designation != left.designation:
        left.designation = f"{left.designation} {right.designation}"
    left.designation = left.designation or right.designation
    left.maker = left.maker or right.maker


def _class_of(named: Noun | None, word: Noun, head: Noun, other: Noun) -> str:
    """The class of two nouns that stand together; `named` is that with a type's name."""
    if named and word.designation:
        return named.item_class
    if _same_top(head, other):
        if named:  # the article's own word goes before our list
            return word.item_class if "." in word.item_class else named.item_class
        return max(head.item_class, other.item_class, key=len)
    if head.item_class == "ammunition" and other.top in SHOOTING:
        return f"ammunition.{other.top}"
    if named and named.item_class == "airdefence.manpads" and word.item_class == "missile.surfacetoair":
        return named.item_class
    if named and word.top in CRAFT and named.top in MISNAMED:
        return word.item_class
    if head.top in WHAT_GOES_WITH and not (named and head.item_class in FAMILIES):
        return head.item_class
    return (named or (other if head.item_class in VAGUE else head)).item_class
