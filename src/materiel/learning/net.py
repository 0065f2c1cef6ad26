"""Net: the encoder's upper layers and the heads, as PyTorch modules that can learn."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, layer_norm

from materiel.encoder.base import base_encoder
from materiel.encoder.questions import KINDS, LABEL_ENDS, OFFSETS, RELATIONS, SORTS, TIES, Questions

FROZEN = 6  # layers below which nothing is learnt, so that their output is computed once
WIDE = 192
MATRICES = ("q", "k", "v", "ao", "fi", "fo")  # of a layer: attention and feed-forward
DROPPED = 0.15
DROPPED_INSIDE = 0.1
DROPPED_WORTH = 0.5  # whether a frame reports anything is learnt by heart the soonest
Ints = np.typing.NDArray[np.int64]


def original(number: int, name: str) -> Tensor:
    """A matrix of a layer of the base encoder, shape (out, in)."""
    base = base_encoder()
    rows = len(base.tensor(f"l{number}.{name}.b"))
    return torch.from_numpy(base.tensor(f"l{number}.{name}.w").reshape(rows, -1))


class Layer(nn.Module):
    """One layer of the encoder (post-norm, exact GELU), of which the matrices learn where `learns`."""

    def __init__(self, number: int, learns: bool = False) -> None:
        super().__init__()
        base = base_encoder()
        self.heads, self.epsilon = base.shape.heads, base.shape.epsilon
        self.matrix = nn.ModuleDict()
        for name in MATRICES:
            weight = original(number, name)
            made = nn.Linear(weight.shape[1], weight.shape[0])
            made.weight = nn.Parameter(weight, learns)
            made.bias = nn.Parameter(torch.from_numpy(base.tensor(f"l{number}.{name}.b")), False)
            self.matrix[name] = made
        self.norms = [[torch.from_numpy(base.tensor(f"l{number}.{n}.{part}")) for part in "wb"] for n in ("aln", "oln")]
        self.drop = nn.Dropout(DROPPED_INSIDE)

    def _normed(self, x: Tensor, norm: int) -> Tensor:
        weight, bias = self.norms[norm]
        return layer_norm(x, (x.shape[-1],), weight, bias, self.epsilon)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The states of windows after the layer, shape (windows, pieces, width); `mask` is true where pieces are."""
        b, n, w = x.shape
        q, k, v = (self.matrix[m](x).view(b, n, self.heads, -1).transpose(1, 2) for m in "qkv")
        # Not scaled_dot_product_attention: on processors it takes 1.7 times as long, both ways (heads of 32, bfloat16).
        hidden = torch.zeros_like(mask, dtype=q.dtype).masked_fill(~mask, -torch.inf)
        seen = (q @ k.transpose(2, 3) * q.shape[-1] ** -0.5 + hidden[:, None, None, :]).softmax(-1) @ v
        x = self._normed(x + self.drop(self.matrix["ao"](seen.transpose(1, 2).reshape(b, n, w))), 0)
        return self._normed(x + self.drop(self.matrix["fo"](gelu(self.matrix["fi"](x)))), 1)


