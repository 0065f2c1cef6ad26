"""Reader: what every reader of articles can do, however it does it."""

from typing import Protocol

from materiel.model.article import Article, Reading
from materiel.model.claim import Claim


class AnyReader(Protocol):
    """Reads articles; one reader serves any number of them, in several threads at once, and keeps nothing of any."""

    @property
    def languages(self) -> tuple[str, ...] | None:
        """The codes of the languages that it reads; None where it reads any."""

    def claims(self, article: Article) -> list[Claim]:
        """The claims of `article`, in the order of its text; raises ReadingError where it cannot tell them."""

    def read(self, article: Article) -> Reading:
        """The same with what else is known of the article."""
