"""Placing: claims come and go in a stored ledger, and only what they touch is folded again.

The result is that of folding everything anew. Whether two claims are compared depends on the claims between them in
the order of some key, so one that comes or goes makes and breaks links among its nearest alone. Every knot that changes
by it holds, before or after, a claim whose links changed: so it is enough to find again the knots of these, and of
those that were in a knot with them.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, select

from materiel.ledger import blocks, tables
from materiel.ledger.blocks import Ints, Pairs, entries_of
from materiel.ledger.cluster import JOINED, Edges, knot_around
from materiel.ledger.fold import Ties, links_among, order_of, parted
from materiel.ledger.likeness import Likeness
from materiel.ledger.links import Alike, edges, packed, unpacked
from materiel.ledger.rows import around, drop, fetch, leave, put, relink, sketches_of, stand
from materiel.ledger.sketch import Sketches
from materiel.ledger.standing import Standing

Met = Counter[tuple[int, int]]  # of pairs of claims, how many more keys bring them together than did
UNPLACED = ""
AHEAD = 30  # claims whose links are read at once


class Placed(NamedTuple):
    """Claims that were folded, and for each the first claim of its knot and of its group."""

    claim: Ints
    knot: Ints
    group: Ints


def come_and_go(connection: Connection, come: Sketches, gone: Collection[int], likeness: Likeness) -> set[int]:
    """Take claims in and out of the folding; the claims whose links changed by it, or that came."""
    left = sketches_of(connection, gone)
    new = [{"claim": claim, "knot": claim, "event": UNPLACED, "links": b""} for claim in come["claim"].tolist()]
    put(connection, tables.folded, [{**row, "sketch": one.tobytes()} for row, one in zip(new, come, strict=True)])
    met: Met = Counter()
    for key, day, claim in _entries(left):
        leave(connection, key, day, claim)
        _meet(met, claim, *around(connection, key, day, claim, blocks.NEAR), -1)
    for key, day, claim in _entries(come):
        _meet(met, claim, *around(connection, key, day, claim, blocks.NEAR), 1)
        stand(connection, key, day, claim)
    changed = _link(connection, met, likeness)
    drop(connection, tables.folded.c.claim, gone)
    return changed.union(come["claim"].tolist()).difference(gone)


def _entries(claims: Sketches) -> Iterator[tuple[int, int, int]]:
    """Key, day and claim of each place in the order of a key."""
    found = entries_of(claims)
    return zip(found.key.tolist(), found.day.tolist(), claims["claim"][found.row].tolist(), strict=True)


def _meet(met: Met, claim: int, before: Sequence[int], after: Sequence[int], step: int) -> None:
    """Count the pairs that a claim makes (step 1) or no longer makes (-1) where it stands in the order of a key.

    `before` and `after` are the nearest, the nearest first; those just near enough to each other without it are too
    far apart with it.
    """
    for other in (*before, *after):
        met[_pair(claim, other)] += step
    for n, one in enumerate(before):
        if 0 <= (across := blocks.NEAR - 1 - n) < len(after):
            met[_pair(one, after[across])] -= step


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def _link(connection: Connection, met: Met, likeness: Likeness) -> set[int]:
    """Store what became of links; the claims that have a link more or less."""
    counted = {pair: n for pair, n in met.items() if n}
    before = _links_of(connection, {claim for pair in counted for claim in pair})
    now = {claim: dict(links) for claim, links in before.items()}
    changed: set[int] = set()
    new = [pair for pair, n in counted.items() if n > 0 and pair[1] not in now[pair[0]]]
    for (a, b), alike in _alike(connection, new, counted, likeness).items():
        now[a][b] = now[b][a] = alike
        changed |= {a, b}
    for (a, b), n in counted.items():
        held = before[a].get(b)
        if held and held.shared + n:
            now[a][b] = now[b][a] = held._replace(shared=held.shared + n)
        elif held:
            del now[a][b], now[b][a]
            changed |= {a, b}
    relink(connection, {claim: packed(links) for claim, links in now.items() if links != before[claim]})
    return changed


def _alike(
    connection: Connection, pairs: Sequence[tuple[int, int]], count: Mapping[tuple[int, int], int], likeness: Likeness
) -> dict[tuple[int, int], Alike]:
    """Those of some pairs of claims that are rather alike."""
    claims = sketches_of(connection, {claim for pair in pairs for claim in pair})
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    a, b = (np.searchsorted(claims["claim"], end) for end in ends.T)
    found = links_among(claims, likeness, Pairs(a, b, np.array([count[pair] for pair in pairs], dtype=np.int64)))
    names = zip(claims["claim"][found.a].tolist(), claims["claim"][found.b].tolist(), strict=True)
    return {
        pair: Alike(*alike) for pair, *alike in zip(names, found.level.tolist(), found.shared.tolist(), strict=True)
    }


def _links_of(connection: Connection, claims: Collection[int]) -> dict[int, dict[int, Alike]]:
    of = tables.folded.c
    found = fetch(connection, select(of.claim, of.links), of.claim, claims)
    return {row.claim: unpacked(row.links) for row in found}


class _Graph:
    """The links of claims, those that people made among them, read as they are asked for."""

    def __init__(self, connection: Connection, joined: Mapping[int, Collection[int]]) -> None:
        self._connection, self._joined = connection, joined
        self._edges: dict[int, Edges] = {}

    def edges_of(self, claim: int, ahead: Edges) -> Edges:
        """The level and the other claim of each link of a claim; of those `ahead` some are read at once with it."""
        if claim not in self._edges:
            near = (other for _, other in ahead if other not in self._edges)
            self._read({claim, *islice(near, AHEAD)})
        return self._edges[claim]

    def _read(self, claims: Collection[int]) -> None:
        of = tables.folded.c
        for row in fetch(self._connection, select(of.claim, of.links), of.claim, claims):
            self._edges[row.claim] = edges(row.links)
        tied = {claim: self._joined[claim] for claim in claims if claim in self._joined}
        there = set(_links_of(self._connection, {other for others in tied.values() for other in others}))
        for claim, others in tied.items():
            self._edges[claim] = [*self._edges[claim], *((JOINED, other) for other in others if other in there)]


def place(connection: Connection, changed: set[int], anew: set[int], likeness: Likeness, standing: Standing) -> Placed:
    """Find again the groups of claims whose links changed, and of those to be folded `anew` whether they did or not."""
    was = knots_of(connection, changed | anew)
    size = Counter(was.values())
    moved = [
        knot
        for knot in _knots(connection, was, standing.joined)
        if not anew.isdisjoint(knot) or _is_new(knot, was, size)
    ]
    claims = sketches_of(connection, [claim for knot in moved for claim in knot])
    order = order_of(claims)
    rank = np.argsort(order)
    root = np.empty(len(claims), np.int64)
    for knot in moved:
        rows = rank[np.searchsorted(claims["claim"], np.array(knot, dtype=np.int64))]
        root[rows] = rows.min()
    ties = standing.ties(claims["claim"])
    ranked = claims[order]
    group = parted(ranked, root, likeness, Ties(rank[ties.a], rank[ties.b], ties.joined))
    name = ranked["claim"]
    return Placed(name, name[root], name[group])


def knots_of(connection: Connection, claims: Collection[int]) -> dict[int, int]:
    """The first claims of the knots that some claims were in, for every claim of these knots."""
    of = tables.folded.c
    knots = {row.knot for row in fetch(connection, select(of.knot), of.claim, claims)}
    return {row.claim: row.knot for row in fetch(connection, select(of.claim, of.knot), of.knot, knots)}


def _is_new(knot: Sequence[int], was: Mapping[int, int], size: Mapping[int, int]) -> bool:
    """Whether a knot has other claims than it had."""
    before = was.get(knot[0])
    return before is None or size[before] != len(knot) or any(was.get(claim) != before for claim in knot)


def _knots(connection: Connection, claims: Collection[int], joined: Mapping[int, Collection[int]]) -> list[list[int]]:
    """The knots of some claims."""
    graph = _Graph(connection, joined)
    large: dict[int, int] = {}
    found: list[list[int]] = []
    there: set[int] = set()
    for claim in claims:
        if claim not in there:
            found.append(knot_around(claim, graph.edges_of, large))
            there.update(found[-1])
    return found
