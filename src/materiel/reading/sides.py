"""Sides: who fills the roles of a claim, as all its drafts together say."""

from collections import defaultdict

from materiel.model.claim import Party
from materiel.reading.drafts import Draft, Entity, entity_of
from materiel.reading.mention import PartyMention
from materiel.reading.scene import Scene, once

LIKELY = 0.5
LIKELY_ASIDE = {"intermediary": 0.3, "end_use": 0.15}  # the same of what few reports name, and so are hard to find


@once
def _fullest(scene: Scene, party: PartyMention) -> PartyMention:
    """The longest mention in the article of whom a mention names."""
    named = (p for p in scene.parties if p.name == party.name and p.country == party.country)
    same = [p for p in named if not scene.text.in_dateline(p.first)]
    return max(same, key=lambda p: (p.last - p.first, -p.first), default=party)


def _record(scene: Scene, party: PartyMention) -> Party:
    full = _fullest(scene, party)
    text = scene.text
    start, end = text.starts[full.first], text.ends[full.last - 1]
    return Party(text=text.string[start:end], name=party.name, country=party.country, span=text.span(start, end))


def party_of(scene: Scene, group: list[Draft], role: str) -> tuple[Party, ...]:
    """Who fills a role: the entity that the group speaks for most, by its likeliest mention."""
    totals: dict[Entity, float] = defaultdict(float)
    for made in group:
        if made.pair is not None and role in ("supplier", "recipient"):
            totals[made.best(role)] += made.worth
        else:
            for entity, p in made.entities(role).items():
                totals[entity] += made.worth * p
    return _likeliest(scene, group, role, totals)


def who_reacts(scene: Scene, group: list[Draft], tone: str) -> tuple[Party, ...]:
    """Who reacts in a tone: the likeliest mention of the drafts that speak of that tone.

    Elsewhere all mentions of an entity add up; but whom an article names most is whom others react to.
    """
    telling = [made for made in group if made.label("tone") == tone] or group
    totals: dict[Entity, float] = defaultdict(float)
    for made in telling:
        best: dict[Entity, float] = {}
        for party, p in made.roles["who"]:
            entity = entity_of(party)
            best[entity] = max(best.get(entity, 0.0), p)
        for entity, p in best.items():
            totals[entity] += made.worth * p
    return _likeliest(scene, telling, "who", totals)


def _likeliest(scene: Scene, group: list[Draft], role: str, totals: dict[Entity, float]) -> tuple[Party, ...]:
    """The entity that most speaks for, by its likeliest mention."""
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


def shared_parties(scene: Scene, group: list[Draft], role: str, least: float = LIKELY) -> tuple[Party, ...]:
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


def parties_aside(scene: Scene, group: list[Draft], role: str) -> tuple[Party, ...]:
    """Parties beside the two sides of a transfer (a way, an end use), never one of the sides themselves."""
    sides = {made.best(r) for made in group for r in ("supplier", "recipient")}
    return tuple(p for p in shared_parties(scene, group, role, LIKELY_ASIDE[role]) if p.country not in sides)
