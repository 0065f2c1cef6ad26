"""Inflection: the spellings of a form written `stem~class`, each with the cases in which its ending may stand."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Literal, NamedTuple

Case = Literal["subject", "of", "to", "object", "by", "in"]
# What each slot of a class says of a bare form, in the order of docs/languages.md. Longer classes begin anew.
CASES: tuple[Case, ...] = ("subject", "of", "to", "object", "by", "in")
MARK = re.compile(r"~(\w+)")
NO_ENDING = "-"
Endings = str | tuple[str, ...]


class InflectionError(ValueError):
    """A form is of a class that its language does not have."""


class Spelling(NamedTuple):
    """A form as it may stand in a text, and its cases; empty where the form tells none."""

    form: str
    cases: tuple[Case, ...] = ()


def spellings(form: str, classes: Mapping[str, Endings]) -> tuple[Spelling, ...]:
    """Every spelling of a form; words that are inflected together agree. Raises InflectionError."""
    if "~" not in form:
        return (Spelling(form),)
    stems, names = MARK.split(form)[::2], MARK.findall(form)
    if unknown := [name for name in names if name not in classes]:
        raise InflectionError(f"`{form}`: pack.toml has no inflection `{unknown[0]}`")
    found: dict[str, dict[Case, None]] = {}
    for case, endings in _slots([classes[name] for name in names]):
        for chosen in product(*endings):
            written = stems[0] + "".join(e.strip(NO_ENDING) + s for e, s in zip(chosen, stems[1:], strict=True))
            found.setdefault(written, {}).update({case: None} if case else {})
    return tuple(Spelling(written, tuple(cases)) for written, cases in found.items())


def _slots(classes: list[Endings]) -> Iterator[tuple[Case | None, list[tuple[str, ...]]]]:
    """Slot by slot, the case and the endings that each word may have in it; a list of endings goes with any."""
    rows = [[tuple(slot.split("/")) for slot in c.split()] if isinstance(c, str) else c for c in classes]
    depths = [len(row) for row, c in zip(rows, classes, strict=True) if isinstance(c, str)]
    for slot in range(min(depths, default=1)):
        here = [row[slot] if isinstance(row, list) else row for row in rows]
        yield (CASES[slot % len(CASES)] if depths else None), here
