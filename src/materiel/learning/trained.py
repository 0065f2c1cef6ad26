"""Trained: all that the trained reader ships, learnt from lessons: adapters and heads, and weights of the stages."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from materiel.encoder.questions import prior_of
from materiel.encoder.reader import TUNED
from materiel.learning.asking import Asked, ask
from materiel.learning.net import Net
from materiel.learning.train import Lesson, Say, first_weights, train
from materiel.learning.tuning import give_priors, learnt_of, prepare, tell_unseen, tune
from materiel.reading.drafts import Model


class Learnt(NamedTuple):
    """What the trained reader ships: the net's numbers by name, and the weights of the stages."""

    net: Net
    weights: Model


def asked_of(lessons: Sequence[Lesson], say: Say) -> list[Asked]:
    """The lessons that ask anything, with priors that had not seen them, through the frozen layers."""
    asked = [one for one in map(ask, lessons) if one.questions.frames]
    give_priors(asked)
    prepare(asked, say)
    return asked


def learn_trained(asked: Sequence[Asked], say: Say) -> Learnt:
    """Adapters, heads and weights of the stages from prepared lessons.

    The weights of the stages are learnt from insights of nets that had not seen a lesson, the net that ships from
    all lessons.
    """
    tell_unseen(asked, say)
    weights = train([one.lesson for one in asked], say, keep=told_by_net)
    say("the net that ships")
    return Learnt(tune(asked, say), weights)


def told_by_net(feature: str) -> bool:
    """Whether a feature is one of the net's, which has the word lists' scores as its prior.

    Whether a frame reports anything and who fills its roles is weighed by these alone: with those of the word lists
    besides, twice the weights read no better (five folds: transfers 0.624 against 0.633).
    """
    return feature.startswith("net")


def save(net: Net, path: Path = TUNED) -> int:
    """Write what a net has learnt; how many numbers that is."""
    found = learnt_of(net)
    np.savez(path, **found)  # type: ignore[arg-type]
    return sum(value.size for value in found.values())


def primed(asked: Sequence[Asked], lessons: Sequence[Lesson]) -> None:
    """Give questions the scores of quick weights learnt from some lessons."""
    weights = first_weights(lessons)
    for one in asked:
        one.questions.prior = prior_of(one.lesson.scene, one.questions, weights)
