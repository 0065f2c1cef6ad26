"""Mention: a place in a text that names materiel, or a party."""

import msgspec

from materiel.model.claim import Qualifier

VAGUE = frozenset(("weapon", "equipment", "other"))
NEWS = frozenset(("agency", "outlet"))  # who only tells of it stands alone (`the Russian agency TASS`)


class ItemMention(msgspec.Struct, frozen=True, eq=False):
    """Pieces `first:last` that name materiel; quantities are those said at this place."""

    first: int
    last: int
    item_class: str
    designation: str | None
    maker: str | None
    quantity: int | float | None = None
    qualifier: Qualifier | None = None
    unit: str | None = None
    start: int = 0  # first piece of the noun itself, after its number

    @property
    def top(self) -> str:
        """The family of the class: `uav` of `uav.loitering`."""
        return self.item_class.partition(".")[0]

    @property
    def vague(self) -> bool:
        """Whether the words tell no class more exact than weapons or equipment."""
        return self.item_class in VAGUE


class PartyMention(msgspec.Struct, frozen=True, eq=False):
    """Pieces `first:last` that name somebody.

    `sort` is country adjective demonym capital metonym bloc place person force group maker agency outlet body;
    `office` the sort of title or body noun if any; `sure` is False where the country is inferred.
    """

    first: int
    last: int
    country: str | None
    sort: str
    office: str
    name: str
    sure: bool = True
    named: bool = False

    @property
    def person(self) -> bool:
        """Whether it is one person, by name or by office."""
        return self.sort == "person" or self.office in ("head", "minister", "governor", "military")
