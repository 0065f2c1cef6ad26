"""Links: which claims are rather alike, as each claim's row keeps it."""

from collections.abc import Mapping
from struct import Struct
from typing import NamedTuple

import numpy as np

from materiel.ledger.blocks import Ints
from materiel.ledger.fold import Links

# One link of a claim: the other claim, how alike the two are, and how many keys bring them together.
LINK = np.dtype([("claim", "<i8"), ("level", np.uint8), ("shared", np.uint8)])
_FORM = Struct("<qBB")  # the same, for the links of a single claim


class Alike(NamedTuple):
    """How alike two claims are, and how many keys bring them together."""

    level: int
    shared: int


def packed_all(links: Links, claims: Ints) -> list[bytes]:
    """The links of each row, of all at once; `claims` are the claims of the rows."""
    row, other = np.concatenate([links.a, links.b]), np.concatenate([links.b, links.a])
    order = np.lexsort((claims[other], row))
    laid = np.empty(len(row), LINK)
    laid["claim"] = claims[other[order]]
    for name, half in (("level", links.level), ("shared", links.shared)):
        laid[name] = np.concatenate([half, half])[order]
    every = laid.tobytes()
    ends = (np.cumsum(np.bincount(row, minlength=len(claims))) * LINK.itemsize).tolist()
    return [every[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def packed(links: Mapping[int, Alike]) -> bytes:
    """The links of one claim, by the other claim."""
    return b"".join(_FORM.pack(claim, *alike) for claim, alike in sorted(links.items()))


def unpacked(stored: bytes) -> dict[int, Alike]:
    """The links of one claim as they were stored."""
    return {claim: Alike(level, shared) for claim, level, shared in _FORM.iter_unpack(stored)}


def edges(stored: bytes) -> list[tuple[int, int]]:
    """The level and the other claim of each link of one claim as they were stored."""
    return [(level, claim) for claim, level, _ in _FORM.iter_unpack(stored)]
