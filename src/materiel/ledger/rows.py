"""Rows: the few statements by which a ledger's tables are read and written in bulk."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, Select, Table, bindparam, delete, func, insert, select

from materiel.ledger import tables
from materiel.ledger.blocks import Keys
from materiel.ledger.cluster import Ints
from materiel.ledger.fold import Crowd
from materiel.ledger.sketch import SKETCH, Sketches

AT_ONCE = 500  # values that one statement names; both databases take more, none gains by it


def slices(values: Collection[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    """Values, a few at a time."""
    listed = list(values)
    for k in range(0, len(listed), size):
        yield listed[k : k + size]


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, if any."""
    if rows:
        connection.execute(insert(table), list(rows))


def drop(connection: Connection, column: ColumnElement[Any], values: Collection[Any]) -> None:
    """Delete the rows whose column has one of the values."""
    for few in slices(values):
        connection.execute(delete(column.table).where(column.in_(few)))


def fetch(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], values: Collection[Any]
) -> Iterator[Row[Any]]:
    """The rows of a query whose column has one of the values."""
    for few in slices(values):
        yield from connection.execute(query.where(column.in_(few)))


def sketches_of(connection: Connection, claims: Collection[int]) -> Sketches:
    """The sketches of folded claims, by claim."""
    query = select(tables.folded.c.sketch)
    return unpacked(row[0] for row in fetch(connection, query, tables.folded.c.claim, claims))


def unpacked(blobs: Iterable[bytes]) -> Sketches:
    """Sketches as they were stored, by claim."""
    joined = b"".join(blobs)
    found = np.frombuffer(joined, SKETCH)
    return found[np.argsort(found["claim"])]


def put_keys(connection: Connection, keys: Keys, claims: Ints) -> None:
    """Store which claims have which keys."""
    pairs = zip(keys.tolist(), claims.tolist(), strict=True)
    put(connection, tables.keys, [{"key": key, "claim": claim} for key, claim in pairs])


def drop_keys(connection: Connection, keys: Keys, claims: Ints) -> None:
    """Forget which claims have which keys."""
    of = tables.keys.c
    gone = delete(tables.keys).where(of.key == bindparam("of_key"), of.claim == bindparam("of_claim"))
    pairs = zip(keys.tolist(), claims.tolist(), strict=True)
    if len(keys):
        connection.execute(gone, [{"of_key": key, "of_claim": claim} for key, claim in pairs])


def crowd_of(connection: Connection, keys: Keys) -> Crowd:
    """How many claims of the ledger have each of the keys (sorted, each once), and the first of them."""
    column, claim = tables.keys.c.key, tables.keys.c.claim
    query = select(column, func.count().label("size"), func.min(claim).label("first")).group_by(column)
    known: dict[int, tuple[int, int]] = {}
    for row in fetch(connection, query, column, keys.tolist()):
        known[row.key] = (row.size, row.first)
    found = np.array([known.get(k, (0, 0)) for k in keys.tolist()], dtype=np.int64).reshape(-1, 2)
    return Crowd(found[:, 0], found[:, 1])


def members_of(connection: Connection, keys: Collection[int]) -> Ints:
    """The claims that have some of the keys."""
    query = select(tables.keys.c.claim)
    found = {row[0] for row in fetch(connection, query, tables.keys.c.key, keys)}
    return np.array(sorted(found), dtype=np.int64)
