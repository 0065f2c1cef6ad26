"""Words: an event, its items and its contradictions in short plain English, for names and labels."""

import re

from materiel.model.claim import ROLES, Claim, Item, Party, Reaction, Transfer
from materiel.model.event import Contradiction
from materiel.world.load import load_world

_BEYOND_HEAD = re.compile(r"[;,(]")
# Between whom something goes; the other kinds have no direction.
DIRECTED = {"transfer": ("supplier", "recipient"), "visit": ("visitor", "host")}


def parties_of(claim: Claim) -> list[Party]:
    """Everybody who has a role in a claim, each once."""
    return list(dict.fromkeys(party for role in ROLES[claim.kind] for party in getattr(claim, role)))


def number_words(value: float) -> str:
    """A number as people write it: thousands parted, no empty decimals."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def short_label(label: str) -> str:
    """A class's label without what it adds: `loitering munition` of `loitering munition (one-way attack)`."""
    return _BEYOND_HEAD.split(label)[0].strip()


def item_words(item: Item) -> str:
    """An item as in `about 24 × JF-17`, `3 tonne × fuel`; its class stands for it where it has no designation."""
    known = load_world().item_classes.get(item.item_class)
    name = item.designation or short_label(known.label if known else item.item_class)
    qualifier = "" if item.qualifier in (None, "exact") else item.qualifier.replace("_", " ")
    count = " ".join(filter(None, (qualifier, _quantity(item), item.unit)))
    return f"{count} × {name}" if item.quantity is not None else " ".join(filter(None, (count, name)))


def _quantity(item: Item) -> str:
    return "" if item.quantity is None else number_words(item.quantity)


def act_words(claim: Claim) -> str:
    """What happens and how far it has come, as in `arms transfer: 5 × loitering munition (delivered, alleged)`."""
    status = claim.status.replace("_", " ") + ("" if claim.stance == "stated" else f", {claim.stance}")
    if isinstance(claim, Reaction):
        return f"{claim.tone}: {claim.about}" if claim.about else claim.tone
    items = ", ".join(item_words(item) for item in getattr(claim, "items", ()))
    kind = "arms transfer" if isinstance(claim, Transfer) and _has_arms(claim) else claim.kind
    return f"{kind}: {items} ({status})" if items else f"{kind} ({status})"


def _has_arms(claim: Transfer) -> bool:
    classes = load_world().item_classes
    return any((known := classes.get(item.item_class)) and known.munitions_list for item in claim.items)


def title_words(claim: Claim) -> str:
    """Who, and what, as in `Russia → North Korea: visit (agreed)`; an unknown side is `?`."""
    roles = DIRECTED.get(claim.kind)
    sides = [getattr(claim, role) for role in roles] if roles else [parties_of(claim)]
    return f"{' → '.join(_names(side) or '?' for side in sides)}: {act_words(claim)}"


def _names(parties: tuple[Party, ...] | list[Party]) -> str:
    return ", ".join(party.name for party in parties)


def contradiction_words(contradiction: Contradiction) -> str:
    """A contradiction with who says what, as in `quantity of drones: 5 (TASS) against 6 (Yonhap, KCNA)`."""
    what = contradiction.cell.replace("_", " ") + (f" of {contradiction.about}" if contradiction.about else "")
    return f"{what}: " + " against ".join(f"{said.value} ({', '.join(said.roots)})" for said in contradiction.values)
