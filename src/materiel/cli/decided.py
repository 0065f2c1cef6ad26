"""Decided: what people decided, in words, and how they name what they decide on."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from materiel.ledger.decisions import Decision
    from materiel.model.event import Event


def decision_words(decision: "Decision") -> str:
    """`corrected supplier to … by ana on 2023-09-20 because … (decision 1a2b…)`."""
    said = {
        "merge": f"merged {_claims(decision.claims)} with {_claims(decision.others)}",
        "split": f"split {_claims(decision.claims)} from {_claims(decision.others)}",
        "correct": f"corrected {decision.cell} to {json.dumps(decision.value, ensure_ascii=False)}",
        "reject": f"rejected {_claims(decision.claims)}",
        "confirm": f"confirmed {_claims(decision.claims)}",
        "undo": f"undid {decision.undoes}",
    }[decision.action]
    why = f" because {decision.why}" if decision.why else ""
    return f"{said} by {decision.who} on {decision.at[:10]}{why} (decision {decision.id})"


def _claims(claims: Iterable[str]) -> str:
    listed = list(claims)
    return f"claim {listed[0]}" if len(listed) == 1 else f"{len(listed)} claims"


def claims_named(event: "Event", names: Iterable[str]) -> tuple[str, ...]:
    """The ids of an event's claims by the names on its page, `ARTICLE#N`, or by their ids; all where none is named.

    Raises LookupError, which says what names there are.
    """
    known = {f"{report.article}#{report.number}": report.id for report in event.reports}
    known |= {report.id: report.id for report in event.reports}
    wanted = list(names)
    for name in wanted:
        if name not in known:
            listed = ", ".join(f"{report.article}#{report.number}" for report in event.reports)
            raise LookupError(f"event {event.id} has no report '{name}'; it has {listed}")
    return tuple(known[name] for name in wanted) or tuple(report.id for report in event.reports)
