"""Contradictions: what the reports of one event tell that cannot all be right, cell by cell."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from materiel.ledger.actors import agree
from materiel.ledger.history import ENDED, PROGRESS
from materiel.ledger.sketch import days_of
from materiel.ledger.things import Mention, numbers_agree, same_type
from materiel.ledger.voices import Voice, said, voices
from materiel.ledger.words import number_words, party_words, place_words, thing_words, value_words
from materiel.model.claim import ROLES, Claim, Party, Place, Status, Value
from materiel.model.event import Contradiction, Report

T = TypeVar("T")
# Statuses that cannot hold at one time; `agreed` and `delivered` can, of an order of which some has come.
UNLIKE: dict[Status, frozenset[Status]] = {
    "sought": frozenset(("under_way", "delivered")),
    "offered": frozenset(("under_way", "delivered")),
    "considered": frozenset(("under_way", "delivered", "refused")),
    "agreed": frozenset(("refused",)),
    "under_way": frozenset(("sought", "offered", "considered", "refused", "halted")),
    "delivered": frozenset(("sought", "offered", "considered", "refused", "halted")),
    "refused": frozenset(("considered", "agreed", "under_way", "delivered")),
    "halted": frozenset(("under_way", "delivered")),
}
# The cells in which reports may contradict each other.
CELLS = frozenset(role for roles in ROLES.values() for role in roles[:2])
CELLS |= {"type", "quantity", "date", "place", "status", "denial", "value"}
AT_ONCE = 30  # days within which two reports tell of one state of things
ORDERED = ("sought", "offered", "considered", "agreed")
AT_ONE_DAY = 3  # days within which no status becomes another unheard of
MONEY = 0.1  # part by which two sums may differ and still agree


def contradictions_of(
    reports: Sequence[Report], things: Sequence[Sequence[Mention]], fullest: dict[str, str]
) -> tuple[Contradiction, ...]:
    """Every contradiction of an event's reports, in the order of the cells of a claim."""
    if len(reports) < 2:
        return ()
    return (
        *_parties(reports, fullest),
        *_items(reports, things),
        *_dates(reports),
        *_places(reports),
        *_statuses(reports),
        *_denials(reports),
        *_values(reports),
    )


def clashing(found: Sequence[Voice[T]], clash: Callable[[Voice[T], Voice[T]], bool]) -> list[Voice[T]]:
    """The voices that clash with some other, in their order."""
    return [v for v in found if any(w is not v and clash(v, w) for w in found)]


def _contradiction(
    reports: Sequence[Report], cell: str, found: Sequence[Voice[T]], words: Callable[[T], str], about: str = ""
) -> Iterator[Contradiction]:
    if found:
        yield Contradiction(cell=cell, about=about, values=tuple(said(reports, v, words) for v in found))


def _parties(reports: Sequence[Report], fullest: dict[str, str]) -> Iterator[Contradiction]:
    kind = reports[0].claim.kind
    by_person = kind != "transfer" or any(getattr(r.claim, "mode", None) == "gift" for r in reports)
    for role in ROLES[kind][:2]:
        given: list[tuple[int, tuple[Party, ...]]] = [
            (n, parties) for n, r in enumerate(reports) if (parties := getattr(r.claim, role))
        ]
        found = voices(reports, given, lambda parties: frozenset(fullest[p.name] for p in parties))

        def clash(a: Voice[tuple[Party, ...]], b: Voice[tuple[Party, ...]]) -> bool:
            return not agree(a.value, b.value, fullest, by_person)

        yield from _contradiction(reports, role, clashing(found, clash), party_words)


def _items(reports: Sequence[Report], things: Sequence[Sequence[Mention]]) -> Iterator[Contradiction]:
    for thing in things:
        about = thing_words(thing[0].item)
        typed = [(m.report, m.item.designation) for m in thing if m.item.designation]
        types = clashing(voices(reports, typed), lambda a, b: not same_type(a.value, b.value))
        yield from _contradiction(reports, "type", types, str, about)
        for stage in (True, False):
            counted = [
                (m.report, m.item)
                for m in thing
                if m.item.quantity is not None and (reports[m.report].claim.status in ORDERED) == stage
            ]
            numbers = voices(reports, counted, lambda i: (i.quantity, i.qualifier, i.unit))
            clash = clashing(numbers, lambda a, b: not numbers_agree(a.value, b.value) and _at_one_time(reports, a, b))
            yield from _contradiction(reports, "quantity", clash, number_words, about)


