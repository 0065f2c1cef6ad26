"""Fit: weights of a choice from examples, by maximum likelihood with an L2 prior (conditional logit)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from threadpoolctl import ThreadpoolController

from materiel.reading.choice import Features, Weights, flat

Array = NDArray[np.float64]
# One thread: the same sums on any number of cores, and no second one kept busy with waiting for the next.
THREADS = ThreadpoolController()
LEAST = 0.02  # weights smaller than this change no choice and are left out


@dataclass(slots=True, frozen=True)
class Decision:
    """One choice made by an annotator: the features of each candidate and which candidates are right."""

    candidates: Sequence[Features]
    right: frozenset[int]
    weight: float = 1.0


def yes_or_no(features: Features, answer: bool, weight: float = 1.0) -> Decision:
    """A question as a choice between it and nothing; its features speak for yes."""
    return Decision((features, ()), frozenset((0,) if answer else (1,)), weight)


def fit(decisions: Sequence[Decision], strength: float = 1.0, least: int = 2, smallest: float = LEAST) -> Weights:
    """Weights that make the right candidates likely; features seen in fewer than `least` candidates are left out.

    `strength` is the precision of the Gaussian prior. The objective is the log of the summed chances of the
    right candidates, so an example may leave open which of several mentions is meant.
    """
    seen = Counter(f for d in decisions for c in d.candidates for f in set(flat(c)))
    names = sorted(f for f, n in seen.items() if n >= least)
    number = {f: i for i, f in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    starts: list[int] = []
    right: list[bool] = []
    weight: list[float] = []
    row = 0
    for decision in decisions:
        if not decision.right or len(decision.right) == len(decision.candidates):
            continue
        starts.append(row)
        weight.append(decision.weight)
        for k, candidate in enumerate(decision.candidates):
            for feature in dict.fromkeys(flat(candidate)):
                if feature in number:
                    rows.append(row)
                    columns.append(number[feature])
            right.append(k in decision.right)
            row += 1
    if not starts:
        return {}
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(row, len(names)))
    where = np.array(starts)
    sizes = np.diff(np.append(where, row))
    good = np.array(right)
    worth = np.array(weight)
    worth_of_row = np.repeat(worth, sizes)

    def loss(theta: Array) -> tuple[float, Array]:
        scores = matrix @ theta
        top = np.repeat(np.maximum.reduceat(scores, where), sizes)
        raised = np.exp(scores - top)
        total = np.add.reduceat(raised, where)
        kept = np.where(good, raised, 0.0)
        among = np.maximum(np.add.reduceat(kept, where), 1e-300)
        value = float(-(worth * (np.log(among) - np.log(total))).sum() + strength / 2 * theta @ theta)
        pull = worth_of_row * (raised / np.repeat(total, sizes) - kept / np.repeat(among, sizes))
        return value, matrix.T @ pull + strength * theta

    with THREADS.limit(limits=1, user_api="blas"):
        found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return {name: round(float(w), 3) for name, w in zip(names, found.x, strict=True) if abs(w) >= smallest}
