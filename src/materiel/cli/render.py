"""Render: a reading as blocks of 80 columns, the words of each cell marked in its evidence."""

from collections.abc import Iterator
from typing import NamedTuple

import click

from materiel.cli.terminal import STYLES, WIDTH, chars, shown, styled, wrapped
from materiel.exports.words import number_words
from materiel.model.article import Article, Reading
from materiel.model.claim import ROLES, Claim, Inspection, Item, Party, Place, Span, Transfer, Value

LABEL = 18


class Mark(NamedTuple):
    """Words of the article that a cell rests on."""

    span: Span
    cell: str


def block(article: Article, reading: Reading) -> str:
    """An article's claims to read."""
    head = " ".join(filter(None, (reading.id, reading.language, reading.published)))
    lines = [*wrapped(chars(head, "aside")), *wrapped(chars(reading.title, "title"))]
    if not reading.claims:
        lines += ["", "  no claims"]
    for claim in reading.claims:
        lines += ["", *_claim(article, claim)]
    return "\n".join(lines) + "\n\n"


def _claim(article: Article, claim: Claim) -> Iterator[str]:
    kind = claim.kind
    said = f"{claim.status.replace('_', ' ')}, {claim.stance}"
    sure = "" if claim.confidence is None else f"confidence {claim.confidence:.2f}"
    gap = " " * max(2, WIDTH - 2 - len(kind) - 2 - len(said) - len(sure))
    yield f"  {click.style(kind.upper(), bold=True)}  {said}{gap}{sure}".rstrip()
    for cell, values in cells(claim):
        role = cell if cell in STYLES or cell in claim.spans else ""
        label = styled(chars(cell.replace("_", " "), role)) + " " * (LABEL - 4 - len(cell))
        first, *rest = wrapped(chars("; ".join(values)), " " * LABEL) or [" " * LABEL]
        yield f"    {label}{first[LABEL:]}"
        yield from rest
    for span in claim.evidence:
        yield from quoted(article, span, marks(claim))


def cells(claim: Claim) -> Iterator[tuple[str, list[str]]]:
    """The filled cells of a claim in reading order, each value in words."""
    kind = claim.kind
    for role in ROLES[kind]:
        yield from _filled(role, [_party(p) for p in getattr(claim, role)])
    if isinstance(claim, Transfer | Inspection):
        yield from _filled("items", [_item(i) for i in claim.items])
    for cell in ("mode", "value", "days", "tone", "about", "subject", "date"):
        value = getattr(claim, cell, None)
        if value is not None:
            worth = isinstance(value, Value)
            yield cell, [f"{number_words(value.amount)} {value.currency}" if worth else str(value)]
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
        "" if item.quantity is None else number_words(item.quantity),
        item.unit,
        item.item_class,
        item.designation,
        f"“{item.text}”",
    ]
    return " ".join(filter(None, parts))


def marks(claim: Claim) -> list[Mark]:
    """The words that the cells of a claim rest on."""
    kind = claim.kind
    filled = ((cell, getattr(claim, cell, ())) for cell in (*ROLES[kind], "items", "places"))
    found = [Mark(value.span, cell) for cell, values in filled for value in values if value.span]
    return found + [Mark(span, cell) for cell, spans in claim.spans.items() for span in spans]


def quoted(article: Article, span: Span, found: list[Mark], indent: str = "    │ ") -> list[str]:
    """A sentence of the article, its cells marked; where two cells share words the first has them."""
    text = getattr(article, span.field)[span.start : span.end]
    roles = [""] * len(text)
    for mark in reversed(found):
        if mark.span.field == span.field:
            start = max(mark.span.start - span.start, 0)
            end = min(mark.span.end - span.start, len(text))
            for place in range(start, end):
                roles[place] = mark.cell
    return wrapped([(c, role) for char, role in zip(text, roles, strict=True) for c in shown(char)], indent)
