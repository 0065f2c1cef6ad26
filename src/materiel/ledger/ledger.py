"""Ledger: articles and decisions go in, events come out; the one face of the store."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

import msgspec
from sqlalchemy import Connection, delete, func, select

from materiel.ledger import tables
from materiel.ledger.adding import Tally, batches
from materiel.ledger.database import open_database, reading, tidy, writing
from materiel.ledger.deciding import checked, concerned
from materiel.ledger.decisions import Decision
from materiel.ledger.deriving import Rules, Screen, derive, rules_name, tell_groups
from materiel.ledger.explaining import explain
from materiel.ledger.likeness import Likeness, shipped_likeness
from materiel.ledger.listing import find, summary
from materiel.ledger.naming import article_named, article_with, articles_with, event_named, events_with, members_of
from materiel.ledger.rebuilding import rebuild
from materiel.ledger.records import Added, Entry, Progress, Query, Summary, Tie
from materiel.ledger.rows import put, sketches_of, slices
from materiel.ledger.standing import Standing, all_decisions
from materiel.ledger.storing import store
from materiel.model.article import Article
from materiel.model.errors import LedgerError
from materiel.model.finding import Screened

AT_ONCE = 200  # entries that are kept in one go while they are added
LOADED_AT_ONCE, LOADED_IN_S = 20_000, 60.0  # of many at once each index is written in fewer places
TOLD_AT_ONCE = 200
ALL = Query()
UNDECIDED = 0, Standing([])  # how many decisions there are, and what stands by them


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
        self._engine = open_database(address, create)
        self._screen: Screen = screen or (lambda _: ())
        self._likeness = likeness or shipped_likeness()
        self._made_by = rules_name(self._likeness)
        self._standing = UNDECIDED

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def add(self, entries: Iterable[Entry], progress: Progress | None = None) -> Added:
        """Keep articles with their claims, a few at a time, each article whole or not at all; fold them into events.

        What was added before just so changes nothing. `progress("add", n, None)` is called when the first n entries
        are kept, or refused.
        """
        tally = Tally()
        for batch in batches(entries, AT_ONCE):
            drafts = tally.drafts(batch)
            with self._changing(progress) as (connection, rules):
                stored = store(connection, drafts)
                derived = derive(connection, rules, {d.article for d in stored.codings}, stored.articles)
            tally.kept(batch, drafts, stored)
            tally.derived(derived)
            if progress:
                progress("add", tally.entries, None)
        return tally.added()

    def load(self, entries: Iterable[Entry], progress: Progress | None = None) -> Added:
        """Keep very many entries and fold them all at the end, which is faster than `add` and comes to the same.

        What is given back counts articles and claims, and names no events.
        """
        tally = Tally()
        for batch in batches(entries, LOADED_AT_ONCE, LOADED_IN_S):
            drafts = tally.drafts(batch)
            with writing(self._engine) as connection:
                connection.execute(delete(tables.rules))
                stored = store(connection, drafts)
            tally.kept(batch, drafts, stored)
            if progress:
                progress("load", tally.entries, None)
        self.rebuild(progress)
        return tally.added()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Derive all events anew from articles, claims and decisions; by the same rules they come out the same."""
        with writing(self._engine) as connection:
            self._rebuild(connection, self._rules(connection), progress)
        tidy(self._engine)

    def events(self, query: Query = ALL) -> list[Summary]:
        """The events that a query asks for, in its order."""
        with self._looking() as (connection, _):
            return [summary(row) for row in connection.execute(find(query))]

    def event(self, name: str) -> Screened:
        """The event of this id, or of the only one that begins so.

        The id of an event changes when an earlier report comes in; the old one still finds it.
        """
        with self._looking() as (connection, rules):
            return _whole(connection, rules, [event_named(connection, name)])[0]

    def screened(self, query: Query = ALL) -> Iterator[Screened]:
        """The whole events that a query asks for, in its order, read a few at a time from one state of the ledger."""
        with self._looking() as (connection, rules):
            names = [row.id for row in connection.execute(find(query))]
            for some in slices(names, TOLD_AT_ONCE):
                yield from _whole(connection, rules, some)

    def article(self, name: str) -> Article:
        """The article of this id, as given or the ledger's own."""
        with reading(self._engine) as connection:
            return article_named(connection, name)

    def article_of(self, claim: str) -> Article:
        """The article that a claim (`Report.id`) stands in."""
        with reading(self._engine) as connection:
            return article_with(connection, claim)

    def decide(self, decision: Decision) -> Decision:
        """Keep what a person decided, and derive what follows from it; the decision as kept, with its day and time.

        `claims` and `others` are those of `Report.id`; a split without `others` parts claims from the rest of their
        event. Raises LedgerError where what it names is not there, or what it says is not possible.
        """
        with self._changing(None) as (connection, rules):
            past = all_decisions(connection)
            events = [s.event for s in _whole(connection, rules, events_with(connection, decision.claims))]
            made = checked(decision, events, past)
            concerns = concerned(made, {d.id: d for d in past})
            articles = articles_with(connection, concerns)
            if made.id not in {d.id for d in past}:
                body = msgspec.json.encode(made, order="sorted").decode()
                put(connection, tables.decisions, [{"id": made.id, "at": made.at, "body": body}])
            derive(connection, self._rules(connection), articles, ())
        return made

    def decisions(self, name: str | None = None) -> list[Decision]:
        """All decisions, oldest first, undone ones too; of one event where it is named."""
        with self._looking() as (connection, _):
            past = all_decisions(connection)
            if name is None:
                return past
            event = event_named(connection, name)
            own = {f"{claim:016x}" for claim in members_of(connection, [event])[event]}
        named = {d.id: d for d in past}
        return [d for d in past if concerned(d, named) & own]

    def explain(self, name: str) -> list[Tie]:
        """Why the reports of an event are one event: the ties that join them, the strongest first."""
        with self._looking() as (connection, rules):
            event = event_named(connection, name)
            claims = sketches_of(connection, members_of(connection, [event])[event])
            reports = _whole(connection, rules, [event])[0].event.reports
            return explain(reports, claims, rules.likeness, rules.standing.held)

    @contextmanager
    def _changing(self, progress: Progress | None) -> Iterator[tuple[Connection, Rules]]:
        """A transaction that writes, in a ledger whose events are derived by the rules as they are now."""
        try:
            with writing(self._engine) as connection:
                rules = self._rules(connection)
                if connection.execute(select(tables.rules.c.rules)).scalar() != self._made_by:
                    self._rebuild(connection, rules, progress)
                yield connection, rules
        except BaseException:
            self._standing = UNDECIDED  # it may hold a decision that was not kept
            raise

    @contextmanager
    def _looking(self) -> Iterator[tuple[Connection, Rules]]:
        with reading(self._engine) as connection:
            if not connection.execute(select(tables.rules.c.rules)).first() and _has_articles(connection):
                raise LedgerError("the last import was broken off; everything is there: run materiel rebuild")
            yield connection, self._rules(connection)

    def _rules(self, connection: Connection) -> Rules:
        """The rules as they are now; decisions are only ever added, so that their number tells whether any is new."""
        number = connection.execute(select(func.count()).select_from(tables.decisions)).scalar() or 0
        if number != self._standing[0]:
            self._standing = (number, Standing(all_decisions(connection)))
        return Rules(self._likeness, self._standing[1], self._screen)

    def _rebuild(self, connection: Connection, rules: Rules, progress: Progress | None) -> None:
        rebuild(connection, rules, self._made_by, progress or (lambda *_: None))


def _has_articles(connection: Connection) -> bool:
    return connection.execute(select(tables.articles.c.id).limit(1)).first() is not None


def _whole(connection: Connection, rules: Rules, names: list[str]) -> list[Screened]:
    """Events by their ids, in that order."""
    members = members_of(connection, names)
    return list(tell_groups(connection, rules, [members[name] for name in names]))
