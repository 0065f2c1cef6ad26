"""Cluster: claims that hang together by their likeness, parted where they are on average not alike.

A *knot* is what is weighed at once, all against all: of at most LARGEST claims. The knot of a claim is all that hangs
together with it by links above some level, the lowest that leaves so few. A knot of which no link, inside or leaving
it, changes stays a knot, unless it is taken up by one that has such a link; so knots can be found one at a time, from
one claim of each (`knot_around`), as well as all at once (`knots`).
"""

from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Levels = NDArray[np.uint8]
Edges = Sequence[tuple[int, int]]  # level and other node of each link of a node
EdgesOf = Callable[[int, Edges], Edges]  # the edges of a node; those ahead lead to nodes that may be asked for next

BEST = 0.2  # how far the likest two nodes of two groups count beside the mean of all
LARGEST = 120  # claims of one knot, but for those that a person joined
TOP = 30  # the highest level of a link that likeness makes
JOINED = 255  # the level of a link that a person made, which never gives way


def components(n: int, a: Ints, b: Ints) -> Ints:
    """For each of `n` nodes the smallest node that the edges (a[k], b[k]) tie it to."""
    root = np.arange(n)
    while True:  # hook every root on the smallest it touches, then halve the paths: log(n) rounds
        low, high = np.minimum(root[a], root[b]), np.maximum(root[a], root[b])
        if (low == high).all():
            return root
        np.minimum.at(root, high, low)
        while True:
            shorter = root[root]
            if (shorter == root).all():
                break
            root = shorter


class Knots(NamedTuple):
    """For each node the first node of its knot, and the level of the weakest links that hold its knot together."""

    root: Ints
    level: Ints


def knots(n: int, a: Ints, b: Ints, level: Levels) -> Knots:
    """The knots of `n` nodes: where what hangs together is too large, the lowest links give way, level by level."""
    root, lowest = components(n, a, b), np.zeros(n, np.int64)
    for least in range(1, TOP + 1):
        large = np.bincount(root, minlength=n)[root] > LARGEST
        held = large[a] & (level >= least)
        if not large.any():
            break
        a, b, level = a[held], b[held], level[held]
        root = np.where(large, components(n, a, b), root)
        lowest[large] = least
    return Knots(root, lowest)


def knot_around(node: int, edges_of: EdgesOf, large: dict[int, int]) -> tuple[list[int], int]:
    """The nodes of the knot of one node, and its level: links of the highest level first (Prim 1957).

    `large` keeps, for each node met, the highest level at which what hangs together with it is known to be too large;
    `edges_of` may add to it what it knows of a node whose edges it gives.
    """
    members, seen, complete, level = [node], {node}, 1, TOP
    ahead = [(-edge, other) for edge, other in edges_of(node, ())]
    heapify(ahead)
    limit = large.get(node, -1)
    while True:
        while ahead and -ahead[0][0] >= level and (level == TOP or (len(members) <= LARGEST and limit < level)):
            other = heappop(ahead)[1]
            if other not in seen:
                seen.add(other)
                members.append(other)
                for edge, further in edges_of(other, ahead):
                    if further not in seen:
                        heappush(ahead, (-edge, further))
                limit = max(limit, large.get(other, -1))
        if level < TOP and (len(members) > LARGEST or limit >= level):
            large.update((member, max(level, large.get(member, -1))) for member in members)
            return members[:complete], level + 1
        complete = len(members)
        if level == TOP and complete > LARGEST:
            return members, TOP
        if not ahead:
            return members, 0
        level = min(level - 1, -ahead[0][0])


def caps(node: int, level: int, edges_of: EdgesOf, known: dict[int, int]) -> dict[int, int]:
    """Of nodes about which less is too large to be a knot than was, the highest level at which what hangs together
    still may be; `node` has lost a link, and `level` is the highest at which what hung together with it was too large.

    `known` keeps, for each node of which it was found, the highest level at which it is too large.
    """
    found: dict[int, int] = {}
    for least in range(level, -1, -1):
        small = _small_around(node, least, edges_of, known)
        if not small:
            break
        found.update(dict.fromkeys(small, least - 1))
    return found


def _small_around(node: int, level: int, edges_of: EdgesOf, known: dict[int, int]) -> set[int]:
    """What hangs together with a node by links of a level or higher; empty where that is too large to be a knot."""
    seen, ahead = {node}, [(level, node)]
    for _, one in ahead:
        if known.get(one, -1) >= level or len(seen) > LARGEST:
            known.update((met, max(level, known.get(met, -1))) for met in seen)
            return set()
        for edge, other in edges_of(one, ahead):
            if edge >= level and other not in seen:
                seen.add(other)
                ahead.append((edge, other))
    return seen


def link(score: Floats) -> list[list[int]]:
    """Groups of nodes joined, the likest two groups first, while they are rather alike.

    Two groups are as alike as their nodes are on average, leaning by BEST to the likest two of them: a report
    that gives few cells is like few others. `score` is a symmetric matrix; ties go to the nodes that come first,
    so the order of nodes must not be chance.
    """
    n = len(score)
    total, best = score.astype(np.float64).copy(), score.astype(np.float64).copy()
    np.fill_diagonal(total, -np.inf)
    np.fill_diagonal(best, -np.inf)
    size = np.ones(n)
    groups = [[k] for k in range(n)]
    while True:
        alike = (1 - BEST) * total / (size[:, None] * size[None, :]) + BEST * best
        i, j = sorted(divmod(int(alike.argmax()), n))
        if not alike[i, j] > 0:
            return [g for g in groups if g]
        total[i] += total[j]
        total[:, i] += total[:, j]
        best[i] = best[:, i] = np.maximum(best[i], best[j])
        for matrix in (total, best):
            matrix[i, i] = -np.inf
            matrix[j] = matrix[:, j] = -np.inf
        size[i] += size[j]
        size[j] = 1.0
        groups[i] = sorted(groups[i] + groups[j])
        groups[j] = []
