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
    Running,
    finish_all,
    learnt_of,
    part_of,
    prepare,
    rate_lists,
    start_all,
    tell,
)


def asked_of(lessons: Sequence[Lesson], say: Say) -> list[Asked]:
    """The lessons that ask anything, through the frozen layers."""
    asked = [one for one in map(ask, lessons) if one.questions.frames]
    prepare(asked, say)
    return asked


def start_nets(asked: Sequence[Asked], say: Say) -> Running:
    """Begin to tune the nets that had not seen a part of the lessons, and last the one that ships."""
    parts = [[one for one in asked if part_of(one.lesson) != n] for n in range(PARTS)]
    jobs = {f"all but part {n}": (some, EPOCHS_OF_PART) for n, some in enumerate(parts)}
    return start_all({**jobs, "all": (asked, EPOCHS)}, say)


def finish_net(asked: Sequence[Asked], running: Running) -> Net:
    """The net that ships; each lesson is told the insight of word lists and of a net that had not seen it."""
    rate_lists(asked)
    *unseeing, net = finish_all(running).values()
    for n, other in enumerate(unseeing):
        tell(other, [one for one in asked if part_of(one.lesson) == n])
    return net


def save(net: Net, path: Path = TUNED) -> int:
    """Write what a net has learnt; how many numbers that is."""
    found = learnt_of(net)
    np.savez(path, **found)  # type: ignore[arg-type]
    return sum(value.size for value in found.values())
