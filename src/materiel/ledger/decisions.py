"""Decisions: what people decided of claims and events; the newest wins, all are kept, undo is one more."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec

from materiel.model.claim import Claim

Action = Literal["merge", "split", "correct", "reject", "confirm", "undo"]


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One decision: who took it, when (ISO, UTC) and why.

    `claims` are the ids of the claims that it is about: of one event when it was taken, for `split` those that
    leave. `others` are those that they are joined with or parted from. `cell` and `value` are what `correct` puts
    right, as JSON of the claim's kind; `undoes` is the id of a decision.
    """

    action: Action
    who: str
    at: str
    why: str = ""
    claims: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    cell: str = ""
    value: Any = None
    undoes: str = ""

    @property
    def id(self) -> str:
        """The id of a decision: a hash of all that it says."""
        return hashlib.blake2b(msgspec.json.encode(self, order="sorted"), digest_size=6).hexdigest()


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that hold, oldest first: those not undone by one that itself holds."""
    ranked = sorted(decisions, key=lambda d: (d.at, d.id))
    undone: set[str] = set()
    for decision in reversed(ranked):
        if decision.action == "undo" and decision.id not in undone:
            undone.add(decision.undoes)
    return [d for d in ranked if d.id not in undone and d.action != "undo"]


def rejected(held: Sequence[Decision]) -> frozenset[str]:
    """The ids of the claims that a person rejected; one confirmed later stands again."""
    found: dict[str, bool] = {}
    for decision in held:
        if decision.action in ("reject", "confirm"):
            found.update(dict.fromkeys(decision.claims, decision.action == "reject"))
    return frozenset(claim for claim, gone in found.items() if gone)


def ties_between(held: Sequence[Decision]) -> dict[tuple[str, str], bool]:
    """For each two claims that a person joined (true) or parted, what was decided last."""
    found: dict[tuple[str, str], bool] = {}
    for decision in held:
        if decision.action in ("merge", "split"):
            for claim in decision.claims:
                for other in decision.others:
                    found[min(claim, other), max(claim, other)] = decision.action == "merge"
    return found


def corrections_of(held: Sequence[Decision], claims: Iterable[str]) -> dict[str, Any]:
    """The cells of an event with these claims that a person put right, by their names.

    A correction holds for the event that has the first of the claims that it was made on.
    """
    own = set(claims)
    return {d.cell: d.value for d in held if d.action == "correct" and d.claims and d.claims[0] in own}


def confirmations_of(held: Sequence[Decision], claims: Iterable[str]) -> list[Decision]:
    """The decisions that confirm an event with these claims."""
    own = set(claims)
    return [d for d in held if d.action == "confirm" and own & set(d.claims)]


def corrected(claim: Claim, cells: dict[str, Any]) -> dict[str, Any]:
    """The values of corrected cells, as the claim's kind has them; raises msgspec.ValidationError."""
    if not cells:
        return {}
    made = msgspec.convert({**msgspec.to_builtins(claim), **cells}, type(claim))
    return {cell: getattr(made, cell) for cell in cells}
