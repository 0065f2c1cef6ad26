"""Blocks: the keys that claims of one event likely share, so that not every claim is compared with every other.

The claims of a key stand in the order of their days, and each is compared with the NEAR before and after it (the
sorted neighbourhood of Hernández and Stolfo 1995): a key that few have brings all of them together, a crowded one those
of about one time. So a claim meets no more than so many others, however many there are, and one that comes or goes
changes nothing but between its nearest.
"""

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from materiel.ledger.sketch import KINDS, Sketches

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

NEAR = 3  # places in the order of a key up to which two claims are compared
AT_ONCE = 1 << 15  # claims whose keys are made at once: what a processor keeps at hand
TRANSFER = KINDS.index("transfer")
Key = IntEnum(
    "Key",
    "SIDES SIDES_CLASS SIDES_FAMILY SIDES_TYPE SIDES_TYPE_NUMBER SIDE_WHAT SIDE_TYPE STATE STATE_TOPIC STATES_PLACE "
    "NAME",
)  # what a key is made of, so that no two sorts of key are ever the same
LARGEST = np.float32(2**62)  # quantities beyond it, and beyond all measure, are as good as equal
_MIX = np.int64(-7046029254386353131)  # odd, so that multiplying mixes all bits (the golden ratio of 2**64)
_TOLD = np.int64(1)  # the lowest bit of a key whose claims are ordered by the day told, not that of publication
_LOWER = np.int64((1 << 32) - 1)


class Entries(NamedTuple):
    """Where claims stand: parallel arrays of key, day and row, each (key, row) once, by key, day and claim."""

    key: Ints
    day: Ints
    row: Ints


class Pairs(NamedTuple):
    """Pairs of rows, the lower row first, each once, sorted; and how many keys bring each together."""

    a: Ints
    b: Ints
    shared: Ints


class _Collected:
    """Keys and the rows that have them, as they are found."""

    def __init__(self) -> None:
        self.keys: list[Ints] = [np.zeros(0, np.int64)]
        self.rows: list[Ints] = [np.zeros(0, np.int64)]
        self.first = 0  # the row of the first of the claims at hand

    def put(self, which: Mask, *parts: NDArray[np.generic] | int, told: bool = False) -> None:
        """A key made of `parts` for the rows of `which`, ordered by the day `told` or by publication."""
        rows = np.flatnonzero(which)
        if len(rows):
            key = _mixed([np.asarray(p)[rows] if np.ndim(p) else p for p in parts])
            self.keys.append(np.broadcast_to(key | _TOLD if told else key & ~_TOLD, rows.shape))
            self.rows.append(rows + self.first)


def _mixed(parts: list[NDArray[np.generic] | int]) -> Ints:
    total = np.asarray(0x9E3779B9, dtype=np.int64)
    with np.errstate(over="ignore"):
        for part in parts:
            total = (total ^ np.asarray(part, dtype=np.int64)) * _MIX
            total = total ^ (total >> np.int64(29))
    return total


def entries_of(claims: Sketches) -> Entries:
    """Where all claims stand in the order of each of their keys."""
    if not len(claims):
        return Entries(*np.zeros((3, 0), np.int64))
    found = _Collected()
    for found.first in range(0, len(claims), AT_ONCE):
        some = claims[found.first : found.first + AT_ONCE]
        transfer = some["kind"] == TRANSFER
        _transfer_keys(some, transfer, found.put)
        _other_keys(some, ~transfer, found.put)
    return _sorted(claims, np.concatenate(found.keys), np.concatenate(found.rows))


