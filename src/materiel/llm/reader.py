"""Reader: articles read by a language model behind an OpenAI-compatible address; the flow on one screen."""

import time
from collections.abc import Callable
from types import TracebackType

from materiel.llm.checking import check
from materiel.llm.prompt import question
from materiel.llm.protocol import claims_in
from materiel.llm.server import TIMEOUT, Server
from materiel.llm.tally import Tally
from materiel.model.article import Article, Reading, reading_of
from materiel.model.claim import Claim


class LlmReader:
    """Reads articles in any language by asking a model; may be used from several threads.

    `url` is the server's address (`http://127.0.0.1:8080/v1`), `timeout` the seconds to wait for an answer. A wrong
    `url` raises ValueError. `tally` counts what reading has cost and what was dropped of the answers. The claims have
    no `confidence`: nobody has measured how often the model is right.
    """

    languages: tuple[str, ...] | None = None

    def __init__(
        self,
        url: str,
        model: str,
        *,
        key: str | None = None,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._server = Server(url, model, key, timeout, sleep)
        self.tally = Tally()

    def read(self, article: Article) -> Reading:
        """The claims of `article` with what else is known of it; raises ReadingError where there is no good answer."""
        return reading_of(article, self.claims(article))

    def claims(self, article: Article) -> list[Claim]:
        """Ask, take the answer apart, check each cell against the article; in the order of its text."""
        completion = self._server.ask(question(article))
        self.tally.answered(completion.usage)
        claims, dropped = check(claims_in(completion), article)
        self.tally.drop(dropped)
        return claims

    def close(self) -> None:
        """Close the connections to the server."""
        self._server.close()

    def __enter__(self) -> "LlmReader":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()
