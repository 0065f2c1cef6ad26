"""Placing: new claims find their place in a stored ledger; only what they touch is folded again.

The result is that of folding everything anew: a knot depends on its own claims and on how crowded their keys are,
so it is enough to fold again the knots that the new claims are tied to, and those whose keys got crowded by them.
"""

from collections.abc import Callable, Collection
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, select

from materiel.ledger import tables
from materiel.ledger.blocks import CROWDED, FINE, STAR, Keys, Mask, keys_of
from materiel.ledger.cluster import Ints
from materiel.ledger.fold import Crowd, Ties, fold
from materiel.ledger.likeness import Likeness
from materiel.ledger.rows import crowd_of, drop, drop_keys, fetch, members_of, put, put_keys, sketches_of
from materiel.ledger.sketch import Sketches

TiesOf = Callable[[Ints], Ties]  # what people joined or parted among claims, as places in the array given
UNPLACED = ""


class Placed(NamedTuple):
    """Claims that were folded, and for each the first claim of its knot and of its group."""

    claim: Ints
    knot: Ints
    group: Ints


def enter(connection: Connection, new: Sketches) -> None:
    """Store sketches and their keys, not yet folded."""
    put(
        connection,
        tables.folded,
        [
            {"claim": int(row["claim"]), "sketch": row.tobytes(), "knot": int(row["claim"]), "event": UNPLACED}
            for row in new
        ],
    )
    keys, rows = keys_of(new)
    put_keys(connection, keys, new["claim"][rows])


def withdraw(connection: Connection, claims: Collection[int]) -> Ints:
    """Take claims out of the folding; the claims that must be folded again for it."""
    gone = sketches_of(connection, claims)
    had, rows = keys_of(gone)
    keys = np.unique(had)
    before = crowd_of(connection, keys)
    knots = _of_knots(connection, gone["claim"])
    drop(connection, tables.folded.c.claim, claims)
    drop_keys(connection, had, gone["claim"][rows])
    changed = keys[_used_otherwise(keys, before, crowd_of(connection, keys))]
    freed = _of_knots(connection, members_of(connection, changed.tolist()))
    return np.setdiff1d(np.union1d(freed, knots), gone["claim"])


def _used_otherwise(keys: Keys, before: Crowd, after: Crowd) -> Mask:
    """Keys by which other pairs are compared than before, beside those with the claims that came or went."""
    fine = (keys & FINE) == FINE
    limit = np.where(fine, STAR, CROWDED)
    crossed = (before.size <= limit) != (after.size <= limit)
    moved = fine & (after.size > STAR) & (before.first != after.first)
    used: Mask = (crossed & (before.size > 0) & (after.size > 0)) | moved
    return used


def place(connection: Connection, new: Ints, likeness: Likeness, ties_of: TiesOf) -> Placed:
    """Fold entered claims into the ledger, and again those whose place they may change."""
    if not len(new):
        return Placed(new, new, new)
    affected = _affected(connection, new, likeness)
    claims = sketches_of(connection, affected.tolist())
    found = fold(claims, likeness, ties_of(claims["claim"]), lambda keys: crowd_of(connection, keys))
    return Placed(claims["claim"], claims["claim"][found.knot], claims["claim"][found.group])


def _affected(connection: Connection, new: Ints, likeness: Likeness) -> Ints:
    """The new claims, the knots that they are tied to, and the knots of keys that are used otherwise for them."""
    own = sketches_of(connection, new.tolist())
    keys, rows = keys_of(own)
    found, starts, added = np.unique(keys, return_index=True, return_counts=True)
    after = crowd_of(connection, found)
    first_own = np.minimum.reduceat(own["claim"][rows], starts)
    before = Crowd(after.size - added, np.where(after.first == first_own, -1, after.first))
    fine = (found & FINE) == FINE
    star = fine & (after.size > STAR)
    paired = found[(after.size <= CROWDED) | (fine & ~star)]
    near = np.union1d(members_of(connection, paired.tolist()), after.first[star])
    others = sketches_of(connection, np.setdiff1d(near, new).tolist())
    tied = _tied(own, others, likeness)
    changed = found[_used_otherwise(found, before, after)].tolist()
    seeds = np.concatenate([new, tied, members_of(connection, changed)])
    return _of_knots(connection, seeds)


def _tied(own: Sketches, others: Sketches, likeness: Likeness) -> Ints:
    """The others that share a key with some of one's own claims and are rather alike."""
    if not len(own) or not len(others):
        return np.zeros(0, np.int64)
    (key_a, row_a), (key_b, row_b) = keys_of(own), keys_of(others)
    low, high = np.searchsorted(key_b, key_a, "left"), np.searchsorted(key_b, key_a, "right")
    count = high - low
    a = np.repeat(row_a, count)
    b = row_b[np.repeat(low, count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)]
    both = np.concatenate([own, others])
    alike = likeness.scores(both, a, b + len(own)) > 0
    return np.unique(others["claim"][b[alike]])


def _of_knots(connection: Connection, claims: Ints) -> Ints:
    """All claims of the knots that some claims belong to."""
    folded = tables.folded.c
    knots = {r[0] for r in fetch(connection, select(folded.knot), folded.claim, claims.tolist())}
    found = {r[0] for r in fetch(connection, select(folded.claim), folded.knot, knots)}
    return np.array(sorted(found), dtype=np.int64)
