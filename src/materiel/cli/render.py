"""Render: a reading as blocks of 80 columns, the words of each cell marked in its evidence."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

import click

from materiel.model.article import Article, Reading
from materiel.model.claim import ROLES, Claim, Inspection, Item, Party, Place, Span, Transfer, Value

WIDTH = 80
LABEL = 18
# How the words of a cell look, and its label, which makes the labels the key to the marks.
STYLES: dict[str, dict[str, Any]] = {
    "supplier": {"fg": "red", "bold": True},
    "recipient": {"fg": "green", "bold": True},
    "intermediary": {"fg": "magenta", "bold": True},
    "end_use": {"fg": "cyan", "bold": True},
    "items": {"fg": "yellow", "bold": True},
    **{role: {"fg": "blue", "bold": True} for kind in ROLES if kind != "transfer" for role in ROLES[kind]},
    "places": {"fg": "cyan", "underline": True},
    "sources": {"fg": "magenta", "underline": True},
    "id": {"dim": True},
    "title": {"bold": True},
}
PLAIN: dict[str, Any] = {"underline": True}
# Zero-width (non-)joiners: some scripts cannot be written without, and they cannot mislead.
_JOINERS = "\u200c\u200d"


class Mark(NamedTuple):
    """Words of the article that a cell rests on."""

    span: Span
    cell: str


def printable(text: str) -> str:
    """Text that a terminal only shows: white space as spaces, what would control or hide shown escaped."""
    return "".join(_shown(c) for c in text)


def _shown(char: str) -> str:
    if char.isprintable() or char in _JOINERS:
        return char
    if char in "\t\n\r":
        return " "
    if unicodedata.category(char) == "Zs":
        return char
    return char.encode("unicode_escape").decode()


def block(article: Article, reading: Reading) -> str:
    """An article's claims to read."""
    head = " ".join(filter(None, (reading.id, reading.language, reading.published)))
    title = [(c, "title") for c in printable(reading.title)]
    lines = [*_wrapped([(c, "id") for c in printable(head)], ""), *_wrapped(title, "")]
    if not reading.claims:
        lines += ["", "  no claims"]
    for claim in reading.claims:
        lines += ["", *_claim(article, claim)]
    return "\n".join(lines) + "\n\n"


def _claim(article: Article, claim: Claim) -> Iterator[str]:
    kind = str(claim.__struct_config__.tag)
    said = f"{claim.status.replace('_', ' ')}, {claim.stance}"
    sure = "" if claim.confidence is None else f"confidence {claim.confidence:.2f}"
    gap = " " * max(2, WIDTH - 2 - len(kind) - 2 - len(said) - len(sure))
    yield f"  {click.style(kind.upper(), bold=True)}  {said}{gap}{sure}".rstrip()
    for cell, values in cells(claim):
        role = cell if cell in STYLES or cell in claim.spans else ""
        label = _styled([(c, role) for c in cell.replace("_", " ")]) + " " * (LABEL - 4 - len(cell))
        shown = [(c, "") for c in printable("; ".join(values))]
        first, *rest = _wrapped(shown, " " * LABEL) or [" " * LABEL]
        yield f"    {label}{first[LABEL:]}"
        yield from rest
    for span in claim.evidence:
        yield from _quoted(article, span, marks(claim))


def cells(claim: Claim) -> Iterator[tuple[str, list[str]]]:
    """The filled cells of a claim in reading order, each value in words."""
    kind = str(claim.__struct_config__.tag)
    for role in ROLES[kind]:
        yield from _filled(role, [_party(p) for p in getattr(claim, role)])
    if isinstance(claim, Transfer | Inspection):
        yield from _filled("items", [_item(i) for i in claim.items])
    for cell in ("mode", "value", "days", "tone", "about", "subject", "date"):
        value = getattr(claim, cell, None)
        if value is not None:
            worth = isinstance(value, Value)
            yield cell, [f"{number(value.amount)} {value.currency}" if worth else str(value)]
    yield from _filled("places", [_party(p) for p in claim.places])
    yield from _filled("sources", list(claim.sources))


def _filled(cell: str, values: list[str]) -> Iterator[tuple[str, list[str]]]:
    if values:
        yield cell, values


def _party(party: Party | Place) -> str:
    country = f" ({party.country})" if party.country else ""
    return f"{party.name}{country}" + (f" “{party.text}”" if party.text != party.name else "")


def _item(item: Item) -> str:
    parts = [
        "" if item.qualifier in (None, "exact") else item.qualifier.replace("_", " "),
        "" if item.quantity is None else number(item.quantity),
        item.unit,
        item.item_class,
        item.designation,
        f"“{item.text}”",
    ]
    return " ".join(filter(None, parts))


def number(value: float) -> str:
    """A number as people write it: thousands parted, no empty decimals."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def marks(claim: Claim) -> list[Mark]:
    """The words that the cells of a claim rest on."""
    kind = str(claim.__struct_config__.tag)
    filled = ((cell, getattr(claim, cell, ())) for cell in (*ROLES[kind], "items", "places"))
    found = [Mark(value.span, cell) for cell, values in filled for value in values if value.span]
    return found + [Mark(span, cell) for cell, spans in claim.spans.items() for span in spans]


def _quoted(article: Article, span: Span, found: list[Mark]) -> list[str]:
    """A sentence of the article, its cells marked; where two cells share words the first has them."""
    text = getattr(article, span.field)[span.start : span.end]
    roles = [""] * len(text)
    for mark in reversed(found):
        if mark.span.field == span.field:
            start = max(mark.span.start - span.start, 0)
            end = min(mark.span.end - span.start, len(text))
            for place in range(start, end):
                roles[place] = mark.cell
    shown = [(c, role) for char, role in zip(text, roles, strict=True) for c in _shown(char)]
    return _wrapped(shown, "    │ ")


def _wrapped(text: list[tuple[str, str]], indent: str) -> list[str]:
    """Characters with their cells as lines of at most `WIDTH` columns, broken at spaces if there are any."""
    room = WIDTH - len(indent)
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0
    for is_space, run in groupby(text, key=lambda c: c[0] == " "):
        word = list(run)
        if is_space:
            word = word[:1]  # a run of spaces is one
        if used + sum(map(_columns, word)) > room and used:
            lines.append([])
            used = 0
        if is_space and not used:
            continue
        for char in word:
            if used + _columns(char) > room:
                lines.append([])
                used = 0
            lines[-1].append(char)
            used += _columns(char)
    return [indent + _styled(line) for line in lines if line]


def _columns(char: tuple[str, str]) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.category(char[0]) in ("Mn", "Me") or char[0] in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(char[0]) in "WF" else 1


def _styled(line: list[tuple[str, str]]) -> str:
    while line and line[-1][0] == " ":
        line.pop()
    runs = ((cell, "".join(c for c, _ in run)) for cell, run in groupby(line, key=lambda c: c[1]))
    return "".join(click.style(words, **STYLES.get(cell, PLAIN)) if cell else words for cell, words in runs)
