"""Asking: the questions that the encoder learns from, with the answers that annotation gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import torch
from torch import Tensor

from materiel.encoder.questions import RELATIONS, Questions, Scores, questions_of
from materiel.learning.align import label_of, right_mentions, right_party, right_voices
from materiel.learning.decisions import EXAMPLE
from materiel.learning.lessons import Lesson
from materiel.learning.score import date_credit, name_credit
from materiel.reading.details import find_places, in_reach
from materiel.reading.drafts import CHOSEN_ROLES, LABELS, SHARED_ROLES, Draft, label_cells, may_share
from materiel.reading.roles import candidates
from materiel.reading.voices import Voices, find_voices

DETAIL = 0.5  # what a source, a place, a date or a value counts beside a role


@dataclass
class Asked:
    """A lesson's questions with their right answers; each answer has what it counts."""

    lesson: Lesson
    questions: Questions
    worth: list[tuple[int, float, float]] = field(default_factory=list)  # frame, answer, weight
    # frame, relation, mentions, right ones (len(mentions) is none of them), weight
    choices: list[tuple[int, int, list[int], list[int], float]] = field(default_factory=list)
    # frame, relation, mention, answer, weight
    shared: list[tuple[int, int, int, float, float]] = field(default_factory=list)
    labels: list[tuple[int, int, int, float]] = field(default_factory=list)  # frame, cell, answer, weight
    together: list[tuple[int, int, float, float]] = field(default_factory=list)  # frames, answer, weight
    low: list[Tensor] = field(default_factory=list)  # states of its windows after the frozen layers
    lists: Scores = field(init=False)  # what weights of word lists that have not seen it make of it

    @cached_property
    def answered(self) -> "Answered":
        """The answers as tensors."""
        return Answered(self)


def ask(lesson: Lesson) -> Asked:
    """The questions of a lesson with the answers that its annotation gives."""
    asked = Asked(lesson, questions_of(lesson.scene, [a.frame for a in lesson.aligned]))
    part = EXAMPLE if lesson.example else 1.0
    voices = find_voices(lesson.scene)
    for k, aligned in enumerate(lesson.aligned):
        weight = aligned.weight * part
        asked.worth.append((k, float(aligned.claim is not None), weight))
        if aligned.claim is not None:
            _ask_roles(asked, k, weight)
            _ask_details(asked, k, DETAIL * weight, voices)
            for cell in label_cells(aligned.frame.kind):
                answer = label_of(cell, lesson.claims[aligned.claim])
                asked.labels.append((k, list(LABELS).index(cell), answer, weight))
    _ask_together(asked, part)
    return asked


def _ask_roles(asked: Asked, k: int, weight: float) -> None:
    lesson, aligned = asked.lesson, asked.lesson.aligned[k]
    frame, scene = aligned.frame, lesson.scene
    parties = candidates(scene, frame)
    rows = [asked.questions.mention_at[p.first, p.last] for p in parties]
    for role in CHOSEN_ROLES.get(frame.kind, ()):
        cells = [c for n in aligned.claims for c in lesson.claims[n][role]]
        right = right_mentions(parties, cells) if cells else frozenset((len(parties),))
        if right:
            asked.choices.append((k, RELATIONS.index(role), rows, sorted(right), weight))
    for role in SHARED_ROLES.get(frame.kind, ()):
        cells = lesson.claims[aligned.claim or 0][role]
        for party, row in zip(parties, rows, strict=True):
            if may_share(scene, frame, party):
                yes = any(right_party(party, c) for c in cells)
                asked.shared.append((k, RELATIONS.index(role), row, float(yes), weight))


def _ask_details(asked: Asked, k: int, weight: float, voices: Voices) -> None:
    lesson, aligned, at = asked.lesson, asked.lesson.aligned[k], asked.questions.mention_at
    scene, claim = lesson.scene, lesson.claims[aligned.claim or 0]
    group = [Draft(aligned.frame, [], 1.0)]
    right_ones = right_voices(scene, voices, claim["sources"])
    for voice in voices.all:
        for source in in_reach(scene, group, voice.mentions):
            row = at[source.first, source.last]
            asked.shared.append((k, RELATIONS.index("source"), row, float(voice in right_ones), weight))
    for place in in_reach(scene, group, find_places(scene)):
        said = {"text": scene.text.quote(place.first, place.last), "name": place.name}
        yes = any(name_credit(g, said) for g in claim["places"])
        asked.shared.append((k, RELATIONS.index("place"), at[place.first, place.last], float(yes), weight))
    dates = in_reach(scene, group, scene.dates)
    if dates:
        credit = [date_credit(claim["date"], w.value) if claim["date"] else 0.0 for w in dates]
        right = [n for n, c in enumerate(credit) if c and c == max(credit)] or [len(dates)]
        asked.choices.append((k, RELATIONS.index("date"), [at[w.first, w.last] for w in dates], right, weight))
    sums = [n for n in scene.numbers if n.currency and n.amount]
    if sums and aligned.frame.kind == "transfer":
        value = claim["value"] or {"amount": None, "currency": None}
        right = [n for n, s in enumerate(sums) if (s.amount, s.currency) == (value["amount"], value["currency"])]
        rows = [at[s.first, s.last] for s in sums]
        asked.choices.append((k, RELATIONS.index("value"), rows, right or [len(sums)], weight))


def _ask_together(asked: Asked, part: float) -> None:
    real = [(k, a) for k, a in enumerate(asked.lesson.aligned) if a.claims]
    for n, (j, x) in enumerate(real):
        for k, y in real[n + 1 :]:
            if x.frame.kind == y.frame.kind and not (x.claim is None and y.claim is None):
                one = x.claim == y.claim if None not in (x.claim, y.claim) else bool(set(x.claims) & set(y.claims))
                weight = part * min(x.weight, y.weight) / max(1.0, len(real) / 4)
                asked.together.append((j, k, float(one), weight))


class Answered:
    """A lesson's answers as tensors, for all of its questions at once."""

    def __init__(self, one: Asked) -> None:
        self.worth = columns(one.worth)
        self.labels = [columns([(k, y, w) for k, c, y, w in one.labels if c == cell]) for cell in range(len(LABELS))]
        self.shared = columns(one.shared)
        self.together = columns(one.together)
        longest = max((len(rows) for _, _, rows, _, _ in one.choices), default=0)
        self.choices = columns([(k, r, w) for k, r, _, _, w in one.choices])
        if one.choices:
            self.rows = torch.tensor([[*rows, *[0] * (longest - len(rows))] for _, _, rows, _, _ in one.choices])
            # The last candidate, nobody, always stands; `right` and `there` are over candidates and nobody.
            width = [[*[1] * len(rows), *[0] * (longest - len(rows)), 1] for _, _, rows, _, _ in one.choices]
            self.there = torch.tensor(width, dtype=torch.bool)
            self.right = torch.zeros(len(one.choices), longest + 1, dtype=torch.bool)
            for n, (_, _, rows, right, _) in enumerate(one.choices):
                self.right[n, [longest if r == len(rows) else r for r in right]] = True


def columns(rows: Sequence[tuple[float, ...]]) -> list[Tensor] | None:
    """The columns of rows as tensors, whole numbers as such; None of no rows."""
    return [torch.tensor(c) for c in zip(*rows, strict=True)] if rows else None
