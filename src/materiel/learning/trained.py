"""Trained: all that the trained reader ships, learnt from lessons: adapters and heads, and weights of the stages."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from materiel.encoder.reader import TUNED
from materiel.learning.asking import Asked, ask
from materiel.learning.lessons import Lesson, Say
from materiel.learning.net import Net
from materiel.learning.train import train
from materiel.learning.tuning import (
    EPOCHS,
    EPOCHS_OF_PART,
    PARTS,
    finish_all,
    learnt_of,
    part_of,
    prepare,
    rate_lists,
    start_all,
    tell,
)
from materiel.reading.drafts import Model


class Learnt(NamedTuple):
    """What the trained reader ships: the net's numbers by name, and the weights of the stages."""

    net: Net
    weights: Model


def asked_of(lessons: Sequence[Lesson], say: Say) -> list[Asked]:
    """The lessons that ask anything, with scores of word lists that had not seen them, through the frozen layers."""
    asked = [one for one in map(ask, lessons) if one.questions.frames]
    rate_lists(asked)
    prepare(asked, say)
    return asked


def learn_trained(asked: Sequence[Asked], say: Say) -> Learnt:
    """Adapters, heads and weights of the stages from prepared lessons.

    The weights of the stages are learnt from insights of nets that had not seen a lesson, the net that ships from
    all lessons.
    """
    parts = [[one for one in asked if part_of(one.lesson) != n] for n in range(PARTS)]
    jobs = {f"all but part {n}": (some, EPOCHS_OF_PART) for n, some in enumerate(parts)}
    *unseeing, net = finish_all(start_all({**jobs, "all": (asked, EPOCHS)}, say)).values()
    for n, other in enumerate(unseeing):
        tell(other, [one for one in asked if part_of(one.lesson) == n])
    return Learnt(net, train([one.lesson for one in asked], say))


def save(net: Net, path: Path = TUNED) -> int:
    """Write what a net has learnt; how many numbers that is."""
    found = learnt_of(net)
    np.savez(path, **found)  # type: ignore[arg-type]
    return sum(value.size for value in found.values())
