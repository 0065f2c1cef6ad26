"""Copying: which stored articles are copies of each other, whatever the order in which they came."""

from collections import defaultdict
from collections.abc import Collection
from itertools import combinations

import numpy as np
from sqlalchemy import Connection, select

from materiel.ledger import tables
from materiel.ledger.cluster import components
from materiel.ledger.copies import BANDS, alike, bands, first_of
from materiel.ledger.database import AT_ONCE, insert_many
from materiel.ledger.rows import drop, fetch, put

Signed = dict[str, bytes]  # the signature of each of some articles


def find_copies(connection: Connection, new: Collection[str]) -> set[str]:
    """Find the copies of new articles; all articles whose first copy is another than before."""
    signed = _signatures(connection, new)
    of_text = {article: signature for article, signature in signed.items() if signature}
    band_of = dict(zip(of_text, bands(list(of_text.values())).tolist(), strict=True))
    put(connection, tables.bands, [{"band": b, "article": a} for a, own in band_of.items() for b in own])
    every = {b for own in band_of.values() for b in own}
    in_band = select(tables.bands.c.band, tables.bands.c.article)
    sharing: dict[int, list[str]] = defaultdict(list)
    for row in fetch(connection, in_band, tables.bands.c.band, every):
        sharing[row.band].append(row.article)
    others = {article for articles in sharing.values() for article in articles} - set(signed)
    signed |= _signatures(connection, others)
    pairs = {(a, b) for a, own in band_of.items() for band in own for b in sharing[band] if a != b}
    found = [(a, b) for a, b in sorted(pairs) if alike(signed[a], signed[b])]
    return _settle(connection, found)


def find_all_copies(connection: Connection) -> None:
    """Find the copies of all articles; `bands` and `copies` must be empty."""
    of = tables.articles.c
    same: dict[bytes, list[str]] = defaultdict(list)
    for row in connection.execute(select(of.id, of.signature).order_by(of.id), execution_options={"yield_per": 10_000}):
        same[row.signature].append(row.id)
    same.pop(b"", None)
    signed = list(same)
    band = bands(signed).ravel()
    order = np.argsort(band, kind="stable")  # each band with the places of its signatures, in order
    band, place = band[order], order // BANDS
    some = (slice(k, k + AT_ONCE) for k in range(0, len(band), AT_ONCE))
    each = (of for part in some for of in zip(band[part].tolist(), place[part].tolist(), strict=True))
    rows = ((b, article) for b, n in each for article in same[signed[n]])
    insert_many(connection, tables.bands, rows)
    starts = np.flatnonzero(np.append(True, np.diff(band) != 0)[: len(band)])
    sizes = np.diff(np.append(starts, len(band)))
    shared = (
        place[start : start + size].tolist() for start, size in zip(starts[sizes > 1], sizes[sizes > 1], strict=True)
    )
    near = {pair for those in shared for pair in combinations(those, 2)}
    found = [(those[0], other) for those in same.values() for other in those[1:]]
    alike_ones = [(signed[a], signed[b]) for a, b in sorted(near) if alike(signed[a], signed[b])]
    _settle(connection, found + [(same[a][0], same[b][0]) for a, b in alike_ones])


def _settle(connection: Connection, found: list[tuple[str, str]]) -> set[str]:
    """Store what pairs of copies come to, with what was known of them; the articles that have another first now."""
    if not found:
        return set()
    copies = tables.copies.c
    touched = {article for pair in found for article in pair}
    firsts = {row.first for row in fetch(connection, select(copies.first), copies.article, touched)}
    known = {row.article: row.first for row in fetch(connection, select(tables.copies), copies.first, firsts)}
    names = sorted(touched | set(known) | set(known.values()))
    place = {name: n for n, name in enumerate(names)}
    edges = np.array([(place[a], place[b]) for a, b in [*found, *known.items()]], dtype=np.int64).reshape(-1, 2)
    root = components(len(names), edges[:, 0], edges[:, 1])
    of = tables.articles.c
    dated = {row.id: row.published or "9999" for row in fetch(connection, select(of.id, of.published), of.id, names)}
    groups: dict[int, list[str]] = defaultdict(list)
    for name, of in zip(names, root.tolist(), strict=True):
        groups[of].append(name)
    now = {name: first_of([(dated[n], n) for n in group]) for group in groups.values() for name in group}
    changed = {name for name, first in now.items() if known.get(name, name) != first}
    stale = {name for name in now if known.get(name) != now[name]}
    drop(connection, copies.article, stale)
    put(connection, tables.copies, [{"article": name, "first": now[name]} for name in sorted(stale)])
    return changed


def _signatures(connection: Connection, articles: Collection[str]) -> Signed:
    of = tables.articles.c
    return {row.id: row.signature for row in fetch(connection, select(of.id, of.signature), of.id, articles)}
