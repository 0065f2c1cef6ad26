"""Voices: the values that reports give for a cell, each with who carries it, most independent roots first."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from materiel.model.event import Report, Said

T = TypeVar("T")


class Voice(NamedTuple, Generic[T]):
    """A value and the reports (places in the event's list) that give it."""

    value: T
    reports: tuple[int, ...]


def roots_of(reports: Sequence[Report], chosen: Iterable[int]) -> tuple[str, ...]:
    """The independent roots of some of an event's reports, in the order of the reports."""
    ranked = sorted(chosen)
    if len(ranked) == 1:
        return (reports[ranked[0]].root,)
    return tuple(dict.fromkeys(reports[n].root for n in ranked))


def voices(
    reports: Sequence[Report], given: Iterable[tuple[int, T]], key: Callable[[T], object] = lambda value: value
) -> list[Voice[T]]:
    """The values of (report, value), those of one `key` as one, most roots first, then most reports, then the first.

    What one report gives comes together.
    """
    found: dict[object, tuple[T, list[int]]] = {}
    for n, value in given:
        carrying = found.setdefault(key(value), (value, []))[1]
        if not carrying or carrying[-1] != n:
            carrying.append(n)
    made = [Voice(value, tuple(carrying)) for value, carrying in found.values()]
    if len(made) < 2:
        return made
    return sorted(made, key=lambda v: (-len(roots_of(reports, v.reports)), -len(v.reports), v.reports[0]))


def said(reports: Sequence[Report], voice: Voice[T], words: Callable[[T], str]) -> Said:
    """A voice in plain words."""
    return Said(value=words(voice.value), reports=voice.reports, roots=roots_of(reports, voice.reports))
