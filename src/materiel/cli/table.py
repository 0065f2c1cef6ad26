"""Table: many events at a glance, a few lines each: what stands of each, and what to look at."""

from collections.abc import Iterable, Iterator

from materiel.cli.terminal import Chars, chars, side_by_side, wrapped
from materiel.exports.words import DIRECTED, item_words, kind_of, parties_of
from materiel.ledger.sketch import VAGUE
from materiel.ledger.words import party_words
from materiel.model.claim import ROLES, Claim, Item, Reaction, Visit
from materiel.model.event import Event
from materiel.model.finding import Screened

HEADS = ("EVENT", "WHEN", "KIND", "STATUS", "ROOTS", "LOOK AT")
WIDTHS = [12, 12, 10, 10, -5, 21]
MOST_ITEMS = 4  # of one event that are named
MOST_LINES = 3  # that say what happened
LEGEND = (
    "WHEN in brackets is the first report's day. ROOTS are independent sources.",
    "≠ reports contradict each other in that cell   ! an embargo is met, ? perhaps",
    "All of one event: materiel show EVENT",
)


def table(events: Iterable[Screened]) -> Iterator[str]:
    """The lines of a table of events, a head before and a legend after them; one line where there are none."""
    count = contradicted = met = 0
    for one in events:
        if not count:
            yield from side_by_side([chars(head, "id") for head in HEADS], WIDTHS)
        count += 1
        contradicted += bool(one.event.contradictions)
        met += any(f.verdict != "exempt" for f in one.findings)
        yield from rows(one)
    if not count:
        yield "no events"
        return
    yield ""
    yield f"{counted(count, 'event')}, {contradicted} contradicted, {met} under an embargo"
    for line in LEGEND:
        yield from wrapped(chars(line, "id"))


def rows(one: Screened) -> Iterator[str]:
    """The lines of one event."""
    event = one.event
    cells = [chars(event.id, "title"), chars(when(event)), chars(kind_of(event.told)), chars(status_words(event.told))]
    yield from side_by_side([*cells, chars(str(len(event.roots))), _look_at(one)], WIDTHS)
    lines = wrapped(title(event.told), "  ")
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield "  …"


def when(event: Event) -> str:
    """When it happened as told, from when on where that is a span; in brackets when it was first reported."""
    told = event.told.date
    if told:
        return told.partition("/")[0] + ("…" if "/" in told else "")
    reported = next((report.published for report in event.reports if report.published), "")
    return f"({reported})" if reported else "?"


def status_words(claim: Claim) -> str:
    """How far it has come; a reaction's tone."""
    return claim.tone if isinstance(claim, Reaction) else claim.status.replace("_", " ")


def title(claim: Claim) -> Chars:
    """Who, whom and what, in the styles of their cells."""
    kind = kind_of(claim)
    roles = DIRECTED.get(kind)
    if roles:
        giver, taker = (chars(party_words(getattr(claim, role)) or "?", role) for role in roles)
        said = giver + chars(" → ") + taker
    else:
        said = chars(party_words(parties_of(claim)) or "?", ROLES[kind][0])
    what = _what(claim)
    return said + chars(": ") + what if what else said


def _what(claim: Claim) -> Chars:
    items = [_item(item) for item in getattr(claim, "items", ())]
    if items:
        more = f" and {len(items) - MOST_ITEMS} more" if len(items) > MOST_ITEMS else ""
        return chars(", ".join(items[:MOST_ITEMS]) + more, "items")
    if isinstance(claim, Visit):
        return chars(f"{claim.days} days" if claim.days else "")
    return chars(getattr(claim, "about", None) or getattr(claim, "subject", None) or "")


def _item(item: Item) -> str:
    """An item in the words of its class, or in the article's where the class says nothing."""
    return f"“{item.text}”" if item.item_class in VAGUE and not item.designation else item_words(item)


def _look_at(one: Screened) -> Chars:
    """The cells in which reports contradict each other, and the embargoes met."""
    cells = dict.fromkeys(c.cell.replace("_", " ") for c in one.event.contradictions)
    found = chars(f"≠ {', '.join(cells)} ", "contradicted") if cells else []
    for mark, verdict in (("!", "matches"), ("?", "possible")):
        met = [f.embargo for f in one.findings if f.verdict == verdict]
        found += chars(f"{mark} {', '.join(met)} ", "finding") if met else []
    return found


def counted(number: int, noun: str) -> str:
    """`1 event`, `2 events`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
