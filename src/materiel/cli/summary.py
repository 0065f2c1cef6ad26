"""Summary: what adding changed in a ledger: what is new, what joined what, what contradicts what, what was left out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import to_builtins

from materiel.cli.page import title
from materiel.cli.table import counted
from materiel.cli.terminal import Chars, chars, styled, wrapped
from materiel.exports.words import contradiction_words
from materiel.ledger.ledger import Ledger
from materiel.ledger.records import Added
from materiel.model.codec import encode

if TYPE_CHECKING:
    from materiel.cli.add import Tally

MOST = 8  # events that each part names


def as_text(added: Added, ledger: Ledger, tally: "Tally") -> Iterator[str]:
    """The summary for a person."""
    known = f", {added.known} known already" if added.known else ""
    silent = f", {tally.silent} of them without a claim" if tally.silent else ""
    yield f"{counted(added.articles, 'new article')}{known}{silent}; {counted(added.claims, 'new claim')}"
    new = [_event(ledger, event) for event in added.events[:MOST]]
    yield from _part(f"{counted(len(added.events), 'new event')}", new, len(added.events))
    joined = [_event(ledger, j.event, f"{counted(len(j.claims), 'claim')} joined") for j in added.joined[:MOST]]
    yield from _part(f"{counted(len(added.joined), 'event')} told of before, told of again", joined, len(added.joined))
    clashes = [
        chars(f"{c.event}  ", "id") + chars("≠ ", "contradicted") + chars(contradiction_words(c.contradiction))
        for c in added.contradictions[:MOST]
    ]
    yield from _part(counted(len(added.contradictions), "new contradiction"), clashes, len(added.contradictions))
    if tally.watch.failed:
        yield ""
        yield f"{tally.watch.failed} left out, as told above"
    yield ""
    yield from wrapped(chars("See them: materiel events", "id"))


def _event(ledger: Ledger, name: str, aside: str = "") -> Chars:
    told = title(ledger.event(name).event.told)
    return chars(f"{name}  ", "id") + told + (chars(f"  ({aside})", "id") if aside else [])


def _part(head: str, entries: list[Chars], of: int) -> Iterator[str]:
    if not of:
        return
    yield ""
    yield styled(chars(head, "title"))
    for entry in entries:
        first, *rest = wrapped(entry, "    ")
        yield first[2:]
        yield from rest
    if of > len(entries):
        yield f"  … and {of - len(entries)} more"


def as_json(added: Added, tally: "Tally") -> Iterator[str]:
    """The summary for a program."""
    yield encode({**to_builtins(added), "silent": tally.silent, "failed": tally.watch.failed}).decode()
