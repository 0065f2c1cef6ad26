"""An article as it was given, and what a reader made of it."""

from collections.abc import Iterable

import msgspec

from materiel.model.claim import Claim


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One report: `text` is never altered (offsets point into it); `published` is an ISO date or empty.

    `outlet` is the paper, agency or site that published it, `address` where it stands; empty where not told.
    """

    id: str
    language: str
    published: str = ""
    title: str = ""
    text: str
    outlet: str = ""
    address: str = ""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of one article, in the order of the text: one line of `materiel read --format jsonl`."""

    id: str
    language: str
    published: str = ""
    title: str = ""
    claims: tuple[Claim, ...] = ()


def reading_of(article: Article, claims: Iterable[Claim]) -> Reading:
    """The reading that holds these claims of an article."""
    return Reading(
        id=article.id,
        language=article.language,
        published=article.published,
        title=article.title,
        claims=tuple(claims),
    )


class AnnotatedArticle(Article, frozen=True, kw_only=True):
    """An article with the claims that an annotator found in it (corpus/GUIDE.md)."""

    claims: tuple[Claim, ...] = ()
