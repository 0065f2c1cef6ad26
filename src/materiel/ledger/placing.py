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
from materiel.ledger.cluster import JOINED, Edges, caps, knot_around
from materiel.ledger.fold import Ties, links_among, order_of, parted
from materiel.ledger.likeness import Likeness
from materiel.ledger.links import Alike, edges, packed, unpacked
from materiel.ledger.rows import around, drop, fetch, leave, put, relink, sketches_of, stand
from materiel.ledger.sketch import Sketches
from materiel.ledger.standing import Standing

Met = Counter[tuple[int, int]]  # of pairs of claims, how many more keys bring them together than did
UNPLACED = ""
AHEAD = 30  # claims whose links are read at once


class Changed(NamedTuple):
    """What has changed in a ledger.

    `linked` are the claims that have a link more or less, `broken` the links that are no more (two claims and the
    level), `anew` claims to be folded again whether their links changed or not. `only_added` tells that no claim went,
    and that nothing people decided has changed.
    """

    linked: set[int]
    broken: list[tuple[int, int, int]]
    anew: set[int]
    only_added: bool


class Placed(NamedTuple):
    """Claims that were folded; for each the first claim of its knot, the knot's level, and the first of its group."""

    claim: Ints
    knot: Ints
    level: Ints
    group: Ints


def come_and_go(
    connection: Connection, come: Sketches, gone: Collection[int], stay: Collection[int], likeness: Likeness
) -> Changed:
    """Take claims in and out of the folding; what has changed by it. What is said of those that `stay` has changed."""
    left = sketches_of(connection, gone)
    anew = set(_knots_of(connection, gone)).union(come["claim"].tolist(), stay)
    new = [
        {"claim": claim, "knot": claim, "level": 0, "event": UNPLACED, "links": b""} for claim in come["claim"].tolist()
    ]
    put(connection, tables.folded, [{**row, "sketch": one.tobytes()} for row, one in zip(new, come, strict=True)])
    met: Met = Counter()
    for key, day, claim in _entries(left):
        leave(connection, key, day, claim)
        _meet(met, claim, *around(connection, key, day, claim, blocks.NEAR), -1)
    for key, day, claim in _entries(come):
        _meet(met, claim, *around(connection, key, day, claim, blocks.NEAR), 1)
        stand(connection, key, day, claim)
    linked, broken = _link(connection, met, likeness)
    drop(connection, tables.folded.c.claim, gone)
    return Changed(linked.difference(gone), broken, anew.difference(gone), not gone and not stay)


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


def _link(connection: Connection, met: Met, likeness: Likeness) -> tuple[set[int], list[tuple[int, int, int]]]:
    """Store what became of links; the claims that have a link more or less, and the links that are no more."""
    counted = {pair: n for pair, n in met.items() if n}
    before = _links_of(connection, {claim for pair in counted for claim in pair})
    now = {claim: dict(links) for claim, links in before.items()}
    linked: set[int] = set()
    broken: list[tuple[int, int, int]] = []
    new = [pair for pair, n in counted.items() if n > 0 and pair[1] not in now[pair[0]]]
    for (a, b), alike in _alike(connection, new, counted, likeness).items():
        now[a][b] = now[b][a] = alike
        linked |= {a, b}
    for (a, b), n in counted.items():
        held = before[a].get(b)
        if held and held.shared + n:
            now[a][b] = now[b][a] = held._replace(shared=held.shared + n)
        elif held:
            del now[a][b], now[b][a]
            linked |= {a, b}
            broken.append((a, b, held.level))
    relink(connection, {claim: packed(links) for claim, links in now.items() if links != before[claim]})
    return linked, broken


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
    """The links of claims, those that people made among them, read as they are asked for.

    `large` is what is known of claims as `knot_around` takes it; once told to `trust`, also that what hangs together
    by weaker links than those of a claim's knot is too large, as it was when the claim was placed.
    """

    def __init__(self, connection: Connection, joined: Mapping[int, Collection[int]]) -> None:
        self._connection, self._joined = connection, joined
        self._edges: dict[int, Edges] = {}
        self._level: dict[int, int] = {}
        self._caps: dict[int, int] = {}
        self.large: dict[int, int] = {}
        self._trusted = False

    def edges_of(self, claim: int, ahead: Edges) -> Edges:
        """The level and the other claim of each link of a claim; of those `ahead` some are read at once with it."""
        if claim not in self._edges:
            near = (other for _, other in ahead if other not in self._edges)
            self._read({claim, *islice(near, AHEAD)})
        return self._edges[claim]

    def trust(self, broken: Sequence[tuple[int, int, int]]) -> None:
        """Take for granted that what was too large to be a knot still is, but for what hung together by broken links
        and is too large no more."""
        known: dict[int, int] = {}
        for a, b, level in broken:
            for claim in (a, b):
                self.edges_of(claim, ())
                found = caps(claim, min(level, self._level[claim] - 1), self.edges_of, known)
                self._caps.update((one, min(cap, self._caps.get(one, cap))) for one, cap in found.items())
        self._trusted = True
        self.large = {claim: self._still_large(claim) for claim in self._level}

    def _still_large(self, claim: int) -> int:
        level = self._level[claim] - 1
        return min(level, self._caps.get(claim, level))

    def _read(self, claims: Collection[int]) -> None:
        of = tables.folded.c
        for row in fetch(self._connection, select(of.claim, of.level, of.links), of.claim, claims):
            self._edges[row.claim] = edges(row.links)
            self._level[row.claim] = row.level
            if self._trusted:
                self.large[row.claim] = self._still_large(row.claim)
        tied = {claim: self._joined[claim] for claim in claims if claim in self._joined}
        there = set(_links_of(self._connection, {other for others in tied.values() for other in others}))
        for claim, others in tied.items():
            self._edges[claim] = [*self._edges[claim], *((JOINED, other) for other in others if other in there)]


