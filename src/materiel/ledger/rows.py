"""Rows: the few statements by which a ledger's tables are read and written in bulk."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, Select, Table, delete, func, insert, select

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
    table = column.table
    for few in slices(values):
        connection.execute(delete(table).where(column.in_(few)))


def fetch(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], values: Collection[Any]
) -> Iterator[Row[Any]]:
    """The rows of a query whose column has one of the values."""
    for few in slices(values):
        yield from connection.execute(query.where(column.in_(few)))


def sketches_of(connection: Connection, column: ColumnElement[Any], values: Collection[Any]) -> Sketches:
    """The sketches of the claims whose column of `folded` has one of the values, by claim."""
    query = select(tables.folded.c.sketch)
    return unpacked(row[0] for row in fetch(connection, query, column, values))


def unpacked(blobs: Iterable[bytes]) -> Sketches:
    """Sketches as they were stored, by claim."""
    joined = b"".join(blobs)
    found = np.frombuffer(joined, SKETCH)
    return found[np.argsort(found["claim"])]


def crowd_of(connection: Connection, keys: Keys) -> Crowd:
    """How many claims of the ledger have each of the keys (sorted, each once), and the first of them."""
    column, claim = tables.keys.c.key, tables.keys.c.claim
    query = select(column, func.count(), func.min(claim)).group_by(column)
    known = {key: told for key, *told in fetch(connection, query, column, keys.tolist())}
    found = np.array([known.get(k, (0, 0)) for k in keys.tolist()], dtype=np.int64).reshape(-1, 2)
    return Crowd(found[:, 0], found[:, 1])


def members_of(connection: Connection, keys: Collection[int]) -> Ints:
    """The claims that have some of the keys."""
    query = select(tables.keys.c.claim)
    found = {row[0] for row in fetch(connection, query, tables.keys.c.key, keys)}
    return np.array(sorted(found), dtype=np.int64)
