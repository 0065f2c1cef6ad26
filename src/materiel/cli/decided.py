"""Decided: what people decided, in words, and how they name what they decide on."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from materiel.ledger.decisions import Decision
    from materiel.model.event import Event


class Decided(NamedTuple):
    """What people decided of an event, in words, and the cells that stand corrected."""

    words: tuple[str, ...] = ()
    cells: frozenset[str] = frozenset()


def decision_words(decision: "Decision") -> str:
    """`corrected supplier to … by ana on 2023-09-20 because … (decision 1a2b…)`."""
    said = {
        "merge": f"merged {_claims(decision.claims)} with {_claims(decision.others)}",
        "split": f"split {_claims(decision.claims)} from {_claims(decision.others)}",
        "correct": f"corrected {decision.cell} to {_value(decision.value)}",
        "reject": f"rejected {_claims(decision.claims)}",
        "confirm": f"confirmed {_claims(decision.claims)}",
        "undo": f"undid {decision.undoes}",
    }[decision.action]
    why = f" because {decision.why}" if decision.why else ""
    return f"{said} by {decision.who} on {decision.at[:10]}{why} (decision {decision.id})"


def _claims(claims: Iterable[str]) -> str:
    listed = list(claims)
    return f"claim {listed[0]}" if len(listed) == 1 else f"{len(listed)} claims"


def _value(value: Any) -> str:
    """A corrected value, as it would be typed where that is short."""
    if isinstance(value, list):
        return "; ".join(map(_value, value)) or "none"
    if isinstance(value, dict) and "name" in value:
        return f"{value['name']} ({value['country']})" if value.get("country") else str(value["name"])
    if isinstance(value, dict) and "class" in value:
        number = "" if value.get("quantity") is None else f"{value['quantity']} "
        return f"{number}{value.get('designation') or value['class']}"
    return "none" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def decided(decisions: "Sequence[Decision]", every: "Sequence[Decision]") -> Decided:
    """What was decided of one event, the decisions of the whole ledger being `every`."""
    from materiel.ledger.decisions import standing

    holding = {decision.id for decision in standing(every)}
    words = [decision_words(d) + ("" if d.id in holding or d.action == "undo" else " (undone)") for d in decisions]
    cells = frozenset(d.cell for d in decisions if d.action == "correct" and d.id in holding)
    return Decided(tuple(words), cells)


def claims_named(event: "Event", names: Iterable[str]) -> tuple[str, ...]:
    """The ids of an event's claims by the names on its page, `ARTICLE#N`, or by their ids; all where none is named.

    Raises LookupError, which says what names there are.
    """
    known: dict[str, list[str]] = defaultdict(list)
    for report in event.reports:
        known[f"{report.article}#{report.number}"].append(report.id)
        known[report.id] = [report.id]
    wanted = list(names)
    for name in wanted:
        if name not in known:
            listed = ", ".join(f"{report.article}#{report.number}" for report in event.reports)
            raise LookupError(f"event {event.id} has no report '{name}'; it has {listed}")
        if len(known[name]) > 1:
            raise LookupError(f"several articles came as '{name}'; name one report: {', '.join(known[name])}")
    return tuple(known[name][0] for name in wanted) or tuple(report.id for report in event.reports)
