"""Trained: the net that the trained reader ships, learnt from lessons which nets that had not seen them tell of."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from materiel.encoder.reader import TUNED
from materiel.learning.asking import Asked, ask
from materiel.learning.lessons import Lesson, Say
from materiel.learning.net import Net
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


def asked_of(lessons: Sequence[Lesson], say: Say) -> list[Asked]:
    """The lessons that ask anything, with scores of word lists that had not seen them, through the frozen layers."""
    asked = [one for one in map(ask, lessons) if one.questions.frames]
    rate_lists(asked)
    prepare(asked, say)
    return asked


def learn_net(asked: Sequence[Asked], say: Say) -> Net:
    """The net that ships, learnt from all lessons; each lesson is told the insight of a net that had not seen it."""
    parts = [[one for one in asked if part_of(one.lesson) != n] for n in range(PARTS)]
    jobs = {f"all but part {n}": (some, EPOCHS_OF_PART) for n, some in enumerate(parts)}
    *unseeing, net = finish_all(start_all({**jobs, "all": (asked, EPOCHS)}, say)).values()
    for n, other in enumerate(unseeing):
        tell(other, [one for one in asked if part_of(one.lesson) == n])
    return net


def save(net: Net, path: Path = TUNED) -> int:
    """Write what a net has learnt; how many numbers that is."""
    found = learnt_of(net)
    np.savez(path, **found)  # type: ignore[arg-type]
    return sum(value.size for value in found.values())
