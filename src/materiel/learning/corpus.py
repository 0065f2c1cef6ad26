"""Corpus: annotated articles and marked-up examples, as lessons."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import to_builtins

from materiel.languages.load import available, load_language
from materiel.languages.markup import claims_of, read_examples
from materiel.learning.lessons import Lesson, lesson
from materiel.model.article import AnnotatedArticle, Article
from materiel.reading.lexicon import lexicon_of
from materiel.reading.scene import set_scene
from materiel.world.countries import english_names
from materiel.world.load import load_world
from materiel.world.problem import DataError, Problem


def annotated(folder: Path) -> list[AnnotatedArticle]:
    """The annotated articles of a folder, by file name."""
    return [_decode(file) for file in sorted(folder.glob("*.json"))]


def _decode(file: Path) -> AnnotatedArticle:
    try:
        return msgspec.json.decode(file.read_bytes(), type=AnnotatedArticle)
    except msgspec.DecodeError as error:
        raise DataError("annotated articles", [Problem(str(file), 1, str(error))]) from error


def cells_of(article: AnnotatedArticle) -> list[dict[str, Any]]:
    """The claims of an annotated article as plain cells."""
    return [to_builtins(claim) for claim in article.claims]


def article_lessons(folders: Iterable[Path], typical: bool = True) -> list[Lesson]:
    """The articles of folders whose language has a pack; `typical` if they claim as much as reporting does."""
    known = available()
    return [
        lesson(one, cells_of(one), set_scene(one, lexicon_of(one.language), english_names()), False, typical)
        for folder in folders
        for one in annotated(folder)
        if one.language in known
    ]


def example_lessons() -> list[Lesson]:
    """The marked-up sentences of every language pack."""
    found = []
    for code in available():
        for example in read_examples(load_language(code)):
            if example.names:
                continue
            article = Article(
                id=f"{code}/{example.name}",
                language=code,
                published=example.published or "",
                text=example.text,
            )
            claims = [to_builtins(c) for c in claims_of(example, load_world())]
            scene = set_scene(article, lexicon_of(code), english_names())
            found.append(lesson(article, claims, scene, example=True, typical=not claims))
    return found
