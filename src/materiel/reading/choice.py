"""Choice: which of several candidates is right, by a sum of learnt weights over named features."""

from collections.abc import Sequence
from itertools import repeat
from math import exp

Weights = dict[str, float]
NOTHING = repeat(0.0)


def score(features: Sequence[str], weights: Weights) -> float:
    """The sum of the weights of the features that hold; unknown ones weigh nothing."""
    return sum(map(weights.get, features, NOTHING))


def chances(scores: Sequence[float]) -> list[float]:
    """Scores of exclusive candidates as chances that sum to one (softmax)."""
    top = max(scores)
    raised = [exp(s - top) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]


def chance(features: Sequence[str], weights: Weights) -> float:
    """The chance that a yes-or-no question has the answer yes."""
    return logistic(score(features, weights))


def logistic(value: float) -> float:
    """The chance of log-odds."""
    return 1 / (1 + exp(-value)) if value > -500 else 0.0
