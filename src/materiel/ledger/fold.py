"""Fold: claims become groups, a group an event; the same claims give the same groups in any order."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from materiel.ledger.blocks import CROWDED, FINE, STAR, Keys, Mask, Rows, keys_of
from materiel.ledger.cluster import LARGEST, Floats, Ints, components, link, loosened
from materiel.ledger.likeness import Likeness
from materiel.ledger.sketch import Sketches

CHUNK = 1 << 19  # pairs that are compared at once
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
    for a, b in candidate_pairs(claims, crowds):
        score = likeness.scores(claims, a, b)
        kept = score > 0
        found.append((a[kept], b[kept], score[kept]))
    joined = ties.joined
    found.append((ties.a[joined], ties.b[joined], np.full(int(joined.sum()), SURE)))
    a, b, score = (np.concatenate([f[k] for f in found]) for k in range(3))
    return a, b, score


def candidate_pairs(claims: Sketches, crowds: Crowds | None = None) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of rows that share a key in use, in chunks; a pair may come more than once."""
    keys, rows = keys_of(claims)
    if not len(keys):
        return
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    sizes = np.diff(np.append(starts, len(keys)))
    crowd = crowds(keys[starts]) if crowds else Crowd(sizes, np.minimum.reduceat(claims["claim"][rows], starts))
    fine = (keys[starts] & FINE) == FINE
    star = fine & (crowd.size > STAR)
    paired = (crowd.size <= CROWDED) | (fine & ~star)
    yield from _star_pairs(claims, rows, starts[star], sizes[star], crowd.first[star])
    yield from _block_pairs(rows, starts[paired], sizes[paired])


def _star_pairs(claims: Sketches, rows: Rows, starts: Ints, sizes: Ints, firsts: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Each claim of a very crowded block with the first of them, where that is at hand."""
    for start, size, first in zip(starts, sizes, firsts, strict=True):
        members = rows[start : start + size]
        middle = members[claims["claim"][members] == first]
        if len(middle):
            others = members[members != middle[0]]
            yield np.full(len(others), middle[0]), others


def _block_pairs(rows: Rows, starts: Ints, sizes: Ints) -> Iterator[tuple[Ints, Ints]]:
    """All pairs of each block, blocks of one size at once; each pair once a chunk."""
    for size in np.unique(sizes[sizes > 1]):
        left, right = np.triu_indices(size, 1)
        at = starts[sizes == size]
        step = max(1, CHUNK // len(left))
        for k in range(0, len(at), step):
            members = rows[at[k : k + step, None] + np.arange(size)]
            pair = np.unique(members[:, left].ravel() * np.int64(1 << 32) | members[:, right].ravel())
            yield pair >> 32, pair & np.int64((1 << 32) - 1)


def _parted(claims: Sketches, knot: Ints, likeness: Likeness, ties: Ties) -> Ints:
    """The group of each row (its first row): knots of two stay, larger ones are parted where they are unlike."""
    group = knot.copy()
    by_knot = np.argsort(knot, kind="stable")
    starts = np.flatnonzero(np.append(True, knot[by_knot][1:] != knot[by_knot][:-1])) if len(knot) else knot
    sizes = np.diff(np.append(starts, len(knot)))
    parted_by_hand = set(knot[np.concatenate([ties.a, ties.b])].tolist())
    for size in np.unique(sizes):
        if size == 1 or size > LARGEST:
            continue
        at = starts[sizes == size]
        step = max(1, CHUNK // int(size * size))
        for k in range(0, len(at), step):
            members = by_knot[at[k : k + step, None] + np.arange(size)]
            matrices = _matrices(claims, members, likeness)
            for rows, matrix in zip(members, matrices, strict=True):
                if int(knot[rows[0]]) in parted_by_hand:
                    _by_hand(matrix, rows, ties)
                for part in link(matrix):
                    group[rows[part]] = rows[part[0]]
    return group


def _matrices(claims: Sketches, members: Ints, likeness: Likeness) -> Floats:
    """The score of each two members of each knot, shape (knots, size, size)."""
    knots, size = members.shape
    left, right = np.triu_indices(size, 1)
    score = likeness.scores(claims, members[:, left].ravel(), members[:, right].ravel()).reshape(knots, -1)
    found = np.zeros((knots, size, size))
    found[:, left, right] = score
    found[:, right, left] = score
    return found


def _by_hand(matrix: Floats, rows: Ints, ties: Ties) -> None:
    """What a person joined or parted goes before every likeness."""
    place = {int(row): n for n, row in enumerate(rows)}
    for a, b, joined in zip(ties.a.tolist(), ties.b.tolist(), ties.joined.tolist(), strict=True):
        if a in place and b in place:
            score = SURE if joined else -SURE * len(rows)
            matrix[place[a], place[b]] = matrix[place[b], place[a]] = score
