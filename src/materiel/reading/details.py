"""Details: when, where and for how much: what could fill a claim's plain cells, and what speaks for it."""

import re
from bisect import bisect_left
from collections import Counter
from datetime import date

from materiel.reading.choice import bundle, bundled
from materiel.reading.dates import When
from materiel.reading.drafts import Draft
from materiel.reading.mention import PartyMention
from materiel.reading.numbers import Number
from materiel.reading.scene import Placed, Scene, TriggerMention, once

PHRASE = 4  # pieces of a place's phrase before its name
FAR = 3
DEEP, PARTS = 6, 5  # paragraphs told apart, parts of an article
DAY = r"\d{4}-\d\d-\d\d"
AGO = (0, 1, 3, 10, 60)  # days before publication that are told apart
OPENING = 4  # sentences at the start of an article whose sources and dates may hold for all of it


def reach(group: list[Draft]) -> set[int]:
    """The sentences in which what belongs to a claim may stand: near one of its drafts, or where the article opens."""
    near = set(range(OPENING))
    for made in group:
        near.update(range(made.frame.sentence - FAR, made.frame.sentence + FAR + 1))
    return near


def in_reach(scene: Scene, group: list[Draft], things: list[Placed]) -> list[Placed]:
    """Those that may belong to a claim by where they stand."""
    near = reach(group)
    return [thing for thing in things if scene.text.sentence_of[thing.first] in near]


def nearest(scene: Scene, group: list[Draft], piece: int) -> tuple[int, Draft]:
    """The draft of a group nearest to a piece, and how many sentences the piece stands after it."""
    sentence = scene.text.sentence_of[piece]
    made = group[0]
    if len(group) > 1:
        made = min(group, key=lambda d: (abs(sentence - d.frame.sentence), d.frame.first))
    return sentence - made.frame.sentence, made


def _away(away: int) -> str:
    return f"away={max(-FAR, min(FAR, away))}"


