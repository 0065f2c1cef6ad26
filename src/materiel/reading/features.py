"""Features: what can be said, in terms that no language owns, of a frame and of who fills its roles."""

from collections import Counter

from materiel.reading.frames import Frame
from materiel.reading.parties import PartyMention
from materiel.reading.scene import CLAUSE_WORDS, NOT_PARTIES, PREPOSITIONS, Scene, TriggerMention, once

NEAR_CUE = 4  # pieces between a modal or negation and its verb
CHAINED = 2  # pieces between two triggers of which the first rules the second
GRAMMAR = PREPOSITIONS | CLAUSE_WORDS | {"and", "or"}
# Cues whose presence anywhere in an article bears on all of it.
TELLING = (
    "sale",
    "gift",
    "aid",
    "loan",
    "exchange",
    "licence",
    "allegation",
    "denial",
    "halted",
    "sport",
    "crime",
    "exercise",
)
WAR, LED = "for_war", 7  # words for what arms are to be used in, pieces from one to the party whose war it is
TITLE = "title="  # begins the features that the title's triggers give
STEM = 6  # letters by which words of a sentence count as one (`dikirim`, `dikirimkan`)
# A case that shows who acts says what order says elsewhere.
SIDES = {"subject": "left", "object": "right"}
FAR = 3  # sentences beyond which distance is not told
CANDIDATES = 12  # parties weighed for a role, the nearest first


def _bin(value: int, edges: tuple[int, ...]) -> int:
    for k, edge in enumerate(edges):
        if value <= edge:
            return k
    return len(edges)


def trigger_features(trigger: TriggerMention, tag: str) -> list[str]:
    """What a trigger word says by itself."""
    t = trigger.trigger
    return [
        f"{tag}.id={t.id}",
        f"{tag}.status={t.status}",
        f"{tag}.status={t.status}|{trigger.shape}",
        f"{tag}.mode={t.mode}",
        f"{tag}.shape={trigger.shape}",
        f"{tag}.voice={trigger.voice}",
        f"{tag}.subject={t.subject}",
        f"{tag}.tone={t.tone}",
        f"{tag}.weak={bool(t.weak)}",
    ]


def sentence_cues(scene: Scene, sentence: int, tag: str) -> list[str]:
    """The cue classes of a sentence that bear on what it reports; mere grammar left out."""
    if not 0 <= sentence < len(scene.cues):
        return []
    return [f"{tag}={c}" for c in dict.fromkeys(c for _, c in scene.cues[sentence] if c not in GRAMMAR)]


@once
def _around(scene: Scene, sentence: int) -> list[str]:
    """The words of a sentence, its cues and those of its neighbours; the same for all its frames."""
    first, last = scene.text.bounds[sentence]
    stems = {word[:STEM] for word in scene.text.words[first:last] if len(word) > 2}
    found = [f"w={stem}" for stem in sorted(stems)]
    for tag, near in (("cue", sentence), ("prev", sentence - 1), ("next", sentence + 1)):
        found += sentence_cues(scene, near, tag)
    return found


@once
def article_features(scene: Scene) -> list[str]:
    """What an article says as a whole of manner and status; it bears on the labels of all its frames alike."""
    cues = Counter(cue for found in scene.cues for _, cue in found)
    titled = (t for found in scene.triggers_in for t in found if scene.text.starts[t.first] < scene.text.body)
    found = [f"all={cue}|{min(2, cues[cue])}" for cue in TELLING if cues[cue]]
    return found + [f"{TITLE}{s}" for s in dict.fromkeys(f"{t.kind}|{t.trigger.status}" for t in titled)]


def context_features(scene: Scene, frame: Frame) -> list[str]:
    """What surrounds a frame: its words, the cues near them, its place in the article."""
    found = ["bias", f"kind={frame.kind}"]
    anchor = frame.trigger.first if frame.trigger else frame.first
    if frame.trigger:
        found += trigger_features(frame.trigger, "t")
    else:
        found.append("t=none")
    if frame.second:
        found += [
            f"u.status={frame.second.trigger.status}",
            f"u.mode={frame.second.trigger.mode}",
            f"u.kind={frame.second.kind}",
        ]
    if frame.trigger and frame.second and 0 <= frame.trigger.first - frame.second.last <= CHAINED:
        ruling = frame.second.trigger.status  # `interested in` + `buying`: the first word says how far it is
        found += [f"chain={ruling}", f"chain={ruling}|{frame.trigger.trigger.status}"]
    if frame.lead:
        found += [f"lead.status={frame.lead.trigger.status}", f"lead.mode={frame.lead.trigger.mode}"]
    for at, cue in scene.cues[frame.sentence]:
        if scene.between(at, anchor) == 0:
            found.append(f"clause={cue}")
        if 0 < anchor - at <= NEAR_CUE:
            found.append(f"near={cue}")
            if frame.trigger:
                found.append(f"near={cue}|{frame.trigger.trigger.status}")
    found += _beyond_clause(scene, frame)
    return [*dict.fromkeys(found), *_around(scene, frame.sentence)]


