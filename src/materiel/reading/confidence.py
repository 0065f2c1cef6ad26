"""Confidence: the chance that a claim is right, learnt on articles that its parts had not seen."""

from math import log

import msgspec

from materiel.model.claim import Claim
from materiel.reading.drafts import Draft
from materiel.reading.merging import MAIN_ROLES
from materiel.reading.scene import Scene, once

ELSEWHERE = ("sport", "crime", "exercise")  # cues of articles that share the words of transfers and report none
OFFICES = frozenset(("head", "minister", "official", "spokesperson", "military", "diplomat", "government", "ministry"))


def _level(p: float) -> int:
    """Odds of a chance in steps of two thirds of a unit of log-odds, -6 to 6."""
    p = min(max(p, 1e-4), 1 - 1e-4)
    return max(-6, min(6, round(1.5 * log(p / (1 - p)))))


def confidence_features(scene: Scene, group: list[Draft], claim: Claim, drafts: list[Draft]) -> list[str]:
    """What tells right claims from wrong: how sure its drafts are, what is missing, how much the article reports."""
    kind = group[0].frame.kind
    best = max(group, key=lambda d: (d.worth, -d.frame.first))
    found = [
        "bias",
        kind,
        f"{kind}|worth={_level(best.worth)}",
        f"worth={_level(best.worth)}",
        f"{kind}|drafts={min(4, len(group))}",
    ]
    for role in MAIN_ROLES[kind]:
        filled = getattr(claim, role)
        found.append(f"{role}={min(3, len(filled))}")
        entity = filled[0].country or filled[0].name if filled else None
        found.append(f"{role}|sure={_level(best.entities(role).get(entity, 0.0))}")
    for cell in ("status", "stance"):
        found.append(f"{cell}={getattr(claim, cell)}")
    if kind == "transfer":
        found += [
            f"vague={all(d.frame.item is not None and d.frame.item.vague for d in group)}",
            f"trigger={best.frame.trigger is not None}",
        ]
        found += [f"top={best.frame.item.top if best.frame.item else ''}"]
    total = sum(d.worth for d in drafts if d.frame.kind == "transfer")
    found += [
        f"{kind == 'transfer'}|article={min(6, int(total))}",
        f"countries={min(5, len(scene.mentions_of))}",
    ]
    found += _beside_the_point(scene, kind)
    start = scene.text.sentences[group[0].frame.sentence][0]
    found.append(
        f"place={'title' if start < scene.text.body else min(3, scene.text.paragraph_of[group[0].frame.sentence] // 3)}"
    )
    return found


@once
def _beside_the_point(scene: Scene, kind: str) -> list[str]:
    """How much the article is about something else (sport, crime), and how many who act for a state it names."""
    cues = [cue for found in scene.cues for _, cue in found]
    officials = {p.name for p in scene.parties if p.office in OFFICES}
    found = [f"{kind}|{cue}={min(3, cues.count(cue))}" for cue in ELSEWHERE]
    return [*found, f"{kind}|officials={min(3, len(officials))}"]


def with_confidence(claim: Claim, sure: float) -> Claim:
    """The claim with its confidence, to two places."""
    return msgspec.structs.replace(claim, confidence=round(sure, 2))
