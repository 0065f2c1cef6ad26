"""Likeness: whether two claims tell of one event, as a sum of named features with learnt weights."""

from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from materiel.ledger import comparing
from materiel.ledger.comparing import (
    BATCH,
    COURSE,
    EXTENT,
    GAP,
    ITEM,
    OPEN,
    QUANTITY,
    SHARE,
    SIDE,
    TOLD,
    TOPIC,
    Codes,
)
from materiel.ledger.sketch import KINDS, STANCES, STATUSES, Sketches

Weights = dict[str, float]
Scores = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("weights.json")
STATUS = tuple(f"{a}|{b}" for n, a in enumerate(STATUSES) for b in STATUSES[n:])
STANCE = tuple(f"{a}|{b}" for n, a in enumerate(STANCES) for b in STANCES[n:])
YES = ("no", "yes")
SPAN = ("neither", "one", "both")
FORMS = ("other-type", "vague", "class", "type")  # the items of a pair, roughly
GROUPS: dict[str, tuple[str, ...]] = {
    "giver": SIDE,
    "giver-extent": EXTENT,
    "taker": SIDE,
    "taker-extent": EXTENT,
    "item": ITEM,
    "items": SHARE,
    "quantity": QUANTITY,
    "told": TOLD,
    "course": COURSE,
    "span": SPAN,
    "reported": GAP,
    "when": GAP,
    "status": STATUS,
    "stance": STANCE,
    "mode": OPEN,
    "tone": OPEN,
    "place": OPEN,
    "value": OPEN,
    "topic": TOPIC,
    "article": YES,
    "batch": BATCH,
    "stage": tuple(f"{a}|{s}" for a in ("apart", "within") for s in ("same", "other")),
    "shape": tuple(f"{i}|{g}|{a}" for i in FORMS for g in GAP for a in ("apart", "within")),
}
# The kinds that a group says something of; the others have no such cell.
ONLY: dict[str, tuple[str, ...]] = {
    "taker": ("transfer", "visit"),
    "taker-extent": ("transfer", "visit"),
    "item": ("transfer", "inspection"),
    "items": ("transfer", "inspection"),
    "quantity": ("transfer",),
    "batch": ("transfer",),
    "shape": ("transfer", "inspection"),
    "mode": ("transfer",),
    "value": ("transfer",),
    "tone": ("reaction",),
    "topic": ("reaction", "agreement"),
}


def _either_way(names: tuple[str, ...], pairs: tuple[str, ...]) -> Codes:
    """The place in `pairs` of each two of `names`, whichever comes first."""
    return np.array([[pairs.index("|".join(sorted((a, b), key=names.index))) for b in names] for a in names])


_STATUS_CODE, _STANCE_CODE = _either_way(STATUSES, STATUS), _either_way(STANCES, STANCE)
_FORM_OF_ITEM = np.array(
    [FORMS.index(f) for f in ("vague", "other-type", "vague", "other-type", "vague", "vague", "class", "type", "type")]
)
NEVER = -1e6  # claims of two kinds are never one event


def codes(claims: Sketches, a: Codes, b: Codes) -> dict[str, Codes]:
    """For each group of features, the place in GROUPS[group] of the one that pair (a[n], b[n]) has."""
    x, y = claims.take(a), claims.take(b)  # which copies records several times faster than claims[a]
    giver, givers = comparing.sides(x, y, "giver")
    taker, takers = comparing.sides(x, y, "taker")
    item, items, quantity = comparing.items(x, y)
    told, course = comparing.told(x, y)
    within = np.where(x["article"] == y["article"], 1, 0)
    when = comparing.happened(x, y)
    return {
        "giver": giver,
        "giver-extent": givers,
        "taker": taker,
        "taker-extent": takers,
        "item": item,
        "items": items,
        "quantity": quantity,
        "told": told,
        "course": course,
        "span": x["span"].astype(np.int64) + y["span"],
        "reported": comparing.reported(x, y),
        "when": when,
        "status": _STATUS_CODE[x["status"], y["status"]],
        "stance": _STANCE_CODE[x["stance"], y["stance"]],
        "mode": comparing.open_or_same(x["mode"], y["mode"]),
        "tone": comparing.open_or_same(x["tone"], y["tone"]),
        "place": comparing.any_shared(x["place"], y["place"]),
        "value": comparing.sums(x, y),
        "topic": comparing.topics(x, y),
        "article": within,
        "batch": comparing.batch(x, y, quantity),
        "stage": within * 2 + np.where(x["status"] == y["status"], 0, 1),
        "shape": (_FORM_OF_ITEM[item] * len(GAP) + when) * 2 + within,
    }


def in_order(claims: Sketches, a: Codes, b: Codes) -> tuple[Codes, Codes]:
    """Pairs with the claim of the lower key first, so that it does not matter which was named first."""
    turned = claims["claim"][a] > claims["claim"][b]
    return np.where(turned, b, a), np.where(turned, a, b)


def features(claims: Sketches, a: Codes, b: Codes) -> list[list[str]]:
    """The features of each pair by name; those that begin with a kind hold for that kind alone."""
    a, b = in_order(claims, a, b)
    found: list[list[str]] = [["bias", KINDS[k]] for k in claims["kind"][a]]
    for group, chosen in codes(claims, a, b).items():
        for n, code in enumerate(chosen):
            if found[n][1] in ONLY.get(group, KINDS):
                said = f"{group}={GROUPS[group][code]}"
                found[n] += [said, f"{found[n][1]}|{said}"]
    return found


class Likeness:
    """Weights, laid out as tables so that a pair costs one look-up a group."""

    def __init__(self, weights: Weights) -> None:
        def of(group: str, name: str, kind: str) -> float:
            if kind not in ONLY.get(group, KINDS):
                return 0.0
            name = f"{group}={name}"
            return weights.get(name, 0.0) + weights.get(f"{kind}|{name}", 0.0)

        self.weights = weights
        self.base: Scores = np.array([weights.get("bias", 0.0) + weights.get(kind, 0.0) for kind in KINDS])
        self.tables: dict[str, Scores] = {
            group: np.array([[of(group, name, kind) for name in names] for kind in KINDS])
            for group, names in GROUPS.items()
        }

    def scores(self, claims: Sketches, a: Codes, b: Codes) -> Scores:
        """How much speaks for each pair (a[n], b[n]) being one event, in log-odds: above 0 rather yes."""
        a, b = in_order(claims, a, b)
        kind = claims["kind"][a].astype(np.int64)
        total: Scores = self.base[kind]
        for group, chosen in codes(claims, a, b).items():
            table = self.tables[group]
            total = total + table.take(kind * table.shape[1] + chosen)
        return np.where(kind == claims["kind"][b], total, NEVER)


@cache
def shipped_likeness() -> Likeness:
    """The likeness that `make train` learnt."""
    return Likeness(msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights))