def _beyond_clause(scene: Scene, frame: Frame) -> list[str]:
    """What the sentence and the article around a frame's clause say, and what an encoder makes of it."""
    found = []
    for other in scene.triggers_in[frame.sentence]:
        if other is not frame.trigger:
            found.append(f"also={other.kind}|{other.trigger.status}")
    found += _time_features(scene, frame)
    found += _place_features(scene, frame)
    if frame.item:
        found += _item_features(scene, frame)
    if scene.insight:
        found += scene.insight.frame(frame)
    return found


def _time_features(scene: Scene, frame: Frame) -> list[str]:
    found = []
    published = scene.article.published
    for when in scene.dates:
        if scene.sentence(when.first) == frame.sentence:
            later = bool(published) and when.value[: len(published)] > published[: len(when.value)]
            found += [f"date={'later' if later else 'past'}", f"date.sort={when.sort}"]
            if published and when.value[:4] < published[:4]:
                found.append("date=old")
    return found or ["date=none"]


def _place_features(scene: Scene, frame: Frame) -> list[str]:
    start = scene.text.sentences[frame.sentence][0]
    where = (
        "title"
        if start < scene.text.body
        else f"para={_bin(scene.text.paragraph_of[frame.sentence], (0, 2, 4, 8, 14))}"
    )
    found = [
        where,
        f"countries={min(3, len(scene.countries_in[frame.sentence]))}",
        f"speech={min(2, len(scene.speech[frame.sentence]))}",
    ]
    found += [f"says={s}" for _, _, s in scene.speech[frame.sentence]]
    return found


def _item_features(scene: Scene, frame: Frame) -> list[str]:
    item = frame.item
    assert item is not None
    found = [
        f"class={item.item_class}",
        f"top={item.top}",
        f"designation={item.designation is not None}",
        f"quantity={item.qualifier if item.quantity != 1 else 'one'}",
        f"prep={scene.preposition(item.first)}",
    ]
    if frame.trigger:
        t = frame.trigger
        side = "after" if t.last <= item.first else "before"
        gap = item.first - t.last if side == "after" else t.first - item.last
        borders = min(2, scene.between(item.first, t.first))
        found += [
            f"t.{side}|{t.voice}",
            f"t.gap={_bin(gap, (0, 2, 5, 10, 18))}",
            f"t.borders={borders}",
            f"t.{side}|{t.voice}|{t.trigger.object}|{borders}",
            f"t.weak={bool(t.trigger.weak)}|{borders}",
            f"t.status={t.trigger.status}|{side}",
        ]
    found += [f"attached={tie}" for p in scene.parties_in[frame.sentence] if (tie := attachment(scene, frame, p))]
    others = [i for i in scene.items_in[frame.sentence] if i is not item]
    found.append(f"items={min(3, len(others))}")
    found.append(f"again={min(3, sum(i.item_class == item.item_class for i in scene.items) - 1)}")
    return found


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
    """The role that a party on this side of a trigger has by the trigger's frame and voice."""
    frame = trigger.trigger
    side = SIDES.get(prep, side)
    if trigger.voice == "active":
        if side == "left":
            return frame.subject or "?"
        return frame.object if frame.object and frame.object != "item" else f"rest-{frame.subject}"
    if trigger.voice == "passive":
        if prep == "by":
            return frame.subject or "?"
        return (frame.object or "?") if side == "left" else f"rest-{frame.subject}"
    if prep == "by":
        return frame.subject or "?"
    return f"noun-{side}-{frame.subject}"


def party_features(scene: Scene, frame: Frame, party: PartyMention) -> list[str]:
    """What ties a party to a frame: order, voice, preposition class, distance, clause borders, kind of name."""
    sentence = scene.sentence(party.first)
    if sentence == frame.sentence:
        found = _own_features(scene, party) + _same_sentence(scene, frame, party, scene.preposition(party.first))
    else:
        found = _from_afar(
            scene,
            party,
            frame.kind,
            frame.trigger.trigger.subject if frame.trigger else "-",
            max(-FAR, min(FAR, sentence - frame.sentence)),
            min(2, len(scene.countries_in[frame.sentence])),
            party.country in scene.countries_in[frame.sentence],
        )
    if frame.item and frame.item.maker and party.country:
        found = [*found, f"maker={frame.item.maker == party.country}"]
    if scene.insight:
        found = found + scene.insight.party(frame, party)
    return found


