"""Forward: the encoder run with numpy, adapters merged into the base's matrices."""

from collections.abc import Mapping
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from materiel.encoder.base import Base

Floats = NDArray[np.float32]

SCALE = 2.0  # what an adapter counts beside the base (alpha / rank)
MATRICES = ("q", "k", "v", "ao", "fi", "fo")
# Abramowitz and Stegun 1964, 7.1.26: erf within 1.5e-7.
ERF = np.array([0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429], dtype=np.float32)
ERF_P = np.float32(0.3275911)


class Encoder:
    """The encoder with learnt adapters (`layers.N.q.down`, `.up` …, shapes (rank, in) and (out, rank))."""

    def __init__(self, base: Base, learnt: Mapping[str, Floats]) -> None:
        self.base = base
        shape = base.shape
        self._position = base.tensor("emb.pos").reshape(-1, shape.width)
        self._type = base.tensor("emb.type").reshape(-1, shape.width)[0]
        self._norm = base.tensor("emb.ln.w"), base.tensor("emb.ln.b")
        self._layers = [self._layer(n, learnt) for n in range(shape.layers)]

    def _layer(self, n: int, learnt: Mapping[str, Floats]) -> dict[str, Floats]:
        found: dict[str, Floats] = {}
        for name in MATRICES:
            bias = self.base.tensor(f"l{n}.{name}.b")
            weight = self.base.tensor(f"l{n}.{name}.w").reshape(len(bias), -1)
            up, down = learnt.get(f"layers.{n}.{name}.up"), learnt.get(f"layers.{n}.{name}.down")
            if up is not None and down is not None:
                weight = weight + SCALE * (up @ down)
            found[name], found[f"{name}.b"] = np.ascontiguousarray(weight.T), bias
        # One product for queries, keys and values.
        found["qkv"] = np.concatenate([found.pop(m) for m in "qkv"], axis=1)
        found["qkv.b"] = np.concatenate([found.pop(f"{m}.b") for m in "qkv"])
        for name in ("aln", "oln"):
            found[f"{name}.w"] = self.base.tensor(f"l{n}.{name}.w")
            found[f"{name}.b"] = self.base.tensor(f"l{n}.{name}.b")
        return found

    def states(self, ids: NDArray[np.int64]) -> Floats:
        """The last states of one window of pieces, shape (pieces, width); at most `shape.positions` pieces."""
        x = self.base.rows("emb.word", ids) + self._position[: len(ids)] + self._type
        x = self._normed(x, *self._norm)
        for layer in self._layers:
            x = self._passed(x, layer)
        return x

    def _passed(self, x: Floats, layer: dict[str, Floats]) -> Floats:
        n, width = x.shape
        heads = self.base.shape.heads
        mixed = (x @ layer["qkv"] + layer["qkv.b"]).reshape(n, 3, heads, -1).transpose(1, 2, 0, 3)
        q, k, v = np.ascontiguousarray(mixed)
        scores = q @ k.transpose(0, 2, 1)
        scores *= np.float32(1 / sqrt(width // heads))
        scores -= scores.max(axis=2, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=2, keepdims=True)
        seen = (scores @ v).transpose(1, 0, 2).reshape(n, width)
        x = self._normed(x + seen @ layer["ao"] + layer["ao.b"], layer["aln.w"], layer["aln.b"])
        inner = gelu(x @ layer["fi"] + layer["fi.b"])
        return self._normed(x + inner @ layer["fo"] + layer["fo.b"], layer["oln.w"], layer["oln.b"])

    def _normed(self, x: Floats, weight: Floats, bias: Floats) -> Floats:
        x = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt((x * x).mean(axis=1, keepdims=True) + np.float32(self.base.shape.epsilon))
        found: Floats = x / spread * weight + bias
        return found


def gelu(x: Floats) -> Floats:
    """The exact GELU, by a rational approximation of erf."""
    y = np.abs(x) * np.float32(sqrt(0.5))
    t = 1 / (1 + ERF_P * y)
    series = t * (ERF[0] + t * (ERF[1] + t * (ERF[2] + t * (ERF[3] + t * ERF[4]))))
    erf = np.copysign(1 - series * np.exp(-y * y), x)
    found: Floats = np.float32(0.5) * x * (1 + erf)
    return found
