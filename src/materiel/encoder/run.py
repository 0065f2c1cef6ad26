"""Run: pieces in, the encoder's last states out, by onnxruntime on one thread."""

from collections.abc import Mapping

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from materiel.encoder.base import Base
from materiel.encoder.graph import encoder_graph

Floats = NDArray[np.float32]
QUIET = 3  # only errors are told


class Encoder:
    """The base encoder with learnt adapters (see `graph.encoder_graph`)."""

    def __init__(self, base: Base, learnt: Mapping[str, Floats]) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = QUIET
        blob = encoder_graph(base, learnt).SerializeToString()
        self._session = onnxruntime.InferenceSession(blob, options, providers=["CPUExecutionProvider"])
        self._base = base
        width = base.shape.width
        self._place = base.tensor("emb.pos").reshape(-1, width) + base.tensor("emb.type").reshape(-1, width)[0]
        self._norm = base.tensor("emb.ln.w"), base.tensor("emb.ln.b")

    def states(self, ids: NDArray[np.int64]) -> Floats:
        """The last states of one window of pieces, shape (pieces, width); at most `shape.positions` pieces."""
        x = self._base.rows("emb.word", ids) + self._place[: len(ids)]
        x = x - x.mean(axis=1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=1, keepdims=True) + np.float32(self._base.shape.epsilon))
        found: Floats = self._session.run(None, {"x": x * self._norm[0] + self._norm[1]})[0]
        return found
