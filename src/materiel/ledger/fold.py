"""Fold: claims become groups, a group an event; the same claims give the same groups in any order."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from materiel.ledger.blocks import CROWDED, FINE, STAR, Keys, Mask, Rows, keys_of
from materiel.ledger.cluster import LARGEST, Floats, Ints, components, link, loosened
from materiel.ledger.likeness import Likeness
from materiel.ledger.sketch import Sketches

CHUNK = 1 << 13  # pairs that are compared at once: what a processor keeps at hand
PAIRS = 1 << 22  # pairs that are listed at once
LOWER = np.int64((1 << 32) - 1)
SURE = 1e4  # the score of a pair that a person joined or parted


class Ties(NamedTuple):
    """Pairs of rows that a person joined (`joined[n]` true) or parted."""

    a: Ints
    b: Ints
    joined: Mask


class Folded(NamedTuple):
    """For each row, the number of its group and of the knot of claims that hang together, some pair by pair."""

    group: Ints
    knot: Ints


NO_TIES = Ties(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool))


class Crowd(NamedTuple):
    """For each of some keys, how many claims of the whole ledger have it, and the first of them."""

    size: Ints
    first: Ints


Crowds = Callable[[Keys], Crowd]


def fold(claims: Sketches, likeness: Likeness, ties: Ties = NO_TIES, crowds: Crowds | None = None) -> Folded:
    """The groups of claims that tell of one event; `crowds` tells of the whole ledger where these are but a part.

    A part must hold every knot whole that it holds at all.
    """
    order = np.argsort(claims["claim"], kind="stable")
    ranked = claims[order]
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    ties = Ties(rank[ties.a], rank[ties.b], ties.joined)
    a, b, score = _links(ranked, likeness, ties, crowds)
    knot = components(len(ranked), a, b)
    group = _parted(ranked, loosened(len(ranked), a, b, score), likeness, ties)
    return Folded(order[group][rank], order[knot][rank])


def _links(claims: Sketches, likeness: Likeness, ties: Ties, crowds: Crowds | None) -> tuple[Ints, Ints, Floats]:
    """Pairs that share a key in use and are rather alike, with their scores; those that a person joined."""
    found: list[tuple[Ints, Ints, Floats]] = []
    low, high = candidate_pairs(claims, crowds)
    for k in range(0, len(low), CHUNK):
        a, b = low[k : k + CHUNK], high[k : k + CHUNK]
        score = likeness.scores(claims, a, b)
        kept = score > 0
        found.append((a[kept], b[kept], score[kept]))
    joined = ties.joined
    found.append((ties.a[joined], ties.b[joined], np.full(int(joined.sum()), SURE)))
    a, b, score = (np.concatenate([f[k] for f in found]) for k in range(3))
    return a, b, score


def candidate_pairs(claims: Sketches, crowds: Crowds | None = None) -> tuple[Ints, Ints]:
    """The pairs of rows that share a key in use, each once, the lower row first."""
    keys, rows = keys_of(claims)
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    sizes = np.diff(np.append(starts, len(keys)))
    crowd = crowds(keys[starts]) if crowds else Crowd(sizes, np.minimum.reduceat(claims["claim"][rows], starts))
    fine = (keys[starts] & FINE) == FINE
    star = fine & (crowd.size > STAR)
    paired = (crowd.size <= CROWDED) | (fine & ~star)
    found = [
        *_star_pairs(claims, rows, starts[star], sizes[star], crowd.first[star]),
        *_block_pairs(rows, starts[paired], sizes[paired]),
    ]
    pairs = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return pairs >> 32, pairs & LOWER


def _as_one(a: Ints, b: Ints) -> Ints:
    """Pairs of rows as one number each."""
    return np.minimum(a, b) << 32 | np.maximum(a, b)


def _star_pairs(claims: Sketches, rows: Rows, starts: Ints, sizes: Ints, firsts: Ints) -> Iterator[Ints]:
    """Each claim of a very crowded block with the first of them, where that is at hand."""
    for start, size, first in zip(starts, sizes, firsts, strict=True):
        members = rows[start : start + size]
        middle = members[claims["claim"][members] == first]
        if len(middle):
            others = members[members != middle[0]]
            yield _as_one(np.full(len(others), middle[0]), others)


def _block_pairs(rows: Rows, starts: Ints, sizes: Ints) -> Iterator[Ints]:
    """All pairs of each block, blocks of one size at once; each pair once a yield."""
    for size in np.unique(sizes[sizes > 1]):
        left, right = np.triu_indices(size, 1)
        at = starts[sizes == size]
        step = max(1, PAIRS // len(left))
        for k in range(0, len(at), step):
            members = rows[at[k : k + step, None] + np.arange(size)]
            yield np.unique(_as_one(members[:, left].ravel(), members[:, right].ravel()))


def _parted(claims: Sketches, knot: Ints, likeness: Likeness, ties: Ties) -> Ints:
    """The group of each row (its first row): knots stay whole unless two of their claims are unlike."""
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
