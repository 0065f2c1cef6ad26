"""Markup: the claims that a marked-up example makes."""

from pathlib import Path
from typing import Any, get_args

import msgspec

from materiel.languages import cells
from materiel.languages.brackets import Marked
from materiel.languages.examples import SILENCE, Example, parse_examples
from materiel.languages.load import FOLDER
from materiel.languages.shape import Language
from materiel.model.claim import ROLES, Claim, Item, Party, Place, Span, Value
from materiel.world.problem import DataError, Problem
from materiel.world.shape import World

__all__ = ["Example", "MarkupError", "claims_of", "read_claims", "read_examples"]

NAME = "name"  # the mark of whom a word names, in records that tell no more
PARTY_ROLES = frozenset(role for roles in ROLES.values() for role in roles)
SINGLE = ("date", "value", "about", "subject")
KNOWN = PARTY_ROLES.union(SINGLE, ("item", "place", "source"))
# The cells whose name is not that of the role.
CELLS = {"item": "items", "place": "places", "source": "sources"}
FIELDS = {kind.__struct_config__.tag: frozenset(kind.__struct_fields__) for kind in get_args(Claim)}


class MarkupError(DataError):
    """Examples do not say which claims they make."""


def read_examples(language: Language, folder: Path | None = None) -> tuple[Example, ...]:
    """The examples of a language, from `folder` if its pack lies elsewhere; raises MarkupError."""
    examples, problems = parse_examples(folder or FOLDER / language.code)
    if problems:
        raise MarkupError(f"the examples of {language.name}", problems)
    return tuple(examples)


def claims_of(example: Example, world: World) -> tuple[Claim, ...]:
    """The claims that an example makes, in the order of their numbers; raises MarkupError."""
    claims, problems = read_claims(example, world)
    if problems:
        raise MarkupError(f"example {example.name}", problems)
    return claims


def read_claims(example: Example, world: World) -> tuple[tuple[Claim, ...], list[Problem]]:
    """The claims that an example makes, and what is wrong with what it says."""
    numbers = sorted({n for m in example.spans for n in m.claims} | {n for _, n in example.plain})
    faults: list[str] = []
    claims: list[Claim] = []
    if example.names:
        faults += [f"`[{m.role}]` among names; they are marked `[name=XX …]`" for m in example.spans if m.role != NAME]
    elif example.silence and numbers:
        faults.append("silence, yet it marks a claim")
    elif not example.silence and not numbers:
        faults.append(f"neither a claim nor `{SILENCE}`")
    else:
        for number in numbers:
            claim, found = _claim(example, number, world)
            faults += [f"claim {number}: {fault}" for fault in found]
            claims += [claim] if claim is not None else []
    return tuple(claims), [Problem(example.file, example.text_line, fault) for fault in dict.fromkeys(faults)]


def _claim(example: Example, number: int, world: World) -> tuple[Claim | None, list[str]]:
    marks = [m for m in example.spans if number in m.claims]
    triggers = [m for m in marks if m.role in ROLES]
    kinds = sorted({m.role for m in triggers})
    if len(kinds) != 1:
        return None, ["its triggers are of several kinds" if kinds else "it has no trigger"]
    kind = kinds[0]
    claim, faults = _start(kind, triggers)
    for (key, n), content in example.plain.items():
        if n == number:
            claim[key] = int(content) if key == "days" else content
            if key not in FIELDS[kind]:
                faults.append(f"a claim of kind {kind} has no `{key}`")
    for mark in marks:
        if mark.role not in ROLES:
            try:
                _put(claim, mark, example.text, world)
            except cells.CellError as error:
                faults.append(f"`[{mark.role}]` {example.text[mark.start : mark.end]!r}: {error}")
    if faults:
        return None, faults
    try:
        return msgspec.convert(msgspec.to_builtins(claim), Claim), []
    except msgspec.ValidationError as error:
        return None, [str(error)]


def _start(kind: str, triggers: list[Marked]) -> tuple[dict[str, Any], list[str]]:
    """A claim with what its triggers say: a reaction's tone, else the status."""
    said = sorted({m.value for m in triggers if m.value is not None})
    cell = "tone" if kind == "reaction" else "status"
    claim: dict[str, Any] = {
        "kind": kind,
        "status": "delivered",
        "stance": "stated",
        "spans": {"status": [Span(m.start, m.end) for m in triggers]},
    }
    if len(said) > 1:
        return claim, [f"its triggers give several values: {' '.join(said)}"]
    if not said and kind != "inspection":
        return claim, [f"its trigger gives no {cell}"]
    if said:
        claim[cell] = said[0]
    return claim, []


def _put(claim: dict[str, Any], mark: Marked, text: str, world: World) -> None:
    """Add the cell that a mark says to a claim."""
    role, kind, cell = mark.role, claim["kind"], CELLS.get(mark.role, mark.role)
    if role not in KNOWN:
        raise cells.CellError(f"unknown role; known are {' '.join(sorted(KNOWN.union(ROLES)))}")
    if cell not in FIELDS[kind]:
        raise cells.CellError(f"a claim of kind {kind} has no such role")
    if role != "item" and mark.attributes:
        raise cells.CellError("only items have attributes")
    content = _content(mark, text, world)
    if role in SINGLE:
        if claim.setdefault(cell, content) != content:
            raise cells.CellError(f"another mark gives another {cell}")
    else:
        claim.setdefault(cell, []).append(content)
    if role in SINGLE or role == "source":
        claim["spans"].setdefault(cell, []).append(Span(mark.start, mark.end))


def _content(mark: Marked, text: str, world: World) -> Party | Place | Item | Value | str:
    if mark.role in PARTY_ROLES:
        return cells.party(mark, text)
    if mark.role == "item":
        return cells.item(mark, text, world)
    if mark.role == "place":
        return cells.place(mark, text)
    if mark.role == "date":
        return cells.when(mark)
    if mark.role == "value":
        return cells.value(mark)
    return text[mark.start : mark.end]
