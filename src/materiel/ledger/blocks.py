"""Blocks: the keys that claims of one event likely share, so that not every claim is compared with every other.

A coarse key (who gave whom, that season) brings together reports that say little; where it gets crowded it is no
longer used, and finer ones (the same type and number, that week) still are. Whether a key is crowded depends on
how many claims have it, never on the order in which they came.
"""

from collections.abc import Callable, Iterator
from enum import IntEnum

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
Key = IntEnum(
    "Key",
    "SIDES SIDES_SEASON SIDES_CLASS SIDES_TYPE SIDES_FAMILY_SEASON SIDES_FAMILY_DAY SIDES_TYPE_NUMBER_DAY "
    "SIDE_TYPE SIDE_TYPE_MONTH STATE_SEASON STATE_DAY STATE_TOPIC STATES_PLACE_DAY NAME",
)  # what a key is made of, so that no two sorts of key are ever the same
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
        put(both, Key.SIDES, *sides)
        put(both, Key.SIDES_SEASON, *sides, published // SEASON)
        for k in range(claims["item"].shape[1]):
            there = both & (claims["item"][:, k] != 0)
            family = claims["family"][:, k]
            put(there, Key.SIDES_CLASS, *sides, claims["item"][:, k])
            put(there, Key.SIDES_FAMILY_SEASON, *sides, family, published // SEASON)
            for n in range(claims["token"].shape[2]):
                put(there & (claims["token"][:, k, n] != 0), Key.SIDES_TYPE, *sides, claims["token"][:, k, n])
            number = np.nan_to_num(claims["quantity"][:, k], nan=-1.0).astype(np.int64)
            for half, when in _around(day, SEASON):
                put(there, Key.SIDES_FAMILY_DAY, *sides, family, half, when)
            for half, when in _around(day, WEEK):
                put(there, Key.SIDES_TYPE_NUMBER_DAY, *sides, _what(claims, k), number, half, when, fine=True)
    for name in ("giver", "taker"):  # where the other side is not told
        one = claims[name][:, 0]
        there = transfer & (one != 0) & (claims["item"][:, 0] != 0)
        put(there, Key.SIDE_TYPE_MONTH, int(name == "giver"), one, _what(claims, 0), published // MONTH)
        for k in range(claims["item"].shape[1]):
            token = claims["token"][:, k, 0]
            put(transfer & (one != 0) & (token != 0), Key.SIDE_TYPE, int(name == "giver"), one, token)


def _around(day: Rows, length: int) -> Iterator[tuple[int, Rows]]:
    """Spans of `length` days that each day falls in: two, so that near days share one wherever a span begins."""
    for half in (0, 1):
        yield half, (2 * day + half * length) // (2 * length)


def _what(claims: Sketches, k: int) -> NDArray[np.generic]:
    """The type of an item, its class where it has none."""
    token = claims["token"][:, k, 0]
    return np.where(token != 0, token, claims["item"][:, k])


def _other_keys(claims: Sketches, other: Mask, put: Callable[..., None]) -> None:
    """Visits, meetings, agreements, inspections and reactions: who takes part, about when, and what it is about."""
    kind = claims["kind"].astype(np.int64)
    published = claims["published"].astype(np.int64)
    day = np.where(claims["first"] != 0, claims["first"], published)
    for side in ("giver", "taker"):
        for k in range(2):
            country, name = claims[side][:, k], claims[f"{side}_name"][:, k]
            there = other & (country != 0)
            put(there, Key.STATE_SEASON, kind, country, published // SEASON)
            for half, when in _around(day, MONTH):
                put(there, Key.STATE_DAY, kind, country, half, when)
            put(other & (name != 0), Key.NAME, kind, name)
    first = claims["giver"][:, 0]
    for k in range(claims["topic"].shape[1]):
        topic = claims["topic"][:, k]
        put(other & (topic != 0), Key.STATE_TOPIC, kind, first, claims["tone"], topic)
    pair = np.sort(claims["giver"][:, :2], axis=1).T
    for half, when in _around(day, WEEK):
        parts = (kind, *pair, claims["taker"][:, 0], claims["place"][:, 0], half, when)
        put(other & (first != 0), Key.STATES_PLACE_DAY, *parts, fine=True)
