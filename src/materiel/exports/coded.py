"""Coded: one row of a register, typed by a person or written by materiel, as an article with its claims."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from materiel.exports.cells import read_list
from materiel.exports.known import country_of
from materiel.exports.typed import CellError, Cells, Number, as_date, as_number, choice_in, date_in, number_in, text_in
from materiel.exports.words import short_label
from materiel.languages.load import available, load_language
from materiel.model.article import AnnotatedArticle
from materiel.model.claim import Item, Mode, Party, Qualifier, Stance, Status, Transfer, Value
from materiel.world.countries import is_country
from materiel.world.currencies import is_currency
from materiel.world.load import load_world

_WORDS = ("supplier", "recipient", "designation", "description")
ALIKE = 0.75  # of a word and the one that was perhaps meant
UNTOLD = "und"  # ISO 639's code of an undetermined language


def article_of(cells: Cells, name: str) -> AnnotatedArticle:
    """The article that a row stands for: its words as text, one claim for the order and one for each delivery.

    A row with neither order nor delivery, or whose status is another (sought, refused …), has a claim of that status
    too. All share the row's event, or `name` where it has none. Raises CellError, which names column and mend.
    """
    text = " | ".join(filter(None, (text_in(cells, column) for column in _WORDS)))
    claims = tuple(_claims(cells, text_in(cells, "event") or name))
    days = [claim.date for claim in claims if claim.date and len(claim.date) == len("2000-01-01")]
    return AnnotatedArticle(id=name, language=UNTOLD, published=max(days, default=""), text=text, claims=claims)


def _claims(cells: Cells, event: str) -> Iterator[Transfer]:
    """The claims of a row, its order first."""
    status: Status | None = choice_in(cells, "status", Status)
    number, order_date = number_in(cells, "number_ordered"), date_in(cells, "order_date")
    deliveries = _deliveries(cells)
    common: dict[str, Any] = {
        "supplier": _parties(cells, "supplier"),
        "recipient": _parties(cells, "recipient"),
        "stance": choice_in(cells, "stance", Stance) or "stated",
        "mode": choice_in(cells, "mode", Mode),
        "sources": tuple(read_list(cells.get("sources", ""))),
        "event": event,
    }
    if not common["supplier"] and not common["recipient"]:
        raise CellError("supplier", "names nobody, nor does `recipient`; write at least one of them")
    has_order = number is not None or order_date is not None
    has_other = status not in (None, "agreed", "under_way", "delivered") or not (has_order or deliveries)
    value = _value(cells)
    if has_order:
        yield Transfer(status="agreed", date=order_date, items=_items(cells, number), value=value, **common)
    for count, day in deliveries:
        come: Status = "under_way" if status == "under_way" and not has_order else "delivered"
        yield Transfer(status=come, date=day, items=_items(cells, count), value=None if has_order else value, **common)
    if has_other:
        items = _items(cells, number_in(cells, "number"))
        yield Transfer(status=status or "agreed", date=date_in(cells, "date"), items=items, value=value, **common)


def _deliveries(cells: Cells) -> list[tuple[Number | None, str | None]]:
    """Each number delivered with its date; where only one of the columns is filled the other is unknown."""
    column = "numbers_delivered" if "numbers_delivered" in cells else "number_delivered"
    numbers = [as_number(column, cell) for cell in read_list(cells.get(column, ""))]
    dates = [as_date("delivery_dates", cell) for cell in read_list(cells.get("delivery_dates", ""))]
    if numbers and dates and len(numbers) != len(dates):
        what = f"{len(dates)} dates for {len(numbers)} numbers delivered; write one for each, parted by `; `"
        raise CellError("delivery_dates", what)
    size = max(len(numbers), len(dates))
    return list(zip(numbers or [None] * size, dates or [None] * size, strict=True))


def _parties(cells: Cells, role: str) -> tuple[Party, ...]:
    names, column = [name for name in read_list(cells.get(role, "")) if name], f"{role}_country"
    countries = read_list(cells.get(column, "")) or [country_of(name) or "" for name in names]
    if len(countries) != len(names):
        raise CellError(column, f"{len(countries)} countries for {len(names)} names; write one for each, or none")
    for country in filter(None, countries):
        if not is_country(country):
            what = f"`{country}` is no country; write an ISO 3166-1 code such as ID, or EU, NATO, UN, West"
            raise CellError(column, what)
    return tuple(
        Party(text=name, name=name, country=country or None) for name, country in zip(names, countries, strict=True)
    )


def _items(cells: Cells, number: Number | None) -> tuple[Item, ...]:
    designation, description = text_in(cells, "designation"), text_in(cells, "description")
    item = Item(
        text=designation or description,
        item_class=_item_class(cells, designation, description),
        designation=designation or None,
        quantity=number,
        qualifier=choice_in(cells, "qualifier", Qualifier) or (None if number is None else "exact"),
        unit=text_in(cells, "unit") or None,
    )
    return (item,)


def _item_class(cells: Cells, designation: str, description: str) -> str:
    """The class that a row names, or describes, or that its designation is known to have."""
    classes = load_world().item_classes
    named = text_in(cells, "class")
    if named:
        if named not in classes:
            raise CellError("class", f"`{named}` is no class{_nearest(named, classes)}")
        return named
    words = _classes_by_words()
    if description in classes or description.casefold() in words:
        return words.get(description.casefold(), description)
    for known in load_world().designations:
        if designation and designation.casefold() in (form.casefold() for form in (known.name, *known.forms)):
            return known.item_class
    what = f"`{description}` is no description of a class" if description else "is empty"
    raise CellError("description", f"{what}{_nearest(description.casefold(), {**words, **classes})}")


@cache
def _classes_by_words() -> dict[str, str]:
    """Classes by their labels, by what their labels begin with, and by the words that languages have for one alone."""
    classes = load_world().item_classes
    called: dict[str, set[str]] = defaultdict(set)
    for language in map(load_language, available()):
        for item_class, forms in language.items.items():
            for form in language.spelt(forms):
                called[form.casefold()].add(item_class)
    heads = {short_label(known.label).casefold(): name for name, known in classes.items()}
    labels = {known.label.casefold(): name for name, known in classes.items()}
    return {form: name for form, (name, *others) in called.items() if not others} | heads | labels


def _nearest(word: str, known: Mapping[str, Any]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=ALIKE)
    return f"; write `{near[0]}`" if near else "; write one of world/data/item-classes.tsv, such as `armour.tank`"


def _value(cells: Cells) -> Value | None:
    amount, currency = number_in(cells, "value"), text_in(cells, "currency")
    if amount is None:
        return None
    if not is_currency(currency):
        raise CellError("currency", f"`{currency}` is no currency; write an ISO 4217 code such as USD")
    return Value(amount=amount, currency=currency)
