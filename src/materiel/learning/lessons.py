"""Lessons: annotated articles and marked-up examples, laid out to learn from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from materiel.learning.align import Aligned, align
from materiel.model.article import Article
from materiel.reading.drafts import Draft
from materiel.reading.frames import find_frames
from materiel.reading.scene import Scene

FOLDS = 5
TYPICAL = 3.0  # what an article of the kind that is read counts beside one that was written to learn from
Cell = dict[str, Any]
Say = Callable[[str], None]


@dataclass(slots=True)
class Lesson:
    """An annotated article, its scene and which frames report which of its claims.

    `example` is a marked-up sentence or two; from `typical` ones, which claim as much as reporting does, is learnt how
    sure to be and from where on a claim is told.
    """

    article: Article
    scene: Scene
    claims: list[Cell]
    aligned: list[Aligned]
    fold: int
    example: bool
    typical: bool


def lesson(article: Article, claims: list[Cell], scene: Scene, example: bool, typical: bool) -> Lesson:
    """Prepare an annotated article; its fold depends on its id alone."""
    aligned = align(scene, find_frames(scene), claims)
    if typical and not example:
        for one in aligned:
            one.weight *= TYPICAL
    return Lesson(
        article,
        scene,
        claims,
        aligned,
        crc32(article.id.encode()) % FOLDS,
        example,
        typical,
    )


Drafted = list[tuple[Lesson, list[Draft], dict[int, Aligned]]]
