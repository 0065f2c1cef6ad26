"""Insight: the encoder's answers to an article's questions, as features for the stages of reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from materiel.encoder.questions import LABEL_ENDS, RELATIONS, Questions, Scores
from materiel.reading.choice import chances, logistic
from materiel.reading.drafts import CHOSEN_ROLES, LABELS, SHARED_ROLES, label_cells
from materiel.reading.frames import Frame
from materiel.reading.mention import PartyMention
from materiel.reading.roles import candidates
from materiel.reading.scene import Scene

Floats = NDArray[np.float32]

STEP = 1.5  # steps of a feature in one unit of log-odds
MOST = 9  # steps that are told apart
UNLIKELY = 0.03  # labels less likely than this are not told


@dataclass(slots=True, frozen=True)
class Answers:
    """What the net answers: `scores`, and for each two frames `together`, shape (frames, frames)."""

    scores: Scores
    together: Floats


def _odds(score: float) -> int:
    return max(-MOST, min(MOST, round(STEP * float(score))))


def _level(p: float) -> int:
    return min(MOST, round(-STEP * log(max(p, 1e-6))))


class EncoderInsight:
    """The features of one scene (see `reading.insight.Insight`).

    Frames, labels and roles are told by the net, by the word lists (the scores of the quick reader's weights) and by
    both together.
    """

    def __init__(self, scene: Scene, questions: Questions, answers: Answers, lists: Scores) -> None:
        self._scene, self._questions, self._answers = scene, questions, answers
        self._told = {"net": answers.scores, "lists": lists, "both": answers.scores + lists}
        self._roles: dict[int, dict[tuple[int, int] | None, list[str]]] = {}

    def _row(self, frame: Frame) -> int:
        return self._questions.frame_at[frame.kind, frame.first, frame.last]

    def frame(self, frame: Frame) -> list[str]:
        """How likely a frame reports something, and each likely label."""
        k = self._row(frame)
        found = []
        for by, scores in self._told.items():
            found.append(f"{by}={_odds(scores.worth[k])}")
            for n, (cell, labels) in enumerate(LABELS.items()):
                if cell in label_cells(frame.kind):
                    low = LABEL_ENDS[n - 1] if n else 0
                    p = chances(scores.labels[k, low : LABEL_ENDS[n]].tolist())
                    found += [f"{by}.{cell}={v}|{_level(q)}" for v, q in zip(labels, p, strict=True) if q > UNLIKELY]
        return found

    def unaided(self, frame: Frame) -> float:
        """The chance that a frame reports something by the word lists alone."""
        return logistic(float(self._told["lists"].worth[self._row(frame)]))

    def party(self, frame: Frame, party: PartyMention) -> list[str]:
        """How likely a party fills each role of a frame."""
        return self._of(frame).get((party.first, party.last), [])

    def nobody(self, frame: Frame) -> list[str]:
        """How likely nobody fills each role of a frame."""
        return self._of(frame)[None]

    def _of(self, frame: Frame) -> dict[tuple[int, int] | None, list[str]]:
        k = self._row(frame)
        known = self._roles.get(k)
        if known is None:
            known = self._roles[k] = self._read_roles(frame, k)
        return known

    def _read_roles(self, frame: Frame, k: int) -> dict[tuple[int, int] | None, list[str]]:
        parties = candidates(self._scene, frame)
        rows = [self._questions.mention_at[p.first, p.last] for p in parties]
        found: dict[tuple[int, int] | None, list[str]] = {(p.first, p.last): [] for p in parties}
        found[None] = []
        for by, scores in self._told.items():
            for role in CHOSEN_ROLES.get(frame.kind, ()):
                n = RELATIONS.index(role)
                p = chances([*scores.relations[k, rows, n].tolist(), float(scores.nobody[k, n])])
                best = max(range(len(p)), key=lambda i: (p[i], -i))
                for i, feats in enumerate(found.values()):
                    feats.append(f"{by}.{role}={_level(p[i])}")
                    if i == best:
                        feats.append(f"{by}.{role}.best")
            for role in SHARED_ROLES.get(frame.kind, ()):
                n = RELATIONS.index(role)
                for row, party in zip(rows, parties, strict=True):
                    found[party.first, party.last].append(f"{by}.{role}={_odds(scores.relations[k, row, n])}")
        return found

    def together(self, a: Frame, b: Frame) -> list[str]:
        """How likely two frames tell of one happening."""
        x, y = self._row(a), self._row(b)
        return [f"net={_odds(self._answers.together[x, y])}"]

    def detail(self, frames: Sequence[Frame], cell: str, spans: Sequence[tuple[int, int]]) -> list[str]:
        """How likely one of some mentions of a thing fills a plain cell of a claim of some frames: at best, and on
        average over the frames."""
        at = self._questions.mention_at
        columns = [at[span] for span in spans if span in at]
        if not columns:
            return []
        n = RELATIONS.index(cell)
        rows = [self._row(f) for f in frames]
        net = self._answers.scores
        scores = net.relations[np.ix_(rows, columns)][:, :, n].max(axis=1)
        if cell in ("date", "value"):
            scores = scores - net.nobody[rows, n]
        mean = sum(1 / (1 + exp(-min(30.0, max(-30.0, s)))) for s in scores.tolist()) / len(rows)
        return [f"net.best={_odds(scores.max())}", f"net.mean={round(6 * mean)}"]
