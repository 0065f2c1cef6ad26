"""Align: which frames of a text report which annotated claims, so that choices can be learnt from them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from materiel.learning.score import alike, source_credit
from materiel.reading.drafts import LABELS
from materiel.reading.frames import Frame
from materiel.reading.mention import PartyMention
from materiel.reading.merging import MAIN_ROLES
from materiel.reading.scene import Scene
from materiel.reading.voices import Voice, Voices

Cell = dict[str, Any]
DOUBT = 0.3  # weight of a frame that probably, not surely, is what an annotator meant
NAMED = 1.3  # what a party counts that a sentence calls by the name it has in a claim; its country alone counts 1
EQUAL = 0.3  # claims that fit a frame about as well as the best
LONGEST = 40  # occurrences of one text that are looked at


@dataclass(slots=True)
class Aligned:
    """A frame, the claim it reports (None: none), how much its example counts, and all claims it may report.

    A frame that reports none but names a thing of some claim again has those claims as `claims`: left alone it
    would be a claim too many, joined to theirs it does no harm.
    """

    frame: Frame
    claim: int | None
    weight: float
    claims: tuple[int, ...] = ()


def occurrences(string: str, text: str) -> list[tuple[int, int]]:
    """Where a cell's text stands in an article, as whole words."""
    found: list[tuple[int, int]] = []
    at = string.find(text)
    while text and at >= 0 and len(found) < LONGEST:
        end = at + len(text)
        if not (at and string[at - 1].isalnum() and text[0].isalnum()) and not (
            end < len(string) and string[end].isalnum() and text[-1].isalnum()
        ):
            found.append((at, end))
        at = string.find(text, at + 1)
    return found


def align(scene: Scene, frames: list[Frame], claims: list[Cell]) -> list[Aligned]:
    """Each frame with the claim that it most likely reports."""
    strengths: dict[int, dict[int, float]] = defaultdict(dict)
    kin: dict[int, list[int]] = defaultdict(list)
    for n, claim in enumerate(claims):
        for k, frame in enumerate(frames):
            if frame.kind != claim["kind"]:
                continue
            strength = _item_strength(scene, frame, claim) if frame.item else _trigger_strength(scene, frame, claim)
            if strength > 0:
                strengths[k][n] = strength
            elif frame.item and _kin(frame, claim):
                kin[k].append(n)
    top: dict[int, float] = defaultdict(float)
    choice = {}
    for k, by_claim in strengths.items():
        choice[k] = max(by_claim, key=lambda n: (by_claim[n], -n))
        top[choice[k]] = max(top[choice[k]], by_claim[choice[k]])
    aligned = []
    for k, frame in enumerate(frames):
        if k in choice:
            sure = strengths[k][choice[k]] >= top[choice[k]] - 0.6
            near = tuple(n for n, strength in strengths[k].items() if strength >= strengths[k][choice[k]] - EQUAL)
            aligned.append(Aligned(frame, choice[k], 1.0 if sure else DOUBT, near))
        else:
            aligned.append(Aligned(frame, None, DOUBT if k in kin else 1.0, tuple(kin[k]) if k in kin else ()))
    return aligned


def _kin(frame: Frame, claim: Cell) -> bool:
    item = frame.item
    assert item is not None
    return any(
        (item.designation and alike({"designation": item.designation}, i, ("designation",)))
        or (i["class"] == item.item_class and not item.vague)
        for i in claim.get("items", ())
    )


def _item_strength(scene: Scene, frame: Frame, claim: Cell) -> float:
    item, text = frame.item, scene.text
    assert item is not None
    start, end = text.starts[item.first], text.ends[item.last - 1]
    best = 0.0
    for cell in claim["items"]:
        for a, b in occurrences(text.string, cell["text"]):
            if a < end and start < b:
                strength = 1.0
                strength += 0.5 * (cell["quantity"] is not None and cell["quantity"] == item.quantity)
                strength += 0.25 * (cell["class"] == item.item_class)
                best = max(best, strength)
    if not best:
        return 0.0
    here = {p.country for p in scene.parties_in[frame.sentence]}
    near = here | {p.country for n in (frame.sentence - 1,) if n >= 0 for p in scene.parties_in[n]}
    for role in ("supplier", "recipient"):
        countries = {p["country"] for p in claim[role]}
        best += 0.5 * bool(countries & here) + 0.25 * bool(countries & near)
    if frame.trigger and frame.trigger.trigger.status == claim["status"]:
        best += 0.3
    return best


def _trigger_strength(scene: Scene, frame: Frame, claim: Cell) -> float:
    strength = 0.0
    for role in MAIN_ROLES[frame.kind]:
        for cell in claim[role]:
            here = any(right_party(p, cell) for p in scene.parties_in[frame.sentence])
            before = frame.sentence and any(right_party(p, cell) for p in scene.parties_in[frame.sentence - 1])
            named = any(is_named(p, cell) for p in scene.parties_in[frame.sentence])
            strength += (NAMED if named else 1.0) if here else 0.4 if before else 0.0
    if not strength:
        return 0.0
    if claim["kind"] == "reaction" and frame.trigger and frame.trigger.trigger.tone != claim["tone"]:
        return 0.0 if strength < 1 else strength - 0.7
    if claim["date"] and any(
        w.value == claim["date"] and scene.sentence(w.first) == frame.sentence for w in scene.dates
    ):
        strength += 0.6
    if any(
        p.name and any(alike({"text": p.name}, q, ("text", "name")) for q in claim["places"])
        for p in scene.parties_in[frame.sentence]
    ):
        strength += 0.4
    return strength if strength >= 1 else 0.0


def right_party(party: PartyMention | None, cell: Cell) -> bool:
    """Whether a mention stands for the party of a cell: the same country, or no country and a like name."""
    if party is None:
        return False
    if cell["country"] is None:
        return party.country is None and alike({"text": party.name}, cell, ("text", "name"))
    return bool(party.country == cell["country"])


def is_named(party: PartyMention, cell: Cell) -> bool:
    """Whether a mention names the very party of a cell, not its country alone."""
    return right_party(party, cell) and alike({"text": party.name}, cell, ("text", "name"))


def right_mentions(parties: list[PartyMention], cells: list[Cell]) -> frozenset[int]:
    """Which mentions stand for any of the parties of a role, those of a like name alone where there are any."""
    right = {k for k, p in enumerate(parties) if any(right_party(p, c) for c in cells)}
    named = {k for k in right if any(is_named(parties[k], c) for c in cells)}
    return frozenset(named or right)


def label_of(cell: str, claim: Cell) -> int:
    """The number of the claim's value of a cell."""
    return LABELS[cell].index(claim[cell] or "none")


def right_voices(scene: Scene, voices: Voices, said: list[str]) -> list[Voice]:
    """The voices that a claim's sources name: those that stand where a source does, else those of a like name."""
    text = scene.text
    found: list[Voice] = []
    for source in said:
        at = occurrences(text.string, source)
        there = [
            voice
            for voice in voices.all
            if any(a < text.ends[m.last - 1] and text.starts[m.first] < b for m in voice.mentions for a, b in at)
        ]
        found += there or [v for v in voices.all if any(source_credit(source, n) for n in _quotes(scene, v))]
    return found


def _quotes(scene: Scene, voice: Voice) -> set[str]:
    return {scene.text.quote(m.first, m.last) for m in voice.mentions}
