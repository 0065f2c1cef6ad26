"""Questions: what the encoder is asked of an article: its frames, and the mentions that could belong to each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from materiel.encoder.pieces import Pieces, pieces_of
from materiel.encoder.windows import Window, windows_of
from materiel.reading.details import find_places
from materiel.reading.drafts import CHOSEN_ROLES, LABELS, SHARED_ROLES, Model, label_cells
from materiel.reading.features import article_features, context_features
from materiel.reading.frames import Frame, find_frames
from materiel.reading.merging import MAIN_ROLES, kind_of
from materiel.reading.roles import candidates, nobody_features, party_features
from materiel.reading.scene import NOT_PARTIES, Scene
from materiel.reading.sources import find_sources

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

KINDS = tuple(MAIN_ROLES)
# What a mention can be to a frame: the roles, then the plain cells.
RELATIONS = (
    "supplier",
    "recipient",
    "intermediary",
    "end_use",
    "visitor",
    "host",
    "viewer",
    "who",
    "participants",
    "parties",
    "source",
    "place",
    "date",
    "value",
)
LABEL_ENDS = tuple(np.cumsum([len(v) for v in LABELS.values()]).tolist())
SORTS = ("party", "source", "place", "date", "value")
AWAY = 4  # sentences before or after, beyond which distance is not told
OFFSETS = 2 * AWAY + 4  # sentences away, then: same sentence before or after, title
CLASSES = ("none", "class", "top", "vague", "other")
# How two frames stand to each other, one of each: sentences apart, classes, types, numbers, headline.
TIES = (AWAY + 1, len(CLASSES), 3, 4, 3)


@dataclass(slots=True, frozen=True)
class Scores:
    """Log-odds: `worth` of each frame, `labels` (frames, labels), `relations` (frames, mentions, RELATIONS) and what
    speaks for `nobody` (frames, RELATIONS); 0 where it is not asked."""

    worth: Floats
    labels: Floats
    relations: Floats
    nobody: Floats

    def __add__(self, other: "Scores") -> "Scores":
        """What two score together, each as sure as it says."""
        return Scores(
            self.worth + other.worth,
            self.labels + other.labels,
            self.relations + other.relations,
            self.nobody + other.nobody,
        )


@dataclass(slots=True)
class Questions:
    """An article's frames and mentions as pieces of the encoder.

    `pieces` are those of the article's string; `sentences[n]` the first piece of sentence n. `frames[k]` has its
    span in `frame_span[k]` (first, last piece), its trigger's in `trigger_span[k]` ((0, 0) where it has none), and its
    kind. `mentions` are (first, last) of the reading's pieces, by which `mention_at` finds their row. `ties`, of shape
    (frames, frames, len(TIES)), are numbers below sum(TIES): how each two frames stand to each other.
    """

    pieces: Pieces
    sentences: Ints
    frames: list[Frame]
    frame_span: Ints
    trigger_span: Ints
    kind: Ints
    mentions: list[tuple[int, int]]
    mention_span: Ints
    sort: NDArray[np.float32]
    mention_at: dict[tuple[int, int], int]
    frame_at: dict[tuple[str, int, int], int]
    offset: Ints
    ties: Ints

    def windows(self) -> list[Window]:
        """The windows in which the encoder sees the article."""
        return windows_of(len(self.pieces.ids), self.sentences)


def scores_of_lists(scene: Scene, questions: Questions, model: Model) -> Scores:
    """What a quick reader's weights score for an article's questions; `scene` must have no insight yet."""
    frames, at = questions.frames, questions.mention_at
    made = Scores(
        np.zeros(len(frames), np.float32),
        np.zeros((len(frames), LABEL_ENDS[-1]), np.float32),
        np.zeros((len(frames), len(at), len(RELATIONS)), np.float32),
        np.zeros((len(frames), len(RELATIONS)), np.float32),
    )
    for k, frame in enumerate(frames):
        context = context_features(scene, frame)
        wider = [*context, article_features(scene)]
        made.worth[k] = model.score(f"claim.{frame.kind}", context)
        for n, (cell, labels) in enumerate(LABELS.items()):
            if cell in label_cells(frame.kind):
                low = LABEL_ENDS[n - 1] if n else 0
                scores = [model.score(f"{cell}.{v}", wider) for v in labels]
                made.labels[k, low : LABEL_ENDS[n]] = np.array(scores) - np.mean(scores)
        parties = candidates(scene, frame)
        features = [party_features(scene, frame, p) for p in parties]
        for role in (*CHOSEN_ROLES.get(frame.kind, ()), *SHARED_ROLES.get(frame.kind, ())):
            r = RELATIONS.index(role)
            for party, found in zip(parties, features, strict=True):
                made.relations[k, at[party.first, party.last], r] = model.score(f"role.{role}", found)
            if role in CHOSEN_ROLES.get(frame.kind, ()):
                made.nobody[k, r] = model.score(f"role.{role}", nobody_features(scene, frame))
    return made


def questions_of(scene: Scene, frames: list[Frame] | None = None) -> Questions:
    """What is asked of an article's scene."""
    text = scene.text
    pieces = pieces_of(text.string)
    found = find_frames(scene) if frames is None else frames
    sorts: dict[tuple[int, int], set[str]] = {}

    def mention(first: int, last: int, sort: str) -> None:
        sorts.setdefault((first, last), set()).add(sort)

    for party in scene.parties:
        if party.sort not in NOT_PARTIES:
            mention(party.first, party.last, "party")
    for source in find_sources(scene):
        mention(source.first, source.last, "source")
    for place in find_places(scene):
        mention(place.first, place.last, "place")
    for when in scene.dates:
        mention(when.first, when.last, "date")
    for number in scene.numbers:
        if number.currency and number.amount:
            mention(number.first, number.last, "value")
    mentions = sorted(sorts)
    spans = [(text.starts[a], text.ends[b - 1]) for a, b in mentions]
    frame_chars = [(text.starts[f.first], text.ends[f.last - 1]) for f in found]
    triggers = [(text.starts[f.trigger.first], text.ends[f.trigger.last - 1]) if f.trigger else None for f in found]
    return Questions(
        pieces=pieces,
        sentences=np.searchsorted(pieces.ends, [s for s, _ in text.sentences], side="right"),
        frames=found,
        frame_span=_spans(pieces, frame_chars),
        trigger_span=_spans(pieces, triggers),
        kind=np.array([KINDS.index(f.kind) for f in found], dtype=np.int64),
        mentions=mentions,
        mention_span=_spans(pieces, spans),
        sort=np.array([[float(s in sorts[m]) for s in SORTS] for m in mentions], dtype=np.float32).reshape(-1, 5),
        mention_at={m: n for n, m in enumerate(mentions)},
        frame_at={(f.kind, f.first, f.last): n for n, f in enumerate(found)},
        offset=_offsets(scene, found, mentions),
        ties=_ties(scene, found),
    )


