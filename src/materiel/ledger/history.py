"""History: the statuses that an event went through in time, and the one that holds now."""

from collections.abc import Sequence

from materiel.ledger.sketch import days_of
from materiel.ledger.voices import roots_of
from materiel.model.claim import Status
from materiel.model.event import Report, Stage

# How far each status has come; what is refused or halted has come to an end.
PROGRESS: dict[Status, int] = {
    "sought": 0,
    "offered": 0,
    "considered": 0,
    "agreed": 1,
    "under_way": 2,
    "delivered": 3,
    "refused": 4,
    "halted": 4,
}
ENDED = 4


def history_of(reports: Sequence[Report]) -> tuple[Stage, ...]:
    """Each status, stance and date told, once, in the order in which they were reached.

    A stage without a date stands where its first report was published.
    """
    found: dict[tuple[Status, str, str | None], list[int]] = {}
    for n, report in enumerate(reports):
        claim = report.claim
        found.setdefault((claim.status, claim.stance, claim.date), []).append(n)
    stages = [
        Stage(
            status=status,
            stance=reports[chosen[0]].claim.stance,
            date=date,
            reported=reports[chosen[0]].published,
            reports=tuple(chosen),
            roots=roots_of(reports, chosen),
        )
        for (status, _, date), chosen in found.items()
    ]
    return tuple(sorted(stages, key=lambda s: (reached(s), PROGRESS[s.status], s.reported, s.reports)))


def reached(stage: Stage) -> int:
    """The day (proleptic ordinal) on which a stage was reached as told, or first reported; 0 where neither is known."""
    return days_of(stage.date)[0] or days_of(stage.reported)[0]


def status_now(history: Sequence[Stage]) -> Stage:
    """The stage that holds now: the furthest that is not only denied; an end holds unless it went on after it."""
    live = [s for s in history if s.stance != "denied"] or list(history)
    going = [s for s in live if PROGRESS[s.status] < ENDED]
    ended = [s for s in live if PROGRESS[s.status] == ENDED]
    furthest = max(going, key=lambda s: (PROGRESS[s.status], len(s.roots), _known(s)), default=None)
    end = max(ended, key=lambda s: (_known(s), len(s.roots)), default=None)
    if end is None or furthest is None:
        return furthest or end or history[-1]
    return end if _known(end) >= _known(furthest) else furthest


def _known(stage: Stage) -> int:
    """The last day on which a stage is known to have held."""
    return days_of(stage.date)[1] or days_of(stage.reported)[0]
