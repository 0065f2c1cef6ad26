"""Reasons: why two reports were taken for one event, or not, in an analyst's words with the weight of each."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from materiel.ledger.likeness import Likeness, features
from materiel.ledger.sketch import KINDS, Sketches
from materiel.model.claim import ROLES

WORDS = Path(__file__).with_name("feature-words.tsv")


class Reason(NamedTuple):
    """What holds of two reports, and how much it speaks for one event (above 0) or two, in log-odds."""

    words: str
    weight: float


def reasons(claims: Sketches, a: int, b: int, likeness: Likeness) -> list[Reason]:
    """What holds of rows `a` and `b` of claims, the weightiest first; the weights sum to the score of the pair."""
    kind = KINDS[int(claims["kind"][a])]
    found: dict[str, float] = {}
    for name in features(claims, np.array([a]), np.array([b]))[0]:
        shared = "bias" if name == kind else name.removeprefix(f"{kind}|")
        found[shared] = found.get(shared, 0.0) + likeness.weights.get(name, 0.0)
    told = sorted(found.items(), key=lambda f: (-abs(f[1]), f[0]))
    return [Reason(words_of(name, kind), round(weight, 3)) for name, weight in told if weight]


@cache
def words_of(feature: str, kind: str) -> str:
    """A feature (`giver=name`, `status=agreed|delivered`) of a kind in words; KeyError of one that has none."""
    words, roles = _words(), ROLES[kind]
    if feature in words:
        return words[feature].format(giver=roles[0], taker=roles[1] if len(roles) > 1 else "other side")
    group, _, parts = feature.partition("=")

    told = (
        words.get(f"{group}.{place}:{part}") or words.get(f"{group}:{part}") or part
        for place, part in enumerate(parts.split("|"))
    )
    return words[f"{group}=*"].format(*told)


@cache
def _words() -> dict[str, str]:
    lines = WORDS.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))
