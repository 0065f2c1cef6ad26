"""Exemptions: which of an embargo's exemptions could apply to a transfer, and whether one covers it as told."""

from materiel.screening.days import Days, covered, overlaps
from materiel.screening.items import Met as ItemsMet
from materiel.screening.items import items_met
from materiel.screening.names import is_government
from materiel.screening.parties import Met as PartiesMet
from materiel.screening.shape import Embargo, Embargoes, Exemption, Measure


def exemptions_of(embargo: Embargo, measure: Measure, days: Days | None) -> tuple[Exemption, ...]:
    """The exemptions that held on any of the days while the measure did."""
    return tuple(
        e
        for e in embargo.exemptions
        if overlaps(days, e.since, e.until)
        and (e.until is None or measure.since < e.until)
        and (e.since is None or measure.until is None or e.since < measure.until)
    )


def is_exempt(
    exemption: Exemption, embargo: Embargo, who: PartiesMet, what: ItemsMet, days: Days | None, known: Embargoes
) -> bool:
    """Whether an exemption covers all that meets a measure, on every day that the date leaves open.

    What needs notice or approval is never exempt as told: whether it was given, reports seldom say.
    """
    if exemption.kind != "outright" or who.doubts or what.untold:
        return False
    if exemption.since and not covered(days, [(exemption.since, exemption.until)]):
        return False
    if exemption.recipient == "government" and not all(is_government(p, embargo, known) for p in who.aimed_at):
        return False
    met = (*what.covered, *what.unsure)
    inside = items_met(met, exemption.items, known.tables.items) if exemption.items else None
    return exemption.items is None or (inside is not None and inside.covered == met)
