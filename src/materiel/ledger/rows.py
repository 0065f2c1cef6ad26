"""Rows: the few statements by which a ledger's tables are read and written in bulk."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, Select, Table, bindparam, delete, insert, select, tuple_, update

from materiel.ledger import tables
from materiel.ledger.sketch import SKETCH, Sketches

_place, _here = tuple_(tables.keys.c.day, tables.keys.c.claim), tuple_(bindparam("of_day"), bindparam("of_claim"))
_of_key = select(tables.keys.c.claim).where(tables.keys.c.key == bindparam("of_key")).limit(bindparam("near"))
_BEFORE = _of_key.where(_place < _here).order_by(tables.keys.c.day.desc(), tables.keys.c.claim.desc())
_AFTER = _of_key.where(_place > _here).order_by(tables.keys.c.day, tables.keys.c.claim)
_STAND = insert(tables.keys)
_LEAVE = delete(tables.keys).where(tables.keys.c.key == bindparam("of_key"), _place == _here)
_RELINK = (
    update(tables.folded).where(tables.folded.c.claim == bindparam("of_claim")).values(links=bindparam("to_links"))
)
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


def around(connection: Connection, key: int, day: int, claim: int, near: int) -> tuple[list[int], list[int]]:
    """The claims that stand up to so many places before and after one in the order of a key, the nearest first."""
    here = {"of_key": key, "of_day": day, "of_claim": claim, "near": near}
    before, after = ([row[0] for row in connection.execute(query, here)] for query in (_BEFORE, _AFTER))
    return before, after


def stand(connection: Connection, key: int, day: int, claim: int) -> None:
    """Store where a claim stands in the order of a key."""
    connection.execute(_STAND, {"key": key, "day": day, "claim": claim})


def leave(connection: Connection, key: int, day: int, claim: int) -> None:
    """Forget where a claim stands in the order of a key."""
    connection.execute(_LEAVE, {"of_key": key, "of_day": day, "of_claim": claim})


def relink(connection: Connection, links: Mapping[int, bytes]) -> None:
    """Store the links of folded claims."""
    if links:
        connection.execute(_RELINK, [{"of_claim": claim, "to_links": packed} for claim, packed in links.items()])
