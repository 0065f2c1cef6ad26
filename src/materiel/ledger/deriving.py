"""Deriving: what follows from new articles and decisions for the events, and for no more of them than it must."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from materiel.ledger import tables
from materiel.ledger.copies import VERSION
from materiel.ledger.copying import find_copies
from materiel.ledger.likeness import Likeness
from materiel.ledger.listing import row_of
from materiel.ledger.placing import UNPLACED, Changed, come_and_go, place
from materiel.ledger.reports import reports_of, sketches_anew
from materiel.ledger.rows import drop, fetch, put, slices
from materiel.ledger.standing import Standing
from materiel.ledger.storing import counting, digest
from materiel.ledger.telling import tell
from materiel.model.event import Event, Report
from materiel.model.finding import Finding, Screened

Screen = Callable[[Event], Sequence[Finding]]
RULES = 2  # raised when code that derives is changed so that it derives something else
AT_ONCE = 500  # events that are told at a time
_MOVE = (
    update(tables.folded)
    .where(tables.folded.c.claim == bindparam("of"))
    .values(knot=bindparam("to_knot"), level=bindparam("to_level"), event=bindparam("to_event"))
)


class Rules(NamedTuple):
    """By what events are derived: how claims are compared, what people decided, which findings an event has."""

    likeness: Likeness
    standing: Standing
    screen: Screen

    def tell(self, reports: Sequence[Report]) -> Screened:
        """The event that reports make, corrected and screened."""
        event = tell(reports, self.standing.corrections(reports))
        return Screened(event=event, findings=tuple(self.screen(event)))

    def row(self, screened: Screened) -> dict[str, Any]:
        """The row by which an event is found."""
        event = screened.event
        return row_of(event, screened.findings, self.standing.confirmed(r.id for r in event.reports))


def rules_name(likeness: Likeness) -> str:
    """What stands for the rules by which claims are folded: events derived by others must be derived anew."""
    said = [RULES, version("materiel"), VERSION, sorted(likeness.weights.items())]
    return digest(msgspec.json.encode(said))


class Was(NamedTuple):
    """Where a claim stands: the first claim of its knot, the knot's level, and its event."""

    knot: int
    level: int
    event: str


class Derived(NamedTuple):
    """Events as they are now where something changed, and the ids of those that are no more."""

    told: list[Screened]
    gone: set[str]


def derive(connection: Connection, rules: Rules, articles: Collection[str], new: Collection[str]) -> Derived:
    """Bring the events up to date with the codings of `articles`, the `new` ones among them, and with the rules."""
    gone, come, stay = _change(connection, rules, articles)
    turned = find_copies(connection, new)
    touched = [*gone, *stay, *_claims_of(connection, turned)]
    stale = {was.event for was in _places(connection, tables.folded.c.claim, touched).values()} - {UNPLACED}
    changed = come_and_go(connection, sketches_anew(connection, come), gone, stay, rules.likeness)
    return _settle(connection, rules, changed, stale)


def _change(connection: Connection, rules: Rules, articles: Collection[str]) -> tuple[list[int], list[int], list[int]]:
    """The claims of articles that no longer count, those that do from now on, and those that do as before."""
    wanted = set(counting_claims(connection, articles)) - rules.standing.rejected
    there = set(_claims_of(connection, articles))
    return sorted(there - wanted), sorted(wanted - there), sorted(there & wanted)


def counting_claims(connection: Connection, articles: Collection[str]) -> Iterator[int]:
    """The claims of some articles that count, rejected ones too."""
    of = tables.codings.c
    found: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for row in fetch(connection, select(tables.codings), of.article, articles):
        found[row.article].append((row.origin, row.added, row.id, row.claims))
    for codings in found.values():
        yield from counting(codings)


def _claims_of(connection: Connection, articles: Collection[str]) -> list[int]:
    """The folded claims of some articles."""
    claims, folded = tables.claims, tables.folded
    query = select(folded.c.claim).join_from(folded, claims)
    return [row.claim for row in fetch(connection, query, claims.c.article, articles)]


def _settle(connection: Connection, rules: Rules, changed: Changed, stale: set[str]) -> Derived:
    """Fold again around some claims, and tell anew the events that changed by it, and the stale ones."""
    placed = place(connection, changed, rules.likeness, rules.standing)
    before = _places(connection, tables.folded.c.claim, placed.claim.tolist())
    elsewhere = stale - {was.event for was in before.values()}
    before |= _places(connection, tables.folded.c.event, elsewhere)
    group = dict(zip(placed.claim.tolist(), placed.group.tolist(), strict=True))
    group_of = {claim: group.get(claim, was.event) for claim, was in before.items()}
    groups, gone = _changed(group_of, before, stale)
    told = list(tell_groups(connection, rules, groups))
    drop(connection, tables.events.c.id, gone)
    put(connection, tables.events, [rules.row(screened) for screened in told])
    event_of = {int(r.id, 16): s.event.id for s in told for r in s.event.reports}
    knot = {c: (k, level) for c, k, level in zip(*(part.tolist() for part in placed[:3]), strict=True)}
    now = {c: Was(*knot.get(c, (was.knot, was.level)), event_of.get(c, was.event)) for c, was in before.items()}
    moved = [
        {"of": c, **{f"to_{name}": value for name, value in at._asdict().items()}}
        for c, at in now.items()
        if at != before[c]
    ]
    if moved:
        connection.execute(_MOVE, moved)
    return Derived(told, gone - {screened.event.id for screened in told})


def _changed(
    group_of: Mapping[int, Hashable], before: Mapping[int, Was], stale: set[str]
) -> tuple[list[list[int]], set[str]]:
    """The groups of claims that are no event as they stand, and the events that are to go for them."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for claim, group in group_of.items():
        groups[group].append(claim)
    size = Counter(was.event for was in before.values())
    changed, gone = [], set(stale)
    for members in groups.values():
        events = {before[claim].event for claim in members}
        if len(events) > 1 or events & (stale | {UNPLACED}) or size[next(iter(events))] != len(members):
            changed.append(members)
            gone |= events
    return changed, gone - {UNPLACED}


def tell_groups(connection: Connection, rules: Rules, groups: Collection[list[int]]) -> Iterator[Screened]:
    """The event that each group of claims makes."""
    for some in slices(groups, AT_ONCE):
        report = reports_of(connection, [claim for group in some for claim in group])
        for group in some:
            yield rules.tell([report[claim] for claim in sorted(group)])


def _places(connection: Connection, column: ColumnElement[Any], values: Collection[Any]) -> dict[int, Was]:
    """Where folded claims stand, whose column has one of the values."""
    of = tables.folded.c
    found = fetch(connection, select(of.claim, of.knot, of.level, of.event), column, values)
    return {row.claim: Was(row.knot, row.level, row.event) for row in found}
