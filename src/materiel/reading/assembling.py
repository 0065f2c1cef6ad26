"""Assembling: a group of drafts becomes one claim, each cell with the words it rests on."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from math import log
from typing import Any

from materiel.model.claim import (
    Agreement,
    Claim,
    Inspection,
    Item,
    Meeting,
    Party,
    Place,
    Reaction,
    Span,
    Transfer,
    Value,
    Visit,
)
from materiel.model.needs import is_whole
from materiel.reading.choice import chance, chances, score
from materiel.reading.dates import When
from materiel.reading.details import (
    date_features,
    find_places,
    in_reach,
    no_date_features,
    no_value_features,
    place_features,
    value_features,
)
from materiel.reading.drafts import LABELS, Draft, Entity, Model, entity_of
from materiel.reading.mention import ItemMention
from materiel.reading.numbers import Number
from materiel.reading.parties import PartyMention
from materiel.reading.scene import Scene
from materiel.reading.sources import SourceMention
from materiel.reading.voices import Voices, in_earshot, nearest_mention, source_features

Cells = dict[str, Any]
SENTENCES = 4  # evidence sentences of one claim
LIKELY_SOURCE = 0.3  # the chance from which a source is shown; 0.25 to 0.4 score alike (five folds)
LIKELY_PLACE = 0.36  # the same of a place
LIKELY_PLACE_OF = {"transfer": 0.2}  # the best F1 is at about half that F1 (Lipton et al. 2014)
LIKELY = 0.5
LIKELY_ASIDE = {"intermediary": 0.3, "end_use": 0.15}  # the same of what few reports name, and so are hard to find


def assemble(scene: Scene, group: list[Draft], voices: Voices, model: Model) -> Claim | None:
    """The claim that a group of drafts makes; None where the least that its kind needs is missing."""
    cells = CELLS[group[0].frame.kind](scene, group, model)
    if not is_whole(group[0].frame.kind, cells):
        return None
    spans: dict[str, tuple[Span, ...]] = cells.pop("spans", {})
    triggers = [d.frame.trigger for d in group if d.frame.trigger]
    if triggers:
        spans["status"] = _spans(scene, ((t.first, t.last) for t in triggers))
    said = _sources(scene, group, voices, model)
    if said:
        spans["sources"] = tuple(scene.text.span(scene.text.starts[s.first], scene.text.ends[s.last - 1]) for s in said)
    when = _date(scene, group, model)
    if when:
        spans["date"] = _spans(scene, [(when.first, when.last)])
    labels = {cell: _label(group, cell) for cell in group[0].labels}
    return KINDS[group[0].frame.kind](
        **{
            "status": "delivered",
            **labels,
            **({"mode": None} if labels.get("mode") == "none" else {}),
            **cells,
        },
        sources=tuple(scene.text.quote(s.first, s.last) for s in said),
        places=_places(scene, group, model),
        date=when.value if when else None,
        evidence=_evidence(scene, group),
        spans=spans,
    )


def _transfer(scene: Scene, group: list[Draft], model: Model) -> Cells:
    supplier, recipient = (_party(scene, group, role) for role in ("supplier", "recipient"))
    money = _value(scene, group, model)
    return {
        "supplier": supplier,
        "recipient": recipient,
        "items": _items(scene, group),
        "intermediary": _aside(scene, group, "intermediary"),
        "end_use": _aside(scene, group, "end_use"),
        "value": Value(amount=money.amount or 0, currency=money.currency or "") if money else None,
        "spans": {"value": _spans(scene, [(money.first, money.last)])} if money else {},
    }


def _visit(scene: Scene, group: list[Draft], _: Model) -> Cells:
    days = _days(scene, group)
    return {
        "visitor": _party(scene, group, "visitor"),
        "host": _party(scene, group, "host"),
        "days": int(days.amount or 0) if days else None,
        "spans": {"days": _spans(scene, [(days.first, days.last)])} if days else {},
    }


def _inspection(scene: Scene, group: list[Draft], _: Model) -> Cells:
    items = _plain_items(scene, {i for d in group for i in scene.items_in[d.frame.sentence]})
    return {"viewer": _party(scene, group, "viewer"), "items": items}


def _reaction(scene: Scene, group: list[Draft], _: Model) -> Cells:
    return {"who": _party(scene, group, "who"), "about": _sentence(scene, group)}


def _meeting(scene: Scene, group: list[Draft], _: Model) -> Cells:
    return {"participants": _shared_parties(scene, group, "participants")}


def _agreement(scene: Scene, group: list[Draft], _: Model) -> Cells:
    return {"parties": _shared_parties(scene, group, "parties"), "subject": _sentence(scene, group)}


def _sentence(scene: Scene, group: list[Draft]) -> str:
    return scene.text.string[slice(*scene.text.sentences[group[0].frame.sentence])]


KINDS: dict[str, type[Claim]] = {
    "transfer": Transfer,
    "visit": Visit,
    "inspection": Inspection,
    "reaction": Reaction,
    "meeting": Meeting,
    "agreement": Agreement,
}
CELLS: dict[str, Callable[[Scene, list[Draft], Model], Cells]] = {
    "transfer": _transfer,
    "visit": _visit,
    "inspection": _inspection,
    "reaction": _reaction,
    "meeting": _meeting,
    "agreement": _agreement,
}


def _spans(scene: Scene, pieces: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    text = scene.text
    return tuple(sorted({text.span(text.starts[first], text.ends[last - 1]) for first, last in pieces}))


def _evidence(scene: Scene, group: list[Draft]) -> tuple[Span, ...]:
    ranked = sorted(group, key=lambda d: (-d.worth, d.frame.first))
    sentences = sorted(dict.fromkeys(d.frame.sentence for d in ranked[: 2 * SENTENCES]))[:SENTENCES]
    return tuple(scene.text.span(*scene.text.sentences[n]) for n in sentences)


def _label(group: list[Draft], cell: str) -> str:
    """The value that the group's drafts find likeliest together, the surer drafts counting more."""
    if len(group) == 1:
        return group[0].label(cell)
    totals = [sum(d.worth * log(max(d.labels[cell][k], 1e-4)) for d in group) for k in range(len(LABELS[cell]))]
    return LABELS[cell][max(range(len(totals)), key=lambda k: (totals[k], -k))]