class Heads(nn.Module):
    """What is decided of frames, mentions and pairs, from the encoder's last states."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.none = nn.Parameter(torch.zeros(width))
        self.kind = nn.Embedding(len(KINDS), WIDE)
        self.frame = nn.Linear(2 * width, WIDE)
        self.mention = nn.Linear(width, WIDE)
        self.sort = nn.Linear(len(SORTS), WIDE, bias=False)
        self.offset = nn.Embedding(OFFSETS, WIDE)
        self.pair_frame = nn.Linear(WIDE, WIDE)
        self.pair_mention = nn.Linear(WIDE, WIDE, bias=False)
        self.pair_both = nn.Linear(WIDE, WIDE, bias=False)
        self.relation = nn.Linear(WIDE, len(RELATIONS))
        self.nobody = nn.Linear(WIDE, len(RELATIONS))
        self.worth = nn.Linear(WIDE, 1)
        self.label = nn.Linear(WIDE, LABEL_ENDS[-1])
        self.both_sum = nn.Linear(WIDE, WIDE)
        self.both_apart = nn.Linear(WIDE, WIDE, bias=False)
        self.both_times = nn.Linear(WIDE, WIDE, bias=False)
        self.both_ties = nn.Embedding(sum(TIES), WIDE)
        self.together = nn.Linear(WIDE, 1)
        self.drop = nn.Dropout(DROPPED)
        self.drop_worth = nn.Dropout(DROPPED_WORTH)

    def worths(self, frames: Tensor) -> Tensor:
        """A score for each frame: whether it reports anything."""
        found: Tensor = self.worth(self.drop_worth(frames))[:, 0]
        return found

    def labels(self, frames: Tensor) -> Tensor:
        """A score for each frame and label."""
        found: Tensor = self.label(self.drop(frames))
        return found

    def frames(self, states: Tensor, q: Questions) -> Tensor:
        """A vector a frame, shape (frames, WIDE)."""
        own = span_means(states, q.frame_span)
        led = span_means(states, q.trigger_span)
        there = torch.from_numpy(q.trigger_span[:, 1] > 0)[:, None]
        led = torch.where(there, led, self.none)
        kind = self.kind(torch.from_numpy(q.kind))
        return gelu(self.frame(self.drop(torch.cat([own, led], 1))) + kind)

    def relations(self, frames: Tensor, states: Tensor, q: Questions) -> Tensor:
        """A score for each frame, mention and relation."""
        mention = self.mention(self.drop(span_means(states, q.mention_span))) + self.sort(torch.from_numpy(q.sort))
        mention = gelu(mention)
        both = frames[:, None, :] * mention[None, :, :]
        hidden = (
            self.pair_frame(frames)[:, None, :]
            + self.pair_mention(mention)[None, :, :]
            + self.pair_both(both)
            + self.offset(torch.from_numpy(q.offset))
        )
        found: Tensor = self.relation(self.drop(gelu(hidden)))
        return found

    def pairs(self, frames: Tensor, a: Tensor, b: Tensor, q: Questions) -> Tensor:
        """A score for each two frames (rows a and b): whether they are of one claim."""
        x, y = frames[a], frames[b]
        ties = self.both_ties(torch.from_numpy(q.ties)[a, b]).sum(1)
        both = self.both_sum(x + y) + self.both_apart((x - y).abs()) + self.both_times(x * y) + ties
        found: Tensor = self.together(self.drop(gelu(both)))[:, 0]
        return found


def span_means(states: Tensor, spans: np.ndarray) -> Tensor:
    """The mean state of each span (first, last piece), shape (spans, width); empty spans give 0."""
    total = torch.cat([states.new_zeros(1, states.shape[1]), states.cumsum(0)])
    first, last = torch.from_numpy(spans[:, 0]), torch.from_numpy(spans[:, 1])
    return (total[last] - total[first]) / (last - first).clamp(min=1)[:, None]


class Net(nn.Module):
    """The upper layers of the encoder, which learn, and the heads."""

    def __init__(self) -> None:
        super().__init__()
        layers = base_encoder().shape.layers
        self.layers = nn.ModuleList(Layer(n, learns=True) for n in range(FROZEN, layers))
        self.heads = Heads(base_encoder().shape.width)

    def matrices(self) -> Iterator[tuple[int, str, nn.Linear]]:
        """The matrices of the layers that learn, with the layer's number in the encoder and the matrix's name."""
        for number, layer in enumerate(self.layers, FROZEN):
            for name in MATRICES:
                yield number, name, layer.get_submodule(f"matrix.{name}")  # type: ignore[misc]

    def states(self, low: Tensor, mask: Tensor) -> Tensor:
        """The last states of windows, from those of the frozen layers; shapes (windows, pieces, width)."""
        for layer in self.layers:
            low = layer(low, mask)
        return low


class Frozen:
    """The lower layers, run once a text."""

    def __init__(self) -> None:
        base = base_encoder()
        self.base = base
        self.layers = [Layer(n).eval() for n in range(FROZEN)]
        self.position = torch.from_numpy(base.tensor("emb.pos").reshape(-1, base.shape.width))
        self.type = torch.from_numpy(base.tensor("emb.type").reshape(-1, base.shape.width))[0]
        self.norm = [torch.from_numpy(base.tensor(f"emb.ln.{p}")) for p in "wb"]

    @torch.no_grad()
    def __call__(self, windows: Sequence[np.ndarray]) -> list[Tensor]:
        """The states of windows after the frozen layers, each of shape (pieces, width)."""
        width, longest = self.base.shape.width, max(map(len, windows))
        ids = np.stack([np.pad(w, (0, longest - len(w))) for w in windows])
        x = torch.from_numpy(self.base.rows("emb.word", ids.reshape(-1))).view(*ids.shape, width)
        weight, bias = self.norm
        x = layer_norm(x + self.position[:longest] + self.type, (width,), weight, bias, self.base.shape.epsilon)
        mask = torch.tensor([[n < len(w) for n in range(longest)] for w in windows])
        with torch.autocast("cpu", torch.bfloat16):
            for layer in self.layers:
                x = layer(x, mask)
        return [x[n, : len(w)].to(torch.bfloat16) for n, w in enumerate(windows)]
