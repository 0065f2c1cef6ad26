"""Watch: a long run tells on standard error what fails, and on a terminal how far it is."""

import sys
from time import monotonic
from typing import TextIO

import click

from materiel.cli.terminal import printable

# So many articles pass before progress is worth a line, and so many seconds between two looks at it.
MANY = 20
PAUSE = 0.2


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at a stream; a closed one is None."""
    return stream is not None and stream.isatty()


class Watch:
    """Counts what is done and what has failed; `shows` is whether progress is wanted, if there is a terminal."""

    def __init__(self, shows: bool = True) -> None:
        self.done = 0
        self.failed = 0
        self._told = monotonic()
        self._shown = False
        self._shows = shows and is_terminal(sys.stderr)

    def fail(self, place: str, message: str) -> None:
        """Tell that something failed, where, and how to mend it."""
        self.failed += 1
        self.clear()
        click.echo(printable(f"{place}: {message}"), err=True)

    def step(self) -> None:
        """One more article is read."""
        self.done += 1
        if self.done >= MANY:
            self.tell(f"{self.done} articles read")

    def tell(self, words: str) -> None:
        """Show how far it is, if it was not shown just before."""
        if self._shows and monotonic() - self._told > PAUSE:
            self._told = monotonic()
            self._shown = True
            click.echo(f"\r\x1b[K{words}", nl=False, err=True)

    def clear(self) -> None:
        """Wipe the line of progress."""
        if self._shown:
            self._shown = False
            click.echo("\r\x1b[K", nl=False, err=True)

    def end(self) -> None:
        """Wipe the line of progress and say how many failed among how many."""
        self.clear()
        if self.failed and self.done + self.failed > 1:
            click.echo(f"{self.failed} could not be read, {self.done} were", err=True)


def step_words(step: str, done: int, of: int | None) -> str:
    """How far a step of the ledger is."""
    return f"{step}: {done:,}" + (f" of {of:,}" if of else "")