@once
def _own_features(scene: Scene, party: PartyMention) -> list[str]:
    """What can be said of a party whatever the frame."""
    found = [f"sort={party.sort}", f"office={party.office}", f"sure={party.sure}"]
    country = party.country
    if country:
        ahead = sum(
            n > scene.mentions_of[country] or (n == scene.mentions_of[country] and c < country)
            for c, n in scene.mentions_of.items()
        )
        found.append(f"rank={min(4, ahead)}")
        if country in scene.in_title:
            found.append("in-title")
    else:
        found.append("no-country")
    if _speaks(scene, party, scene.sentence(party.first)):
        found.append("speaks")
    return found


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
        found += [
            f"{tag}.role={role}",
            f"{tag}.role={role}|b{borders}",
            f"{tag}.role={role}|n{min(2, rank)}",
            f"{tag}.role={role}|{prep}",
        ]
        if tag == "t":
            found += [
                f"t.id={trigger.trigger.id}|{side}",
                f"t.gap={_bin(high - low, (0, 2, 5, 10, 20))}|{side}",
                f"t.weak={bool(trigger.trigger.weak)}|{role}",
            ]
    if frame.trigger is None:
        found.append("t=none")
    if frame.item:
        tied = attachment(scene, frame, party)
        if tied:
            found += [f"tied={tied}", f"tied={tied}|{frame.trigger.trigger.subject if frame.trigger else ''}"]
        side = "left" if party.last <= frame.item.first else "right"
        borders = min(2, scene.between(party.first, frame.item.first))
        found += [f"item-{side}|b{borders}", f"item-{side}|{prep}"]
    if party.first == scene.text.bounds[frame.sentence][0]:
        found.append("opens")
    if party.last < len(scene.text.words) and scene.text.words[party.last] in ("'", "’"):
        found.append("possessive")
    relative = [at for at, c in scene.cues[frame.sentence] if c == "relative" and at < party.first]
    if relative and party.first - relative[-1] <= 6 and frame.first < relative[-1]:
        found.append("in-relative")
    found.append(f"alone={len(scene.countries_in[frame.sentence]) == 1}")
    found += _bespoken(scene, frame.kind, party)
    if frame.item:
        found += _purpose(scene, frame, party, prep)
    return found


def _purpose(scene: Scene, frame: Frame, party: PartyMention, prep: str) -> list[str]:
    """Whether a word for a war leads to a party (`for its war in Ukraine`): there it is used, not given."""
    led = any(
        cue == WAR and 0 < party.first - at <= LED and not scene.between(at, party.first)
        for at, cue in scene.cues[frame.sentence]
    )
    return [f"war={led}|{prep}", f"war={led}|{party.first > frame.first}"] if led else []


@once
def _from_afar(
    scene: Scene, party: PartyMention, kind: str, subject: str | None, away: int, here: int, also_here: bool
) -> list[str]:
    """What ties a party to a frame of another sentence, `away` sentences before it, which names `here` countries."""
    title = scene.text.starts[party.first] < scene.text.body
    where = "title" if title else f"away={away}"
    found = [*_own_features(scene, party), where, f"{where}|{party.sort}"]
    found += _bespoken(scene, kind, party)
    role = _role_there(scene, kind, party)
    if role:
        found += [
            f"far.role={role}",
            f"{where}|far.role={role}",
            f"far.role={role}|{scene.preposition(party.first)}",
        ]
        if subject != "-":
            found.append(f"far.role={role}|{subject}")
    found.append(f"own={here}|{'title' if title else 'near' if abs(away) == 1 else 'far'}")
    if also_here:
        found.append("also-here")
    return found


@once
def _bespoken(scene: Scene, kind: str, party: PartyMention) -> list[str]:
    """Whether the word nearest to a party tells of another kind of happening (`after he had been to Russia`)."""
    near = _nearest(scene, party, scene.triggers_in[scene.sentence(party.first)])
    if near is None or near.kind == kind:
        return []
    return [f"other={near.kind}", f"other={near.kind}|{scene.preposition(party.first)}"]


def _nearest(scene: Scene, party: PartyMention, triggers: list[TriggerMention]) -> TriggerMention | None:
    """The trigger nearest to a party, clause borders counting as distance."""
    return min(
        triggers,
        key=lambda t: (abs(t.first - party.first) + 6 * scene.between(t.first, party.first), t.first),
        default=None,
    )


@once
def _role_there(scene: Scene, kind: str, party: PartyMention) -> str:
    """The role that a party has by the trigger nearest to it in its own sentence; or empty."""
    near = _nearest(scene, party, [t for t in scene.triggers_in[scene.sentence(party.first)] if t.kind == kind])
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
    found = [
        "nobody",
        f"nobody|{frame.kind}",
        f"nobody|{min(3, len(countries))}",
        f"nobody|all={min(4, len(scene.mentions_of))}",
    ]
    if frame.trigger:
        found += [
            f"nobody|{frame.trigger.trigger.subject}|{frame.trigger.voice}",
            f"nobody|{frame.trigger.trigger.id}",
        ]
    if scene.insight:
        found += scene.insight.nobody(frame)
    return found


def candidates(scene: Scene, frame: Frame) -> list[PartyMention]:
    """The parties that could fill a role: those nearby, in the title and lead, and the article's main ones."""
    chosen: dict[PartyMention, None] = {}
    last = len(scene.parties_in) - 1
    order = [frame.sentence, frame.sentence - 1, frame.sentence - 2, frame.sentence + 1, 0, 1]
    for sentence in order:
        if 0 <= sentence <= last:
            for party in scene.parties_in[sentence]:
                if party.sort not in NOT_PARTIES:
                    chosen.setdefault(party)
    here = {p.country for p in chosen}
    for party in scene.main_parties:
        if party.country not in here:
            chosen.setdefault(party)
    return list(chosen)[:CANDIDATES]
