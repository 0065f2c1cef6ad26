"""Formats: readings as they come, as text, JSON, JSON Lines or CSV; nothing is kept of what was written."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from materiel.cli.render import block
from materiel.cli.terminal import printable
from materiel.model.article import Article, Reading
from materiel.model.claim import ROLES, Claim
from materiel.model.codec import encode_reading

Pair = tuple[Article, Reading]

_PARTIES = tuple(dict.fromkeys(role for roles in ROLES.values() for role in roles))
_ITEMS = ("text", "class", "designation", "quantity", "qualifier", "unit")
COLUMNS = (
    *("id", "language", "published", "title", "kind", "status", "stance", "date", "confidence"),
    *(column for role in (*_PARTIES, "places") for column in (role, f"{role}_country")),
    *(f"item_{key}" for key in _ITEMS),
    *("mode", "value_amount", "value_currency", "days", "subject", "tone", "about", "sources", "evidence"),
)
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = tuple("=+-@＝＋－＠")


def text(pairs: Iterable[Pair]) -> Iterator[str]:
    """Blocks to read."""
    for article, reading in pairs:
        yield block(article, reading)


def jsonl(pairs: Iterable[Pair]) -> Iterator[bytes]:
    """One object an article, each on a line."""
    for _, reading in pairs:
        yield encode_reading(reading) + b"\n"


def json(pairs: Iterable[Pair]) -> Iterator[bytes]:
    """One list of all objects."""
    before = b"[\n"
    for _, reading in pairs:
        yield before + encode_reading(reading)
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def csv_rows(pairs: Iterable[Pair]) -> Iterator[bytes]:
    """One row a claim, under a header; values of a list are joined with `; `."""
    yield csv_line(COLUMNS)
    for article, reading in pairs:
        for claim in reading.claims:
            row = {**_article_columns(reading), **_claim_columns(article, claim)}
            yield csv_line(row.get(column) for column in COLUMNS)


FORMATS: dict[str, Callable[[Iterable[Pair]], Iterator[str] | Iterator[bytes]]] = {
    "text": text,
    "json": json,
    "jsonl": jsonl,
    "csv": csv_rows,
}


def _article_columns(reading: Reading) -> dict[str, Any]:
    return {key: getattr(reading, key) for key in ("id", "language", "published", "title")}


def _claim_columns(article: Article, claim: Claim) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(claim)
    for role in (*_PARTIES, "places"):
        parties = row.get(role, ())
        row[role] = [p["name"] for p in parties]
        row[f"{role}_country"] = [p["country"] for p in parties]
    for key in _ITEMS:
        row[f"item_{key}"] = [item[key] for item in row.get("items", ())]
    value = row.get("value") or {}
    row["value_amount"], row["value_currency"] = value.get("amount"), value.get("currency")
    row["evidence"] = [getattr(article, s.field)[s.start : s.end] for s in claim.evidence]
    return row


def _cell(value: Any) -> str:
    """A value as a spreadsheet may have it: no control characters, nothing that it would run."""
    if isinstance(value, list | tuple):
        return "; ".join(map(_cell, value)) if any(v is not None for v in value) else ""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    shown = printable(value)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown


def csv_line(values: Iterable[Any]) -> bytes:
    """A row of values, those of a list joined with `; `, none of which a spreadsheet would run."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(map(_cell, values))
    return out.getvalue().encode()
