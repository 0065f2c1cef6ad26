"""Comparing: how the parties, items, numbers, times and topics of two claims stand to each other, pair by pair.

Each function takes the sketches of the first and of the second claims of pairs (both of length n) and gives, for
each pair, the place of what holds in the tuple of names that it belongs to.
"""

from functools import reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from materiel.ledger.sketch import ITEMS, PARTIES, QUALIFIERS, STATUSES, TOKENS, Sketches

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

SIDE = ("neither", "one", "other", "part", "country", "rank", "name", "clash", "other-name")
EXTENT = ("open", "other", "part", "within", "same")
ITEM = ("none", "other", "vague", "other-type", "both-vague", "family", "class", "type-part", "type")
SHARE = ("none", "some", "one", "two", "three")  # how many items have a like; all of them but for `some`
QUANTITY = ("open", "other", "part", "fits", "same", "more")  # `more`: the numbers of several items are the same
TOLD = ("open", "one", "same", "within", "days", "month", "year", "far")
GAP = ("unknown", "days", "weeks", "half-year", "years", "far")
COURSE = ("open", *(f"{c}|{t}" for c in ("level", "forward", "backward") for t in ("at-once", "month", "year", "far")))
OPEN = ("open", "same", "other")
BATCH = tuple(f"{a}|{s}|{q}" for a in ("apart", "within") for s in ("same", "ordered", "other") for q in QUANTITY)
TOPIC = ("open", "none", "few", "half", "most")

# How far each status has come: an order of stages, in which what is refused or halted comes last.
PROGRESS = np.array([0 if s in ("sought", "offered", "considered") else k for k, s in enumerate(STATUSES)])
_AGREED = STATUSES.index("agreed")
_SOME, _EXACT = QUALIFIERS.index("some"), QUALIFIERS.index("exact")
_AT_LEAST, _AT_MOST = QUALIFIERS.index("at_least"), QUALIFIERS.index("at_most")
NEAR = 0.15  # part by which two rough numbers may differ and still agree
NEAR_SUM = 0.1  # part by which two sums of one currency may differ and still agree


def choose(names: tuple[str, ...], cases: dict[str, Mask], otherwise: str) -> Codes:
    """The place in `names` of the first case that holds, row by row."""
    codes = [np.int64(names.index(name)) for name in cases]
    found: Codes = np.select(list(cases.values()), codes, np.int64(names.index(otherwise)))
    return found


# Of few columns these are several times faster than numpy's own reductions, which go row by row.
def _any(masks: Mask) -> Mask:
    """Whether any of the last axis holds."""
    return reduce(np.logical_or, (masks[..., k] for k in range(masks.shape[-1])))


def _all(masks: Mask) -> Mask:
    """Whether all of the last axis hold."""
    return reduce(np.logical_and, (masks[..., k] for k in range(masks.shape[-1])))


def _count(masks: Mask) -> Codes:
    """How many of the last axis hold."""
    return reduce(np.add, (masks[..., k].astype(np.int64) for k in range(masks.shape[-1])))


class _Met(NamedTuple):
    """What the parties on one side have in common, pair by pair."""

    in_x: Mask  # every state of the second claim is one of the first
    in_y: Mask
    some: Mask  # a state in common
    name: Mask  # a name in common
    rank: Mask  # an office in common, of which only one gives the name
    clash: Mask  # a state for which the two name different people or bodies


def sides(x: Sketches, y: Sketches, side: str) -> tuple[Codes, Codes]:
    """How alike those on one side are (SIDE), and whether both reports name the same states (EXTENT)."""
    a, b = x[side][:, 0] != 0, y[side][:, 0] != 0
    met = _met(x, y, side)
    other = ~met.some
    alike = {
        "neither": ~(a | b),
        "one": np.not_equal(a, b),
        "other": other,
        "part": ~(met.in_x | met.in_y),
        "name": met.name & ~met.clash,
        "clash": met.name | (met.rank & met.clash),
        "other-name": met.clash,
        "rank": met.rank,
    }
    extent = {"open": ~(a & b), "other": other, "same": met.in_x & met.in_y, "within": met.in_x | met.in_y}
    return choose(SIDE, alike, "country"), choose(EXTENT, extent, "part")


def _met(x: Sketches, y: Sketches, side: str) -> _Met:
    n = len(x)
    met_x, met_y = np.zeros((2, n, PARTIES), bool)  # whether the other report has a party of that state
    name, rank, clash = np.zeros((3, n), bool)
    for i in range(PARTIES):
        alike, apart = np.zeros((2, n), bool)  # whether some party of that state may be this one, or is another
        for j in range(PARTIES):
            one = (x[side][:, i] == y[side][:, j]) & (x[side][:, i] != 0)
            if not one.any():
                continue
            met_x[:, i] |= one
            met_y[:, j] |= one
            names, same_name = _known_and_same(x, y, f"{side}_name", i, j)
            ranks, same_rank = _known_and_same(x, y, f"{side}_rank", i, j)
            held = one & same_rank & ~names
            name |= one & same_name
            rank |= held
            alike |= (one & same_name) | held
            apart |= one & ((names & ~same_name) | (ranks & ~same_rank & ~same_name))
        clash |= apart & ~alike
    in_y, in_x = _all(met_x | (x[side] == 0)), _all(met_y | (y[side] == 0))
    return _Met(in_x, in_y, _any(met_x), name, rank, clash)


