"""Naming: what the ids that people give stand for."""

from collections import defaultdict
from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, or_, select

from materiel.ledger import tables
from materiel.ledger.rows import fetch
from materiel.model.article import Article
from materiel.model.errors import LedgerError

DIGITS = 16  # of the id of a claim
LOWEST = "0"
HIGHEST = "f"


def event_named(connection: Connection, name: str) -> str:
    """The id of the event that has this id, begins so, or has the claim that does."""
    folded = tables.folded.c
    low, high = _range(name)
    query = select(folded.event).where(folded.claim.between(low, high)).distinct().limit(2)
    of = tables.events.c.id
    found = connection.execute(select(of).where(of.between(f"{low:016x}", f"{high:016x}")).limit(2)).all()
    found = found or connection.execute(query).all()
    if len(found) == 1:
        return str(found[0][0])
    what = "several events begin so; give more of its id" if found else "`materiel events` lists those there are"
    raise LedgerError(f"there is no one event {name}: {what}")


def members_of(connection: Connection, events: Collection[str]) -> dict[str, list[int]]:
    """The claims that were folded into each of some events."""
    of = tables.folded.c
    found: dict[str, list[int]] = defaultdict(list)
    for row in fetch(connection, select(of.event, of.claim), of.event, events):
        found[row.event].append(row.claim)
    return found


def events_with(connection: Connection, claims: Collection[str]) -> list[str]:
    """The events that claims are in now."""
    of = tables.folded.c
    return sorted({row.event for row in fetch(connection, select(of.event), of.claim, _keys(claims))})


def articles_with(connection: Connection, claims: Collection[str]) -> set[str]:
    """The ledger's ids of the articles that claims stand in; raises LedgerError where a claim is not there."""
    of = tables.claims.c
    found = {row.key: row.article for row in fetch(connection, select(of.key, of.article), of.key, _keys(claims))}
    missing = [claim for claim, key in zip(claims, _keys(claims), strict=True) if key not in found]
    if missing:
        raise LedgerError(f"there is no claim {missing[0]}; `materiel show EVENT` names those of an event")
    return set(found.values())


def article_named(connection: Connection, name: str) -> Article:
    """The article that has this id in the ledger, or came with it."""
    of = tables.articles.c
    rows = connection.execute(select(of.id, of.body).where(or_(of.id == name, of.given == name))).all()
    if len(rows) == 1:
        return msgspec.json.decode(rows[0].body, type=Article)
    if rows:
        raise LedgerError(f"{len(rows)} articles came as {name}; name one: {', '.join(sorted(r.id for r in rows))}")
    raise LedgerError(f"there is no article {name}; `materiel show EVENT` names those of an event")


def article_with(connection: Connection, claim: str) -> Article:
    """The article that a claim stands in, by the claim's id; raises LedgerError where it is not there."""
    (name,) = articles_with(connection, [claim])
    body = connection.execute(select(tables.articles.c.body).where(tables.articles.c.id == name)).scalar_one()
    return msgspec.json.decode(body, type=Article)


def _keys(claims: Collection[str]) -> list[int]:
    return [_range(claim)[0] if len(claim) == DIGITS else -1 for claim in claims]


def _range(name: str) -> tuple[int, int]:
    """The first and the last key whose id begins so."""
    try:
        low, high = (int(name.strip().ljust(DIGITS, end), 16) for end in (LOWEST, HIGHEST))
    except ValueError:
        raise LedgerError(f"'{name[:40]}' is no id; an id has up to {DIGITS} digits from 0 to f") from None
    if not name.strip() or len(name.strip()) > DIGITS:
        raise LedgerError(f"'{name[:40]}' is no id; an id has up to {DIGITS} digits from 0 to f")
    top = (1 << 63) - 1
    return min(low, top), min(high, top)
