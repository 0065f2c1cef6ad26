"""Records: what a ledger takes (entries, queries) and what it gives (summaries, what was added, why reports joined)."""

from collections.abc import Callable
from typing import Literal

import msgspec

from materiel.ledger.decisions import Decision
from materiel.model.article import Article
from materiel.model.claim import Claim, Kind, Status
from materiel.model.event import Contradiction

Origin = Literal["read", "coded"]
Order = Literal["last", "first", "articles", "roots"]
# Called with the name of a step, how much of it is done, and how much there is (None where that is not known).
# While articles are added, what is told as done is kept, whatever happens next.
Progress = Callable[[str, int, int | None], None]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An article and the claims found in it: `read` by a reader, or `coded` by a person.

    Of the claims of one article those coded last count, or, where nobody coded it, those read last.
    """

    article: Article
    claims: tuple[Claim, ...] = ()
    origin: Origin = "read"


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """New claims, by their ids, that joined an event of which others told before."""

    event: str
    claims: tuple[str, ...]


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A contradiction in an event that was not there before."""

    event: str
    contradiction: Contradiction


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """An article, by the id that it came with, that could not be kept, and why."""

    article: str
    why: str


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What adding changed.

    `articles` and `claims` count what is new, `known` the entries that were there already, just as given. `events`
    are the ids of events of which nothing was told before, `joined` the others that new claims tell of.
    """

    articles: int = 0
    known: int = 0
    claims: int = 0
    events: tuple[str, ...] = ()
    joined: tuple[Joined, ...] = ()
    contradictions: tuple[Disagreement, ...] = ()
    refused: tuple[Refused, ...] = ()


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """Which events are asked for: those that meet every condition given.

    `party` (on any side), `supplier`, `recipient` and `place` are a country's two letters or part of a name; `item` is
    a class (`uav` takes in `uav.loitering`) or the beginning of a designation; `status` is the one that holds now;
    `since` and `until` are ISO days (an event counts that has a day between them); `embargo` is the name of one that
    the event falls under, or may; `contradicted` is a cell, or `any`; `roots` the least number of independent roots.
    """

    kind: Kind | None = None
    party: str = ""
    supplier: str = ""
    recipient: str = ""
    item: str = ""
    status: Status | None = None
    since: str = ""
    until: str = ""
    place: str = ""
    embargo: str = ""
    contradicted: str = ""
    roots: int = 0
    order: Order = "last"
    ascending: bool = False
    limit: int | None = None


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """One event in a list: its cells in plain words, and how many tell of it.

    `supplier` and `recipient` are those of a transfer; of other kinds `supplier` is who acts, `recipient` the host;
    `items` of a reaction or an agreement is what it is about.
    `first` and `last` are the first and last day as told, or reported where no day is told (ISO).
    """

    id: str
    kind: Kind
    status: Status
    first: str
    last: str
    supplier: str
    recipient: str
    items: str
    place: str
    contradicted: tuple[str, ...]
    embargoes: tuple[str, ...]
    articles: int
    outlets: int
    roots: int
    confirmed: bool


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that two claims have in common or not (`same supplier by name`, `other numbers`), and its weight."""

    name: str
    weight: float


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Why two reports (places in `Event.reports`) are of one event: the features with their weights, and their sum.

    `score` is in log-odds. `decided` is what a person decided of the two, which goes before any likeness.
    """

    reports: tuple[int, int]
    features: tuple[Feature, ...]
    score: float
    decided: Decision | None = None
