"""Words: a finding as sentences that an officer could quote."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from materiel.model.claim import Item, Stance, Status, Transfer
from materiel.model.finding import Force, Verdict
from materiel.screening.days import Days, in_words
from materiel.screening.items import Met
from materiel.screening.shape import Embargo, Embargoes, Exemption, Leave, Measure, Scope, Way

LEAD: dict[Verdict, str] = {
    "matches": "falls under the",
    "possible": "may fall under the",
    "exempt": "is exempt from the",
}
FORCE: dict[Force, str] = {
    "mandatory": "mandatory for all {all}",
    "EU-binding": "binding on the members of the European Union",
    "political": "a political commitment, not legally binding",
    "voluntary": "voluntary",
}
LEAVE: dict[Leave, str] = {
    "outright": "Allowed without asking",
    "purpose": "Allowed for this purpose only",
    "notified": "Allowed if notified beforehand",
    "approved": "Allowed only if approved beforehand",
}
# What an event has come to, where nothing is told to have passed.
NOT_PASSED: dict[Status, str] = {
    "sought": "it is only sought",
    "offered": "it is only offered",
    "considered": "it is only considered",
    "refused": "it was refused",
    "halted": "it was halted",
}
EXEMPT_ON_SOME_DAYS = "An exemption would cover it, but not on every day that the date told leaves open."
CHANGED = "The embargo changed within the time that the date told leaves open."
NOT_STATED: dict[Stance, str] = {
    "alleged": "It is alleged, not established.",
    "denied": "It is denied.",
}


def lead(transfer: Transfer, embargo: Embargo, measure: Measure, verdict: Verdict) -> str:
    """The first sentence: who supplies whom, the verdict, the embargo, its paragraph and force."""
    suppliers, recipients = (enumerated([p.name for p in side]) for side in (transfer.supplier, transfer.recipient))
    supply = "the supply" + (f" from {suppliers}" if suppliers else "") + (f" to {recipients}" if recipients else "")
    force = FORCE[measure.force].format(all=f"members of the {embargo.head.binds}" if embargo.head.binds else "states")
    cited = f"{measure.instrument}, {measure.paragraph} ({force})"
    return f"As told, {supply} {LEAD[verdict]} {embargo.head.title}: {cited}."


def in_force(measure: Measure) -> str:
    """Since when, and until when, a measure holds."""
    if measure.until:
        return f"It was in force from {in_words(measure.since)} until {in_words(measure.until)}."
    known = f", as far as is known here until {in_words(measure.known_until)}" if measure.known_until else ""
    return f"It has been in force since {in_words(measure.since)}{known}."


def bars(embargo: Embargo, measure: Measure, way: Way, known: Embargoes) -> str:
    """What a measure bars, and to or from whom."""
    label = known.tables.items[measure.items].label
    country = embargo.head.called or known.country_names.get(embargo.head.target, embargo.head.target)
    aims: dict[Scope, str] = {
        "territory": country,
        "government": f"the government of {country}",
        "non-government": f"non-government forces of {country}",
        "region": "".join(embargo.head.regions[:1]),
        "designated": "those whom it names",
    }
    verb = "is meant to limit" if measure.force == "voluntary" else "bars"
    return f"It {verb} the supply {way} {aims[measure.scope]} of {label}."


def includes(items: Met, labels: Mapping[str, str]) -> list[str]:
    """Which items are among what is barred, as a sentence if any."""
    return [f"That includes {listed(items.covered, labels)}."] if items.covered else []


def item_doubt(items: Met, labels: Mapping[str, str]) -> str | None:
    """What cannot be told of the items."""
    if items.untold:
        return "What passes is not told."
    if items.unsure:
        return f"Whether {listed(items.unsure, labels)} is among what is barred cannot be told from its class."
    return None


def listed(items: Iterable[Item], labels: Mapping[str, str]) -> str:
    """Items with the words of the reports and what they are taken for."""
    return enumerated(tuple(dict.fromkeys(f"“{i.text}” ({labels.get(i.item_class, i.item_class)})" for i in items)))


def allowed(exemption: Exemption) -> str:
    """An exemption as a sentence."""
    return f"{LEAVE[exemption.kind]}: {exemption.words} ({exemption.paragraph})."


def day_doubt(days: Days, measures: Iterable[Measure]) -> str:
    """Why the days told do not all lie within the measures."""
    periods = " and ".join(
        f"from {in_words(m.since)}" + (f" until {in_words(m.until)}" if m.until else "") for m in measures
    )
    return f"The date told leaves open whether it was in force: {in_words(days)}, where the measure holds {periods}."


def not_known(known_until: date) -> str:
    """What is said of the days after a measure's last known one."""
    return f"Its state after {in_words(known_until)} is not known here."


def reserve(status: Status, stance: Stance) -> list[str]:
    """What an event's status and stance leave uncertain."""
    said = []
    if status in NOT_PASSED:
        said.append(f"No transfer is reported to have happened: {NOT_PASSED[status]}.")
    if stance in NOT_STATED:
        said.append(NOT_STATED[stance])
    return said


def contested(by: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Who does not accept that a measure holds, as a sentence if anybody."""
    said = [names.get(country, country) for country in by]
    return [f"That it holds is contested by {enumerated(said)}."] if said else []


def enumerated(said: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`; nothing of nothing."""
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))
