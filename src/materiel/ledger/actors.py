"""Actors: which parties that reports name are one and the same, and which only speak for one state."""

import re
from collections.abc import Collection, Sequence
from functools import cache

from materiel.languages.load import available, load_language
from materiel.ledger.parties import named
from materiel.model.claim import Party
from materiel.world.countries import english_names
from materiel.world.load import load_world

WORD = re.compile(r"[^\W_]+")
SMALL = frozenset(("of", "the", "and", "de", "al"))
PEOPLE = frozenset(("head", "minister", "official", "spokesperson", "military", "governor", "diplomat", "lawmaker"))


def is_state(party: Party) -> bool:
    """Whether a party is told as nothing but a state or a bloc."""
    return party.name == english_names().get(party.country or "", party.country)


@cache
def is_person(name: str) -> bool:
    """Whether a plain English name is that of one person, by name or by office."""
    said = {w.casefold() for w in WORD.findall(name)}
    return name in _people() or any(office <= said for office in _offices())


@cache
def _people() -> frozenset[str]:
    return frozenset(p.name for p in load_world().people)


@cache
def _offices() -> tuple[frozenset[str], ...]:
    """The words of each office that one person holds, in English, as the language packs give it."""
    titles = (t for code in available() for t in load_language(code).titles if t.sort in PEOPLE)
    return tuple({frozenset(w.casefold() for w in WORD.findall(t.english)) for t in titles})


def words_of(name: str) -> frozenset[str]:
    """The words by which two spellings of a name are compared."""
    return frozenset(w.casefold() for w in WORD.findall(name)) - SMALL


def one_name(parties: Collection[Party]) -> dict[str, str]:
    """For each name, the fullest name of whom it means: `Governor of X` and `Y` are one where a report says
    `Y, Governor of X`. A state is nobody's short name."""
    states = {p.name for p in parties if is_state(p)}
    fullest: dict[str, str] = {}
    for name in sorted({p.name for p in parties} - states, key=lambda n: (-len(words_of(n)), n)):
        own = words_of(name)
        holders = [full for full in fullest.values() if own and own <= words_of(full)]
        fullest[name] = holders[0] if holders else name
    return {**fullest, **{name: name for name in states}}


def agree(a: Sequence[Party], b: Sequence[Party], fullest: dict[str, str], by_person: bool) -> bool:
    """Whether two reports' parties of one role can both be right: one may say less, or name fewer.

    With `by_person` two people who act for one state do not agree (one of them gave it); without, they do.
    """

    def within(few: Sequence[Party], many: Sequence[Party]) -> bool:
        return all(any(_one(p, q, fullest, by_person) for q in many) for p in few)

    return within(a, b) or within(b, a)


def _one(a: Party, b: Party, fullest: dict[str, str], by_person: bool) -> bool:
    if fullest.get(a.name, a.name) == fullest.get(b.name, b.name):
        return True
    if not a.country or a.country != b.country:
        return False
    return not (by_person and is_person(a.name) and is_person(b.name)) or _may_be_one(a, b)


def _may_be_one(a: Party, b: Party) -> bool:
    """Whether two people of a state may be one: a name in two spellings, or a name and the office that it holds."""
    x, y = named(a.name, a.country), named(b.name, b.country)
    if x.name and y.name:
        return x.name == y.name
    return not x.rank or not y.rank or x.rank == y.rank
