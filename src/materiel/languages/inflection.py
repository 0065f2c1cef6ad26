"""Inflection: the spellings of a form written `stem~class`, each with the cases in which its ending may stand."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Literal, NamedTuple

Case = Literal["subject", "of", "to", "object", "by", "in"]
# What each slot of a class says of a bare form: in order, as docs/languages.md has them. Longer classes begin anew.
CASES: tuple[Case, ...] = ("subject", "of", "to", "object", "by", "in")
MARK = "~"
NO_ENDING = "-"
Classes = Mapping[str, str | tuple[str, ...]]


class InflectionError(ValueError):
    """A form is of a class that its language does not have."""


class Spelling(NamedTuple):
    """A form as it may stand in a text, and its cases; empty where the form tells none."""

    form: str
    cases: tuple[Case, ...] = ()


def spellings(form: str, classes: Classes) -> tuple[Spelling, ...]:
    """Every spelling of a form; words that are inflected together agree. Raises InflectionError."""
    if MARK not in form:
        return (Spelling(form),)
    found: dict[str, dict[Case, None]] = {}
    for case, written in _written([_slots(word, classes) for word in form.split()]):
        cases = found.setdefault(written, {})
        if case is not None:
            cases[case] = None
    return tuple(Spelling(written, tuple(cases)) for written, cases in found.items())


def _slots(word: str, classes: Classes) -> list[tuple[str, ...]] | tuple[str, ...]:
    """A word's spellings: a list by slot, or a tuple where no ending tells a case."""
    stem, mark, name = word.partition(MARK)
    if not mark:
        return (word,)
    endings = classes.get(name)
    if endings is None:
        raise InflectionError(f"`{word}`: pack.toml has no inflection `{name}`")
    if isinstance(endings, tuple):
        return tuple(stem + ending.strip(NO_ENDING) for ending in endings)
    return [tuple(stem + e.strip(NO_ENDING) for e in slot.split("/")) for slot in endings.split()]


def _written(words: list[list[tuple[str, ...]] | tuple[str, ...]]) -> Iterator[tuple[Case | None, str]]:
    depths = [len(word) for word in words if isinstance(word, list)]
    if not depths:
        yield from ((None, " ".join(parts)) for parts in product(*words))
    for slot in range(min(depths, default=0)):
        here = [word[slot] if isinstance(word, list) else word for word in words]
        yield from ((CASES[slot % len(CASES)], " ".join(parts)) for parts in product(*here))
