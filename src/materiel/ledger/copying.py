"""Copying: which stored articles are copies of each other, whatever the order in which they came."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Sequence

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
    copies = tables.copies.c
    known = [(row.article, row.first) for row in fetch(connection, select(tables.copies), copies.article, signed)]
    return _settle(connection, _near(sharing.values(), signed, of_text, known))


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
        [same[signed[n]][0] for n in place[start : start + size].tolist()]
        for start, size in zip(starts[sizes > 1], sizes[sizes > 1], strict=True)
    )
    found = [(those[0], other) for those in same.values() for other in those[1:]]
    first = {those[0]: signature for signature, those in same.items()}
    _settle(connection, found + _near(shared, first, first, ()))


def _near(
    shared: Iterable[Sequence[str]], signed: Signed, new: Container[str], known: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Pairs of copies that, with those known, tie together all the articles that share a band and are alike.

    What hangs together depends on no order. Two are compared unless they do already, or neither is new; so of many
    copies of one text each is compared with one.
    """
    above = dict(known)
    found = []

    def root(article: str) -> str:
        while (higher := above.get(article, article)) != article:
            above[article] = above.get(higher, higher)
            article = higher
        return article

    for band in shared:
        groups: dict[str, list[str]] = {}  # what hangs together, by its root
        for article in sorted(band, key=lambda a: a in new):
            for other in list(groups) if article in new else ():
                own = root(article)
                if other == own or other not in groups:
                    continue
                near = next((b for b in groups[other] if alike(signed[article], signed[b])), None)
                if near is not None:
                    found.append((article, near))
                    above[own] = other
                    groups[other] += groups.pop(own, ())
            groups.setdefault(root(article), []).append(article)
    return found


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