def _fullest(scene: Scene, party: PartyMention) -> PartyMention:
    """The longest mention in the article of whom a mention names."""
    same = [p for p in scene.parties if p.name == party.name and p.country == party.country]
    return max(same, key=lambda p: (p.last - p.first, -p.first), default=party)


def _record(scene: Scene, party: PartyMention) -> Party:
    full = _fullest(scene, party)
    text = scene.text
    start, end = text.starts[full.first], text.ends[full.last - 1]
    return Party(text=text.string[start:end], name=party.name, country=party.country, span=text.span(start, end))


def _party(scene: Scene, group: list[Draft], role: str) -> tuple[Party, ...]:
    """Who fills a role: the entity that the group speaks for most, by its likeliest mention."""
    totals: dict[Entity, float] = defaultdict(float)
    for made in group:
        if made.pair is not None and role in ("supplier", "recipient"):
            totals[made.best(role)] += made.worth
        else:
            for entity, p in made.entities(role).items():
                totals[entity] += made.worth * p
    if not totals:
        return ()
    entity = max(totals, key=lambda e: (totals[e], e or ""))
    if entity is None:
        return ()
    mentions: dict[PartyMention, float] = defaultdict(float)
    for made in group:
        for party, p in made.roles[role]:
            if party is not None and entity_of(party) == entity:
                mentions[party] += made.worth * p
    names: dict[str, float] = defaultdict(float)
    for party, p in mentions.items():
        names[party.name] += p
    best = max(mentions, key=lambda m: (names[m.name], mentions[m], -m.first))
    return (_record(scene, best),)


def _shared_parties(scene: Scene, group: list[Draft], role: str, least: float = LIKELY) -> tuple[Party, ...]:
    """All who share a role, one mention a country, in text order."""
    best: dict[str, tuple[float, PartyMention]] = {}
    for made in group:
        for party, p in made.roles[role]:
            if party is not None and party.country and p > least and _is_somebody(party):
                rank = p + (0.3 if party.sort == "person" else 0.0)
                if party.country not in best or rank > best[party.country][0]:
                    best[party.country] = (rank, party)
    return tuple(_record(scene, p) for p in sorted((p for _, p in best.values()), key=lambda p: p.first))


def _is_somebody(party: PartyMention) -> bool:
    """Whether a mention names who can talk or sign: not a mere adjective, a town, or `both sides`."""
    return (party.sure or party.named) and party.sort not in ("adjective", "place")


def _aside(scene: Scene, group: list[Draft], role: str) -> tuple[Party, ...]:
    """Parties beside the two sides of a transfer (a way, an end use), never one of the sides themselves."""
    sides = {made.best(r) for made in group for r in ("supplier", "recipient")}
    return tuple(p for p in _shared_parties(scene, group, role, LIKELY_ASIDE[role]) if p.country not in sides)


def _items(scene: Scene, group: list[Draft]) -> tuple[Item, ...]:
    """The things of a transfer: one for each type or class, vague names only where nothing else is said."""
    return _distinct(scene, [(d.frame.item, d.worth) for d in group if d.frame.item])


def _plain_items(scene: Scene, items: set[ItemMention]) -> tuple[Item, ...]:
    return _distinct(scene, [(i, 1.0) for i in sorted(items, key=lambda i: i.first)])


