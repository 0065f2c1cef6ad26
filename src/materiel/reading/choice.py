"""Choice: which of several candidates is right, by a sum of learnt weights over named features.

Features that always come together are told as one, a bundle: what it weighs is summed up once and looked up from then
on, from one article to the next.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from math import exp
from typing import TypeVar, TypeVarTuple, cast

Features = Sequence[str]  # each one feature, or a bundle of them
Weights = dict[str, float]
T = TypeVar("T")
Asked = TypeVarTuple("Asked")

KEPT = 20_000  # features and bundles whose sums are remembered, and bundles of one sort
TIE = "\x1f"  # between the features of a bundle; no word has it


def bundle(features: Iterable[str]) -> str:
    """Features, or bundles, as one bundle."""
    return TIE.join(features)


def bundled(make: Callable[[*Asked], Iterable[str]]) -> Callable[[*Asked], str]:
    """The features that a function makes, as a bundle; the same few arguments are asked for again and again."""

    @lru_cache(maxsize=KEPT)
    def made(*asked: *Asked) -> str:
        return bundle(make(*asked))

    return cast("Callable[[*Asked], str]", made)  # what lru_cache forgets


def flat(features: Features) -> list[str]:
    """Features one by one."""
    return [one for feature in features if feature for one in feature.split(TIE)]


class Sums(dict[str, T]):
    """What each feature weighs, in numbers or rows of them; of a bundle, what its features weigh together.

    It holds those asked for so far and may forget them at any time, also while another thread asks.
    """

    def __init__(self, learnt: Mapping[str, T], add: Callable[[Iterable[T]], T], nothing: T) -> None:
        super().__init__()
        self._learnt, self._add, self._nothing = learnt, add, nothing

    def __missing__(self, feature: str) -> T:
        found = self._add([self._learnt.get(f, self._nothing) for f in feature.split(TIE)])
        if len(self) >= KEPT:
            self.clear()
        self[feature] = found
        return found


def summed(weights: Weights) -> Sums[float]:
    """Weights that sum up bundles; unknown features weigh nothing."""
    return Sums(weights, sum, 0.0)


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
