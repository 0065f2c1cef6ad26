"""The encoder's 8-bit graph against the same layers in full precision."""

import numpy as np
import onnx
import torch

from materiel.encoder.base import base_encoder
from materiel.encoder.graph import encoder_graph
from materiel.encoder.pieces import pieces_of
from materiel.encoder.run import Encoder
from materiel.learning.net import Layer

TEXT = "Pyongyang has shipped artillery shells to Russia, officials in Seoul said on Tuesday."


def full_precision(ids: np.ndarray) -> np.ndarray:
    """The last states by PyTorch, nothing rounded."""
    base = base_encoder()
    width = base.shape.width
    place = base.tensor("emb.pos").reshape(-1, width)[: len(ids)] + base.tensor("emb.type").reshape(-1, width)[0]
    x = torch.from_numpy(base.rows("emb.word", ids) + place)
    weight, bias = (torch.from_numpy(base.tensor(f"emb.ln.{p}")) for p in "wb")
    x = torch.nn.functional.layer_norm(x, (width,), weight, bias, base.shape.epsilon)[None]
    with torch.no_grad():
        for n in range(base.shape.layers):
            x = Layer(n).eval()(x, torch.ones(1, len(ids), dtype=torch.bool))
    found: np.ndarray = x[0].numpy()
    return found


def test_the_graph_says_what_the_layers_say() -> None:
    ids = pieces_of(TEXT).ids
    told, right = Encoder(base_encoder(), {}).states(ids), full_precision(ids)
    assert told.shape == right.shape == (len(ids), base_encoder().shape.width)
    alike = (told * right).sum(1) / np.linalg.norm(told, axis=1) / np.linalg.norm(right, axis=1)
    assert alike.mean() > 0.98
    assert alike.min() > 0.95


def test_the_graph_is_one_that_the_form_allows() -> None:
    onnx.checker.check_model(encoder_graph(base_encoder(), {}))


def test_adapters_count() -> None:
    ids = pieces_of(TEXT).ids
    rng = np.random.default_rng(1)
    width = base_encoder().shape.width
    learnt = {
        "layers.11.q.down": rng.normal(size=(4, width)).astype(np.float32),
        "layers.11.q.up": rng.normal(size=(width, 4)).astype(np.float32),
    }
    plain, adapted = (
        Encoder(base_encoder(), {}).states(ids),
        Encoder(base_encoder(), learnt).states(ids),
    )
    assert np.abs(plain - adapted).max() > 0.01


def test_the_same_pieces_give_the_same_states() -> None:
    ids = pieces_of(TEXT).ids
    assert (Encoder(base_encoder(), {}).states(ids) == Encoder(base_encoder(), {}).states(ids)).all()