def _known_and_same(x: Sketches, y: Sketches, cell: str, i: int, j: int) -> tuple[Mask, Mask]:
    """Whether both claims give a cell of their i-th and j-th party, and whether it is the same."""
    a, b = x[cell][:, i], y[cell][:, j]
    known = (a != 0) & (b != 0)
    return known, known & (a == b)


def items(x: Sketches, y: Sketches) -> tuple[Codes, Codes, Codes]:
    """How alike the likest two items are (ITEM), how many have a like (SHARE), whether numbers agree (QUANTITY)."""
    found = np.zeros((3, len(x)), np.int64)
    most = np.maximum(_count(x["item"] != 0), _count(y["item"] != 0))
    for least, width in ((0, 1), (1, 2), (2, ITEMS)):  # few reports have more than an item or two
        rows = np.flatnonzero((most > least) & (most <= width))
        if len(rows):
            found[:, rows] = _items(x.take(rows), y.take(rows), width)
    return found[0], found[1], found[2]


def _items(x: Sketches, y: Sketches, width: int) -> tuple[Codes, Codes, Codes]:
    """`items` of claims with at most `width` of them."""
    level = _levels(x, y, width)
    n = len(level)
    flat = level.reshape(n, -1)
    best = flat.argmax(axis=1)
    row = np.arange(n)
    item = flat[row, best]
    like = level >= ITEM.index("family")
    there = x["item"] != 0
    matched, of = _count(_any(like)), _count(there)
    other_of = _count(y["item"] != 0)
    whole = matched >= np.minimum(of, other_of)
    share = np.where(matched == 0, 0, np.where(whole | (matched > 2), np.minimum(matched + 1, 4), 1))
    left, right = best // width, best % width
    further = np.sign(PROGRESS[x["status"]] - PROGRESS[y["status"]])
    number = _quantity(
        x["quantity"][row, left],
        x["qualifier"][row, left],
        y["quantity"][row, right],
        y["qualifier"][row, right],
        further,
    )
    equal = like & (x["quantity"][:, :width, None] == y["quantity"][:, None, :width])
    number = np.where(_count(_any(equal)) > 1, QUANTITY.index("more"), number)
    return item, share, np.where(item >= ITEM.index("family"), number, 0)


def _levels(x: Sketches, y: Sketches, width: int) -> Codes:
    """The place in ITEM of each two items of each pair, shape (pairs, width, width)."""

    def cross(name: str) -> tuple[Any, Any]:
        return x[name][:, :width, None], y[name][:, None, :width]

    (item_a, item_b), (family_a, family_b), (vague_a, vague_b) = cross("item"), cross("family"), cross("vague")
    token_a, token_b = x["token"][:, :width, None, :], y["token"][:, None, :width, :]
    typed = (token_a[..., 0] != 0) & (token_b[..., 0] != 0)
    part = np.zeros(typed.shape, dtype=bool)
    for k in range(TOKENS):
        part |= _any((token_a == token_b[..., k : k + 1]) & (token_a != 0))
    whole = part & _all(token_a == token_b)
    same = item_a == item_b
    return choose(
        ITEM,
        {
            "none": (item_a == 0) | (item_b == 0),
            "type": whole,
            "type-part": part,
            "other-type": typed & (family_a == family_b),
            "both-vague": same & vague_a,
            "vague": vague_a | vague_b,
            "class": same,
            "family": family_a == family_b,
        },
        "other",
    )


def _quantity(a: Floats, how_a: Codes, b: Floats, how_b: Codes, further: Codes) -> Codes:
    known = ~(np.isnan(a) | np.isnan(b))
    low, high = np.fmin(a, b), np.fmax(a, b)
    how_low, how_high = np.where(a <= b, how_a, how_b), np.where(a <= b, how_b, how_a)
    rough = (how_a > _EXACT) | (how_b > _EXACT)
    fits = (how_low == _AT_LEAST) | (how_high == _AT_MOST) | (rough & (high - low <= NEAR * high))
    some = (how_a == _SOME) | (how_b == _SOME)
    fits = some | (known & (a != b) & fits)
    part = ((a < b) & (further > 0)) | ((b < a) & (further < 0))  # of what was ordered, so many have come
    return choose(QUANTITY, {"fits": fits, "open": ~known, "same": a == b, "part": part}, "other")


