"""Details: who says so, when, where and for how much: what could fill a claim's plain cells, and what speaks for it."""

from dataclasses import dataclass

from materiel.reading.dates import When
from materiel.reading.drafts import Draft
from materiel.reading.numbers import Number
from materiel.reading.parties import PartyMention
from materiel.reading.scene import Scene

PHRASE = 4  # pieces of a place's phrase before its name
SPOKEN_REACH = 6  # pieces between a source and its verb
FAR = 3
BEFORE_SOURCE = frozenset(("article", "cardinal", "country"))  # words of an unnamed source's phrase
OPENING = 4  # sentences at the start of an article whose sources and dates may hold for all of it


@dataclass(slots=True, frozen=True)
class SourceMention:
    """Pieces `first:last` that name who may say something; `sort` is the party's, or unnamed, report, media."""

    first: int
    last: int
    sort: str
    spoken: str
    party: PartyMention | None = None


def find_sources(scene: Scene) -> list[SourceMention]:
    """Whoever may be a source of anything in the article."""
    found = []
    for sentence, parties in enumerate(scene.parties_in):
        for party in parties:
            spoken = _spoken(scene, sentence, party.first, party.last)
            if spoken or party.sort in ("agency", "outlet"):
                found.append(SourceMention(party.first, party.last, party.sort, spoken, party))
        covered = {i for p in parties for i in range(p.first, p.last)}
        for first, last, kind in scene.speech[sentence]:
            if kind in ("unnamed", "reports", "media") and first not in covered:
                spoken = _spoken(scene, sentence, first, last)
                start = first
                low = scene.text.bounds[sentence][0]
                while (
                    start > low
                    and start > first - 2
                    and scene.at.get(start - 1)
                    and scene.at[start - 1].has(BEFORE_SOURCE)
                ):
                    start -= 1
                found.append(SourceMention(start, last, kind, spoken))
    return found


def count_sources(scene: Scene, sources: list[SourceMention]) -> int:
    """How many different sources an article has; counted once, since every claim's source features ask it."""
    if scene.sources < 0:
        scene.sources = len({scene.text.quote(s.first, s.last).lower() for s in sources})
        scene.spoken_in = frozenset(scene.sentence(s.first) for s in sources if s.spoken)
    return scene.sources


def _spoken(scene: Scene, sentence: int, first: int, last: int) -> str:
    """How a phrase is tied to a word of speech: `verbs-right-0` is a verb straight after it; or empty."""
    best, best_gap = "", SPOKEN_REACH + 1
    for a, b, kind in scene.speech[sentence]:
        if kind not in ("verbs", "prepositions", "quoting"):
            continue
        gap, side = (a - last, "right") if a >= last else (first - b, "left")
        if 0 <= gap < best_gap:
            best, best_gap = f"{kind}-{side}-{0 if gap == 0 else 1 if gap < 3 else 2}", gap
    return best


def in_reach(scene: Scene, group: list[Draft], piece: int) -> bool:
    """Whether what stands at a piece may belong to a claim: near one of its drafts, or where the article opens."""
    sentence = scene.text.sentence_of[piece]
    return sentence < OPENING or any(-FAR <= sentence - made.frame.sentence <= FAR for made in group)


def nearest(scene: Scene, group: list[Draft], piece: int) -> tuple[int, Draft]:
    """The draft of a group nearest to a piece, and how many sentences the piece stands after it."""
    sentence = scene.text.sentence_of[piece]
    made = group[0]
    if len(group) > 1:
        made = min(group, key=lambda d: (abs(sentence - d.frame.sentence), d.frame.first))
    return sentence - made.frame.sentence, made


def _away(away: int) -> str:
    return f"away={max(-FAR, min(FAR, away))}"


def _insight(scene: Scene, group: list[Draft], cell: str, first: int, last: int) -> list[str]:
    return scene.insight.detail([d.frame for d in group], cell, first, last) if scene.insight else []


