"""Parties: one key for one party, however reports spell it; a seat of government is its state."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, get_args

from materiel.languages.load import available, load_language
from materiel.languages.shape import TitleSort
from materiel.world.countries import english_names
from materiel.world.load import load_world

WORD = re.compile(r"[^\W_]+")
SMALL = frozenset(("of", "the", "and", "a", "s"))
OF_A_STATE = frozenset(("name", "short", "adjective", "demonym", "capital", "metonym", "bloc"))
WHOLE_STATE = frozenset(("government", "ministry", "military", "people"))  # bodies that stand for the state itself
RANKS = ("", *get_args(TitleSort))
LONGEST = 4  # words of the longest title or state's name that is looked for


class Named(NamedTuple):
    """A party as it is compared: `name` is empty of a state that is told as such, or by its seat or its government.

    `rank` is the sort of office (a place in RANKS) where it is told or known, else 0.
    """

    name: str
    rank: int


@cache
def named(name: str, country: str | None) -> Named:
    """The key of a party with this plain English name that acts for this country."""
    lead, _, rest = name.partition(",")
    known = _known().get(lead.casefold()) or _known().get(name.casefold())
    if known:
        return known
    words = _words(lead)
    rank, titled = _rank(words)
    if not rank and rest:
        rank, _ = _rank(_words(rest))
    own = [w for k, w in enumerate(words) if k not in titled]
    if country:
        own = _beside_the_state(own, country)
    return Named(_key(" ".join(w for w in own if w not in SMALL)), rank)


def spelled(name: str) -> str:
    """A name without what spellings differ in: accents, doubled letters, y for i, w for v (`Zelenskyy`, `Zelenski`)."""
    bare = " ".join(WORD.findall(name.casefold()))
    plain = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    for given, said in (("y", "i"), ("j", "i"), ("w", "v"), ("kh", "h"), ("ou", "u")):
        plain = plain.replace(given, said)
    return re.sub(r"(.)\1+", r"\1", plain)


def _key(name: str) -> str:
    """The last two words of a name as spelled: what stands before is a title, or a forename told less often."""
    return " ".join(spelled(name).split()[-2:])


def _words(name: str) -> tuple[str, ...]:
    return tuple(w.casefold() for w in WORD.findall(name))


def _rank(words: tuple[str, ...]) -> tuple[int, frozenset[int]]:
    """The office that some words name, and which of them do; the longest title wins."""
    for first, length in _windows(len(words)):
        sort = _titles().get(words[first : first + length])
        if sort:
            return RANKS.index(sort), frozenset(range(first, first + length))
    return 0, frozenset()


def _beside_the_state(words: list[str], country: str) -> list[str]:
    """The words that are neither the state's name nor a word for its government."""
    left = list(words)
    for first, length in _windows(len(words)):
        part = tuple(left[first : first + length])
        if country in _states().get(part, ()) or part in _bodies():
            left[first : first + length] = [""] * length
    return [w for w in left if w]


def _windows(n: int) -> Iterator[tuple[int, int]]:
    """(first, length) of each run of up to LONGEST words of `n`, the longest first."""
    for length in range(min(LONGEST, n), 0, -1):
        for first in range(n - length + 1):
            yield first, length


@cache
def _known() -> dict[str, Named]:
    """People and organisations of the world, by each of their forms."""
    found = {o.casefold(): Named(_key(g.name), 0) for g in load_world().organisations for o in (*g.forms, g.name)}
    for person in load_world().people:
        for form in (*person.forms, person.name):
            found[form.casefold()] = Named(_key(person.name), RANKS.index(person.office))
    return found


@cache
def _titles() -> dict[tuple[str, ...], TitleSort]:
    found: dict[tuple[str, ...], TitleSort] = {}
    for language in map(load_language, available()):
        titles = [t for t in language.titles if t.sort not in ("person", "business")]
        found |= {_words(form): t.sort for t in titles for form in (*language.spelt(t.forms), t.english)}
    return found


@cache
def _states() -> dict[tuple[str, ...], set[str]]:
    """The states that some words may name: a country's name, adjective, capital or seat of government."""
    found: dict[tuple[str, ...], set[str]] = {}
    for code, name in english_names().items():
        found.setdefault(_words(name), set()).add(code)
    for language in map(load_language, available()):
        for one in language.names:
            if one.sort in OF_A_STATE:
                for form in language.spelt((one.form,)):
                    found.setdefault(_words(form), set()).add(one.ref)
    return found


@cache
def _bodies() -> frozenset[tuple[str, ...]]:
    languages = [load_language(code) for code in available()]
    bodies = ((one, b) for one in languages for b in one.bodies if b.sort in WHOLE_STATE)
    return frozenset(_words(form) for one, b in bodies for form in (*one.spelt(b.forms), b.english))
