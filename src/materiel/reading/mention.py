"""Mention: a place in a text that names materiel."""

from dataclasses import dataclass

from materiel.model.claim import Qualifier

VAGUE = frozenset(("weapon", "equipment", "other"))


@dataclass(slots=True, frozen=True, eq=False)
class ItemMention:
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
