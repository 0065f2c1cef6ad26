"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of version 1; they are written out, so that a later change of tables.py changes no past step."""
    text, big, blob, number = sa.Text(), sa.BigInteger(), sa.LargeBinary(), sa.Integer()

    def cell(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
        return sa.Column(name, kind, nullable=False)

    def first(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
        return sa.Column(name, kind, primary_key=True, autoincrement=False)

    told = ("given", "outlet", "address", "language", "published", "title", "text")
    op.create_table(
        "articles", first("id", text), *(cell(n, text) for n in told), cell("signature", blob), cell("added", text)
    )
    op.create_index("ix_articles_given", "articles", ["given"])
    op.create_table(
        "claims",
        first("key", big),
        sa.Column("article", text, sa.ForeignKey("articles.id"), nullable=False),
        cell("number", number),
        cell("origin", text),
        cell("body", blob),
        cell("added", text),
    )
    op.create_index("ix_claims_article", "claims", ["article"])
    op.create_table("decisions", first("id", text), cell("at", text), cell("who", text), cell("body", blob))
    op.create_table(
        "folded",
        sa.Column("claim", big, sa.ForeignKey("claims.key"), primary_key=True, autoincrement=False),
        cell("sketch", blob),
        cell("knot", big),
        cell("event", text),
    )
    op.create_index("ix_folded_knot", "folded", ["knot"])
    op.create_index("ix_folded_event", "folded", ["event"])
    op.create_table("keys", first("key", big), first("claim", big), sqlite_with_rowid=False)
    op.create_index("keys_claim", "keys", ["claim"])
    op.create_table("bands", first("band", big), first("article", text), sqlite_with_rowid=False)
    op.create_table("copies", first("article", text), cell("first", text))
    op.create_index("ix_copies_first", "copies", ["first"])
    lists = ("suppliers", "recipients", "parties", "items", "places", "contradicted", "embargoes")
    op.create_table(
        "events",
        first("id", text),
        *(cell(n, text) for n in ("kind", "status", "first", "last", *lists)),
        cell("articles", number),
        cell("roots", number),
    )
    op.create_index("ix_events_last", "events", ["last"])