def _spans(pieces: Pieces, chars: list[tuple[int, int] | None] | list[tuple[int, int]]) -> Ints:
    """The pieces that overlap each span of characters, shape (spans, 2); (0, 0) for None."""
    made = np.zeros((len(chars), 2), dtype=np.int64)
    for n, span in enumerate(chars):
        if span is not None:
            first = int(np.searchsorted(pieces.ends, span[0], side="right"))
            last = int(np.searchsorted(pieces.starts, span[1], side="left"))
            made[n] = first, max(last, first + 1)
    return made


def _offsets(scene: Scene, frames: list[Frame], mentions: list[tuple[int, int]]) -> Ints:
    """How each mention stands to each frame, shape (frames, mentions): a number below OFFSETS."""
    if not frames or not mentions:
        return np.zeros((len(frames), len(mentions)), dtype=np.int64)
    sentence = np.array([scene.sentence(a) for a, _ in mentions])
    first = np.array([a for a, _ in mentions])
    title = np.array([scene.text.starts[a] < scene.text.body for a, _ in mentions])
    own = np.array([f.sentence for f in frames])
    away = np.clip(sentence[None, :] - own[:, None], -AWAY, AWAY) + AWAY
    after = first[None, :] > np.array([f.first for f in frames])[:, None]
    found = np.where(away == AWAY, 2 * AWAY + 1 + after, away)
    return np.where(title[None, :] & (away != AWAY), 2 * AWAY + 3, found).astype(np.int64)


def _ties(scene: Scene, frames: list[Frame]) -> Ints:
    starts = np.cumsum([0, *TIES[:-1]])
    found = np.zeros((len(frames), len(frames), len(TIES)), dtype=np.int64)
    for j, a in enumerate(frames):
        for k in range(j, len(frames)):
            found[j, k] = found[k, j] = starts + _tie(scene, a, frames[k])
    return found


def _tie(scene: Scene, a: Frame, b: Frame) -> list[int]:
    """Numbers below those of TIES."""
    titles = sum(scene.text.starts[f.first] < scene.text.body for f in (a, b))
    apart = min(AWAY, abs(a.sentence - b.sentence))
    if a.item is None or b.item is None:
        return [apart, 0, 0, 0, titles]
    x, y = a.item, b.item
    types = 2 if not (x.designation and y.designation) else int(x.designation.casefold() == y.designation.casefold())
    counted = x.quantity is not None, y.quantity is not None
    numbers = 2 + (x.quantity == y.quantity) if all(counted) else int(any(counted))
    return [apart, CLASSES.index(kind_of(x, y)), types, numbers, titles]
