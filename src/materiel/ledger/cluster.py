"""Cluster: claims that hang together by their likeness, parted where they are on average not alike."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BEST = 0.2  # how far the likest two nodes of two groups count beside the mean of all
LARGEST = 120  # claims of one knot that are weighed all against all; larger knots are first loosened


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


def loosened(n: int, a: Ints, b: Ints, score: Floats) -> Ints:
    """Components of at most LARGEST nodes: where one is larger, its weaker edges give way, the weakest first."""
    kept = score > 0
    least = 0.0
    while True:
        root = components(n, a[kept], b[kept])
        size = np.bincount(root, minlength=n)[root]
        weak = kept & (size[a] > LARGEST) & (score <= least + 1.0)
        if not weak.any():
            if not (kept & (size[a] > LARGEST) & (score > least + 1.0)).any():
                return root
            least += 1.0
            continue
        kept = kept & ~weak
        least += 1.0


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
