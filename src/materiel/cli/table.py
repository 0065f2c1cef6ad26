"""Table: many events at a glance, a few lines each: what stands of each, and what to look at."""

from collections.abc import Iterable, Iterator

from materiel.cli.terminal import Chars, chars, side_by_side, wrapped
from materiel.ledger.records import Summary

HEADS = ("EVENT", "WHEN", "KIND", "STATUS", "ROOTS", "LOOK AT")
WIDTHS = [16, 11, 10, 10, -5, 18]
MOST_LINES = 3  # that say what happened
LEGEND = (
    "ROOTS are independent sources. ≠ reports contradict each other in that cell,",
    "! an embargo is met or may be, ✓ confirmed. All of one: materiel show EVENT",
)


def table(events: Iterable[Summary]) -> Iterator[str]:
    """The lines of a table of events, a head before and a legend after them; one line where there are none."""
    count = contradicted = met = 0
    for event in events:
        if not count:
            yield from side_by_side([chars(head, "aside") for head in HEADS], WIDTHS)
        count += 1
        contradicted += bool(event.contradicted)
        met += bool(event.embargoes)
        yield from rows(event)
    if not count:
        yield "no events"
        return
    yield ""
    yield f"{counted(count, 'event')}: {contradicted} contradicted, {met} under an embargo or perhaps"
    for line in LEGEND:
        yield from wrapped(chars(line, "aside"))


def rows(event: Summary) -> Iterator[str]:
    """The lines of one event."""
    when = event.first + ("…" if event.last != event.first else "")
    told = (when or "?", event.kind, event.status.replace("_", " "), str(event.roots))
    yield from side_by_side([chars(event.id, "title"), *map(chars, told), _look_at(event)], WIDTHS)
    lines = wrapped(said(event), "  ")
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield "  …"


def said(event: Summary) -> Chars:
    """Who, whom and what, in the styles of their cells."""
    supplier, recipient = chars(event.supplier or "?", "supplier"), chars(event.recipient, "recipient")
    if event.recipient or event.kind == "transfer":
        supplier += chars(" → ") + (recipient or chars("?", "recipient"))
    return supplier + (chars(": ") + chars(event.items, "items") if event.items else [])


def _look_at(event: Summary) -> Chars:
    """The cells in which reports contradict each other, the embargoes met, and whether a person confirmed it."""
    found = chars("✓ ") if event.confirmed else []
    if event.contradicted:
        found += chars(f"≠ {', '.join(event.contradicted)} ", "contradicted")
    if event.embargoes:
        found += chars(f"! {', '.join(event.embargoes)}", "finding")
    return found


def counted(number: int, noun: str) -> str:
    """`1 event`, `2 events`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
