"""Tables: what a ledger stores. Articles, claims and decisions are never rewritten; the rest is derived from them."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),  # hash of all that was given
    Column("given", Text, nullable=False, index=True),  # the id that it came with
    Column("outlet", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("published", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("added", Text, nullable=False),  # when, ISO, UTC
)

claims = Table(
    "claims",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),  # hash of article, origin and number
    Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("origin", Text, nullable=False),  # `read` by a reader or `coded` by a person
    Column("body", LargeBinary, nullable=False),  # the claim as JSON
    Column("added", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# Derived: may be emptied and built again at any time (`materiel rebuild`).
folded = Table(
    "folded",
    metadata,
    Column("claim", BigInteger, ForeignKey("claims.key"), primary_key=True, autoincrement=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("knot", BigInteger, nullable=False, index=True),
    Column("event", Text, nullable=False, index=True),
)
keys = Table(
    "keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("claim", BigInteger, primary_key=True, autoincrement=False),
    Index("keys_claim", "claim"),
    sqlite_with_rowid=False,
)
bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("article", Text, primary_key=True),
    sqlite_with_rowid=False,
)
copies = Table(
    "copies",
    metadata,
    Column("article", Text, primary_key=True),
    Column("first", Text, nullable=False, index=True),  # the first of the articles that are copies of each other
)
events = Table(
    "events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("first", Text, nullable=False),  # first and last ISO day as told, else reported
    Column("last", Text, nullable=False, index=True),
    # Lists as `|a|b|`, in lower case, so that one can be looked for in them.
    Column("suppliers", Text, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("parties", Text, nullable=False),
    Column("items", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("contradicted", Text, nullable=False),
    Column("embargoes", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("roots", Integer, nullable=False),
)
DERIVED = (folded, keys, bands, copies, events)
