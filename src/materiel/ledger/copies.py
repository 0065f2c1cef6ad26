"""Copies: near-copies of one text, which papers make of an agency's report, told by MinHash."""

import re
from collections.abc import Sequence
from operator import eq
from struct import pack, unpack

from rensa import RMinHash

from materiel.ledger.sketch import number_of

WORD = re.compile(r"\w+")
SHINGLE = 4  # words that are taken together
LEAST_WORDS = 30  # texts of fewer words are too short to tell a copy from two reports of one thing
PERMUTATIONS, BANDS = 64, 16  # texts alike in 7 of 10 shingles meet in some band with a chance of 0.99
SEED = 20230917
ALIKE = 0.6  # share of the signature from which two texts are copies
VERSION = RMinHash.ALGORITHM_VERSION  # signatures of another version of the library cannot be compared


def signature(text: str) -> bytes:
    """The MinHash signature of a text, 4 bytes a permutation; empty of a text too short to tell."""
    words = WORD.findall(text.casefold())
    if len(words) < LEAST_WORDS:
        return b""
    hashed = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    hashed.update([" ".join(words[k : k + SHINGLE]) for k in range(len(words) - SHINGLE + 1)])
    return pack(f"<{PERMUTATIONS}I", *hashed.digest())


def bands(signed: bytes) -> list[int]:
    """63-bit numbers of which near-copies very likely share one."""
    if not signed:
        return []
    rows = len(signed) // BANDS
    return [number_of(f"{VERSION}:{k}:".encode() + signed[k * rows : (k + 1) * rows]) for k in range(BANDS)]


def alike(a: bytes, b: bytes) -> bool:
    """Whether two signatures are those of near-copies."""
    x, y = unpack(f"<{PERMUTATIONS}I", a), unpack(f"<{PERMUTATIONS}I", b)
    return bool(sum(map(eq, x, y)) >= ALIKE * PERMUTATIONS)


def first_of(copies: Sequence[tuple[str, str]]) -> str:
    """Of articles (published, id) that are copies of each other, the id of the first."""
    return min(copies)[1]