def _distinct(scene: Scene, mentions: list[tuple[ItemMention, float]]) -> tuple[Item, ...]:
    if any(not m.vague for m, _ in mentions):
        mentions = [(m, w) for m, w in mentions if not m.vague]
    kept: list[list[tuple[ItemMention, float]]] = []
    for mention, worth in mentions:
        for same in kept:
            if any(_same_thing(mention, other) for other, _ in same):
                same.append((mention, worth))
                break
        else:
            kept.append([(mention, worth)])
    return tuple(_item(scene, same) for same in kept)


def _same_thing(a: ItemMention, b: ItemMention) -> bool:
    if a.designation and b.designation:
        x, y = a.designation.lower(), b.designation.lower()
        return x == y or x in y or y in x
    if a.item_class == b.item_class:
        return True
    return a.top == b.top and ("." not in a.item_class or "." not in b.item_class)


def _item(scene: Scene, same: list[tuple[ItemMention, float]]) -> Item:
    named = next((m for m, _ in same if m.designation), None)
    counted = max(
        (m for m, _ in same if m.qualifier),
        key=lambda m: (m.quantity != 1, m.designation is not None, -m.first),
        default=None,
    )
    exact = named or max((m for m, _ in same), key=lambda m: ("." in m.item_class, -m.first))
    shown = counted or exact
    text = scene.text
    start, end = text.starts[shown.first], text.ends[shown.last - 1]
    return Item(
        text=text.string[start:end],
        item_class=exact.item_class,
        designation=named.designation if named else None,
        quantity=counted.quantity if counted else None,
        qualifier=counted.qualifier if counted else None,
        unit=counted.unit if counted else None,
        span=text.span(start, end),
    )


def _sources(scene: Scene, group: list[Draft], voices: Voices, model: Model) -> list[SourceMention]:
    """Who says so, by the fullest mention, nearest first."""
    said = [
        voice
        for voice in in_earshot(group, voices)
        if chance(source_features(scene, group, voice, voices), model["source"]) > LIKELY_SOURCE
    ]
    said.sort(key=lambda voice: (abs(nearest_mention(scene, group, voice)[0]), voice.rank))
    return [max(voice.mentions, key=lambda m: (m.last - m.first, -m.first)) for voice in said]


def _date(scene: Scene, group: list[Draft], model: Model) -> When | None:
    dates = in_reach(scene, group, scene.dates)
    if not dates:
        return None
    scores = [score(date_features(scene, group, w), model["date"]) for w in dates]
    scores.append(score(no_date_features(scene, group), model["date"]))
    p = chances(scores)
    totals: dict[str | None, float] = defaultdict(float)
    for value, q in zip([*(w.value for w in dates), None], p, strict=True):
        totals[value] += q
    value = max(totals, key=lambda v: (totals[v], v or ""))
    return max((w for w in dates if w.value == value), key=lambda w: (p[dates.index(w)], -w.first), default=None)


def _value(scene: Scene, group: list[Draft], model: Model) -> Number | None:
    sums = [n for n in scene.numbers if n.currency and n.amount]
    if not sums:
        return None
    scores = [score(value_features(scene, group, n), model["value"]) for n in sums]
    scores.append(score(no_value_features(scene, group), model["value"]))
    best = max(range(len(scores)), key=lambda k: (scores[k], -k))
    return sums[best] if best < len(sums) else None


def _places(scene: Scene, group: list[Draft], model: Model) -> tuple[Place, ...]:
    best: dict[str, tuple[float, PartyMention]] = {}
    least = LIKELY_PLACE_OF.get(group[0].frame.kind, LIKELY_PLACE)
    for place in in_reach(scene, group, find_places(scene)):
        p = chance(place_features(scene, group, place), model["place"])
        if p > least and (place.name not in best or p > best[place.name][0]):
            best[place.name] = (p, place)
    found = []
    for _, place in sorted(best.values(), key=lambda ps: ps[1].first):
        start, end = scene.text.starts[place.first], scene.text.ends[place.last - 1]
        text = scene.text.string[start:end]
        name = text if place.sort == "capital" else place.name
        found.append(Place(text=text, name=name, country=place.country, span=scene.text.span(start, end)))
    return tuple(found)


def _days(scene: Scene, group: list[Draft]) -> Number | None:
    """How long a visit takes: told with it, or where it is told again without anybody's name (`the six-day tour`)."""
    sentences = {d.frame.sentence for d in group}
    told = [n for n, found in enumerate(scene.triggers_in) if any(t.kind == "visit" for t in found)]
    for before, again in pairwise(told):
        if before in sentences and not any(p.country and p.sure for p in scene.parties_in[again]):
            sentences.add(again)
    for number in scene.numbers:
        if number.amount and scene.sentence(number.first) in sentences and not number.article:
            hit = scene.at.get(number.last)
            if hit is not None and any(e.sort == "timeunit" and e.ref == "day" for e in hit.entries):
                return number
    return None
