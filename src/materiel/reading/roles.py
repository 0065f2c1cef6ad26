"""Roles: which parties could fill the roles of a frame, and what ties each of them to it."""

from materiel.reading.choice import bundle, bundled
from materiel.reading.frames import Frame
from materiel.reading.mention import PartyMention
from materiel.reading.scene import NOT_PARTIES, Scene, TriggerMention, once

WAR, LED = "for_war", 7  # words for what arms are to be used in, pieces from one to the party whose war it is
# A case that shows who acts says what order says elsewhere.
SIDES = {"subject": "left", "object": "right"}
FAR = 3  # sentences beyond which distance is not told
CANDIDATES = 10  # parties weighed for a role, the nearest first: with eight less is found, with twelve no more


def bin_of(value: int, edges: tuple[int, ...]) -> int:
    """The number of the first edge that a value does not exceed."""
    for k, edge in enumerate(edges):
        if value <= edge:
            return k
    return len(edges)


def attachment(scene: Scene, frame: Frame, party: PartyMention) -> str:
    """How a party is tied to the item by its very place (`Russian S-400`, `S-400 Rusia`); or empty."""
    item = frame.item
    if item is None:
        return ""
    if party.last in (item.start, item.first):
        return "before"
    if 0 < item.start - party.last <= 2 and scene.text.words[party.last] in ("'", "’"):
        return "owner"
    if party.first == item.last:
        return "behind"
    if 0 < party.first - item.last <= 3 and not scene.between(item.last, party.first):
        between = {c for at, c in scene.cues[frame.sentence] if item.last <= at < party.first}
        if "made_by" in between:
            return "made"
        prep = scene.preposition(party.first)
        return f"prep-{prep}" if prep else ""
    if 0 < item.start - party.last <= 3:
        between = {c for at, c in scene.cues[frame.sentence] if party.last <= at < item.start}
        if "made_by" in between:
            return "made"
    return ""


def expected_role(trigger: TriggerMention, side: str, prep: str) -> str:
    """The role that a party on this side of a trigger has by the trigger's frame and voice; where the frame names
    none, the one that it has not."""
    frame = trigger.trigger
    side = SIDES.get(prep, side)
    subject = frame.subject or f"not-{frame.object}"
    if trigger.voice == "active":
        if side == "left":
            return subject
        return frame.object if frame.object and frame.object != "item" else f"rest-{frame.subject}"
    if prep == "by":
        return subject
    if trigger.voice == "passive":
        return (frame.object or f"not-{frame.subject}") if side == "left" else f"rest-{frame.subject}"
    return f"noun-{side}-{frame.subject}"


def party_features(scene: Scene, frame: Frame, party: PartyMention) -> list[str]:
    """What ties a party to a frame: order, voice, preposition class, distance, clause borders, kind of name."""
    return [*ties(scene, frame, party), *close_ties(scene, frame, party)]


def ties(scene: Scene, frame: Frame, party: PartyMention) -> list[str]:
    """What ties a party to a frame by where both stand; if not in one sentence, the same for all frames of one that
    share their `subject`."""
    sentence = scene.sentence(party.first)
    found = [_of_party(scene, frame.kind, party)]
    if sentence == frame.sentence:
        found += _same_sentence(scene, frame, party, scene.preposition(party.first))
    else:
        found += _from_afar(scene, frame, party, max(-FAR, min(FAR, sentence - frame.sentence)))
    return found


def close_ties(scene: Scene, frame: Frame, party: PartyMention) -> list[str]:
    """What ties a party to this very frame: that it makes the thing, and what an encoder makes of the two."""
    found = []
    if frame.item and frame.item.maker and party.country:
        found.append(f"maker={frame.item.maker == party.country}")
    if scene.insight:
        found += scene.insight.party(frame, party)
    return found


@once
def _of_party(scene: Scene, kind: str, party: PartyMention) -> str:
    """What can be said of a party whatever the frame of a kind."""
    near = scene.nearest(party.first, scene.triggers_in[scene.sentence(party.first)])
    own = _own_features(scene, party)
    if near is None or near.kind == kind:
        return own
    # The word nearest to it tells of another kind of happening (`after he had been to Russia`).
    return bundle((own, f"other={near.kind}", f"other={near.kind}|{scene.preposition(party.first)}"))


