"""Ledger: articles and decisions go in, events come out; the one face of the store."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self

from materiel.ledger.decisions import Decision
from materiel.ledger.likeness import Likeness
from materiel.ledger.records import Added, Entry, Progress, Query, Summary, Tie
from materiel.model.article import Article
from materiel.model.event import Event
from materiel.model.finding import Finding, Screened

Screen = Callable[[Event], Sequence[Finding]]


class Ledger:
    """A ledger in a SQLite file or a PostgreSQL database.

    Every method raises LedgerError, which says what a person can mend. What is added or decided is kept when the
    method returns. Use it in a `with` statement, or call `close`.
    """

    def __init__(
        self, address: str, *, screen: Screen | None = None, likeness: Likeness | None = None, create: bool = True
    ) -> None:
        """Open the ledger at `address`: `sqlite:///FILE`, the path of a file, or `postgresql://USER@HOST/NAME`.

        `screen` gives the findings on an event; without it no event has any. `likeness` is how claims are compared
        (that which ships). A ledger that is not there is made, unless `create` is false.
        """
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        raise NotImplementedError

    def add(self, entries: Iterable[Entry], progress: Progress | None = None) -> Added:
        """Keep articles with their claims, a few at a time, each article whole or not at all; fold them into events.

        What was added before just so changes nothing. `progress("add", n, None)` is called when the first n entries
        are kept.
        """
        raise NotImplementedError

    def load(self, entries: Iterable[Entry], progress: Progress | None = None) -> None:
        """Keep very many entries and fold them once, at the end, which is faster than `add`; the result is the same."""
        raise NotImplementedError

    def rebuild(self, progress: Progress | None = None) -> None:
        """Derive all events anew from the articles, claims and decisions; with the same rules they come out the same."""
        raise NotImplementedError

    def events(self, query: Query = Query()) -> list[Summary]:  # noqa: B008 (frozen)
        """The events that a query asks for, in its order."""
        raise NotImplementedError

    def event(self, name: str) -> Screened:
        """The event of this id, or of the only one that begins so.

        The id of an event changes when an earlier report comes in; the old one still finds it.
        """
        raise NotImplementedError

    def screened(self, query: Query = Query()) -> Iterator[Screened]:  # noqa: B008 (frozen)
        """The whole events that a query asks for, in its order, read a few at a time from one state of the ledger."""
        raise NotImplementedError

    def article(self, name: str) -> Article:
        """The article of this id (as given, or the ledger's own), or the one that the claim of this id stands in."""
        raise NotImplementedError

    def decide(self, decision: Decision) -> Decision:
        """Keep what a person decided, and derive what follows from it; the decision as kept, with its `at` and `id`.

        `claims` and `others` name claims by `Report.id`, or events, which stand for all their claims. Raises
        LedgerError where a claim, cell, value or decision that it names is not there or not possible.
        """
        raise NotImplementedError

    def decisions(self, name: str | None = None) -> list[Decision]:
        """All decisions, oldest first, undone ones too; of one event where it is named."""
        raise NotImplementedError

    def explain(self, name: str) -> list[Tie]:
        """Why the reports of an event are one event: the ties that join them, the strongest first."""
        raise NotImplementedError
