"""Words: cells of a claim as plain words for a person to read."""

from collections.abc import Sequence

from materiel.ledger.actors import is_state
from materiel.model.claim import Item, Party, Place, Value

ROUGH = {"about": "about ", "at_least": "at least ", "at_most": "at most "}


def party_words(parties: Sequence[Party]) -> str:
    """`Vladimir Putin (RU) and Ruritania`; a state goes without its code."""
    return " and ".join(p.name if is_state(p) or not p.country else f"{p.name} ({p.country})" for p in parties)


def number_words(item: Item) -> str:
    """`5`, `about 30`, `some`, `2 tonne`; empty where no number is told."""
    if item.quantity is None:
        return "some" if item.qualifier == "some" else ""
    unit = f" {item.unit}" if item.unit else ""
    return f"{ROUGH.get(item.qualifier or '', '')}{item.quantity:,}{unit}"


def thing_words(item: Item) -> str:
    """`Geran-25`, or the class where the type is not told."""
    return item.designation or item.item_class


def item_words(item: Item) -> str:
    """`5 × Geran-25 (uav.loitering)`."""
    number = number_words(item)
    what = f"{item.designation} ({item.item_class})" if item.designation else item.item_class
    return f"{number} × {what}" if number else what


def place_words(places: Sequence[Place]) -> str:
    """The names of places, in order."""
    return ", ".join(p.name for p in places)


def value_words(value: Value) -> str:
    """`USD 1,200,000`."""
    return f"{value.currency} {value.amount:,}"
