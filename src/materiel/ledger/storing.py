"""Storing: entries become rows that are never rewritten, under ids that are hashes of what they hold."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, select

from materiel.ledger import tables
from materiel.ledger.copies import signature
from materiel.ledger.database import insert_many
from materiel.ledger.records import Entry
from materiel.ledger.roots import outlet_of
from materiel.ledger.rows import fetch
from materiel.ledger.sketch import days_of, number_of
from materiel.model.article import Article
from materiel.model.errors import ArticleError, FieldError

ID_BYTES = 8  # of the ids of articles and codings: a million share one with a chance of 3 in 100 million
SCALARS = frozenset((str, int, float, bool))
FIELDS = Article.__struct_fields__  # an annotated article is kept as an article


class Draft(NamedTuple):
    """An entry as it will be stored, with the keys and bodies of its claims."""

    article: str
    coding: str
    claims: tuple[tuple[int, str], ...]
    entry: Entry


class Stored(NamedTuple):
    """What was not there before: articles by their ids, claims by their keys, and the drafts of new codings."""

    articles: list[str]
    claims: list[int]
    codings: list[Draft]


def now() -> str:
    """This moment (ISO, UTC)."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def digest(content: bytes) -> str:
    """The id of some content."""
    return hashlib.blake2b(content, digest_size=ID_BYTES).hexdigest()


def plain(text: str) -> str:
    """Text without the one character that PostgreSQL cannot keep; what was given is whole in the body."""
    return text.replace("\0", "\ufffd")


def draft(entry: Entry) -> Draft:
    """The rows-to-be of an entry; raises ArticleError where it has what cannot be kept."""
    _check_day("$.published", entry.article.published)
    for n, claim in enumerate(entry.claims):
        _check_day(f"$.claims[{n}].date", claim.date or "")
    try:
        article = digest(_json({name: told for name in FIELDS if (told := getattr(entry.article, name))}))
        bodies = [_json(claim).decode() for claim in entry.claims]
    except UnicodeEncodeError:
        raise ArticleError("half a character (a lone surrogate) is in it; mend its encoding") from None
    keys = [number_of(f"{article}\0{n}\0{body}".encode()) for n, body in enumerate(bodies)]
    coding = digest(_json([article, entry.origin, keys]))
    return Draft(article, coding, tuple(zip(keys, bodies, strict=True)), entry)


def store(connection: Connection, drafts: Sequence[Draft]) -> Stored:
    """Store of drafts what is not there yet."""
    codings = {d.coding: d for d in drafts}
    for known in _there(connection, tables.codings.c.id, codings):
        del codings[known]
    new = list(codings.values())
    articles = {d.article: d for d in new}
    for known in _there(connection, tables.articles.c.id, articles):
        del articles[known]
    claims = {key: (d.article, n, body) for d in new for n, (key, body) in enumerate(d.claims)}
    for known in _there(connection, tables.claims.c.key, claims):
        del claims[known]
    at = now()
    insert_many(connection, tables.articles, [_article_row(d, at) for d in articles.values()])
    insert_many(connection, tables.claims, [(key, *told) for key, told in claims.items()])
    insert_many(connection, tables.codings, [_coding_row(d, at) for d in new])
    return Stored(list(articles), list(claims), new)


def counting(codings: Collection[tuple[str, str, str, str]]) -> list[int]:
    """The keys of the claims of one article that count, of its codings (origin, added, id, claims).

    Those coded last by a person, else those read last.
    """
    if not codings:
        return []
    last = max(codings, key=lambda c: (c[0] == "coded", c[1], c[2]))
    return msgspec.json.decode(last[3], type=list[int])


def _there(connection: Connection, column: ColumnElement[Any], values: Collection[Any]) -> list[Any]:
    """Those of some values that a column has."""
    return [row[0] for row in fetch(connection, select(column), column, values)]


def _article_row(made: Draft, at: str) -> tuple[object, ...]:
    article = made.entry.article
    body = _json({name: getattr(article, name) for name in FIELDS}).decode()
    told = (plain(text) for text in (article.id, outlet_of(article), article.language, article.published))
    return (made.article, *told, body, signature(article.text), at)


def _coding_row(made: Draft, at: str) -> tuple[object, ...]:
    keys = _json([key for key, _ in made.claims]).decode()
    return (made.coding, made.article, made.entry.origin, keys, at)


def _json(value: object) -> bytes:
    """JSON that is the same for the same content; cells that are empty are left out, so that it stays the same when
    claims get another cell."""
    return msgspec.json.encode(_bare(msgspec.to_builtins(value)), order="sorted")


def _bare(value: Any) -> Any:
    if type(value) in SCALARS:
        return value
    if isinstance(value, dict):
        return {k: v if type(v) in SCALARS else _bare(v) for k, v in value.items() if type(v) in SCALARS or v}
    return [_bare(v) for v in value]


def _check_day(path: str, told: str) -> None:
    try:
        days_of(told)
    except (ValueError, OverflowError):
        raise FieldError(path, f"'{told[:40]}' is no date; write it as 2025-04-08, 2025-04 or 2025") from None
