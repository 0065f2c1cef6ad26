"""Copies: near-copies of one text, which papers make of an agency's report, told by MinHash."""

import re
from collections.abc import Sequence
from operator import eq
from struct import pack, unpack

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

Ints = NDArray[np.int64]

WORD = re.compile(r"\w+")
SHINGLE = 4  # words that are taken together
LEAST_WORDS = 30  # texts of fewer words are too short to tell a copy from two reports of one thing
PERMUTATIONS, BANDS = 64, 16  # texts alike in 7 of 10 shingles meet in some band with a chance of 0.99
SEED = 20230917
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying mixes all bits (the golden ratio of 2**64)
ALIKE = 0.6  # share of the signature from which two texts are copies
VERSION = RMinHash.ALGORITHM_VERSION  # signatures of another version of the library cannot be compared


def signature(text: str) -> bytes:
    """The MinHash signature of a text, 4 bytes a permutation; empty of a text too short to tell."""
    words = WORD.findall(text.casefold())
    if len(words) < LEAST_WORDS:
        return b""
    hashed = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    hashed.update([" ".join(some) for some in zip(*(words[k:] for k in range(SHINGLE)), strict=False)])
    return pack(f"<{PERMUTATIONS}I", *hashed.digest())


def bands(signed: Sequence[bytes]) -> Ints:
    """63-bit numbers of which near-copies very likely share one: BANDS of each signature, shape (signatures, BANDS)."""
    parts = np.frombuffer(b"".join(signed), "<u8").reshape(len(signed), BANDS, PERMUTATIONS // BANDS // 2)
    mixed = np.broadcast_to(np.arange(BANDS, dtype=np.uint64) * _MIX, parts.shape[:2])
    for k in range(parts.shape[2]):
        mixed = (mixed ^ parts[:, :, k]) * _MIX
        mixed = mixed ^ (mixed >> np.uint64(32))
    return (mixed >> np.uint64(1)).astype(np.int64)


def alike(a: bytes, b: bytes) -> bool:
    """Whether two signatures are those of near-copies."""
    x, y = unpack(f"<{PERMUTATIONS}I", a), unpack(f"<{PERMUTATIONS}I", b)
    return bool(sum(map(eq, x, y)) >= ALIKE * PERMUTATIONS)


def first_of(copies: Sequence[tuple[str, str]]) -> str:
    """Of articles (published, id) that are copies of each other, the id of the first."""
    return min(copies)[1]
