"""Heads: what is decided of frames, mentions and pairs from the encoder's states, with numpy."""

from collections.abc import Callable, Mapping
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from materiel.encoder.insight import Answers
from materiel.encoder.questions import Questions, Scores

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

BLOCK = 64  # frames whose pairs are weighed at once
# Abramowitz and Stegun 1964, 7.1.26: erf within 1.5e-7.
ERF = np.array([0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429], dtype=np.float32)
ERF_P = np.float32(0.3275911)


class Heads:
    """The heads by the names that `learning.tuning` gives their matrices (`frame.weight`, `frame.bias` …)."""

    def __init__(self, learnt: Mapping[str, Floats]) -> None:
        self._learnt = {name.removeprefix("heads."): m for name, m in learnt.items() if name.startswith("heads.")}

    def _linear(self, name: str, x: Floats) -> Floats:
        found = x @ self._learnt[f"{name}.weight"].T
        bias = self._learnt.get(f"{name}.bias")
        return found if bias is None else found + bias

    def answers(self, states: Floats, q: Questions) -> Answers:
        """Every score that the stages ask for (see `Answers` for the shapes)."""
        frames, mention = self._frames(states, q), self._mentions(states, q)
        together = _in_blocks(lambda some: self._together(frames[some], frames, q.ties[some]), len(frames))
        scores = Scores(
            worth=self._linear("worth", frames)[:, 0],
            labels=self._linear("label", frames),
            relations=_in_blocks(lambda some: self._relations(frames[some], mention, q.offset[some]), len(frames)),
            nobody=self._linear("nobody", frames),
        )
        return Answers(scores, together)

    def _frames(self, states: Floats, q: Questions) -> Floats:
        own, led = span_means(states, q.frame_span), span_means(states, q.trigger_span)
        led = np.where(q.trigger_span[:, 1:] > 0, led, self._learnt["none"])
        return gelu(self._linear("frame", np.concatenate([own, led], axis=1)) + self._learnt["kind.weight"][q.kind])

    def _mentions(self, states: Floats, q: Questions) -> Floats:
        return gelu(self._linear("mention", span_means(states, q.mention_span)) + self._linear("sort", q.sort))

    def _relations(self, frames: Floats, mention: Floats, offset: Ints) -> Floats:
        both = frames[:, None, :] * mention[None, :, :]
        hidden = self._linear("pair_both", both)
        hidden += self._linear("pair_frame", frames)[:, None, :]
        hidden += self._linear("pair_mention", mention)[None, :, :]
        hidden += self._learnt["offset.weight"][offset]
        return self._linear("relation", gelu(hidden))

    def _together(self, some: Floats, frames: Floats, ties: Ints) -> Floats:
        x, y = some[:, None, :], frames[None, :, :]
        hidden = self._linear("both_sum", x + y) + self._linear("both_apart", np.abs(x - y))
        hidden += self._linear("both_times", x * y) + self._learnt["both_ties.weight"][ties].sum(axis=2)
        return self._linear("together", gelu(hidden))[:, :, 0]


def _in_blocks(answer: Callable[[slice], Floats], frames: int) -> Floats:
    """What `answer` makes of all frames, some at a time: of long articles all at once would take all memory."""
    return np.concatenate([answer(slice(k, k + BLOCK)) for k in range(0, frames, BLOCK)])


def span_means(states: Floats, spans: Ints) -> Floats:
    """The mean state of each span (first, last piece), shape (spans, width); empty spans give 0."""
    total = np.concatenate([np.zeros((1, states.shape[1])), states.cumsum(axis=0, dtype=np.float64)])
    count = np.maximum(spans[:, 1:] - spans[:, :1], 1)
    found: Floats = ((total[spans[:, 1]] - total[spans[:, 0]]) / count).astype(np.float32)
    return found


def gelu(x: Floats) -> Floats:
    """The exact GELU, by a rational approximation of erf."""
    y = np.abs(x) * np.float32(sqrt(0.5))
    t = 1 / (1 + ERF_P * y)
    series = t * (ERF[0] + t * (ERF[1] + t * (ERF[2] + t * (ERF[3] + t * ERF[4]))))
    erf = np.copysign(1 - series * np.exp(-y * y), x)
    found: Floats = np.float32(0.5) * x * (1 + erf)
    return found
