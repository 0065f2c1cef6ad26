"""Retelling: annotated articles told again as another paper would, with cells left out or told more roughly."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import msgspec

from materiel.model.article import AnnotatedArticle
from materiel.model.claim import ROLES, Claim, Item, Party
from materiel.world.countries import english_names

TIMES = 2
LATER = (0, 0, 0, 1, 1, 2, 3, 6, 20, 90, 400)  # days by which another paper's report may come later
ROUGHER = 0.3  # how often another report leaves a cell out or tells it less exactly
MISTOLD = 0.2  # how often it names another official of the state, or another number
LEFT_OUT = 0.12  # how often it does not tell of the happening at all
UNTOLD = 0.2  # how often it does not tell of an item


def retold(articles: Sequence[AnnotatedArticle]) -> list[AnnotatedArticle]:
    """Each article told again TIMES times; the same articles always give the same retellings."""
    names = [(a, f"{a.id}~{n}") for n in range(TIMES) for a in articles]
    return [_retell(article, name, Random(name)) for article, name in names]


def _retell(article: AnnotatedArticle, name: str, chance: Random) -> AnnotatedArticle:
    later = chance.choice(LATER)
    published = (date.fromisoformat(article.published[:10]) + timedelta(days=later)).isoformat()
    claims = [_rougher(c, chance) for c in article.claims if chance.random() > LEFT_OUT]
    return msgspec.structs.replace(article, id=name, published=published, claims=tuple(claims))


def _rougher(claim: Claim, chance: Random) -> Claim:
    def now_and_then() -> bool:
        return chance.random() < ROUGHER

    cells: dict[str, object] = {}
    kind = claim.kind
    for role in ROLES[kind]:
        parties: Sequence[Party] = getattr(claim, role)
        if chance.random() < MISTOLD:
            cells[role] = tuple(_another(p) for p in parties)
        elif now_and_then():
            cells[role] = tuple(_state(p) for p in parties)
        elif len(parties) > 1 and kind in ("transfer", "reaction") and now_and_then():
            cells[role] = parties[:1]
    if claim.date and now_and_then():
        cells["date"] = None if chance.random() < 0.5 else claim.date[:7]
    for cell in ("places", "value", "mode"):
        if getattr(claim, cell, None) and now_and_then():
            cells[cell] = () if cell == "places" else None
    items: Sequence[Item] = getattr(claim, "items", ())
    if items:
        kept = [i for i in items if chance.random() > UNTOLD] or list(items[:1])
        cells["items"] = tuple(_rougher_item(i, chance) for i in kept)
    return msgspec.structs.replace(claim, **cells)


def _state(party: Party) -> Party:
    """A party told by its state's name alone."""
    name = english_names().get(party.country or "")
    return msgspec.structs.replace(party, name=name, text=name) if name else party


def _another(party: Party) -> Party:
    """Somebody else who acts for the same state, as a garbled report has it."""
    return msgspec.structs.replace(party, name=f"not {party.name}") if party.country else party


def _rougher_item(item: Item, chance: Random) -> Item:
    cells: dict[str, object] = {}
    if item.designation and chance.random() < ROUGHER:
        cells["designation"] = None
    if chance.random() < ROUGHER / 2:
        cells["item_class"] = item.item_class.partition(".")[0]
    if item.quantity is not None and chance.random() < ROUGHER:
        cells["quantity"], cells["qualifier"] = None, None
    elif item.quantity is not None and chance.random() < MISTOLD:
        cells["quantity"] = item.quantity + 1
    return msgspec.structs.replace(item, **cells)
