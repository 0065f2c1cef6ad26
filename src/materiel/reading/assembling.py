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
    Meeting,
    Place,
    Reaction,
    Span,
    Transfer,
    Value,
    Visit,
)
from materiel.model.needs import is_whole
from materiel.reading.choice import chances
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
from materiel.reading.drafts import LABELS, Draft, Model
from materiel.reading.mention import PartyMention
from materiel.reading.numbers import Number
from materiel.reading.scene import Scene
from materiel.reading.sides import parties_aside, party_of, shared_parties, who_reacts
from materiel.reading.sources import SourceMention
from materiel.reading.things import items_of, plain_items
from materiel.reading.voices import Voices, in_earshot, nearest_mention, source_features

Cells = dict[str, Any]
SENTENCES = 4  # evidence sentences of one claim
LIKELY_SOURCE = 0.3  # the chance from which a source is shown; 0.25 to 0.4 score alike (five folds)
LIKELY_PLACE = 0.36  # the same of a place
LIKELY_PLACE_OF = {"transfer": 0.2}  # the best F1 is at about half that F1 (Lipton et al. 2014)


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
    supplier, recipient = (party_of(scene, group, role) for role in ("supplier", "recipient"))
    money = _value(scene, group, model)
    return {
        "supplier": supplier,
        "recipient": recipient,
        "items": items_of(scene, group),
        "intermediary": parties_aside(scene, group, "intermediary"),
        "end_use": parties_aside(scene, group, "end_use"),
        "value": Value(amount=money.amount or 0, currency=money.currency or "") if money else None,
        "spans": {"value": _spans(scene, [(money.first, money.last)])} if money else {},
    }


def _visit(scene: Scene, group: list[Draft], _: Model) -> Cells:
    days = _days(scene, group)
    return {
        "visitor": party_of(scene, group, "visitor"),
        "host": party_of(scene, group, "host"),
        "days": int(days.amount or 0) if days else None,
        "spans": {"days": _spans(scene, [(days.first, days.last)])} if days else {},
    }


def _inspection(scene: Scene, group: list[Draft], _: Model) -> Cells:
    items = plain_items(scene, {i for d in group for i in scene.items_in[d.frame.sentence]})
    return {"viewer": party_of(scene, group, "viewer"), "items": items}


def _reaction(scene: Scene, group: list[Draft], _: Model) -> Cells:
    return {"who": who_reacts(scene, group, _label(group, "tone")), "about": _sentence(scene, group)}


def _meeting(scene: Scene, group: list[Draft], _: Model) -> Cells:
    return {"participants": shared_parties(scene, group, "participants")}


def _agreement(scene: Scene, group: list[Draft], _: Model) -> Cells:
    return {"parties": shared_parties(scene, group, "parties"), "subject": _sentence(scene, group)}


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
    surest = list(dict.fromkeys(d.frame.sentence for d in ranked))[:SENTENCES]
    return tuple(scene.text.span(*scene.text.sentences[n]) for n in sorted(surest))


def _label(group: list[Draft], cell: str) -> str:
    """The value that the group's drafts find likeliest together, the surer drafts counting more."""
    if len(group) == 1:
        return group[0].label(cell)
    totals = [sum(d.worth * log(max(d.labels[cell][k], 1e-4)) for d in group) for k in range(len(LABELS[cell]))]
    return LABELS[cell][max(range(len(totals)), key=lambda k: (totals[k], -k))]


def _sources(scene: Scene, group: list[Draft], voices: Voices, model: Model) -> list[SourceMention]:
    """Who says so, by the fullest mention, nearest first."""
    said = [
        voice
        for voice in in_earshot(group, voices)
        if model.chance("source", source_features(scene, group, voice, voices)) > LIKELY_SOURCE
    ]
    said.sort(key=lambda voice: (abs(nearest_mention(scene, group, voice)[0]), voice.rank))
    return [max(voice.mentions, key=lambda m: (m.last - m.first, -m.first)) for voice in said]


def _date(scene: Scene, group: list[Draft], model: Model) -> When | None:
    dates = in_reach(scene, group, scene.dates)
    if not dates:
        return None
    scores = [model.score("date", date_features(scene, group, w)) for w in dates]
    scores.append(model.score("date", no_date_features(scene, group)))
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
    scores = [model.score("value", value_features(scene, group, n)) for n in sums]
    scores.append(model.score("value", no_value_features(scene, group)))
    best = max(range(len(scores)), key=lambda k: (scores[k], -k))
    return sums[best] if best < len(sums) else None


def _places(scene: Scene, group: list[Draft], model: Model) -> tuple[Place, ...]:
    best: dict[str, tuple[float, PartyMention]] = {}
    least = LIKELY_PLACE_OF.get(group[0].frame.kind, LIKELY_PLACE)
    for place in in_reach(scene, group, find_places(scene)):
        p = model.chance("place", place_features(scene, group, place))
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
