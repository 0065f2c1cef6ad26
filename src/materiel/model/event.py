"""The records of the ledger: an event, the reports it was folded from, and where they contradict each other."""

import msgspec

from materiel.model.claim import Claim, Stance, Status


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One claim as it stands in the ledger: the `number`-th (from 0) of article `article`, told by `outlet`.

    `id` stands for the claim in the ledger, the same on every machine. `root` is the furthest source in the claim's
    chain of attribution, or the outlet where it names none; near-copies of one text share a root. `published` is an
    ISO date or empty.
    """

    id: str = ""
    article: str
    number: int
    outlet: str
    published: str = ""
    language: str = ""
    root: str
    claim: Claim


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a cell, in plain words, and the reports (places in `Event.reports`) and roots that carry it."""

    value: str
    reports: tuple[int, ...]
    roots: tuple[str, ...]


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """Values of one cell (`supplier`, `quantity`, `denial` …) that cannot all hold, most roots first.

    `about` names the item or the party in question where the cell alone does not tell.
    """

    cell: str
    about: str = ""
    values: tuple[Said, ...]


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """A status that the event went through: `date` is when it was reached as told (ISO, a month, a year, a span).

    `reported` is the day of the first report that told it.
    """

    status: Status
    stance: Stance
    date: str | None
    reported: str
    reports: tuple[int, ...]
    roots: tuple[str, ...]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One handover, deal, visit, meeting …: what most independent roots say of it, and everything else said.

    `told` holds in each cell the value that most independent roots carry (its status: the one that holds now);
    `values` maps a cell's name to every value given for it, most roots first; `reports` are sorted by day of
    publication, article and number.
    """

    id: str
    told: Claim
    values: dict[str, tuple[Said, ...]]
    contradictions: tuple[Contradiction, ...]
    history: tuple[Stage, ...]
    reports: tuple[Report, ...]
    outlets: tuple[str, ...]
    roots: tuple[str, ...]
