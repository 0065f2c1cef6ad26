"""Cells: what one marked stretch of an example says, as a cell of a claim; a CellError says what is wrong."""

import re
from typing import get_args

from materiel.languages.brackets import Marked
from materiel.model.claim import Item, Party, Place, Qualifier, Span, Value
from materiel.model.dates import is_told_date
from materiel.world.countries import is_country
from materiel.world.shape import World

NONE = "-"
ITEM_ATTRIBUTES = ("quantity", "qualifier", "designation", "unit")
SUM = re.compile(r"(\d+(?:\.\d+)?),([A-Z]{3})$")


class CellError(ValueError):
    """A marked stretch says nothing that a cell can hold."""


def party(mark: Marked, text: str) -> Party:
    """Somebody who takes part; the name is the text."""
    words = text[mark.start : mark.end]
    return Party(text=words, name=words, country=_country(mark), span=Span(mark.start, mark.end))


def place(mark: Marked, text: str) -> Place:
    """Where it happens."""
    words = text[mark.start : mark.end]
    return Place(text=words, name=words, country=_country(mark), span=Span(mark.start, mark.end))


def _country(mark: Marked) -> str | None:
    if mark.value is None:
        raise CellError("its country is missing (`-` for none)")
    if mark.value != NONE and not is_country(mark.value):
        raise CellError(f"`{mark.value}` is no country")
    return None if mark.value == NONE else mark.value


def item(mark: Marked, text: str, world: World) -> Item:
    """What passes or is viewed; a quantity is exact where no qualifier says otherwise."""
    said = mark.attributes
    if mark.value is None:
        raise CellError("its class is missing")
    if mark.value not in world.item_classes:
        raise CellError(f"`{mark.value}` is no class of item-classes.tsv")
    if unknown := sorted(said.keys() - set(ITEM_ATTRIBUTES)):
        raise CellError(f"unknown attribute `{unknown[0]}`; known are {' '.join(ITEM_ATTRIBUTES)}")
    quantity = _number(said["quantity"]) if "quantity" in said else None
    qualifier = said.get("qualifier", None if quantity is None else "exact")
    return Item(
        text=text[mark.start : mark.end],
        item_class=mark.value,
        designation=said.get("designation"),
        quantity=quantity,
        qualifier=_qualifier(qualifier),
        unit=said.get("unit"),
        span=Span(mark.start, mark.end),
    )


def _qualifier(written: str | None) -> Qualifier | None:
    known: tuple[Qualifier, ...] = get_args(Qualifier)
    for qualifier in known:
        if qualifier == written:
            return qualifier
    if written is None:
        return None
    raise CellError(f"`{written}` is no qualifier; known are {' '.join(known)}")


def _number(written: str) -> int | float:
    try:
        return float(written) if "." in written else int(written)
    except ValueError:
        raise CellError(f"`{written}` is no number") from None


def value(mark: Marked) -> Value:
    """A sum of money, `AMOUNT,CURRENCY`."""
    found = SUM.match(mark.value or "")
    if found is None:
        raise CellError(f"`{mark.value}` is no sum such as 500000,USD")
    return Value(amount=_number(found[1]), currency=found[2])


def when(mark: Marked) -> str:
    """A date."""
    if not is_told_date(mark.value or ""):
        raise CellError(f"`{mark.value}` is no date such as 2023-09-15, 2023-09, 2023 or start/end")
    return mark.value or ""
