"""Registers: rows that a person coded beside the events that tell of the same, and where the two differ."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec
import numpy as np

from materiel.ledger.cluster import Ints
from materiel.ledger.likeness import Likeness
from materiel.ledger.sketch import SKETCH, Sketches, sketch
from materiel.ledger.telling import tell
from materiel.ledger.things import same_thing
from materiel.model.article import AnnotatedArticle
from materiel.model.event import Contradiction, Event, Report

Verdict = Literal["agrees", "differs", "not in the news"]
REGISTER = "the register"  # stands for the rows among the roots of a difference


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A row, by the name of its place, and the event that tells of the same, with its roots; None where none does.

    `score` is how alike they are (log-odds), None where the row names the event.
    `differs` are the cells in which fewer of its roots stand with the row than with another value, `contested` those
    in which the row stands with the most and others say otherwise. Among the roots of a value a row is REGISTER.
    `silent` is what the row tells and no report does (`quantity of uav`), so that nothing speaks for or against it.
    """

    row: str
    event: str | None = None
    roots: tuple[str, ...] = ()
    score: float | None = None
    differs: tuple[Contradiction, ...] = ()
    contested: tuple[Contradiction, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """What comes of the comparison."""
        return "not in the news" if self.event is None else "differs" if self.differs else "agrees"


class Candidates(NamedTuple):
    """Events, and the sketches of all their reports with the place of the event that each belongs to."""

    events: Sequence[Event]
    sketches: Sketches
    owner: Ints


def candidates(events: Sequence[Event]) -> Candidates:
    """Events made ready to be compared with many rows."""
    reports = [(n, report) for n, event in enumerate(events) for report in event.reports]
    drawn = [np.zeros(0, SKETCH), *(sketch(r.article, r.number, r.published, r.claim) for _, r in reports)]
    return Candidates(events, np.concatenate(drawn), np.array([n for n, _ in reports], dtype=np.int64))


def compared(row: AnnotatedArticle, among: Candidates, likeness: Likeness) -> Compared:
    """The event that a row names, else the likest if any is rather alike, and what the row and it cannot both have
    right."""
    named = {claim.event for claim in row.claims}
    event, score = next((e for e in among.events if e.id in named), None), None
    if event is None:
        event, score = _likest(row, among, likeness)
    if event is None:
        return Compared(row=row.id)
    clashes = _clashes(row, event)
    return Compared(
        row=row.id,
        event=event.id,
        roots=event.roots,
        score=score,
        differs=tuple(c for c in clashes if not _with_most(c)),
        contested=tuple(c for c in clashes if _with_most(c)),
        silent=_silent(row, event),
    )


def _silent(row: AnnotatedArticle, event: Event) -> tuple[str, ...]:
    """The numbers and values that a row tells and no report of an event does."""
    told = [r.claim for r in event.reports]
    numbered = [i for claim in told for i in getattr(claim, "items", ()) if i.quantity is not None]
    found = [
        f"quantity of {item.item_class}"
        for claim in row.claims
        for item in getattr(claim, "items", ())
        if item.quantity is not None and not any(same_thing(item, other) for other in numbered)
    ]
    if any(getattr(c, "value", None) for c in row.claims) and not any(getattr(c, "value", None) for c in told):
        found.append("value")
    return tuple(dict.fromkeys(found))


def _likest(row: AnnotatedArticle, among: Candidates, likeness: Likeness) -> tuple[Event | None, float | None]:
    """The event that a row is likest to, with its score; None where none is rather alike."""
    if not row.claims or not among.events:
        return None, None
    own = np.concatenate([sketch(row.id, n, row.published, claim) for n, claim in enumerate(row.claims)])
    a, b = (grid.ravel() for grid in np.indices((len(own), len(among.sketches))))
    scores = likeness.scores(np.concatenate([own, among.sketches]), a, b + len(own))
    best = int(scores.argmax())
    if scores[best] <= 0:
        return None, None
    return among.events[int(among.owner[b[best]])], round(float(scores[best]), 3)


def _with_most(clash: Contradiction) -> bool:
    """Whether no value has more roots of the news than the one that the row stands with."""
    behind = [(REGISTER in said.roots, len(set(said.roots) - {REGISTER})) for said in clash.values]
    return max(n for own, n in behind if own) >= max(n for _, n in behind)


def _clashes(row: AnnotatedArticle, event: Event) -> tuple[Contradiction, ...]:
    """The contradictions of the event, were the row one more report of it, in which the row has a part."""
    told = row.published or event.reports[-1].published
    reports = [
        Report(
            id=f"{row.id}#{n}", article=row.id, number=n, outlet=REGISTER, root=REGISTER, published=told, claim=claim
        )
        for n, claim in enumerate(row.claims)
    ]
    together = tell([*event.reports, *reports])
    own = {n for n, report in enumerate(together.reports) if report.article == row.id}
    return tuple(c for c in together.contradictions if any(own & set(said.reports) for said in c.values))
