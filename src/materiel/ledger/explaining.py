"""Explaining: which features joined the reports of an event."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from materiel.ledger.blocks import Ints, candidate_pairs, entries_of
from materiel.ledger.cluster import LARGEST
from materiel.ledger.decisions import Decision
from materiel.ledger.likeness import Likeness
from materiel.ledger.reasons import reasons
from materiel.ledger.records import Feature, Tie
from materiel.ledger.sketch import Sketches, claim_id
from materiel.model.event import Report

Pair = tuple[int, int]


def explain(reports: Sequence[Report], claims: Sketches, likeness: Likeness, held: Sequence[Decision]) -> list[Tie]:
    """The ties that hold an event together, the strongest first; `claims` are its reports' sketches, in any order.

    Of all pairs of reports each next one counts that joins two parts not yet joined, what a person joined before all.
    """
    row_of = {claim_id(int(claim)): row for row, claim in enumerate(claims["claim"])}
    ranked = claims[[row_of[report.id] for report in reports]]
    decided = _decided(reports, held)
    pairs = np.array(sorted({*_pairs(ranked), *decided}), dtype=np.int64).reshape(-1, 2)
    scores = likeness.scores(ranked, pairs[:, 0], pairs[:, 1]) if len(pairs) else np.zeros(0)
    joined = [tuple(pair) in decided for pair in pairs.tolist()]
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -scores, ~np.array(joined, dtype=bool)))
    return [
        _tie(ranked, (a, b), float(scores[n]), likeness, decided.get((a, b))) for n, (a, b) in _spanning(pairs, order)
    ]


def _pairs(claims: Sketches) -> Iterator[Pair]:
    """All pairs of reports; of very many those that are near each other by some key."""
    if len(claims) <= LARGEST:
        yield from zip(*(side.tolist() for side in np.triu_indices(len(claims), 1)), strict=True)
        return
    pairs = candidate_pairs(entries_of(claims))
    yield from zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)


def _decided(reports: Sequence[Report], held: Sequence[Decision]) -> Mapping[Pair, Decision]:
    """The pairs of reports that a person joined, each with the last decision that did."""
    place = {report.id: n for n, report in enumerate(reports)}
    found = {}
    for decision in held:
        if decision.action == "merge":
            for claim in decision.claims:
                for other in decision.others:
                    if claim in place and other in place:
                        a, b = sorted((place[claim], place[other]))
                        found[a, b] = decision
    return found


def _spanning(pairs: Ints, order: Ints) -> Iterator[tuple[int, Pair]]:
    """The pairs that, taken in order, join parts not joined before (Kruskal 1956)."""
    part: dict[int, int] = {}

    def of(node: int) -> int:
        while node in part:
            node = part[node]
        return node

    for n in order.tolist():
        a, b = pairs[n].tolist()
        if of(a) != of(b):
            part[of(b)] = of(a)
            yield n, (a, b)


def _tie(claims: Sketches, pair: Pair, score: float, likeness: Likeness, decided: Decision | None) -> Tie:
    return Tie(
        reports=pair,
        features=tuple(Feature(name=r.words, weight=r.weight) for r in reasons(claims, *pair, likeness)),
        score=round(score, 3),
        decided=decided,
    )
