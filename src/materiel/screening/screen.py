"""Screen: an event against every embargo in force on its day."""

from collections.abc import Sequence
from typing import NamedTuple

from materiel.model.claim import Transfer
from materiel.model.event import Event
from materiel.model.finding import Finding, Verdict
from materiel.screening import items, parties, words
from materiel.screening.days import Told, covered, day_of, overlaps
from materiel.screening.exemptions import Bearing, bearing
from materiel.screening.shape import Embargo, Embargoes, Measure


class Hit(NamedTuple):
    """A measure whose parties and items a transfer meets, with what it says by itself."""

    measure: Measure
    parties: parties.Met
    items: items.Met
    exemptions: Bearing
    verdict: Verdict
    doubts: tuple[str, ...]


def screen(event: Event, known: Embargoes) -> tuple[Finding, ...]:
    """The findings on an event, one an embargo at most, by the embargo's name; none for what is no transfer."""
    transfer = event.told
    if not isinstance(transfer, Transfer):
        return ()
    told = day_of(event)
    found = []
    for embargo in known.embargoes:
        hits = [hit for m in embargo.measures if (hit := _hit(embargo, m, transfer, told, known))]
        if hits:
            found.append(_finding(embargo, hits, transfer, told, known))
    return tuple(found)


def _hit(embargo: Embargo, measure: Measure, transfer: Transfer, told: Told, known: Embargoes) -> Hit | None:
    """What one measure says of a transfer; None where it was not in force or is not met."""
    if not overlaps(told.days, measure.since, measure.until):
        return None
    who = parties.parties_met(embargo, measure, transfer, told.days, known)
    what = items.items_met(transfer.items, measure.items, known.tables.items)
    if who is None or what is None:
        return None
    doubts = list(who.doubts)
    if not what.covered and (doubt := words.item_doubt(what, known.labels)):
        doubts.append(doubt)
    if measure.known_until and (told.days is None or told.days.last > measure.known_until):
        doubts.append(words.not_known(measure.known_until))
    exemptions = bearing(embargo, measure, who, what, told.days, known)
    if exemptions.on_some_days and not exemptions.covering:
        doubts.append(words.EXEMPT_ON_SOME_DAYS)
    verdict: Verdict = "exempt" if exemptions.covering else "possible" if doubts else "matches"
    return Hit(measure, who, what, exemptions, verdict, tuple(doubts))


def _finding(embargo: Embargo, hits: Sequence[Hit], transfer: Transfer, told: Told, known: Embargoes) -> Finding:
    """The finding on an embargo by the measures met; it cites the last of them."""
    hit, measure = hits[-1], hits[-1].measure
    certain = covered(told.days, ((h.measure.since, h.measure.until) for h in hits))
    verdict = hit.verdict if certain and len({h.verdict for h in hits}) == 1 else "possible"
    why = (
        words.in_force(measure),
        *hit.parties.why,
        words.bars(embargo, measure, hit.parties.way, known),
        *words.includes(hit.items, known.labels),
    )
    uncertain = _uncertain(embargo, hits, transfer, told, certain, known)
    exemptions = tuple(words.allowed(e) for e in (*hit.exemptions.covering, *hit.exemptions.possible))
    first = words.lead(transfer, embargo, measure, verdict)
    contested = words.contested(measure.contested_by, known.country_names)
    return Finding(
        embargo=embargo.name,
        title=embargo.head.title,
        issuer=embargo.head.issuer,
        target=embargo.head.target,
        force=measure.force,
        verdict=verdict,
        instrument=measure.instrument,
        paragraph=measure.paragraph,
        why=why,
        exemptions=exemptions,
        uncertain=uncertain,
        contested_by=measure.contested_by,
        words=" ".join((first, *why, *measure.notes, *exemptions, *contested, *uncertain)),
    )


def _uncertain(
    embargo: Embargo, hits: Sequence[Hit], transfer: Transfer, told: Told, certain: bool, known: Embargoes
) -> tuple[str, ...]:
    """Everything that a finding leaves uncertain, each once."""
    hit = hits[-1]
    said = [told.doubt] if told.doubt else []
    if told.days and not certain:
        said.append(words.day_doubt(told.days, [h.measure for h in hits]))
    if len({h.verdict for h in hits}) > 1:
        said.append(words.CHANGED)
    said += hit.doubts
    if hit.items.covered and (doubt := words.item_doubt(hit.items, known.labels)):
        said.append(doubt)
    said += words.reserve(transfer.status, transfer.stance)
    said += [*embargo.head.unverified, *hit.measure.unverified]
    return tuple(dict.fromkeys(said))
