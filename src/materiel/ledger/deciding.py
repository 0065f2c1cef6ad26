"""Deciding: what a person decides is checked against the ledger and made whole before it is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from materiel.ledger.decisions import Decision, corrected
from materiel.ledger.storing import now
from materiel.model.claim import Claim
from materiel.model.errors import LedgerError
from materiel.model.event import Event

# Cells of an event that nobody puts right: they follow from its reports.
FOLLOWS = frozenset(("event", "spans", "evidence", "confidence"))
NEEDS = {"merge": "others", "undo": "undoes", "correct": "cell"}


def checked(decision: Decision, events: Sequence[Event], past: Sequence[Decision]) -> Decision:
    """A decision made whole: when it was taken, what it undoes, from whom claims are split, its value as JSON.

    `events` are those that its claims are in now, `past` all decisions so far. Raises LedgerError.
    """
    if not decision.who.strip():
        raise LedgerError("a decision needs a name; say who decides")
    action, need = decision.action, NEEDS.get(decision.action)
    if need and not getattr(decision, need):
        raise LedgerError(f"to {action} one must know `{need}`; give it")
    if action != "undo" and not decision.claims:
        raise LedgerError(f"to {action} one must know `claims`; name at least one")
    if not _is_text(decision):
        raise LedgerError("half a character (a lone surrogate) is in it; mend its encoding")
    if decision.at and not _is_moment(decision.at):
        raise LedgerError(f"`at` cannot be '{decision.at[:40]}'; write 2023-09-20T08:30:00+00:00, or leave it empty")
    if set(decision.claims) & set(decision.others):
        raise LedgerError("the same claim stands on both sides; name two events, or the claims that are to leave")
    changes: dict[str, Any] = {"at": decision.at or _after(past)}
    if action == "undo":
        changes["undoes"] = _named(decision.undoes, past)
    if action == "split" and not decision.others:
        changes["others"] = _rest(decision, events)
    if action == "correct":
        changes["value"] = _value(decision, events)
    return msgspec.structs.replace(decision, **changes)


def concerned(decision: Decision, past: Mapping[str, Decision]) -> set[str]:
    """The ids of the claims that a decision bears on; an undo bears on those of what it undoes."""
    found: set[str] = set()
    while True:
        found.update(decision.claims, decision.others)
        if decision.undoes not in past:
            return found
        decision = past[decision.undoes]


def _after(past: Sequence[Decision]) -> str:
    """Now, or a moment after the newest decision where its clock went ahead."""
    newest = max((d.at for d in past), default="")
    if now() > newest:
        return now()
    return (datetime.fromisoformat(newest) + timedelta(microseconds=1)).isoformat(timespec="microseconds")


def _is_text(decision: Decision) -> bool:
    try:
        msgspec.json.encode(decision)
    except UnicodeEncodeError:
        return False
    return True


def _is_moment(at: str) -> bool:
    try:
        return datetime.fromisoformat(at).tzinfo is not None
    except ValueError:
        return False


def _named(name: str, past: Sequence[Decision]) -> str:
    found = [d.id for d in past if d.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} decisions begin so; give more of it" if found else "see `materiel decide list`"
    raise LedgerError(f"there is no one decision {name}: {what}")


def _rest(decision: Decision, events: Sequence[Event]) -> tuple[str, ...]:
    if len(events) != 1:
        raise LedgerError("claims are split from one event; name those of one")
    rest = tuple(r.id for r in events[0].reports if r.id not in decision.claims)
    if not rest:
        raise LedgerError("all claims of the event would leave it; name those that are to leave, and no others")
    return rest


def _value(decision: Decision, events: Sequence[Event]) -> Any:
    if len(events) != 1:
        raise LedgerError("a cell is corrected in one event; name its claims")
    told: Claim = events[0].told
    cells = [name for name in told.__struct_fields__ if name not in FOLLOWS]
    if decision.cell not in cells:
        kind = told.kind
        raise LedgerError(f"a {kind} has no cell `{decision.cell}`; those that can be corrected: {', '.join(cells)}")
    try:
        return msgspec.to_builtins(corrected(told, {decision.cell: decision.value})[decision.cell])
    except msgspec.ValidationError as error:
        raise LedgerError(f"`{decision.cell}` cannot be so: {error}") from None