def place(connection: Connection, changed: Changed, likeness: Likeness, standing: Standing) -> Placed:
    """Find again the groups of claims whose links changed, and of those to be folded anew."""
    was = _knots_of(connection, changed.linked | changed.anew)
    graph = _Graph(connection, standing.joined)
    if changed.only_added:
        graph.trust(changed.broken)
    size = Counter(was.values())
    moved = [
        knot for knot in _knots(graph, was) if not changed.anew.isdisjoint(knot.claims) or _is_new(knot, was, size)
    ]
    claims = sketches_of(connection, [claim for knot in moved for claim in knot.claims])
    order = order_of(claims)
    rank = np.argsort(order)
    root, level = np.empty((2, len(claims)), np.int64)
    for knot in moved:
        rows = rank[np.searchsorted(claims["claim"], np.array(knot.claims, dtype=np.int64))]
        root[rows], level[rows] = rows.min(), knot.level
    ties = standing.ties(claims["claim"])
    ranked = claims[order]
    group = parted(ranked, root, likeness, Ties(rank[ties.a], rank[ties.b], ties.joined))
    name = ranked["claim"]
    return Placed(name, name[root], level, name[group])


class _Knot(NamedTuple):
    """A knot and the level of the weakest links that hold it together."""

    claims: list[int]
    level: int


class _Was(NamedTuple):
    """The first claim of a knot that a claim was in, and its level."""

    knot: int
    level: int


def _knots_of(connection: Connection, claims: Collection[int]) -> dict[int, _Was]:
    """The knots that some claims were in, for every claim of these knots."""
    of = tables.folded.c
    knots = {row.knot for row in fetch(connection, select(of.knot), of.claim, claims)}
    found = fetch(connection, select(of.claim, of.knot, of.level), of.knot, knots)
    return {row.claim: _Was(row.knot, row.level) for row in found}


def _is_new(knot: _Knot, was: Mapping[int, _Was], size: Mapping[_Was, int]) -> bool:
    """Whether a knot has other claims than it had, or another level."""
    before = was.get(knot.claims[0])
    if before is None or before.level != knot.level or size[before] != len(knot.claims):
        return True
    return any(was.get(claim) != before for claim in knot.claims)


def _knots(graph: _Graph, claims: Collection[int]) -> list[_Knot]:
    """The knots of some claims."""
    found: list[_Knot] = []
    there: set[int] = set()
    for claim in claims:
        if claim not in there:
            found.append(_Knot(*knot_around(claim, graph.edges_of, graph.large)))
            there.update(found[-1].claims)
    return found
