"""Exemptions: which of an embargo's exemptions bear on a transfer, and whether one covers it as told."""

from collections.abc import Iterable
from typing import NamedTuple

from materiel.model.claim import Party
from materiel.screening import items, parties
from materiel.screening.days import Days, covered, overlaps
from materiel.screening.names import group_of, is_government, names_any
from materiel.screening.shape import Embargo, Embargoes, Exemption, Measure


class Bearing(NamedTuple):
    """The exemptions that cover a transfer as told, and those that could, by what is not told.

    `on_some_days`: whether one of these would cover it, but held on some only of the days that the date leaves open.
    """

    covering: tuple[Exemption, ...]
    possible: tuple[Exemption, ...]
    on_some_days: bool


def bearing(
    embargo: Embargo, measure: Measure, who: parties.Met, what: items.Met, days: Days | None, known: Embargoes
) -> Bearing:
    """The exemptions that bear on a transfer that meets a measure.

    Only an outright one covers it as told: whether notice was given, or what the purpose is, reports seldom say.
    """
    covering, possible = [], []
    on_some_days = False
    for exemption in embargo.exemptions:
        holds = _holds(exemption, measure, days)
        fits = (_fits_items(exemption, what, known), _fits_parties(exemption, who.aimed_at, embargo, known))
        if holds is False or False in fits or exemption.direction not in (who.way, "both"):
            continue
        covers = exemption.kind == "outright" and None not in fits and not who.doubts
        on_some_days |= covers and not holds
        if covers and holds:
            covering.append(exemption)
        else:
            possible.append(exemption)
    return Bearing(tuple(covering), tuple(possible), on_some_days)


def _holds(exemption: Exemption, measure: Measure, days: Days | None) -> bool | None:
    """Whether an exemption holds on all the days (true), on some of them beside the measure (none), or on none."""
    since = max(exemption.since or measure.since, measure.since)
    until = min((u for u in (exemption.until, measure.until) if u), default=None)
    if (until and until <= since) or not overlaps(days, since, until):
        return False
    return covered(days, [(exemption.since or measure.since, exemption.until)]) or None


def _fits_items(exemption: Exemption, what: items.Met, known: Embargoes) -> bool | None:
    """Whether an exemption is for all the items (true), perhaps (none), or for none of them."""
    if exemption.items is None:
        return True
    if what.untold:
        return None
    met = (*what.covered, *what.unsure)
    inside = items.items_met(met, exemption.items, known.tables.items)
    return inside is not None and (inside.covered == met or None)


def _fits_parties(exemption: Exemption, aimed_at: Iterable[Party], embargo: Embargo, known: Embargoes) -> bool | None:
    """Whether an exemption is for all that a measure is aimed at (true), perhaps (none), or for none of them."""
    fits = [_fits_party(exemption, party, embargo, known) for party in aimed_at]
    if all(fits):
        return True
    return False if all(fit is False for fit in fits) else None


def _fits_party(exemption: Exemption, party: Party, embargo: Embargo, known: Embargoes) -> bool | None:
    if exemption.parties:
        return names_any(party.name, exemption.parties)
    if exemption.recipient == "any" or is_government(party, embargo, known):
        return True
    return False if group_of(party, known) else None
