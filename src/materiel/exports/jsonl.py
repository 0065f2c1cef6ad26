"""JSON Lines: everything the ledger knows of an event, one object a line."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from msgspec import to_builtins

from materiel.model.codec import encode
from materiel.model.finding import Screened

# An event rests on reports, not on words: offsets mean nothing without the article.
_OF_READING = ("spans", "span", "evidence", "confidence")


def write(screened: Iterable[Screened], stream: BinaryIO) -> None:
    """Writes one line an event, in the order given."""
    for one in screened:
        stream.write(encode(line_of(one)) + b"\n")


def line_of(screened: Screened) -> dict[str, Any]:
    """An event as plain values: its told cells as in corpus/GUIDE.md, what else was said of it, and its findings.

    The numbers under `reports` in `values`, `contradictions` and `history` are places (from 0) in `claims`.
    """
    event = screened.event
    return {
        "id": event.id,
        **_without(to_builtins(event.told), _OF_READING),
        "event": event.id,
        "claims": [{"article": report.article, "claim": report.number} for report in event.reports],
        "values": to_builtins(dict(sorted(event.values.items()))),
        "contradictions": to_builtins(event.contradictions),
        "history": to_builtins(event.history),
        "outlets": list(event.outlets),
        "roots": list(event.roots),
        "findings": to_builtins(screened.findings),
    }


def _without(value: Any, keys: tuple[str, ...]) -> Any:
    """Plain values without these keys, at every depth."""
    if isinstance(value, dict):
        return {key: _without(inner, keys) for key, inner in value.items() if key not in keys}
    if isinstance(value, list | tuple):
        return [_without(inner, keys) for inner in value]
    return value
