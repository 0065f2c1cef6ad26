"""Reports: the stored claims of events, each with its article's day, outlet and root."""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection, Row, Select, func, select

from materiel.ledger import tables
from materiel.ledger.roots import root_of
from materiel.ledger.rows import fetch
from materiel.ledger.sketch import Sketches, claim_id, sketch_all
from materiel.model.claim import Claim
from materiel.model.event import Report

_decoder: msgspec.json.Decoder[Claim] = msgspec.json.Decoder(Claim)


def reports_of(connection: Connection, claims: Collection[int]) -> dict[int, Report]:
    """The report that each stored claim is."""
    return {row.key: _report(row) for row in fetch(connection, _told(), tables.claims.c.key, claims)}


def sketches_from(rows: Iterable[Row[Any]]) -> Sketches:
    """The sketches of the claims of rows of (key, article, number, published, body), one a row, in their order."""
    listed = list(rows)
    with np.errstate(over="ignore"):  # a number beyond all measure is as good as infinite
        made = sketch_all((row.article, row.number, row.published, _decoder.decode(row.body)) for row in listed)
    made["claim"] = [row.key for row in listed]
    return made


def sketches_anew(connection: Connection, claims: Collection[int]) -> Sketches:
    """The sketches of stored claims, whether folded or not."""
    return sketches_from(fetch(connection, to_sketch(), tables.claims.c.key, claims))


def to_sketch() -> Select[Any]:
    """The query of what a sketch is made from."""
    claims, articles = tables.claims, tables.articles
    columns = (claims.c.key, claims.c.article, claims.c.number, articles.c.published, claims.c.body)
    return select(*columns).join_from(claims, articles)


def _told() -> Select[Any]:
    claims, articles, copies = tables.claims.c, tables.articles.c, tables.copies
    first = tables.articles.alias("first")
    told = (articles.given, articles.outlet, articles.published, articles.language)
    voice = func.coalesce(first.c.outlet, articles.outlet).label("voice")
    return (
        select(claims.key, claims.number, claims.body, *told, voice)
        .join_from(tables.claims, tables.articles, articles.id == claims.article)
        .outerjoin(copies, copies.c.article == articles.id)
        .outerjoin(first, first.c.id == copies.c.first)
    )


def _report(row: Row[Any]) -> Report:
    claim = _decoder.decode(row.body)
    return Report(
        id=claim_id(row.key),
        article=row.given,
        number=row.number,
        outlet=row.outlet,
        published=row.published,
        language=row.language,
        root=root_of(claim, row.voice),
        claim=claim,
    )
