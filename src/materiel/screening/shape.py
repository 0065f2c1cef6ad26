"""Shape of an embargo: the records of docs/embargoes.md."""

from datetime import date
from typing import Literal

import msgspec

from materiel.model.finding import Force
from materiel.world.shape import Organisation

Way = Literal["to", "from"]
Direction = Literal["to", "from", "both"]
Scope = Literal["territory", "government", "non-government", "region", "designated"]
Leave = Literal["outright", "purpose", "notified", "approved"]


class Measure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one paragraph bars, from the day `since` (`from` in TOML) up to, not including, the day `until`.

    `known_until` is the last day on which it is known here to hold. `unverified` are sentences on what has not
    been checked at a source; `notes` sentences that a finding adds. `contested_by` are countries.
    """

    direction: Direction
    scope: Scope
    items: str
    force: Force
    instrument: str
    paragraph: str
    since: date = msgspec.field(name="from")
    until: date | None = None
    known_until: date | None = None
    contested_by: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Exemption(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is allowed all the same: `outright`, for a `purpose`, or if `notified` or `approved` beforehand.

    `direction` is that of the transfers it is for; `items` names the set of items, none: any; `recipient` and
    `parties` (names) say who may get them. It holds from `since` up to, not including, `until`, or as long as the
    embargo. `words` complete "Allowed …:".
    """

    kind: Leave
    words: str
    paragraph: str
    direction: Direction = "to"
    items: str | None = None
    recipient: Literal["any", "government"] = "any"
    parties: tuple[str, ...] = ()
    since: date | None = msgspec.field(name="from", default=None)
    until: date | None = None


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for an embargo however its measures change.

    `title` completes "falls under the …"; `target` is a country or a name, `called` what sentences call it if not by
    the country's English name, `countries` where it lies if it is no country; `binds` the body of members.tsv whose
    members alone are bound. `groups` are names of world/data/organisations.tsv, `aliases` further names of those
    aimed at, `unless` names in which they mean somebody else; `government` are full names of what acts for the
    target's state; `regions` name the region covered.
    """

    title: str
    issuer: str
    target: str
    called: str | None = None
    sources: tuple[str, ...]
    binds: str | None = None
    countries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    government: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()


class Embargo(msgspec.Struct, frozen=True, kw_only=True):
    """One file of data: an embargo by its file's name, its measures through time and their exemptions."""

    name: str
    head: Head
    measures: tuple[Measure, ...]
    exemptions: tuple[Exemption, ...] = ()

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that the target lies in."""
        return self.head.countries or (self.head.target,)


class ItemSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Items by the beginnings of their classes: covered, not to be told, outside; the longest beginning rules.

    What no list has is as in the set `base`, else outside. `untold`: whether a transfer whose items nobody tells
    may be one of such items.
    """

    name: str
    label: str
    base: str | None = None
    covered: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    untold: bool = False


class Membership(msgspec.Struct, frozen=True):
    """A country that a body's measures bind from the day `since` (always, if none) up to, not including, `until`."""

    body: str
    country: str
    since: date | None = msgspec.field(name="from")
    until: date | None


class Word(msgspec.Struct, frozen=True):
    """A word in a party's English name that tells a state's organ, or somebody who is none."""

    word: str
    sort: Literal["state", "other"]


class Tables(msgspec.Struct, frozen=True):
    """What all embargoes share."""

    items: dict[str, ItemSet]
    members: tuple[Membership, ...]
    words: tuple[Word, ...]


class Embargoes(msgspec.Struct, frozen=True):
    """Everything that screening knows.

    `groups` are the world's armed groups by each of their names (folded), `organs` the names (folded) of states, and of
    the forces, bodies and people that act for one, with the country; `labels` say what a class of items is.
    """

    embargoes: tuple[Embargo, ...]
    tables: Tables
    groups: dict[str, Organisation]
    organs: frozenset[tuple[str | None, str]]
    labels: dict[str, str]
    country_names: dict[str, str]
