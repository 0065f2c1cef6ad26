"""Tables: what a ledger stores. Articles, codings, claims and decisions are only ever added; the rest is derived.

Bodies are JSON, as SQLite and PostgreSQL both keep it whatever characters it has.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()


def _of(name: str, kind: type[Text | BigInteger | Integer | LargeBinary], *more: ForeignKey) -> Column[object]:
    return Column(name, kind, *more, nullable=False)


def _key(name: str, kind: type[Text | BigInteger | Integer], *more: ForeignKey) -> Column[object]:
    return Column(name, kind, *more, primary_key=True, autoincrement=False)


articles = Table(
    "articles",
    metadata,
    _key("id", Text),  # hash of all that was given
    _of("given", Text),  # the id that it came with
    _of("outlet", Text),  # as told, else the address's host, else the id that it came with
    _of("language", Text),
    _of("published", Text),
    _of("body", Text),  # the article
    _of("signature", LargeBinary),  # by which its copies are found
    _of("added", Text),  # when, ISO, UTC
    Index("articles_given", "given"),
)
codings = Table(
    "codings",
    metadata,
    _key("id", Text),  # hash of the article, the origin and the claims
    _of("article", Text, ForeignKey("articles.id")),
    _of("origin", Text),  # `read` by a reader or `coded` by a person
    _of("claims", Text),  # the keys of its claims, in order: a JSON list
    _of("added", Text),
    Index("codings_article", "article"),
)
claims = Table(
    "claims",
    metadata,
    _key("key", BigInteger),  # hash of the article, the number and the body
    _of("article", Text, ForeignKey("articles.id")),
    _of("number", Integer),
    _of("body", Text),  # the claim
    Index("claims_article", "article"),
)
decisions = Table(
    "decisions",
    metadata,
    _key("id", Text),  # hash of the body
    _of("at", Text),
    _of("body", Text),
)

# Derived: may be emptied and built again at any time (`materiel rebuild`).
folded = Table(  # the claims that count, each with its event
    "folded",
    metadata,
    _key("claim", BigInteger, ForeignKey("claims.key")),
    _of("sketch", LargeBinary),
    _of("knot", BigInteger),  # the first of the claims that are weighed together with it
    _of("event", Text),
    _of("level", Integer),  # of the weakest links that hold its knot together
    _of("links", LargeBinary),  # which claims it is rather alike to
    Index("folded_knot", "knot"),
    Index("folded_event", "event"),
)
keys = Table(  # where claims stand in the order of each of their keys
    "keys",
    metadata,
    _key("key", BigInteger),
    _key("day", Integer),
    _key("claim", BigInteger),
    sqlite_with_rowid=False,
)
bands = Table("bands", metadata, _key("band", BigInteger), _key("article", Text), sqlite_with_rowid=False)
copies = Table(  # articles of which there are copies, each with the first of them
    "copies",
    metadata,
    _key("article", Text),
    _of("first", Text),
    Index("copies_first", "first"),
)
events = Table(
    "events",
    metadata,
    _key("id", Text),
    _of("kind", Text),
    _of("status", Text),
    _of("first", Text),  # first and last ISO day as told, else reported
    _of("last", Text),
    *(_of(name, Text) for name in ("supplier", "recipient", "items", "place")),  # in plain words
    # Lists as `|a|b|`, in lower case, so that one can be looked for in them.
    *(_of(f"{name}_list", Text) for name in ("supplier", "recipient", "party", "item", "place")),
    _of("contradicted", Text),
    _of("embargoes", Text),
    *(_of(name, Integer) for name in ("articles", "outlets", "roots", "confirmed")),
    Index("events_last", "last"),
)
rules = Table("rules", metadata, _key("rules", Text))  # by which the rest was derived; no row while it is not whole
DERIVED = (events, copies, bands, keys, folded, rules)