@once
def _own_features(scene: Scene, party: PartyMention) -> str:
    """What can be said of a party whatever is told of it: what it is, how often it is named, whether it speaks."""
    found = [f"sort={party.sort}", f"office={party.office}", f"sure={party.sure}"]
    country = party.country
    if country:
        found.append(f"rank={min(4, _ranks(scene).get(country, len(scene.mentions_of)))}")
        if country in scene.in_title:
            found.append("in-title")
    else:
        found.append("no-country")
    if _speaks(scene, party, scene.sentence(party.first)):
        found.append("speaks")
    return bundle(found)


@once
def _ranks(scene: Scene) -> dict[str, int]:
    """The countries of an article, how many of them it names more often."""
    ranked = sorted(scene.mentions_of, key=lambda c: (-scene.mentions_of[c], c))
    return {country: n for n, country in enumerate(ranked)}


def _same_sentence(scene: Scene, frame: Frame, party: PartyMention, prep: str) -> list[str]:
    found = [f"prep={prep}"]
    parties = scene.parties_in[frame.sentence]
    for tag, trigger in (("t", frame.trigger), ("u", frame.second)):
        if trigger is None:
            continue
        side = "left" if party.last <= trigger.first else "right" if party.first >= trigger.last else "in"
        role = expected_role(trigger, side, prep)
        borders = min(2, scene.between(party.first, trigger.first))
        low, high = (party.last, trigger.first) if side == "left" else (trigger.last, party.first)
        rank = len({p.country for p in parties if low <= p.first < high and p.country != party.country})
        found.append(_by_order(tag, role, prep, party.sort, borders, min(2, rank)))
        if tag == "t":
            gap = bin_of(high - low, (0, 2, 5, 10, 20))
            found.append(_by_trigger(trigger.trigger.id, trigger.trigger.weak, side, gap, role))
    if frame.trigger is None:
        found.append("t=none")
    if frame.item:
        tied = attachment(scene, frame, party)
        if tied:
            found += [f"tied={tied}", f"tied={tied}|{frame.trigger.trigger.subject if frame.trigger else ''}"]
        side = "left" if party.last <= frame.item.first else "right"
        borders = min(2, scene.between(party.first, frame.item.first))
        found.append(_by_item(side, borders, prep))
    if party.first == scene.text.bounds[frame.sentence][0]:
        found.append("opens")
    if party.last < len(scene.text.words) and scene.text.words[party.last] in ("'", "’"):
        found.append("possessive")
    relative = [at for at, c in scene.cues[frame.sentence] if c == "relative" and at < party.first]
    if relative and party.first - relative[-1] <= 6 and frame.first < relative[-1]:
        found.append("in-relative")
    found.append(f"alone={len(scene.countries_in[frame.sentence]) == 1}")
    if frame.item:
        found += _purpose(scene, frame, party, prep)
    return found


@bundled
def _by_trigger(word: str, weak: bool, side: str, gap: int, role: str) -> tuple[str, ...]:
    """What it says of a party which trigger it stands beside, and how near."""
    return (f"t.id={word}|{side}", f"t.gap={gap}|{side}", f"t.weak={weak}|{role}")


@bundled
def _by_item(side: str, borders: int, prep: str) -> tuple[str, ...]:
    """What the side of the thing says on which a party stands."""
    return (f"item-{side}|b{borders}", f"item-{side}|{prep}")


@bundled
def _by_order(tag: str, role: str, prep: str, sort: str, borders: int, rank: int) -> tuple[str, ...]:
    """What the side of a trigger says on which a party stands, how far in clauses and behind how many others."""
    return (
        f"{tag}.role={role}",
        f"{tag}.role={role}|b{borders}",
        f"{tag}.role={role}|n{rank}",
        f"{tag}.role={role}|{prep}",
        f"{tag}.role={role}|{sort}|b{borders}",
        f"{tag}.role={role}|b{borders}|n{rank}",
    )


def _purpose(scene: Scene, frame: Frame, party: PartyMention, prep: str) -> list[str]:
    """Whether a word for a war leads to a party (`for its war in Ukraine`): there it is used, not given."""
    led = any(
        cue == WAR and 0 < party.first - at <= LED and not scene.between(at, party.first)
        for at, cue in scene.cues[frame.sentence]
    )
    return [f"war={led}|{prep}", f"war={led}|{party.first > frame.first}"] if led else []