def deep(scene: Scene, sentence: int, where: str) -> str:
    """How far into the article a claim is told: what it recalls at its end has its own date, seldom its own source."""
    paragraphs = scene.text.paragraph_of
    paragraph = paragraphs[sentence]
    return _by_depth(min(DEEP, paragraph), min(PARTS - 1, PARTS * paragraph // (paragraphs[-1] or 1)), where)


@bundled
def _by_depth(paragraph: int, part: int, where: str) -> tuple[str, ...]:
    return (f"deep={paragraph}", f"deep={paragraph}|{where}", f"part={part}", f"part={part}|{where}")


def _ago(scene: Scene, when: When) -> str:
    """How long before publication a day is."""
    day = re.fullmatch(DAY, when.value)
    if scene.published is None or day is None:
        return "open"
    days = (scene.published - date.fromisoformat(when.value)).days
    return "later" if days < 0 else str(bisect_left(AGO, days))


def _insight(scene: Scene, group: list[Draft], cell: str, first: int, last: int) -> list[str]:
    return scene.insight.detail([d.frame for d in group], cell, [(first, last)]) if scene.insight else []


def date_features(scene: Scene, group: list[Draft], when: When) -> list[str]:
    """What ties a date to a claim."""
    away, made = nearest(scene, group, when.first)
    anchor = made.frame.trigger.first if made.frame.trigger else made.frame.first
    status = made.label("status") if "status" in made.labels else "delivered"
    published, where = scene.article.published, _away(away)
    later = when.value[: len(published)] > published[: len(when.value)] if published else False
    found = [
        f"{where}|{made.frame.kind}",
        f"later={later}|{status}",
        _of_date(scene, when, where),
        deep(scene, min([d.frame.sentence for d in group]), where),
    ]
    if away == 0:
        borders = min(3, scene.between(when.first, anchor))
        gap = abs(when.first - anchor)
        spoken = any(k == "verbs" and -4 <= a - when.first <= 4 for a, _, k in scene.speech[made.frame.sentence])
        found += [
            f"borders={borders}",
            f"gap={min(6, gap // 4)}",
            f"borders={borders}|{when.sort}",
            f"spoken={spoken}|{when.sort}",
            f"spoken={spoken}|{borders}",
        ]
        rivals = [w for w in scene.dates_in[made.frame.sentence] if w is not when]
        closer = any(abs(w.first - anchor) < gap for w in rivals)
        found.append(f"closer={closer}|{len(rivals) > 0}")
    return [*found, *_insight(scene, group, "date", when.first, when.last)]


@once
def _of_date(scene: Scene, when: When, where: str) -> str:
    """What can be said of a date whatever the claim, and of one so far from it."""
    published, ago = scene.article.published, _ago(scene, when)
    found = (
        where,
        f"sort={when.sort}",
        f"{where}|{when.sort}",
        f"prep={scene.preposition(when.first)}",
        f"title={scene.text.starts[when.first] < scene.text.body}",
        f"old={published[:4] > when.value[:4] if published else None}|{where}",
        f"first={when is scene.dates[0]}",
        f"ago={ago}",
        f"ago={ago}|{where}",
    )
    return bundle(found)


def no_date_features(scene: Scene, group: list[Draft]) -> list[str]:
    """What speaks for a claim without a date."""
    made = group[0]
    status = made.label("status") if "status" in made.labels else "delivered"
    here = any(scene.dates_in[d.frame.sentence] for d in group)
    return [
        "none",
        f"none|{made.frame.kind}",
        f"none|{status}",
        f"none|{here}",
        f"none|{made.frame.kind}|{here}",
        deep(scene, min([d.frame.sentence for d in group]), "none"),
    ]


def value_features(scene: Scene, group: list[Draft], money: Number) -> list[str]:
    """What ties a sum of money to a transfer."""
    away, made = nearest(scene, group, money.first)
    where = _away(away)
    cues = dict.fromkeys(c for at, c in scene.cues[scene.sentence(money.first)] if abs(at - money.first) <= 6)
    found = [
        where,
        f"{where}|{made.label('status')}",
        f"mode={made.label('mode')}",
        f"title={scene.text.starts[money.first] < scene.text.body}",
    ]
    found += [f"cue={c}" for c in cues]
    if away == 0:
        found += [
            f"borders={min(3, scene.between(money.first, made.frame.first))}",
            f"gap={min(6, abs(money.first - made.frame.first) // 4)}",
        ]
    found.append(f"size={len(str(int(money.amount or 0)))}")
    found.append(f"class={made.frame.item.top if made.frame.item else ''}")
    return found + _insight(scene, group, "value", money.first, money.last)


def no_value_features(scene: Scene, group: list[Draft]) -> list[str]:
    """What speaks for a transfer without a value."""
    return ["none", f"none|{group[0].label('status')}", f"none|{group[0].label('mode')}"]


@once
def find_places(scene: Scene) -> list[PartyMention]:
    """Cities, sites and, after a word such as `in`, countries where something may happen."""
    return [
        p
        for p in scene.parties
        if p.sort in ("place", "capital")
        or (p.sort in ("name", "short") and scene.preposition(p.first) in ("in", "at"))
    ]


@once
def led_by(scene: Scene, place: PartyMention) -> str:
    """The preposition before a place's whole phrase (`at the naval base in Subic Bay`, `di pelabuhan antariksa X`)."""
    for first in range(place.first, max(0, place.first - PHRASE), -1):
        found = scene.preposition(first)
        if found or scene.between(first, place.first):
            return found
    return ""


@once
def _governing(scene: Scene, place: PartyMention) -> TriggerMention | None:
    """The trigger of its sentence that a place most likely belongs to."""
    return scene.nearest(place.first, scene.triggers_in[scene.sentence(place.first)])


def place_features(scene: Scene, group: list[Draft], place: PartyMention) -> list[str]:
    """What ties a place to a claim."""
    away, made = nearest(scene, group, place.first)
    kind = made.frame.kind
    prep = led_by(scene, place)
    anchor = made.frame.trigger.first if made.frame.trigger else made.frame.first
    where = _away(away)
    sides = [r for r in made.roles if made.best(r) == place.country]
    found = [
        _of_place(scene, place, kind, where),
        f"side={'+'.join(sides)}",
        f"{kind}|side={'+'.join(sides)}|{prep}",
    ]
    if away == 0:
        found += [
            f"{kind}|borders={min(2, scene.between(place.first, anchor))}|{prep}",
            f"{kind}|gap={min(5, abs(place.first - anchor) // 4)}",
        ]
        if made.frame.trigger:
            own = _governing(scene, place)
            found += [
                f"{kind}|{made.frame.trigger.trigger.id}|{prep}",
                f"own={own is made.frame.trigger}|{prep}",
                f"of={own.kind if own else ''}|{prep}",
            ]
    return [*found, *_insight(scene, group, "place", place.first, place.last)]


@once
def _named(scene: Scene) -> Counter[str]:
    """How often an article names each party and place."""
    return Counter(party.name for party in scene.parties)


@once
def _of_place(scene: Scene, place: PartyMention, kind: str, where: str) -> str:
    """What can be said of a place whatever the claim of this kind, and of one so far from it."""
    prep, sentence = led_by(scene, place), scene.sentence(place.first)
    times = min(4, _named(scene)[place.name])
    opening = scene.text.bounds[sentence][0] == place.first
    found = (
        "bias",
        f"{kind}|{where}",
        f"sort={place.sort}",
        f"{kind}|{place.sort}|{prep}",
        f"prep={prep}|{where}",
        f"{kind}|{where}|{prep}",
        f"{kind}|{place.sort}",
        f"times={times}|{place.sort}",
        f"dateline={opening and scene.text.paragraph_of[sentence] < 3}",
    )
    return bundle(found)
