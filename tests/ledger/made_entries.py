"""Entries made for the tests of the store: small articles, some of which tell of one thing."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from materiel.ledger import tables
from materiel.ledger.database import reading
from materiel.ledger.ledger import Ledger
from materiel.ledger.records import Entry, Origin
from materiel.model.article import AnnotatedArticle, Article
from materiel.model.claim import Item, Party, Transfer

CORPUS = Path(__file__).parents[2] / "corpus" / "train"
STATES = {"RU": "Russia", "KP": "North Korea", "IR": "Iran", "US": "United States", "ID": "Indonesia", "FR": "France"}


def party(country: str, name: str = "") -> Party:
    return Party(text=name or STATES[country], name=name or STATES[country], country=country)


def drones(number: int | None = 5, designation: str | None = "Geran-25") -> Item:
    return Item(text="drones", item_class="uav.loitering", designation=designation, quantity=number, qualifier="exact")


def handover(supplier: str = "RU", recipient: str = "KP", **cells: Any) -> Transfer:
    """Five drones, given on a day of September 2023."""
    cells = {"status": "delivered", "stance": "stated", "date": "2023-09-17", "items": (drones(),), **cells}
    return Transfer(supplier=(party(supplier),), recipient=(party(recipient),), **cells)


def entry(id: str, *claims: Transfer, origin: Origin = "coded", **fields: Any) -> Entry:
    text = f"{id} tells that something was handed over."
    article = Article(**{"id": id, "language": "en", "published": "2023-09-18", "text": text, "outlet": id, **fields})
    return Entry(article=article, claims=claims, origin=origin)


@cache
def corpus() -> tuple[Entry, ...]:
    """The annotated articles, as coded."""
    files = sorted(CORPUS.glob("*.json"))
    articles = (msgspec.json.decode(f.read_bytes(), type=AnnotatedArticle) for f in files)
    return tuple(Entry(article=a, claims=a.claims, origin="coded") for a in articles)


def state(ledger: Ledger) -> bytes:
    """All that a ledger says, byte by byte."""
    return msgspec.json.encode([list(ledger.screened()), ledger.events(), ledger.decisions()])


def derived(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """All rows that are derived, table by table."""
    with reading(ledger._engine) as connection:
        return {t.name: sorted(tuple(row) for row in connection.execute(select(t))) for t in tables.DERIVED}
