"""Choice: which of several candidates is right, by a sum of learnt weights over named features.

Features that always come together are told as one, a bundle: what it weighs is summed up once and looked up from then
on, from one article to the next.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from math import exp
from typing import TypeVar

Feature = str | tuple[str, ...]  # one, or a bundle
Features = Sequence[Feature]
Weights = dict[str, float]
T = TypeVar("T")

KEPT = 10_000  # bundles and unknown features that are remembered beside the weights
bundled = lru_cache(maxsize=KEPT)  # of a function whose few answers are asked for again and again


class Sums(dict[Feature, T]):
    """What each feature weighs, in numbers or rows of them; of a bundle, what its features weigh together."""

    def __init__(self, learnt: Mapping[str, T], add: Callable[[Iterable[T]], T], nothing: T) -> None:
        super().__init__(learnt.items())
        self._learnt, self._add, self._nothing = learnt, add, nothing

    def __missing__(self, feature: Feature) -> T:
        found = self._nothing
        if not isinstance(feature, str):
            found = self._add([self.get(f, found) for f in feature])
        if len(self) > len(self._learnt) + KEPT:
            self.clear()
            self.update(self._learnt.items())
        self[feature] = found
        return found


def summed(weights: Weights) -> Sums[float]:
    """Weights that sum up bundles; unknown features weigh nothing."""
    return Sums(weights, sum, 0.0)


def flat(features: Features) -> list[str]:
    """Features one by one."""
    found: list[str] = []
    for feature in features:
        if isinstance(feature, str):
            found.append(feature)
        else:
            found += feature
    return found


def score(features: Features, weights: Sums[float]) -> float:
    """The sum of the weights of the features that hold."""
    return sum(map(weights.__getitem__, features))


def chances(scores: Sequence[float]) -> list[float]:
    """Scores of exclusive candidates as chances that sum to one (softmax)."""
    top = max(scores)
    raised = [exp(s - top) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]


def chance(features: Features, weights: Sums[float]) -> float:
    """The chance that a yes-or-no question has the answer yes."""
    return logistic(score(features, weights))


def logistic(value: float) -> float:
    """The chance of log-odds."""
    return 1 / (1 + exp(-value)) if value > -500 else 0.0
