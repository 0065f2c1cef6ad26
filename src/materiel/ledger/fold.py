"""Fold: claims become groups, a group an event; the same claims give the same groups in any order."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from materiel.ledger.blocks import Ints, Mask, Pairs, candidate_pairs, entries_of
from materiel.ledger.cluster import JOINED, LARGEST, TOP, Floats, Levels, knots, link
from materiel.ledger.likeness import Likeness
from materiel.ledger.sketch import Sketches

CHUNK = 1 << 13  # pairs that are compared at once: what a processor keeps at hand
SURE = 1e4  # the score of a pair that a person joined or parted


class Ties(NamedTuple):
    """Pairs of rows that a person joined (`joined[n]` true) or parted."""

    a: Ints
    b: Ints
    joined: Mask


class Links(NamedTuple):
    """Pairs of rows that are rather alike: parallel arrays, with how alike and how many keys bring them together."""

    a: Ints
    b: Ints
    level: Levels
    shared: Ints


class Folded(NamedTuple):
    """For each row, the first rows of its group and of its knot, and the knot's level; and the links between rows."""

    group: Ints
    knot: Ints
    level: Ints
    links: Links


NO_TIES = Ties(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool))


def fold(claims: Sketches, likeness: Likeness, ties: Ties = NO_TIES) -> Folded:
    """The groups of claims that tell of one event."""
    order = order_of(claims)
    ranked = claims.take(order)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    ties = Ties(rank[ties.a], rank[ties.b], ties.joined)
    links = links_among(ranked, likeness, candidate_pairs(entries_of(ranked)))
    a, b = (np.concatenate([own, tied[ties.joined]]) for own, tied in ((links.a, ties.a), (links.b, ties.b)))
    level = np.concatenate([links.level, np.full(len(a) - len(links.a), JOINED, np.uint8)])
    found = knots(len(ranked), a, b, level)
    group = parted(ranked, found.root, likeness, ties)
    named = links._replace(a=order[links.a], b=order[links.b])
    return Folded(order[group][rank], order[found.root][rank], found.level[rank], named)


def order_of(claims: Sketches) -> Ints:
    """The rows in the order in which claims are folded: those that are compared stand near each other in memory.

    Where two of them stand does not depend on any other claim.
    """
    first = claims["giver"][:, 0], claims["taker"][:, 0]
    return np.lexsort((claims["claim"], claims["published"], *first, claims["kind"]))


def links_among(claims: Sketches, likeness: Likeness, pairs: Pairs) -> Links:
    """Those of some pairs that are rather alike."""
    found = [np.zeros(0)]
    for k in range(0, len(pairs.a), CHUNK):
        found.append(likeness.scores(claims, pairs.a[k : k + CHUNK], pairs.b[k : k + CHUNK]))
    score = np.concatenate(found)
    alike = score > 0
    level = np.minimum(np.ceil(score[alike]) - 1, TOP).astype(np.uint8)
    return Links(pairs.a[alike], pairs.b[alike], level, pairs.shared[alike])


def parted(claims: Sketches, knot: Ints, likeness: Likeness, ties: Ties) -> Ints:
    """The group of each row (its first row): knots stay whole unless two of their claims are unlike.

    `claims` are in the order of folding, and hold each knot whole.
    """
    group = knot.copy()
    by_knot = np.argsort(knot, kind="stable")
    starts = np.flatnonzero(np.append(True, knot[by_knot][1:] != knot[by_knot][:-1])) if len(knot) else knot
    sizes = np.diff(np.append(starts, len(knot)))
    by_hand = _by_knot(knot, ties)
    for size in np.unique(sizes[(sizes > 1) & (sizes <= LARGEST)]):
        at = starts[sizes == size]
        step = max(1, CHUNK // int(size * size))
        for k in range(0, len(at), step):
            members = by_knot[at[k : k + step, None] + np.arange(size)]
            matrices = _matrices(claims, members, likeness)
            unlike = (matrices < 0).any(axis=(1, 2)) | np.isin(members[:, 0], list(by_hand))
            for rows, matrix in zip(members[unlike], matrices[unlike], strict=True):
                _decide(matrix, rows, by_hand.get(int(rows[0]), ()))
                for part in link(matrix):
                    group[rows[part]] = rows[part[0]]
    return group


def _by_knot(knot: Ints, ties: Ties) -> dict[int, list[tuple[int, int, bool]]]:
    """What a person decided, by the first row of the knot that it is about; what is of two knots is parted already."""
    found: dict[int, list[tuple[int, int, bool]]] = {}
    for a, b, joined in zip(ties.a.tolist(), ties.b.tolist(), ties.joined.tolist(), strict=True):
        if knot[a] == knot[b]:
            found.setdefault(int(knot[a]), []).append((a, b, joined))
    return found


def _matrices(claims: Sketches, members: Ints, likeness: Likeness) -> Floats:
    """The score of each two members of each knot, shape (knots, size, size)."""
    knots, size = members.shape
    left, right = np.triu_indices(size, 1)
    score = likeness.scores(claims, members[:, left].ravel(), members[:, right].ravel()).reshape(knots, -1)
    found = np.zeros((knots, size, size))
    found[:, left, right] = score
    found[:, right, left] = score
    return found


def _decide(matrix: Floats, rows: Ints, decided: Sequence[tuple[int, int, bool]]) -> None:
    """What a person joined or parted goes before every likeness."""
    place = {int(row): n for n, row in enumerate(rows)}
    for a, b, joined in decided:
        score = SURE if joined else -SURE * len(rows)
        matrix[place[a], place[b]] = matrix[place[b], place[a]] = score
