"""Parties: whether a transfer passes to or from those that a measure is aimed at, and binds somebody who takes part."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from materiel.model.claim import Party, Transfer
from materiel.screening.days import Days, overlaps
from materiel.screening.names import group_of, is_government, is_target, names_any
from materiel.screening.shape import Embargo, Embargoes, Measure, Way

WAYS: tuple[Way, ...] = ("to", "from")


class Met(NamedTuple):
    """Who meets a measure, each reason in words, and what of it cannot be told.

    `way`: whether the transfer goes to or from the parties that the measure is aimed at.
    """

    way: Way
    aimed_at: tuple[Party, ...]
    why: tuple[str, ...]
    doubts: tuple[str, ...]


class Hit(NamedTuple):
    """A party that a measure is aimed at; `doubt` says what of that cannot be told."""

    party: Party
    why: str
    doubt: str | None = None


def parties_met(
    embargo: Embargo, measure: Measure, transfer: Transfer, days: Days | None, known: Embargoes
) -> Met | None:
    """How a transfer's parties meet a measure; None where they do not."""
    for way in WAYS:
        if measure.direction not in (way, "both"):
            continue
        hits = list(_hits(embargo, measure, transfer, way, known))
        others = transfer.supplier if way == "to" else transfer.recipient
        bound = [p for p in (*others, *transfer.intermediary) if is_bound(p, embargo, days, known)]
        if not hits or _stays_inside(embargo, measure, others) or (embargo.head.binds and not bound):
            continue
        why = [h.why for h in hits]
        if embargo.head.binds:
            why.append(f"It binds the members of the {embargo.head.binds}, here {_names(bound)}.")
        doubts = [] if any(h.doubt is None for h in hits) else [h.doubt for h in hits if h.doubt]
        if not others:
            why.append("Who supplied it is not told." if way == "to" else "Who received it is not told.")
        return Met(way, tuple(h.party for h in hits), tuple(why), tuple(doubts))
    return None


def is_bound(party: Party, embargo: Embargo, days: Days | None, known: Embargoes) -> bool:
    """Whether the party is of a country that the embargo's body binds on those days, or the body itself."""
    return party.country == embargo.head.binds or any(
        m.body == embargo.head.binds and m.country == party.country and overlaps(days, m.since, m.until)
        for m in known.tables.members
    )


def _stays_inside(embargo: Embargo, measure: Measure, others: Sequence[Party]) -> bool:
    """Whether all the others are of the target too: what covers a land does not cover what passes within it."""
    if not others or measure.scope in ("non-government", "designated"):
        return False
    return all(p.country in embargo.countries for p in others)


def _hits(embargo: Embargo, measure: Measure, transfer: Transfer, way: Way, known: Embargoes) -> Iterator[Hit]:
    role, parties = ("recipient", transfer.recipient) if way == "to" else ("supplier", transfer.supplier)
    found = False
    for party in parties:
        if hit := _hit(embargo, measure, party, role, transfer, known):
            found = True
            yield hit
    if found or way == "from":
        return
    for party in transfer.end_use:
        if hit := _hit(embargo, measure, party, "place of use", transfer, known):
            doubt = f"{party.name} is told only as where it is to be used, not as who gets it."
            yield Hit(party, hit.why, doubt)


def _hit(
    embargo: Embargo, measure: Measure, party: Party, role: str, transfer: Transfer, known: Embargoes
) -> Hit | None:
    """Whether a measure is aimed at the party, by its scope."""
    group = group_of(party, known)
    inside = party.country in embargo.countries or (group is not None and group.country in embargo.countries)
    lands = known.country_names
    home = party.country or (group.country if group else None) or ""
    country = lands.get(home) or lands.get(embargo.head.target, embargo.head.target)
    of_target = f"The {role} is {party.name}" + ("." if party.name == country else f", of {country}.")
    match measure.scope:
        case "territory":
            return Hit(party, of_target) if inside else None
        case "government":
            return Hit(party, of_target) if inside and group is None else None
        case "region":
            return Hit(party, of_target, _region_doubt(embargo, party, transfer)) if inside else None
    if is_target(party, embargo, known):
        return Hit(party, f"The {role}, {party.name}, is among those that it is aimed at.")
    if measure.scope == "designated" or not inside or is_government(party, embargo, known):
        return None
    if group is not None:
        return Hit(party, f"The {role}, {party.name}, is an armed group of the country.")
    doubt = f"Whether {party.name} acts for the government, which may be supplied, cannot be told."
    return Hit(party, of_target, doubt)


def _region_doubt(embargo: Embargo, party: Party, transfer: Transfer) -> str | None:
    regions = embargo.head.regions
    told = [said for p in (party, *transfer.end_use) for said in (p.name, p.text)]
    told += [said for place in transfer.places for said in (place.name, place.text)]
    if any(names_any(said, regions) for said in told):
        return None
    return f"Only {regions[0]} is covered, and nothing told says that it goes there."


def _names(parties: Sequence[Party]) -> str:
    return " and ".join(dict.fromkeys(p.name for p in parties))
