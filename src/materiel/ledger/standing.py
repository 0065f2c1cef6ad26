"""Standing: the decisions that hold, laid out so that those on some claims are at hand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection, select

from materiel.ledger import tables
from materiel.ledger.cluster import Ints
from materiel.ledger.decisions import (
    Decision,
    confirmations_of,
    corrected,
    corrections_of,
    rejected,
    standing,
    ties_between,
)
from materiel.ledger.fold import Ties
from materiel.model.event import Report

_decoder: msgspec.json.Decoder[Decision] = msgspec.json.Decoder(Decision)


class Standing:
    """The decisions that hold, of all that were ever taken."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.held = standing(decisions)
        self.rejected = frozenset(int(claim, 16) for claim in rejected(self.held))
        joined = ties_between(self.held)
        self._first = np.array([int(a, 16) for a, _ in joined], dtype=np.int64)
        self._second = np.array([int(b, 16) for _, b in joined], dtype=np.int64)
        self._joined = np.array(list(joined.values()), dtype=bool)
        self.joined: dict[int, list[int]] = defaultdict(list)  # the claims that people joined with each
        for a, b in [(a, b) for pair, together in joined.items() if together for a, b in (pair, pair[::-1])]:
            self.joined[int(a, 16)].append(int(b, 16))
        self._on: dict[str, list[int]] = defaultdict(list)
        for n, decision in enumerate(self.held):
            for claim in decision.claims:
                self._on[claim].append(n)

    def ties(self, claims: Ints) -> Ties:
        """What people joined or parted among claims (sorted), as places in them."""
        a, b = np.searchsorted(claims, self._first), np.searchsorted(claims, self._second)
        last = max(0, len(claims) - 1)
        there = np.zeros(len(a), bool)
        if len(claims):
            there = (claims[np.minimum(a, last)] == self._first) & (claims[np.minimum(b, last)] == self._second)
        return Ties(a[there], b[there], self._joined[there])

    def corrections(self, reports: Sequence[Report]) -> dict[str, Any]:
        """The cells, as JSON, that a person put right of the event that reports make; those that its kind has."""
        own = [r.id for r in reports]
        found = {}
        for cell, value in corrections_of(self._about(own), own).items():
            with suppress(AttributeError, msgspec.ValidationError):  # put right when it was an event of another kind
                corrected(reports[0].claim, {cell: value})
                found[cell] = value
        return found

    def confirmed(self, claims: Iterable[str]) -> bool:
        """Whether a person confirmed an event with these claims."""
        own = list(claims)
        return bool(confirmations_of(self._about(own), own))

    def _about(self, claims: Iterable[str]) -> list[Decision]:
        return [self.held[n] for n in sorted({n for claim in claims for n in self._on.get(claim, ())})]


def all_decisions(connection: Connection) -> list[Decision]:
    """Every decision that was ever taken, oldest first."""
    rows = connection.execute(select(tables.decisions.c.body))
    return sorted((_decoder.decode(row.body) for row in rows), key=lambda d: (d.at, d.id))
