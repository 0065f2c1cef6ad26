"""Likeness: whether two claims tell of one event, as a sum of named features with learnt weights."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from materiel.ledger.sketch import ITEMS, KINDS, QUALIFIERS, STATUSES, TOKENS, Sketches

Weights = dict[str, float]
Codes = NDArray[np.int64]
Scores = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("weights.json")
SIDE = ("neither", "one", "name", "country", "other-name", "other")
ITEM = ("none", "other", "vague", "other-type", "both-vague", "family", "class", "type-part", "type")
SHARE = ("none", "some", "one", "two", "three")  # how many items have a like; all of them but for `some`
QUANTITY = ("open", "other", "fits", "same", "more")  # `more`: the numbers of several items are the same
TOLD = ("open", "one", "same", "within", "days", "month", "year", "far")
GAP = ("unknown", "days", "weeks", "half-year", "years", "far")
STATUS = tuple(f"{a}|{b}" for n, a in enumerate(STATUSES) for b in STATUSES[n:])
OPEN = ("open", "same", "other")
YES = ("no", "yes")
FORMS = ("other-type", "vague", "class", "type")  # the items of a pair, roughly
GROUPS: dict[str, tuple[str, ...]] = {
    "giver": SIDE,
    "taker": SIDE,
    "item": ITEM,
    "items": SHARE,
    "quantity": QUANTITY,
    "told": TOLD,
    "reported": GAP,
    "when": GAP,
    "status": STATUS,
    "mode": OPEN,
    "tone": OPEN,
    "place": OPEN,
    "value": OPEN,
    "article": YES,
    "stage": tuple(f"{a}|{s}" for a in ("apart", "within") for s in ("same", "other")),
    "shape": tuple(f"{i}|{g}|{a}" for i in FORMS for g in GAP for a in ("apart", "within")),
}
_STATUS_CODE = np.array(
    [[STATUS.index("|".join(sorted((a, b), key=STATUSES.index))) for b in STATUSES] for a in STATUSES]
)
_FORM_OF_ITEM = np.array(
    [FORMS.index(f) for f in ("vague", "other-type", "vague", "other-type", "vague", "vague", "class", "type", "type")]
)
_SOME = QUALIFIERS.index("some")
_EXACT = QUALIFIERS.index("exact")
_AT_LEAST, _AT_MOST = QUALIFIERS.index("at_least"), QUALIFIERS.index("at_most")
NEVER = -1e6  # claims of two kinds are never one event
NEAR = 0.15  # part by which two rough numbers may differ and still agree


def codes(claims: Sketches, a: Codes, b: Codes) -> dict[str, Codes]:
    """For each group of features, the place in GROUPS[group] of the one that pair (a[n], b[n]) has."""
    x, y = claims[a], claims[b]
    giver, taker = _side(x, y, "giver"), _side(x, y, "taker")
    item, items, quantity = _item_codes(x, y)
    apart = np.where(x["article"] == y["article"], 1, 0)
    gap = _gap(_days_apart(x["published"], x["published"], y["published"], y["published"]))
    when = _gap(_effective_gap(x, y))
    same_status = x["status"] == y["status"]
    return {
        "giver": giver,
        "taker": taker,
        "item": item,
        "items": items,
        "quantity": quantity,
        "told": _told(x, y),
        "reported": gap,
        "when": when,
        "status": _STATUS_CODE[x["status"], y["status"]],
        "mode": _open(x["mode"], y["mode"]),
        "tone": _open(x["tone"], y["tone"]),
        "place": _any_open(x["place"], y["place"]),
        "value": _open(x["value"], y["value"]),
        "article": apart,
        "stage": apart * 2 + np.where(same_status, 0, 1),
        "shape": (_FORM_OF_ITEM[item] * len(GAP) + when) * 2 + apart,
    }


def features(claims: Sketches, a: Codes, b: Codes) -> list[list[str]]:
    """The features of each pair by name; those that begin with a kind hold for that kind alone."""
    found: list[list[str]] = [["bias", KINDS[k]] for k in claims["kind"][a]]
    for group, chosen in codes(claims, a, b).items():
        for n, code in enumerate(chosen):
            said = f"{group}={GROUPS[group][code]}"
            found[n] += [said, f"{found[n][1]}|{said}"]
    return found


class Likeness:
    """Weights, laid out as tables so that a pair costs one look-up a group."""

    def __init__(self, weights: Weights) -> None:
        def of(name: str, kind: str) -> float:
            return weights.get(name, 0.0) + weights.get(f"{kind}|{name}", 0.0)

        self.weights = weights
        self.base: Scores = np.array([weights.get("bias", 0.0) + weights.get(kind, 0.0) for kind in KINDS])
        self.tables: dict[str, Scores] = {
            group: np.array([[of(f"{group}={name}", kind) for name in names] for kind in KINDS])
            for group, names in GROUPS.items()
        }

    def scores(self, claims: Sketches, a: Codes, b: Codes) -> Scores:
        """How much speaks for each pair (a[n], b[n]) being one event, in log-odds: above 0 rather yes."""
        kind = claims["kind"][a]
        total: Scores = self.base[kind]
        for group, chosen in codes(claims, a, b).items():
            total = total + self.tables[group][kind, chosen]
        return np.where(kind == claims["kind"][b], total, NEVER)


@cache
def shipped_likeness() -> Likeness:
    """The likeness that `make train` learnt."""
    return Likeness(msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights))


def _choose(names: tuple[str, ...], cases: dict[str, NDArray[np.bool_]], otherwise: str) -> Codes:
    """The place in `names` of the first case that holds, row by row."""
    codes = [np.int64(names.index(name)) for name in cases]
    found: Codes = np.select(list(cases.values()), codes, np.int64(names.index(otherwise)))
    return found


def _shared(x: Codes, y: Codes) -> NDArray[np.bool_]:
    """Whether two rows of hashes have one in common."""
    found: NDArray[np.bool_] = ((x[:, :, None] == y[:, None, :]) & (x[:, :, None] != 0)).any(axis=(1, 2))
    return found


def _side(x: Sketches, y: Sketches, side: str) -> Codes:
    a, b = x[side][:, 0] != 0, y[side][:, 0] != 0
    name_a, name_b = x[f"{side}_name"], y[f"{side}_name"]
    same_country, same_name = _shared(x[side], y[side]), _shared(name_a, name_b)
    both_named = (name_a != 0).any(axis=1) & (name_b != 0).any(axis=1)
    return _choose(
        SIDE,
        {
            "neither": ~a & ~b,
            "one": a != b,
            "name": same_name,
            "country": same_country & ~both_named,
            "other-name": same_country,
        },
        "other",
    )


def _item_codes(x: Sketches, y: Sketches) -> tuple[Codes, Codes, Codes]:
    """How alike the likest two items are, how many have a like, and whether their numbers agree."""
    level = _levels(x, y)
    n = len(level)
    flat = level.reshape(n, -1)
    best = flat.argmax(axis=1)
    item = flat[np.arange(n), best]
    like = (level >= ITEM.index("family")).any(axis=2)
    there = x["item"] != 0
    matched, of = (like & there).sum(axis=1), there.sum(axis=1)
    other_of = (y["item"] != 0).sum(axis=1)
    whole = matched >= np.minimum(of, other_of)
    items = np.where(matched == 0, 0, np.where(whole | (matched > 2), np.minimum(matched + 1, 4), 1))
    left, right = best // ITEMS, best % ITEMS
    row = np.arange(n)
    quantity = _quantity(
        x["quantity"][row, left], x["qualifier"][row, left], y["quantity"][row, right], y["qualifier"][row, right]
    )
    equal = (level >= ITEM.index("family")) & (x["quantity"][:, :, None] == y["quantity"][:, None, :])
    quantity = np.where(equal.any(axis=2).sum(axis=1) > 1, QUANTITY.index("more"), quantity)
    return item, items, np.where(item >= ITEM.index("family"), quantity, 0)


def _levels(x: Sketches, y: Sketches) -> Codes:
    """The place in ITEM of each two items of each pair, shape (pairs, ITEMS, ITEMS)."""

    def cross(name: str) -> tuple[Any, Any]:
        return x[name][:, :, None], y[name][:, None, :]

    (item_a, item_b), (family_a, family_b), (vague_a, vague_b) = cross("item"), cross("family"), cross("vague")
    token_a, token_b = x["token"][:, :, None, :], y["token"][:, None, :, :]
    typed = (token_a[..., 0] != 0) & (token_b[..., 0] != 0)
    part = np.zeros(typed.shape, dtype=bool)
    for k in range(TOKENS):
        part |= ((token_a == token_b[..., k : k + 1]) & (token_a != 0)).any(axis=-1)
    whole = part & (token_a == token_b).all(axis=-1)
    same = item_a == item_b
    return _choose(
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


def _quantity(a: Scores, how_a: Codes, b: Scores, how_b: Codes) -> Codes:
    known = ~(np.isnan(a) | np.isnan(b))
    low, high = np.fmin(a, b), np.fmax(a, b)
    how_low, how_high = np.where(a <= b, how_a, how_b), np.where(a <= b, how_b, how_a)
    rough = (how_a > _EXACT) | (how_b > _EXACT)
    fits = (how_low == _AT_LEAST) | (how_high == _AT_MOST) | (rough & (high - low <= NEAR * high))
    some = (how_a == _SOME) | (how_b == _SOME)
    fits = some | (known & (a != b) & fits)
    return _choose(QUANTITY, {"fits": fits, "open": ~known, "same": a == b}, "other")


def _days_apart(first_a: Codes, last_a: Codes, first_b: Codes, last_b: Codes) -> Codes:
    """Days between two spans (0 where they meet), -1 where one is unknown."""
    apart = np.maximum(0, np.maximum(first_a - last_b, first_b - last_a))
    return np.where((first_a == 0) | (first_b == 0), -1, apart)


def _told(x: Sketches, y: Sketches) -> Codes:
    a, b = x["first"] != 0, y["first"] != 0
    apart = _days_apart(x["first"], x["last"], y["first"], y["last"])
    same = (x["first"] == y["first"]) & (x["last"] == y["last"])
    return _choose(
        TOLD,
        {
            "open": ~a & ~b,
            "one": a != b,
            "same": same,
            "within": np.equal(apart, 0),
            "days": apart <= 3,
            "month": apart <= 31,
            "year": apart <= 366,
        },
        "far",
    )


def _effective_gap(x: Sketches, y: Sketches) -> Codes:
    """Days between when two claims happened as told, or were published where they do not tell."""

    def span(claim: Sketches) -> tuple[Codes, Codes]:
        told = claim["first"] != 0
        return np.where(told, claim["first"], claim["published"]), np.where(told, claim["last"], claim["published"])

    return _days_apart(*span(x), *span(y))


def _gap(days: Codes) -> Codes:
    return _choose(
        GAP,
        {
            "unknown": days < 0,
            "days": days <= 4,
            "weeks": days <= 31,
            "half-year": days <= 200,
            "years": days <= 1100,
        },
        "far",
    )


def _open(x: NDArray[np.generic], y: NDArray[np.generic]) -> Codes:
    return np.where((x == 0) | (y == 0), 0, np.where(x == y, 1, 2))


def _any_open(x: Codes, y: Codes) -> Codes:
    return np.where((x[:, 0] == 0) | (y[:, 0] == 0), 0, np.where(_shared(x, y), 1, 2))
