"""Materiel reads news and tells who gave what arms to whom, when and where, and according to whom."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from materiel.model.claim import Claim
    from materiel.model.reader import AnyReader
    from materiel.pipeline import Ledger as Ledger

__all__ = ["Ledger", "read"]


def __getattr__(name: str) -> Any:
    """`Ledger`, loaded when it is asked for."""
    if name == "Ledger":
        from materiel.pipeline import Ledger

        return Ledger
    raise AttributeError(f"module 'materiel' has no attribute '{name}'")


def read(
    text: str,
    *,
    language: str | None = None,
    published: str = "",
    title: str = "",
    reader: "str | AnyReader" = "",
) -> "tuple[Claim, ...]":
    """The claims of one article; its language is told from the text unless given.

    `published` (an ISO date) is the day from which `yesterday` counts. `reader` is a reader or the name of one:
    `trained` (the default where its extra is installed), `quick`, or `llm` (`materiel.llm.reader.LlmReader`) as the
    environment sets it up. An article that cannot be read raises `ArticleError`, a reader that fails `ReadingError`
    (both of `materiel.model.errors`).
    """
    from materiel.articles.load import Terms, article_of
    from materiel.cli.readers import open_reader
    from materiel.model.codec import Given

    given = Given(text=text, title=title, published=published)
    reads = open_reader(reader) if isinstance(reader, str) else reader
    return reads.read(article_of(given, Terms(reads.languages, language))).claims