def batch(x: Sketches, y: Sketches, number: Codes) -> Codes:
    """BATCH: in one article or two, of one status or an order and what came of it, and how their numbers stand."""
    within = x["article"] == y["article"]
    a, b = PROGRESS[x["status"]], PROGRESS[y["status"]]
    came = np.maximum(a, b) > _AGREED
    status = np.where(a == b, 0, np.where((np.minimum(a, b) <= _AGREED) & came, 1, 2))
    found: Codes = (within * 3 + status) * len(QUANTITY) + number
    return found


def _days_apart(first_a: Codes, last_a: Codes, first_b: Codes, last_b: Codes) -> Codes:
    """Days between two spans (0 where they meet), -1 where one is unknown."""
    apart = np.maximum(0, np.maximum(first_a - last_b, first_b - last_a))
    return np.where((first_a == 0) | (first_b == 0), -1, apart)


def told(x: Sketches, y: Sketches) -> tuple[Codes, Codes]:
    """How far apart the dates are that two claims tell (TOLD), and whether the further stage comes later (COURSE)."""
    a, b = x["first"] != 0, y["first"] != 0
    apart = _days_apart(x["first"], x["last"], y["first"], y["last"])
    same = (x["first"] == y["first"]) & (x["last"] == y["last"])
    cases = {
        "open": ~a & ~b,
        "one": a != b,
        "same": same,
        "within": np.equal(apart, 0),
        "days": apart <= 3,
        "month": apart <= 31,
        "year": apart <= 366,
    }
    further = np.sign(PROGRESS[x["status"]] - PROGRESS[y["status"]])
    later = np.where(x["first"] > y["last"], 1, np.where(y["first"] > x["last"], -1, 0))
    way = np.where(further == 0, 0, np.where(further == -later, 2, 1))
    far = np.select([apart <= 0, apart <= 31, apart <= 366], [0, 1, 2], 3)
    return choose(TOLD, cases, "far"), np.where(a & b, 1 + way * 4 + far, 0)


def reported(x: Sketches, y: Sketches) -> Codes:
    """How far apart two reports were published (GAP)."""
    return _gap(_days_apart(x["published"], x["published"], y["published"], y["published"]))


def happened(x: Sketches, y: Sketches) -> Codes:
    """How far apart (GAP) two claims happened as told, or were published where they do not tell."""

    def span(claim: Sketches) -> tuple[Codes, Codes]:
        known = claim["first"] != 0
        return np.where(known, claim["first"], claim["published"]), np.where(known, claim["last"], claim["published"])

    return _gap(_days_apart(*span(x), *span(y)))


def _gap(days: Codes) -> Codes:
    cases = {
        "unknown": days < 0,
        "days": days <= 4,
        "weeks": days <= 31,
        "half-year": days <= 200,
        "years": days <= 1100,
    }
    return choose(GAP, cases, "far")


def open_or_same(x: NDArray[np.generic], y: NDArray[np.generic]) -> Codes:
    """OPEN, of cells that are 0 where nothing is told."""
    return np.where((x == 0) | (y == 0), 0, np.where(x == y, 1, 2))


def any_shared(x: Codes, y: Codes) -> Codes:
    """OPEN, of lists that have a member in common."""
    rows = np.flatnonzero((x[:, 0] != 0) & (y[:, 0] != 0))
    found = np.zeros(len(x), np.int64)
    found[rows] = np.where(_any(_shared(x[rows], y[rows])), 1, 2)
    return found


def _shared(x: Codes, y: Codes) -> Mask:
    """Which members of lists `x` stand in `y`, row by row."""
    return _any((x[:, :, None] == y[:, None, :]) & (x[:, :, None] != 0))


def sums(x: Sketches, y: Sketches) -> Codes:
    """OPEN, of what two claims say it is worth; sums of two currencies say nothing."""
    a, b = x["value"], y["value"]
    open_ = (a == 0) | (b == 0) | (x["currency"] != y["currency"])
    return np.where(open_, 0, np.where(np.abs(a - b) <= NEAR_SUM * np.maximum(a, b), 1, 2))


def topics(x: Sketches, y: Sketches) -> Codes:
    """TOPIC: what part of the shorter phrase's topics the longer one has."""
    rows = np.flatnonzero((x["topic"][:, 0] != 0) & (y["topic"][:, 0] != 0))
    a, b = x["topic"][rows], y["topic"][rows]
    shared = _count(_shared(a, b))
    fewest = np.minimum(_count(a != 0), _count(b != 0))
    found = np.zeros(len(x), np.int64)
    cases = {"none": shared == 0, "most": 3 * shared >= 2 * fewest, "half": 3 * shared >= fewest}
    found[rows] = choose(TOPIC, cases, "few")
    return found