def _from_afar(scene: Scene, frame: Frame, party: PartyMention, away: int) -> list[str]:
    """What ties a party to a frame of another sentence, `away` sentences before it."""
    title = scene.text.starts[party.first] < scene.text.body
    where = "title" if title else f"away={away}"
    place = "title" if title else "near" if abs(away) == 1 else "far"
    countries = scene.countries_in[frame.sentence]
    found = [
        _by_distance(where, party.sort, min(2, len(countries)), place, party.country in countries),
    ]
    role = _role_there(scene, frame.kind, party)
    if role:
        found.append(_by_role_there(role, where, scene.preposition(party.first), frame.subject))
    return found


@bundled
def _by_distance(where: str, sort: str, here: int, place: str, also_here: bool) -> tuple[str, ...]:
    """What it says of a party how far off it is named, and how many countries the frame's own sentence names."""
    found = (where, f"{where}|{sort}", f"own={here}|{place}")
    return (*found, "also-here") if also_here else found


@bundled
def _by_role_there(role: str, where: str, prep: str, subject: str | None) -> tuple[str, ...]:
    """What its role in its own sentence says of a party in another's."""
    found = (f"far.role={role}", f"{where}|far.role={role}", f"far.role={role}|{prep}")
    return (*found, f"far.role={role}|{subject}") if subject != "-" else found


@once
def _role_there(scene: Scene, kind: str, party: PartyMention) -> str:
    """The role that a party has by the trigger nearest to it in its own sentence; or empty."""
    near = scene.nearest(party.first, [t for t in scene.triggers_in[scene.sentence(party.first)] if t.kind == kind])
    if near is None:
        return ""
    side = "left" if party.last <= near.first else "right"
    return expected_role(near, side, scene.preposition(party.first))


def _speaks(scene: Scene, party: PartyMention, sentence: int) -> bool:
    return any(
        kind in ("verbs", "prepositions") and (-4 <= first - party.last <= 3 or 0 <= party.first - last <= 2)
        for first, last, kind in scene.speech[sentence]
        if first >= party.last or last <= party.first
    )


def nobody_features(scene: Scene, frame: Frame) -> list[str]:
    """What speaks for a role that nobody fills."""
    countries = scene.countries_in[frame.sentence]
    found = [_nobody(frame.kind, min(3, len(countries)), min(4, len(scene.mentions_of)))]
    if frame.trigger:
        found += [
            f"nobody|{frame.trigger.trigger.subject}|{frame.trigger.voice}",
            f"nobody|{frame.trigger.trigger.id}",
        ]
    if scene.insight:
        found += scene.insight.nobody(frame)
    return found


@bundled
def _nobody(kind: str, here: int, everywhere: int) -> tuple[str, ...]:
    return ("nobody", f"nobody|{kind}", f"nobody|{here}", f"nobody|all={everywhere}")


def _nearest_first(scene: Scene, frame: Frame, sentence: int) -> list[PartyMention]:
    """The parties of a sentence; where too many share the frame's own, those nearest to its words first."""
    there = scene.parties_in[sentence]
    if sentence != frame.sentence or len(there) <= CANDIDATES:
        return there
    anchor = frame.trigger.first if frame.trigger else frame.first
    return sorted(there, key=lambda p: (abs(p.first - anchor), p.first))


def candidates(scene: Scene, frame: Frame) -> list[PartyMention]:
    """The parties that could fill a role: those nearby, in the title and lead, and the article's main ones."""
    chosen: dict[PartyMention, None] = {}
    last = len(scene.parties_in) - 1
    order = [frame.sentence, frame.sentence - 1, frame.sentence - 2, frame.sentence + 1, 0, 1]
    for sentence in order:
        if 0 <= sentence <= last:
            for party in _nearest_first(scene, frame, sentence):
                if party.sort not in NOT_PARTIES:
                    chosen.setdefault(party)
    here = {p.country for p in chosen}
    for party in scene.main_parties:
        if party.country not in here:
            chosen.setdefault(party)
    return list(chosen)[:CANDIDATES]
