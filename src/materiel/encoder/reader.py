"""Trained reader: the same stages as the quick reader's, with the insight of the encoder into each article."""

import json
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np
from threadpoolctl import ThreadpoolController

from materiel.encoder.base import base_encoder
from materiel.encoder.heads import Heads
from materiel.encoder.insight import EncoderInsight
from materiel.encoder.questions import Questions, questions_of, scores_of_lists
from materiel.encoder.run import Encoder, Floats
from materiel.reading.drafts import Model
from materiel.reading.reader import Reader, shipped_model
from materiel.reading.scene import Scene

ONE_AT_A_TIME = Lock()
TUNED = Path(__file__).with_name("tuned.npz")
WEIGHTS = Path(__file__).with_name("weights.json")


@cache
def shipped_weights() -> Model:
    """The weights of the stages with insight that ship with the package, as `make train` learnt them."""
    return Model(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def load_tuned(path: Path = TUNED) -> dict[str, Floats]:
    """Adapters and heads by name, as learnt."""
    with np.load(path) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


class TrainedReader(Reader):
    """Reads as `Reader` does, but asks the encoder; raises EncoderMissingError where its package is missing."""

    def __init__(self, model: Model | None = None, tuned: dict[str, Floats] | None = None) -> None:
        super().__init__(model if model is not None else shipped_weights())
        learnt = tuned if tuned is not None else load_tuned()
        self._encoder = Encoder(base_encoder(), learnt)
        self._heads = Heads(learnt)
        self._threads = ThreadpoolController()

    def look(self, scene: Scene) -> None:
        """Give a scene with frames the encoder's insight."""
        questions = questions_of(scene)
        if questions.frames:
            lists = scores_of_lists(scene, questions, shipped_model())
            states = self.states(questions)
            # Sums of one thread are the same on every machine, and no other thread waits for more with all its force.
            # The limit is the process's: threads that read at once take turns, or the last would keep the first's.
            with ONE_AT_A_TIME, self._threads.limit(limits=1, user_api="blas"):
                answers = self._heads.answers(states, questions)
            scene.insight = EncoderInsight(scene, questions, answers, lists)

    def states(self, questions: Questions) -> Floats:
        """The encoder's last states of an article's pieces, shape (pieces, width)."""
        begin, end, _, _ = base_encoder().special
        parts = []
        for window in questions.windows():
            ids = np.concatenate([[begin], questions.pieces.ids[window.first : window.last], [end]])
            parts.append(self._encoder.states(ids)[1 + window.own - window.first : -1])
        return np.concatenate(parts)
