"""Tally: what reading with a model has cost so far, in tokens, time and money, and what was dropped."""

import time
from collections import Counter
from collections.abc import Iterator
from threading import Lock
from typing import NamedTuple

from materiel.llm.protocol import Usage

MILLION = 1_000_000


class Prices(NamedTuple):
    """What a million tokens read and a million tokens written cost, in one currency."""

    read: float = 0.0
    written: float = 0.0


class Tally:
    """Counts for one reader; may be added to from several threads."""

    def __init__(self) -> None:
        self.answers = 0
        self.unmetered = 0  # answers for which the server told no tokens
        self.tokens_read = 0
        self.tokens_written = 0
        self.dropped: Counter[str] = Counter()
        self._began = time.monotonic()
        self._lock = Lock()

    def answered(self, usage: Usage | None) -> None:
        """Count an answer, good or bad: it was paid for."""
        with self._lock:
            self.answers += 1
            if usage is None:
                self.unmetered += 1
            else:
                self.tokens_read += usage.prompt_tokens
                self.tokens_written += usage.completion_tokens

    def drop(self, dropped: Counter[str]) -> None:
        """Count what a check has dropped."""
        with self._lock:
            self.dropped += dropped

    def cost(self, prices: Prices) -> float:
        """What the tokens cost, in the currency of the prices."""
        return (self.tokens_read * prices.read + self.tokens_written * prices.written) / MILLION

    def lines(self, prices: Prices | None = None) -> Iterator[str]:
        """The tally in words; nothing where no answer has come."""
        if not self.answers:
            return
        tokens = f"tokens: {self.tokens_read:,} read, {self.tokens_written:,} written"
        if self.unmetered:
            tokens += f" (told of {self.answers - self.unmetered} answers only)"
        money = f"; cost: {self.cost(prices):.4f}" if prices else ""
        yield f"answers of the model: {self.answers} in {time.monotonic() - self._began:.1f} s; {tokens}{money}"
        if self.dropped:
            yield "dropped: " + ", ".join(f"{why} ({n})" for why, n in sorted(self.dropped.items()))
