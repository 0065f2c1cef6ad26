"""Prompt: the two messages that ask a model for an article's claims, instructions and article kept apart."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from materiel.model.article import Article
from materiel.world.load import load_world


class Question(NamedTuple):
    """What a model is asked: `system` holds our words alone, `user` the article between two marked lines."""

    system: str
    user: str


def question(article: Article) -> Question:
    """The question for one article; the same article gives the same question."""
    fence = _fence(article)
    head = f"language: {article.language}\npublished: {article.published or 'unknown'}"
    return Question(instructions(), f"{head}\n{fence}\n{article.title}\n\n{article.text}\n{fence}")


@cache
def instructions() -> str:
    """The instructions of `instructions.md`, with the classes of items as the world's data have them."""
    rules = files("materiel.llm").joinpath("instructions.md").read_text(encoding="utf-8")
    classes = "\n".join(f"- `{c.name}`: {c.label}" for c in load_world().item_classes.values())
    return f"{rules}\n{classes}\n"


def _fence(article: Article) -> str:
    """A line that cannot stand in the article: it is made of a hash over all of it."""
    content = f"{article.title}\n{article.text}".encode(errors="surrogatepass")
    return f"=== article {hashlib.sha256(content).hexdigest()[:32]} ==="
