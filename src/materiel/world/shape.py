"""Shape of the world: the records of docs/world.md."""

from typing import Literal

import msgspec

Office = Literal["head", "minister", "official", "military"]
OrganisationSort = Literal["force", "group", "maker", "agency", "outlet", "body", "bloc"]
PlaceSort = Literal["city", "base", "port", "region", "site", "sea"]

# What may stand in a country's cell besides a country (corpus/GUIDE.md).
BLOCS = frozenset(("EU", "NATO", "UN", "West"))


class ItemClass(msgspec.Struct, frozen=True):
    """A class of materiel."""

    name: str = msgspec.field(name="class")
    label: str
    munitions_list: str | None
    unroca: str | None
    sipri_category: str | None


class Designation(msgspec.Struct, frozen=True):
    """A type of weapon; `maker` is the country of origin."""

    name: str = msgspec.field(name="designation")
    item_class: str = msgspec.field(name="class")
    maker: str | None
    forms: tuple[str, ...]


class Person(msgspec.Struct, frozen=True):
    """Somebody who acts for a state; `since` and `until` are years."""

    name: str
    country: str
    office: Office
    since: int | None = msgspec.field(name="from")
    until: int | None
    forms: tuple[str, ...]


class Organisation(msgspec.Struct, frozen=True):
    """A force, armed group, firm, agency, paper, body or bloc with a name of its own."""

    name: str
    sort: OrganisationSort
    country: str | None
    forms: tuple[str, ...]


class Place(msgspec.Struct, frozen=True):
    """A city, base, port, region, site or sea; seas may have no country."""

    name: str
    country: str | None
    sort: PlaceSort
    forms: tuple[str, ...]


class Position(msgspec.Struct, frozen=True):
    """Where a country is drawn on a map: a point about its middle, in degrees north and east (WGS 84)."""

    country: str
    latitude: float
    longitude: float


class World(msgspec.Struct, frozen=True):
    """Everything under world/data."""

    item_classes: dict[str, ItemClass]
    designations: tuple[Designation, ...]
    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    places: tuple[Place, ...]
    positions: dict[str, Position]
