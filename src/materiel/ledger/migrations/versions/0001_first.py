"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def cell(name: str, kind: sa.types.TypeEngine[Any], *more: sa.ForeignKey) -> sa.Column[Any]:
    """A column that is always filled."""
    return sa.Column(name, kind, *more, nullable=False)


def first(name: str, kind: sa.types.TypeEngine[Any], *more: sa.ForeignKey) -> sa.Column[Any]:
    """A column of the primary key."""
    return sa.Column(name, kind, *more, primary_key=True, autoincrement=False)


def upgrade() -> None:
    """Make the tables of version 1; they are written out, so that a later change of tables.py changes no past step."""
    text, big, blob, number = sa.Text(), sa.BigInteger(), sa.LargeBinary(), sa.Integer()
    told = ("given", "outlet", "language", "published", "body")
    op.create_table(
        "articles", first("id", text), *(cell(n, text) for n in told), cell("signature", blob), cell("added", text)
    )
    op.create_index("articles_given", "articles", ["given"])
    of_article = cell("article", text, sa.ForeignKey("articles.id"))
    op.create_table("codings", first("id", text), of_article, *(cell(n, text) for n in ("origin", "claims", "added")))
    op.create_index("codings_article", "codings", ["article"])
    of_article = cell("article", text, sa.ForeignKey("articles.id"))
    op.create_table("claims", first("key", big), of_article, cell("number", number), cell("body", text))
    op.create_index("claims_article", "claims", ["article"])
    op.create_table("decisions", first("id", text), cell("at", text), cell("body", text))

    of_claim = first("claim", big, sa.ForeignKey("claims.key"))
    op.create_table("folded", of_claim, cell("sketch", blob), cell("knot", big), cell("event", text))
    op.create_index("folded_knot", "folded", ["knot"])
    op.create_index("folded_event", "folded", ["event"])
    op.create_table("keys", first("key", big), first("claim", big), sqlite_with_rowid=False)
    op.create_table("bands", first("band", big), first("article", text), sqlite_with_rowid=False)
    op.create_table("copies", first("article", text), cell("first", text))
    op.create_index("copies_first", "copies", ["first"])
    words = ("kind", "status", "first", "last", "supplier", "recipient", "items", "place")
    lists = ("supplier_list", "recipient_list", "party_list", "item_list", "place_list", "contradicted", "embargoes")
    op.create_table(
        "events",
        first("id", text),
        *(cell(n, text) for n in (*words, *lists)),
        *(cell(n, number) for n in ("articles", "outlets", "roots", "confirmed")),
    )
    op.create_index("events_last", "events", ["last"])
    op.create_table("rules", first("rules", text))
