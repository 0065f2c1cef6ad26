"""Graph: the encoder with its adapters merged, as an ONNX graph with 8-bit matrices that onnxruntime runs.

Weights take 7 of the 8 bits: products of 8 and 7 bits cannot overflow the 16 bits that processors without
dot-product instructions add them up in, so that every machine gets the same sums.
"""

from collections.abc import Mapping
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from materiel.encoder.base import Base

Floats = NDArray[np.float32]

BITS = 63  # the largest weight
STEPS = 127  # and the largest state
OPSET, IR = 20, 9


class Builder:
    """Nodes and constants of a graph, in the order in which they are added."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []
        self.last_axis = self.constant(np.array([-1]), "last_axis")
        self.step = self.constant(np.array(1 / STEPS, np.float32), "step")
        self.middle = self.constant(np.array(STEPS + 1, np.float32), "middle")
        self.zero_state = self.constant(np.array(STEPS + 1, np.uint8), "zero_state")
        self.zero_weight = self.constant(np.array(0, np.int8), "zero_weight")

    def constant(self, value: NDArray[Any], name: str) -> str:
        """The name of a constant."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, outputs: int = 1, **attributes: Any) -> str:
        """The name of a node's first output."""
        names = [name, *(f"{name}.{n}" for n in range(1, outputs))]
        self.nodes.append(helper.make_node(kind, inputs, names, name=name, **attributes))
        return name

    def product(self, x: str, weight: Floats, bias: Floats, name: str) -> str:
        """`x @ weight + bias` in 8 bits: a scale for each column, and one for each row of x, found at run time.

        One for all of x would be that of the few pieces (`<s>`, full stops) whose states are far larger than others'.
        """
        scale = np.maximum(np.abs(weight).max(axis=0), 1e-8) / BITS
        whole = np.clip(np.rint(weight / scale), -BITS, BITS).astype(np.int8)
        top = self.node("ReduceMax", [self.node("Abs", [x], f"{name}.abs"), self.last_axis], f"{name}.top", keepdims=1)
        rows = self.node("Mul", [top, self.step], f"{name}.rows")
        steps = self.node("Round", [self.node("Div", [x, rows], f"{name}.div")], f"{name}.steps")
        made = self.node(
            "Cast", [self.node("Add", [steps, self.middle], f"{name}.up")], f"{name}.x", to=TensorProto.UINT8
        )
        matrix = self.constant(whole, f"{name}.w")
        self.node("MatMulInteger", [made, matrix, self.zero_state, self.zero_weight], f"{name}.sum")
        self.node("Cast", [f"{name}.sum"], f"{name}.float", to=TensorProto.FLOAT)
        self.node("Mul", [f"{name}.float", rows], f"{name}.by_row")
        scales = self.constant(scale.astype(np.float32), f"{name}.scale")
        self.node("Mul", [f"{name}.by_row", scales], f"{name}.scaled")
        return self.node("Add", [f"{name}.scaled", self.constant(bias, f"{name}.b")], name)


def encoder_graph(base: Base, learnt: Mapping[str, Floats]) -> ModelProto:
    """The graph from embedded pieces (`x`, shape (pieces, width)) to their last states (`states`).

    `learnt` has the adapters as `layers.N.q.down`, shape (rank, in), and `layers.N.q.up`, shape (out, rank).
    """
    made = Builder()
    shape = base.shape
    heads = made.constant(np.array([0, shape.heads, shape.width // shape.heads]), "heads")
    flat = made.constant(np.array([0, shape.width]), "flat")
    x = "x"
    for n in range(shape.layers):
        x = _layer(made, base, learnt, n, x, heads, flat)
    made.node("Identity", [x], "states")
    kind = [helper.make_tensor_value_info(k, TensorProto.FLOAT, ["pieces", shape.width]) for k in ("x", "states")]
    graph = helper.make_graph(made.nodes, "encoder", kind[:1], kind[1:], made.constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)


def _layer(made: Builder, base: Base, learnt: Mapping[str, Floats], n: int, x: str, heads: str, flat: str) -> str:
    """One layer (post-norm, exact GELU)."""
    shape, name = base.shape, f"l{n}"
    parts = [_matrix(base, learnt, n, m) for m in "qkv"]
    q_scale = 1 / sqrt(shape.width // shape.heads)
    parts[0] = parts[0][0] * q_scale, parts[0][1] * q_scale
    mixed = made.product(
        x, np.concatenate([w for w, _ in parts], 1), np.concatenate([b for _, b in parts]), f"{name}.qkv"
    )
    made.node("Split", [mixed], f"{name}.split", outputs=3, axis=1, num_outputs=3)
    split = [f"{name}.split", f"{name}.split.1", f"{name}.split.2"]
    shaped = [made.node("Reshape", [s, heads], f"{name}.{m}.heads") for s, m in zip(split, "qkv", strict=True)]
    q = made.node("Transpose", [shaped[0]], f"{name}.q", perm=[1, 0, 2])
    k = made.node("Transpose", [shaped[1]], f"{name}.k", perm=[1, 2, 0])
    v = made.node("Transpose", [shaped[2]], f"{name}.v", perm=[1, 0, 2])
    weighed = made.node("Softmax", [made.node("MatMul", [q, k], f"{name}.scores")], f"{name}.weighed", axis=-1)
    seen = made.node("Transpose", [made.node("MatMul", [weighed, v], f"{name}.seen")], f"{name}.back", perm=[1, 0, 2])
    seen = made.node("Reshape", [seen, flat], f"{name}.flat")
    x = _normed(made, base, f"{name}.aln", x, made.product(seen, *_matrix(base, learnt, n, "ao"), f"{name}.ao"))
    inner = made.node("Gelu", [made.product(x, *_matrix(base, learnt, n, "fi"), f"{name}.fi")], f"{name}.gelu")
    return _normed(made, base, f"{name}.oln", x, made.product(inner, *_matrix(base, learnt, n, "fo"), f"{name}.fo"))


def _normed(made: Builder, base: Base, name: str, x: str, y: str) -> str:
    total = made.node("Add", [x, y], f"{name}.sum")
    weight, bias = (made.constant(base.tensor(f"{name}.{p}"), f"{name}.{p}") for p in "wb")
    return made.node("LayerNormalization", [total, weight, bias], name, axis=-1, epsilon=base.shape.epsilon)


def _matrix(base: Base, learnt: Mapping[str, Floats], n: int, name: str) -> tuple[Floats, Floats]:
    """A matrix, input by output, with its adapter, and its bias."""
    bias = base.tensor(f"l{n}.{name}.b")
    weight = base.tensor(f"l{n}.{name}.w").reshape(len(bias), -1)
    up, down = learnt.get(f"layers.{n}.{name}.up"), learnt.get(f"layers.{n}.{name}.down")
    if up is not None and down is not None:
        weight = weight + up @ down
    return np.ascontiguousarray(weight.T, dtype=np.float32), bias