def source_features(scene: Scene, group: list[Draft], source: SourceMention, count: int) -> list[str]:
    """What ties a source to a claim; `count` is how many sources the article has."""
    away, made = nearest(scene, group, source.first)
    kind = made.frame.kind
    paragraph = scene.text.paragraph_of[scene.sentence(source.first)]
    same_paragraph = paragraph == scene.text.paragraph_of[made.frame.sentence]
    where = _away(away)
    found = [
        "bias",
        f"kind={kind}",
        where,
        f"{where}|{source.sort}",
        f"{where}|{source.spoken}",
        f"sort={source.sort}",
        f"spoken={source.spoken}",
        f"sort={source.sort}|{source.spoken}",
        f"paragraph={same_paragraph}|{min(FAR, abs(away))}",
        f"count={min(5, count)}",
        f"{kind}|{where}",
        f"lead={paragraph < 3}|{source.sort}",
        f"frames={min(4, len(group))}",
        f"stance={made.label('stance')}|{source.sort}",
    ]
    if away:  # a report that names its own source leans less on the one before
        found.append(f"spoken-here={made.frame.sentence in scene.spoken_in}|{where}")
        told = {t.trigger.id for t in scene.triggers_in[scene.sentence(source.first)] if t.kind == kind}
        same = any(d.frame.trigger and d.frame.trigger.trigger.id in told for d in group)
        tells = "same" if same else "kind" if told else "other"
        found += [f"tells={tells}", f"tells={tells}|{source.sort}"]
    if source.party is not None:
        found += [f"office={source.party.office}", f"named={source.party.named}"]
        roles = (
            [r for r in made.roles if made.best(r) == source.party.country and source.party.country]
            if kind != "meeting"
            else []
        )
        found += [f"is-{r}" for r in roles] + [f"is-{r}|{source.spoken}|{where}" for r in roles]
    if away == 0:
        found.append(f"borders={min(3, scene.between(source.first, made.frame.first))}")
    return found + _insight(scene, group, "source", source.first, source.last)


def date_features(scene: Scene, group: list[Draft], when: When) -> list[str]:
    """What ties a date to a claim."""
    away, made = nearest(scene, group, when.first)
    anchor = made.frame.trigger.first if made.frame.trigger else made.frame.first
    kind, status = made.frame.kind, made.label("status") if "status" in made.labels else "delivered"
    published = scene.article.published
    later = when.value[: len(published)] > published[: len(when.value)] if published else False
    where = _away(away)
    found = [
        where,
        f"{where}|{kind}",
        f"sort={when.sort}",
        f"{where}|{when.sort}",
        f"later={later}|{status}",
        f"prep={scene.preposition(when.first)}",
        f"title={scene.text.starts[when.first] < scene.text.body}",
        f"old={published[:4] > when.value[:4] if published else None}|{where}",
        f"first={when is scene.dates[0]}",
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
        rivals = [w for w in scene.dates if scene.sentence(w.first) == made.frame.sentence and w is not when]
        closer = any(abs(w.first - anchor) < gap for w in rivals)
        found.append(f"closer={closer}|{len(rivals) > 0}")
    return found + _insight(scene, group, "date", when.first, when.last)


def no_date_features(scene: Scene, group: list[Draft]) -> list[str]:
    """What speaks for a claim without a date."""
    made = group[0]
    status = made.label("status") if "status" in made.labels else "delivered"
    here = any(scene.sentence(w.first) == d.frame.sentence for w in scene.dates for d in group)
    return [
        "none",
        f"none|{made.frame.kind}",
        f"none|{status}",
        f"none|{here}",
        f"none|{made.frame.kind}|{here}",
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


def find_places(scene: Scene) -> list[PartyMention]:
    """Cities, sites and, after a word such as `in`, countries where something may happen."""
    if scene.places is None:
        scene.places = [
            p
            for p in scene.parties
            if p.sort in ("place", "capital")
            or (p.sort in ("name", "short") and scene.preposition(p.first) in ("in", "at"))
        ]
    return scene.places


def led_by(scene: Scene, place: PartyMention) -> str:
    """The preposition before a place's whole phrase (`at the naval base in Subic Bay`, `di pelabuhan antariksa X`)."""
    for first in range(place.first, max(0, place.first - PHRASE), -1):
        found = scene.preposition(first)
        if found or scene.between(first, place.first):
            return found
    return ""


def place_features(scene: Scene, group: list[Draft], place: PartyMention) -> list[str]:
    """What ties a place to a claim."""
    away, made = nearest(scene, group, place.first)
    kind = made.frame.kind
    prep = led_by(scene, place)
    anchor = made.frame.trigger.first if made.frame.trigger else made.frame.first
    where = _away(away)
    sides = [r for r in made.roles if made.best(r) == place.country]
    found = [
        "bias",
        f"{kind}|{where}",
        f"sort={place.sort}",
        f"{kind}|{place.sort}|{prep}",
        f"prep={prep}|{where}",
        f"{kind}|{where}|{prep}",
        f"side={'+'.join(sides)}",
        f"{kind}|side={'+'.join(sides)}|{prep}",
    ]
    if away == 0:
        found += [
            f"{kind}|borders={min(2, scene.between(place.first, anchor))}|{prep}",
            f"{kind}|gap={min(5, abs(place.first - anchor) // 4)}",
        ]
        if made.frame.trigger:
            found.append(f"{kind}|{made.frame.trigger.trigger.id}|{prep}")
    opening = scene.text.bounds[scene.sentence(place.first)][0] == place.first
    found.append(f"dateline={opening and scene.text.paragraph_of[scene.sentence(place.first)] < 3}")
    return found + _insight(scene, group, "place", place.first, place.last)