def _sorted(claims: Sketches, keys: Ints, rows: Ints) -> Entries:
    """Entries in order: each key's number and the claim's place by its day are sorted as one number."""
    published = claims["published"].astype(np.int64)
    told = np.where(claims["first"] != 0, claims["first"], published)
    by_published, by_told = (np.lexsort((claims["claim"], day)) for day in (published, told))
    place_published, place_told = _places(by_published), _places(by_told)
    order = np.argsort(keys)
    keys, rows = keys[order], rows[order]
    new = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    each = keys[new]
    place = np.where(keys & _TOLD, place_told[rows], place_published[rows])
    both = np.sort((np.cumsum(new) - 1) << 32 | place)
    both = both[np.append(True, both[1:] != both[:-1])[: len(both)]]
    keys, place = each[both >> 32], both & _LOWER
    of_told = (keys & _TOLD) == _TOLD
    rows = np.where(of_told, by_told[place], by_published[place])
    return Entries(keys, np.where(of_told, told[rows], published[rows]), rows)


def _places(order: Ints) -> Ints:
    """The place of each row in an order."""
    found = np.empty(len(order), np.int64)
    found[order] = np.arange(len(order))
    return found


def candidate_pairs(entries: Entries) -> Pairs:
    """The claims that are near each other in the order of some key."""
    key, row = entries.key, entries.row
    found = [np.zeros(0, np.int64)]
    for apart in range(1, NEAR + 1):
        same = np.flatnonzero(key[apart:] == key[:-apart])
        a, b = row[same], row[same + apart]
        found.append(np.minimum(a, b) << 32 | np.maximum(a, b))
    both = np.sort(np.concatenate(found))
    first = np.flatnonzero(np.append(True, both[1:] != both[:-1])[: len(both)])
    return Pairs(both[first] >> 32, both[first] & _LOWER, np.diff(np.append(first, len(both))))


def _transfer_keys(claims: Sketches, transfer: Mask, put: Callable[..., None]) -> None:
    for giver, taker in ((0, 0), (0, 1), (1, 0)):
        sides = (claims["giver"][:, giver], claims["taker"][:, taker])
        both = transfer & (sides[0] != 0) & (sides[1] != 0)
        put(both, Key.SIDES, *sides)
        for k in range(claims["item"].shape[1]):
            there = both & (claims["item"][:, k] != 0)
            put(there, Key.SIDES_CLASS, *sides, claims["item"][:, k])
            put(there, Key.SIDES_FAMILY, *sides, claims["family"][:, k], told=True)
            for n in range(claims["token"].shape[2]):
                put(there & (claims["token"][:, k, n] != 0), Key.SIDES_TYPE, *sides, claims["token"][:, k, n])
            number = np.nan_to_num(claims["quantity"][:, k], nan=-1.0).clip(max=LARGEST).astype(np.int64)
            put(there, Key.SIDES_TYPE_NUMBER, *sides, _what(claims, k), number, told=True)
    for name in ("giver", "taker"):  # where the other side is not told
        one = claims[name][:, 0]
        put(transfer & (one != 0) & (claims["item"][:, 0] != 0), Key.SIDE_WHAT, name == "giver", one, _what(claims, 0))
        for k in range(claims["item"].shape[1]):
            token = claims["token"][:, k, 0]
            put(transfer & (one != 0) & (token != 0), Key.SIDE_TYPE, name == "giver", one, token)


def _what(claims: Sketches, k: int) -> NDArray[np.generic]:
    """The type of an item, its class where it has none."""
    token = claims["token"][:, k, 0]
    return np.where(token != 0, token, claims["item"][:, k])


def _other_keys(claims: Sketches, other: Mask, put: Callable[..., None]) -> None:
    """Visits, meetings, agreements, inspections and reactions: who takes part, where, and what it is about."""
    kind = claims["kind"]
    for side in ("giver", "taker"):
        for k in range(2):
            country, name = claims[side][:, k], claims[f"{side}_name"][:, k]
            put(other & (country != 0), Key.STATE, kind, country, told=True)
            put(other & (name != 0), Key.NAME, kind, name)
    first = claims["giver"][:, 0]
    for k in range(claims["topic"].shape[1]):
        topic = claims["topic"][:, k]
        put(other & (topic != 0), Key.STATE_TOPIC, kind, first, claims["tone"], topic)
    pair = np.sort(claims["giver"][:, :2], axis=1).T
    put(other & (first != 0), Key.STATES_PLACE, kind, *pair, claims["taker"][:, 0], claims["place"][:, 0], told=True)
