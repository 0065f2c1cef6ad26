"""Rows: a screened transfer as rows of a trade register, one an item."""

from collections.abc import Iterable, Iterator

import msgspec

from materiel.exports.orders import delivered, ordered
from materiel.exports.words import contradiction_words
from materiel.model.claim import Item, Mode, Qualifier, Stance, Status, Transfer
from materiel.model.finding import Screened
from materiel.world.load import load_world


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One item of one transfer; docs/exports.md says what each column holds.

    Countries stand in the order of the names they belong to, `delivery_dates` in that of `numbers_delivered`.
    """

    event: str
    supplier: tuple[str, ...]
    supplier_country: tuple[str | None, ...]
    recipient: tuple[str, ...]
    recipient_country: tuple[str | None, ...]
    designation: str | None = None
    description: str | None = None
    item_class: str | None = msgspec.field(name="class", default=None)
    number: float | None = None
    qualifier: Qualifier | None = None
    unit: str | None = None
    number_ordered: float | None = None
    order_date: str | None = None
    numbers_delivered: tuple[float | None, ...] = ()
    delivery_dates: tuple[str | None, ...] = ()
    status: Status
    stance: Stance
    date: str | None = None
    mode: Mode | None = None
    value: float | None = None
    currency: str | None = None
    sources: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    munitions_list: str | None = None
    un_register: str | None = None
    sipri_category: str | None = None
    articles: tuple[str, ...] = ()
    embargoes: tuple[str, ...] = ()


COLUMNS = tuple(field.encode_name for field in msgspec.structs.fields(Row))


def rows_of(screened: Iterable[Screened]) -> Iterator[Row]:
    """The rows of all transfers, in order; one without items has one row, other kinds of event have none."""
    for one in screened:
        told = one.event.told
        if isinstance(told, Transfer):
            common = _common(one, told)
            if not told.items:
                yield common
            for item in told.items:
                yield _with_item(common, one, item)


def _common(one: Screened, told: Transfer) -> Row:
    """What all items of a transfer share."""
    event = one.event
    return Row(
        event=event.id,
        supplier=tuple(party.name for party in told.supplier),
        supplier_country=tuple(party.country for party in told.supplier),
        recipient=tuple(party.name for party in told.recipient),
        recipient_country=tuple(party.country for party in told.recipient),
        status=told.status,
        stance=told.stance,
        date=told.date,
        mode=told.mode,
        value=float(told.value.amount) if told.value else None,
        currency=told.value.currency if told.value else None,
        sources=event.roots,
        contradictions=tuple(map(contradiction_words, event.contradictions)),
        articles=tuple(dict.fromkeys(report.article for report in event.reports)),
        embargoes=tuple(f"{finding.embargo} ({finding.verdict})" for finding in one.findings),
    )


def _with_item(row: Row, one: Screened, item: Item) -> Row:
    order, deliveries = ordered(one.event, item), delivered(one.event, item)
    known = load_world().item_classes.get(item.item_class)
    return msgspec.structs.replace(
        row,
        designation=item.designation,
        description=known.label if known else item.item_class,
        item_class=item.item_class,
        number=_float(item.quantity),
        qualifier=item.qualifier,
        unit=item.unit,
        number_ordered=_float(order.number),
        order_date=order.date,
        numbers_delivered=tuple(_float(batch.number) for batch in deliveries),
        delivery_dates=tuple(batch.date for batch in deliveries),
        munitions_list=known and known.munitions_list,
        un_register=known and known.unroca,
        sipri_category=known and known.sipri_category,
    )


def _float(number: float | None) -> float | None:
    return None if number is None else float(number)
