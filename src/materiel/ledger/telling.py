"""Telling: what the reports of one event say together, cell by cell, and who carries each value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from materiel.ledger.actors import is_state, one_name
from materiel.ledger.contradictions import contradictions_of
from materiel.ledger.decisions import corrected
from materiel.ledger.history import history_of, status_now
from materiel.ledger.sketch import VAGUE, claim_id, claim_key
from materiel.ledger.things import Mention, things_of
from materiel.ledger.voices import Voice, said, voices
from materiel.ledger.words import item_words, party_words, place_words, value_words
from materiel.model.claim import ROLES, Item, Party
from materiel.model.event import Event, Report, Said, Stage

T = TypeVar("T")
PLAIN = ("mode", "value", "days", "tone", "about", "subject")  # cells with one value, where a kind has them


def tell(reports: Iterable[Report], corrections: Mapping[str, Any] | None = None) -> Event:
    """The event that reports make; `corrections` are cells as a person has put them right, as JSON.

    Reports may come in any order; the event's are sorted by day of publication, article and number.
    """
    ranked = sorted(reports, key=lambda r: (r.published or "9999", r.article, r.number))
    kind = ranked[0].claim.kind
    fullest = one_name([p for r in ranked for role in ROLES[kind] for p in getattr(r.claim, role)])
    things = things_of(Mention(n, i) for n, r in enumerate(ranked) for i in getattr(r.claim, "items", ()))
    history = history_of(ranked)
    values, cells = _cells(ranked, kind, things, fullest, status_now(history))
    told = msgspec.structs.replace(ranked[0].claim, **cells)
    if corrections:
        told = msgspec.structs.replace(told, **corrected(told, dict(corrections)))
    return Event(
        id=event_id(ranked[0]),
        told=told,
        values=values,
        contradictions=contradictions_of(ranked, things, fullest),
        history=history,
        reports=tuple(ranked),
        outlets=tuple(dict.fromkeys(r.outlet for r in ranked)),
        roots=tuple(dict.fromkeys(r.root for r in ranked)),
    )


def event_id(first: Report) -> str:
    """The id of the event whose first report this is, which is that report's; the same on every machine."""
    return first.id or claim_id(claim_key(first.article, first.number))


def _cells(
    reports: Sequence[Report], kind: str, things: Sequence[Sequence[Mention]], fullest: dict[str, str], now: Stage
) -> tuple[dict[str, tuple[Said, ...]], dict[str, Any]]:
    """Every value of each cell with who carries it, and the one told of each."""
    values: dict[str, tuple[Said, ...]] = {}
    cells: dict[str, Any] = {"event": None, "spans": {}, "evidence": (), "confidence": _surest(reports)}

    def put(cell: str, found: Sequence[Voice[T]], words: Callable[[T], str], absent: T | tuple[()] | None) -> None:
        if found:
            values[cell] = tuple(said(reports, v, words) for v in found)
        cells[cell] = found[0].value if found else absent

    for role in ROLES[kind]:
        named = [(n, p) for n, r in enumerate(reports) if (p := getattr(r.claim, role))]
        found = voices(reports, named, lambda ps: frozenset(fullest[p.name] for p in ps))
        put(role, _exact_first(found), party_words, ())
    if hasattr(reports[0].claim, "items"):
        told = [_thing(reports, thing, now) for thing in things if _worth(thing, things)]
        cells["items"] = tuple(told)
        values["items"] = tuple(said(reports, v, item_words) for v in _item_voices(reports, things))
    for cell in PLAIN:
        if cell in reports[0].claim.__struct_fields__:
            given = [(n, v) for n, r in enumerate(reports) if (v := getattr(r.claim, cell)) is not None]
            words: Callable[[Any], str] = value_words if cell == "value" else str
            put(cell, voices(reports, given), words, None)
    put("status", voices(reports, [(n, r.claim.status) for n, r in enumerate(reports)]), str, None)
    put("stance", voices(reports, [(n, r.claim.stance) for n, r in enumerate(reports)]), str, None)
    cells["status"] = now.status
    dates = [(n, r.claim.date) for n, r in enumerate(reports) if r.claim.date]
    put("date", voices(reports, dates), str, None)
    current = voices(reports, [(n, d) for n, d in dates if reports[n].claim.status == now.status])
    cells["date"] = current[0].value if current else None
    places = [(n, r.claim.places) for n, r in enumerate(reports) if r.claim.places]
    put("places", voices(reports, places, lambda ps: tuple(p.name for p in ps)), place_words, ())
    sources = [(n, source) for n, r in enumerate(reports) for source in r.claim.sources]
    put("sources", voices(reports, sources), str, None)
    cells["sources"] = tuple(v.value for v in voices(reports, sources))
    return values, {name: _bare(value) for name, value in cells.items()}


def _surest(reports: Sequence[Report]) -> float | None:
    known = [r.claim.confidence for r in reports if r.claim.confidence is not None]
    return max(known, default=None)


def _exact_first(found: list[Voice[tuple[Party, ...]]]) -> list[Voice[tuple[Party, ...]]]:
    """The value that most roots carry first; between equals, the one that names more than a state."""
    if len(found) > 1 and len(found[0].reports) == len(found[1].reports) and all(is_state(p) for p in found[0].value):
        return [found[1], found[0], *found[2:]]
    return found


def _worth(thing: Sequence[Mention], things: Sequence[Sequence[Mention]]) -> bool:
    """Whether a thing is told: mere `weapons` only where no report is more exact."""
    return thing[0].item.item_class not in VAGUE or all(t[0].item.item_class in VAGUE for t in things)


def _item_voices(reports: Sequence[Report], things: Sequence[Sequence[Mention]]) -> list[Voice[Item]]:
    return [
        voice
        for thing in things
        for voice in voices(
            reports,
            [(m.report, m.item) for m in thing],
            lambda i: (i.item_class, i.designation, i.quantity, i.qualifier, i.unit),
        )
    ]


def _thing(reports: Sequence[Report], thing: Sequence[Mention], now: Stage) -> Item:
    """One item of the event: in each cell what most roots say; its number as of the status that holds now."""
    kinds = voices(reports, [(m.report, m.item.item_class) for m in thing if m.item.item_class not in VAGUE])
    exact = [v for v in kinds if "." in v.value] or kinds
    types = voices(reports, [(m.report, m.item.designation) for m in thing if m.item.designation])
    counted = [(m.report, m.item) for m in thing if m.item.quantity is not None or m.item.qualifier]
    current = [(n, i) for n, i in counted if reports[n].claim.status == now.status] or counted
    numbers = voices(reports, current, lambda i: (i.quantity, i.qualifier, i.unit))
    number = numbers[0].value if numbers else None
    return msgspec.structs.replace(
        thing[0].item,
        item_class=exact[0].value if exact else thing[0].item.item_class,
        designation=types[0].value if types else None,
        quantity=number.quantity if number else None,
        qualifier=number.qualifier if number else None,
        unit=number.unit if number else None,
        span=None,
    )


def _bare(value: Any) -> Any:
    """A value without the spans of the article that it was taken from."""
    if isinstance(value, tuple):
        return tuple(_bare(v) for v in value)
    if isinstance(value, msgspec.Struct) and "span" in value.__struct_fields__:
        return msgspec.structs.replace(value, span=None)
    return value
