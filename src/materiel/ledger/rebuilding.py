"""Rebuilding: all that is derived, emptied and derived again from the articles, claims and decisions."""

from itertools import groupby, islice
from operator import itemgetter

import numpy as np
from sqlalchemy import Connection, delete, func, insert, select

from materiel.ledger import tables
from materiel.ledger.blocks import Ints, entries_of
from materiel.ledger.copying import find_all_copies
from materiel.ledger.database import insert_columns, insert_many
from materiel.ledger.deriving import Rules, tell_groups
from materiel.ledger.fold import fold
from materiel.ledger.links import packed_all
from materiel.ledger.records import Progress
from materiel.ledger.reports import sketches_from, to_sketch
from materiel.ledger.sketch import SKETCH, Sketches, claim_id
from materiel.ledger.storing import counting

AT_ONCE = 10_000  # claims or events between two words of progress


def rebuild(connection: Connection, rules: Rules, made_by: str, progress: Progress) -> None:
    """Derive everything anew; `made_by` names the rules."""
    for table in tables.DERIVED:
        connection.execute(delete(table))
    find_all_copies(connection)
    claims = _sketched(connection, rules, progress)
    progress("fold", 0, len(claims))
    found = fold(claims, rules.likeness, rules.standing.ties(claims["claim"]))
    progress("fold", len(claims), len(claims))
    event = _tell(connection, rules, claims["claim"], found.group, progress)
    name = claims["claim"]
    columns = name.tolist(), claims, name[found.knot].tolist(), event.tolist(), found.level.tolist()
    stored = zip(*columns, packed_all(found.links, name), strict=True)
    rows = ((c, s.tobytes(), k, claim_id(e), level, links) for c, s, k, e, level, links in stored)
    insert_many(connection, tables.folded, rows)
    entries = entries_of(claims)
    insert_columns(connection, tables.keys, entries.key, entries.day, name[entries.row])
    connection.execute(insert(tables.rules), {"rules": made_by})


def _sketched(connection: Connection, rules: Rules, progress: Progress) -> Sketches:
    """The sketches of all claims that count, by claim."""
    total = connection.execute(select(func.count()).select_from(tables.claims)).scalar()
    wanted = _counting(connection) - rules.standing.rejected
    rows = connection.execute(to_sketch(), execution_options={"yield_per": AT_ONCE})
    counted = (row for row in rows if row.key in wanted)
    parts, done = [np.zeros(0, SKETCH)], 0
    while len(part := sketches_from(islice(counted, AT_ONCE))):
        parts.append(part)
        done += len(part)
        progress("read", done, total)
    claims = np.concatenate(parts)
    return claims[np.argsort(claims["claim"])]


def _counting(connection: Connection) -> set[int]:
    """All claims that count, rejected ones too."""
    of = tables.codings.c
    query = select(of.article, of.origin, of.added, of.id, of.claims).order_by(of.article)
    rows = connection.execute(query, execution_options={"yield_per": AT_ONCE})
    return {key for _, own in groupby(rows, itemgetter(0)) for key in counting([(r[1], r[2], r[3], r[4]) for r in own])}


def _tell(connection: Connection, rules: Rules, claims: Ints, group: Ints, progress: Progress) -> Ints:
    """Store the row of each event; for each claim its event, by the number of the event's first report."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.append(True, np.diff(group[order]) != 0)[: len(order)])
    ends, named = [*starts[1:].tolist(), len(order)], claims[order].tolist()
    groups = [named[start:end] for start, end in zip(starts.tolist(), ends, strict=False)]
    first: list[int] = []
    for k in range(0, len(groups), AT_ONCE):
        rows = []
        for screened in tell_groups(connection, rules, groups[k : k + AT_ONCE]):
            first.append(int(screened.event.id, 16))
            row = rules.row(screened)
            rows.append([row[column.name] for column in tables.events.columns])
        insert_many(connection, tables.events, rows)
        progress("tell", k + len(rows), len(groups))
    event = np.zeros(len(claims), np.int64)
    event[order] = np.repeat(np.array(first, dtype=np.int64), np.diff(np.append(starts, len(order))))
    return event
