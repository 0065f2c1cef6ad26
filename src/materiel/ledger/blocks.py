"""Blocks: the keys that claims of one event likely share, so that not every claim is compared with every other.

A coarse key (who gave whom, that season) brings together reports that say little; where it gets crowded it is no
longer used, and finer ones (the same type and number, that week) still are. Whether a key is crowded depends on
how many claims have it, never on the order in which they came.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from materiel.ledger.sketch import KINDS, Sketches

Keys = NDArray[np.int64]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

CROWDED = 48  # claims of a key above which only finer keys are used
STAR = 400  # claims of a fine key above which each is compared with the first of them alone
SEASON, MONTH, WEEK = 120, 40, 8  # days in which claims are brought together
TRANSFER = KINDS.index("transfer")
_MIX = np.int64(-7046029254386353131)  # odd, so that multiplying mixes all bits (the golden ratio of 2**64)
FINE = np.int64(1)  # the lowest bit of a key that is used however crowded


class _Collected:
    """Keys and the rows that have them, as they are found."""

    def __init__(self) -> None:
        self.keys: list[Keys] = []
        self.rows: list[Rows] = []

    def put(self, which: Mask, *parts: NDArray[np.generic] | int, fine: bool = False) -> None:
        """A key made of `parts` for the rows of `which`."""
        rows = np.flatnonzero(which)
        if len(rows):
            key = _mixed([np.asarray(p)[rows] if np.ndim(p) else p for p in parts])
            self.keys.append(np.broadcast_to(key | FINE if fine else key & ~FINE, rows.shape))
            self.rows.append(rows)

    def all(self) -> tuple[Keys, Rows]:
        """Each (key, row) once, sorted by key and row."""
        if not self.keys:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        keys, rows = np.concatenate(self.keys), np.concatenate(self.rows)
        order = np.lexsort((rows, keys))
        keys, rows = keys[order], rows[order]
        new = np.append(True, (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1]))
        return keys[new], rows[new]


def _mixed(parts: list[NDArray[np.generic] | int]) -> Keys:
    total = np.asarray(0x9E3779B9, dtype=np.int64)
    with np.errstate(over="ignore"):
        for part in parts:
            total = (total ^ np.asarray(part, dtype=np.int64)) * _MIX
            total = total ^ (total >> np.int64(29))
    return total


def keys_of(claims: Sketches) -> tuple[Keys, Rows]:
    """All keys of all claims: parallel arrays of key and row, each (key, row) once, sorted."""
    found = _Collected()
    transfer = claims["kind"] == TRANSFER
    _transfer_keys(claims, transfer, found.put)
    _other_keys(claims, ~transfer, found.put)
    return found.all()


def _transfer_keys(claims: Sketches, transfer: Mask, put: Callable[..., None]) -> None:
    published = claims["published"].astype(np.int64)
    day = np.where(claims["first"] != 0, claims["first"], published)
    for giver, taker in ((0, 0), (0, 1), (1, 0)):
        sides = (claims["giver"][:, giver], claims["taker"][:, taker])
        both = transfer & (sides[0] != 0) & (sides[1] != 0)
        put(both, 1, *sides, published // SEASON)
        put(both, 11, *sides)
        for k in range(claims["item"].shape[1]):
            there = both & (claims["item"][:, k] != 0)
            what = _what(claims, k)
            for n in range(claims["token"].shape[2]):
                put(there & (claims["token"][:, k, n] != 0), 2, *sides, claims["token"][:, k, n])
            family = claims["family"][:, k]
            put(there, 3, *sides, family, published // SEASON)
            put(there, 10, *sides, claims["item"][:, k])
            for half in (0, 1):
                put(there, 4, *sides, family, (2 * day + half * SEASON) // (2 * SEASON), half)
                number = np.nan_to_num(claims["quantity"][:, k], nan=-1.0).astype(np.int64)
                put(there, 5, *sides, what, number, (2 * day + half * WEEK) // (2 * WEEK), half, fine=True)
    for name in ("giver", "taker"):
        there = transfer & (claims[name][:, 0] != 0) & (claims["item"][:, 0] != 0)
        put(there, 6, int(name == "giver"), claims[name][:, 0], _what(claims, 0), published // MONTH)


def _what(claims: Sketches, k: int) -> NDArray[np.generic]:
    """The type of an item, its class where it has none."""
    token = claims["token"][:, k, 0]
    return np.where(token != 0, token, claims["item"][:, k])


def _other_keys(claims: Sketches, other: Mask, put: Callable[..., None]) -> None:
    """Visits, meetings, agreements, inspections and reactions: who takes part, about when."""
    kind = claims["kind"].astype(np.int64)
    published = claims["published"].astype(np.int64)
    day = np.where(claims["first"] != 0, claims["first"], published)
    for side in ("giver", "taker"):
        for k in range(2):
            country = claims[side][:, k]
            there = other & (country != 0)
            put(there, 7, kind, country, published // SEASON)
            for half in (0, 1):
                put(there, 8, kind, country, (2 * day + half * MONTH) // (2 * MONTH), half)
            name = claims[f"{side}_name"][:, k]
            put(other & (name != 0), 12, kind, name)
    for k in range(claims["topic"].shape[1]):
        topic = claims["topic"][:, k]
        put(other & (topic != 0), 13, kind, claims["giver"][:, 0], claims["tone"], topic)
    pair = np.sort(claims["giver"][:, :2], axis=1).T
    for half in (0, 1):
        parts = (kind, *pair, claims["taker"][:, 0], claims["place"][:, 0], (2 * day + half * WEEK) // (2 * WEEK), half)
        put(other & (claims["giver"][:, 0] != 0), 9, *parts, fine=True)
