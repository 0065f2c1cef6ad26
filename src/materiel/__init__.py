"""Materiel reads news and tells who gave what arms to whom, when and where, and according to whom."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from materiel.model.claim import Claim
    from materiel.pipeline import Ledger as Ledger

__all__ = ["Ledger", "read"]


def __getattr__(name: str) -> Any:
    """`Ledger`, loaded when it is asked for."""
    if name == "Ledger":
        from materiel.pipeline import Ledger

        return Ledger
    raise AttributeError(f"module 'materiel' has no attribute '{name}'")


def read(text: str, *, language: str | None = None, published: str = "", title: str = "") -> "tuple[Claim, ...]":
    """The claims of one article; its language is told from the text unless given.

    `published` (an ISO date) is the day from which `yesterday` counts. An article that cannot be read raises
    `materiel.model.errors.ArticleError`.
    """
    from materiel.articles.load import Terms, article_of
    from materiel.languages.load import available
    from materiel.model.codec import Given
    from materiel.reading.reader import Reader

    given = Given(text=text, title=title, published=published)
    return Reader().read(article_of(given, Terms(available(), language))).claims
