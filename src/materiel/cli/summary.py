"""Summary: what adding changed in a ledger: what is new, what joined what, what contradicts what, what was left out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import to_builtins

from materiel.cli.page import title
from materiel.cli.table import counted
from materiel.cli.terminal import Chars, chars, side_by_side, styled, wrapped
from materiel.exports.words import contradiction_words
from materiel.ledger.ledger import Ledger
from materiel.ledger.records import Added
from materiel.model.codec import encode
from materiel.model.event import Event

if TYPE_CHECKING:
    from materiel.cli.add import Tally

MOST = 8  # events that each part names
LOOKED_AT = 100


def as_text(added: Added, ledger: Ledger, tally: "Tally") -> Iterator[str]:
    """The summary for a person."""
    yield _first_line(added, tally)
    new = [(event.id, title(event.told)) for event in _most_told(ledger, added)[:MOST]]
    yield from _part(counted(len(added.events), "new event"), new, len(added.events))
    joined = [
        (one.event, _title(ledger, one.event) + chars(f" ({counted(len(one.claims), 'claim')} more)", "aside"))
        for one in added.joined[:MOST]
    ]
    yield from _part(f"{counted(len(added.joined), 'event')} told of before, told of again", joined, len(added.joined))
    clashes = [
        (one.event, chars("≠ ", "contradicted") + chars(contradiction_words(one.contradiction)))
        for one in added.contradictions[:MOST]
    ]
    yield from _part(counted(len(added.contradictions), "new contradiction"), clashes, len(added.contradictions))
    if tally.watch.failed:
        yield ""
        yield f"{tally.watch.failed} left out, as told above"
    yield ""
    yield from wrapped(chars("See them: materiel events", "aside"))


def _first_line(added: Added, tally: "Tally") -> str:
    if not added.articles and not added.claims:
        return f"nothing new: {counted(added.known, 'article')} known already" if added.known else "nothing new"
    parts = [counted(added.articles, "new article"), counted(added.claims, "new claim")]
    if added.known:
        parts.append(f"{counted(added.known, 'article')} known already")
    if tally.silent:
        parts.append(f"{counted(tally.silent, 'article')} without a claim")
    return ", ".join(parts)


def _most_told(ledger: Ledger, added: Added) -> list[Event]:
    """New events, transfers and those that most reports tell of first; of very many only some are looked at."""
    events = [ledger.event(name).event for name in added.events[:LOOKED_AT]]
    return sorted(events, key=lambda e: (e.told.kind != "transfer", -len(e.reports), e.id))


def _title(ledger: Ledger, name: str) -> Chars:
    return title(ledger.event(name).event.told)


def _part(head: str, entries: list[tuple[str, Chars]], of: int) -> Iterator[str]:
    """The events that a part names, each with what is said of it."""
    if not of:
        return
    yield ""
    yield styled(chars(head, "title"))
    for name, said in entries:
        yield from ("  " + row for row in side_by_side([chars(name, "aside"), said], [16, 60]))
    if of > len(entries):
        yield f"  … and {of - len(entries)} more"


def as_json(added: Added, tally: "Tally") -> Iterator[str]:
    """The summary for a program."""
    yield encode({**to_builtins(added), "silent": tally.silent, "failed": tally.watch.failed}).decode()