def _at_one_time(reports: Sequence[Report], a: Voice[T], b: Voice[T]) -> bool:
    """Whether two voices speak of one state of things: batches that come later are no contradiction."""
    return any(_near(reports[n], reports[m]) for n in a.reports for m in b.reports)


def _near(a: Report, b: Report) -> bool:
    if a.article == b.article:
        return False
    told_a, told_b = days_of(a.claim.date), days_of(b.claim.date)
    if told_a[0] and told_b[0] and not (told_a[0] <= told_b[1] and told_b[0] <= told_a[1]):
        return False
    days = days_of(a.published)[0], days_of(b.published)[0]
    return not all(days) or abs(days[0] - days[1]) <= AT_ONCE


def _dates(reports: Sequence[Report]) -> Iterator[Contradiction]:
    """Days, of one status, that exclude each other; batches on different days do not, nor days of one span told."""
    for status in dict.fromkeys(r.claim.status for r in reports):
        given = [(n, r.claim.date) for n, r in enumerate(reports) if r.claim.date and r.claim.status == status]
        spans = [days_of(told) for _, told in given if "/" in told]

        def clash(a: Voice[str], b: Voice[str], spans: Sequence[tuple[int, int]] = spans) -> bool:
            x, y = days_of(a.value), days_of(b.value)
            if not (x[1] < y[0] or y[1] < x[0]):
                return False
            if any(first <= min(x[0], y[0]) and max(x[1], y[1]) <= last for first, last in spans):
                return False
            return any(_one_batch(reports[n], reports[m]) for n in a.reports for m in b.reports)

        yield from _contradiction(reports, "date", clashing(voices(reports, given), clash), str, status)


def _one_batch(a: Report, b: Report) -> bool:
    """Whether two reports of other articles may speak of one batch: no number tells them apart."""
    if a.article == b.article:
        return False
    numbers = [{i.quantity for i in getattr(r.claim, "items", ()) if i.quantity is not None} for r in (a, b)]
    return not numbers[0] or not numbers[1] or bool(numbers[0] & numbers[1])


def _places(reports: Sequence[Report]) -> Iterator[Contradiction]:
    """Places in other countries; a visit has many stops and contradicts nothing."""
    if reports[0].claim.kind == "visit":
        return
    given = [(n, r.claim.places) for n, r in enumerate(reports) if r.claim.places]

    def clash(a: Voice[tuple[Place, ...]], b: Voice[tuple[Place, ...]]) -> bool:
        x, y = ({p.country for p in v.value if p.country} for v in (a, b))
        return bool(x) and bool(y) and not x & y

    found = voices(reports, given, lambda places: frozenset(p.name for p in places))
    yield from _contradiction(reports, "place", clashing(found, clash), place_words)


def _statuses(reports: Sequence[Report]) -> Iterator[Contradiction]:
    """Statuses that cannot both hold: told at one time, or the lesser one told after the further one."""
    given = [(n, r.claim) for n, r in enumerate(reports) if r.claim.stance != "denied"]

    def clash(a: Voice[Claim], b: Voice[Claim]) -> bool:
        if b.value.status not in UNLIKE[a.value.status]:
            return False
        return any(_no_course(reports[n], reports[m]) for n in a.reports for m in b.reports)

    found = clashing(voices(reports, given, lambda c: c.status), clash)
    yield from _contradiction(reports, "status", found, lambda c: c.status)


def _no_course(a: Report, b: Report) -> bool:
    """Whether two reports of unlike statuses leave no time for one to become the other."""
    if not _near(a, b):
        return False
    first, then = sorted((a, b), key=lambda r: r.published)
    if days_of(then.published)[0] - days_of(first.published)[0] <= AT_ONE_DAY:
        return True
    steps = [PROGRESS[r.claim.status] for r in (first, then)]
    return steps[1] < steps[0] < ENDED


def _denials(reports: Sequence[Report]) -> Iterator[Contradiction]:
    given = [(n, r.claim.stance) for n, r in enumerate(reports)]
    found = voices(reports, given)
    if any(v.value == "denied" for v in found) and len(found) > 1:
        yield from _contradiction(reports, "denial", found, str)


def _values(reports: Sequence[Report]) -> Iterator[Contradiction]:
    given = [(n, value) for n, r in enumerate(reports) if (value := getattr(r.claim, "value", None))]

    def clash(a: Voice[Value], b: Voice[Value]) -> bool:
        low, high = sorted((a.value.amount, b.value.amount))
        return a.value.currency == b.value.currency and high - low > MONEY * high and _at_one_time(reports, a, b)

    found = voices(reports, given, lambda v: (v.amount, v.currency))
    yield from _contradiction(reports, "value", clashing(found, clash), value_words)
