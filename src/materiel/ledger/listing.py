"""Listing: an event as a row by which it is found, and the rows that a query asks for."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from materiel.ledger import tables
from materiel.ledger.records import Query, Summary
from materiel.ledger.sketch import days_of
from materiel.ledger.storing import plain
from materiel.ledger.words import item_words, party_words, place_words
from materiel.model.claim import ROLES, Claim, Party, Place
from materiel.model.event import Event
from materiel.model.finding import Finding
from materiel.world.countries import english_names

COUNTRY_LETTERS = 2


def row_of(event: Event, findings: Sequence[Finding], confirmed: bool) -> dict[str, Any]:
    """The row of `events` by which an event is found."""
    told = event.told
    kind = told.kind
    roles = ROLES[kind]
    giver: tuple[Party, ...] = getattr(told, roles[0])
    taker: tuple[Party, ...] = getattr(told, roles[1]) if len(roles) > 1 else ()
    said = [getattr(r.claim, role) for r in event.reports for role in roles]
    items = [i for claim in (told, *(r.claim for r in event.reports)) for i in getattr(claim, "items", ())]
    first, last = _days(event)
    row = {
        "id": event.id,
        "kind": kind,
        "status": told.status,
        "first": first,
        "last": last,
        "supplier": party_words(giver),
        "recipient": party_words(taker),
        "items": "; ".join(item_words(i) for i in getattr(told, "items", ())) or _about(told),
        "place": place_words(told.places),
        "supplier_list": _listed(_names(giver)),
        "recipient_list": _listed(_names(taker)),
        "party_list": _listed(_names([*giver, *taker, *(p for parties in said for p in parties)])),
        "item_list": _listed(w for i in items for w in (i.item_class, i.designation or "")),
        "place_list": _listed(_names([*told.places, *(p for r in event.reports for p in r.claim.places)])),
        "contradicted": _listed(c.cell for c in event.contradictions),
        "embargoes": _listed(f.embargo for f in findings if f.verdict != "exempt"),
        "articles": len({r.article for r in event.reports}),
        "outlets": len(event.outlets),
        "roots": len(event.roots),
        "confirmed": int(confirmed),
    }
    return {name: plain(value) if isinstance(value, str) else value for name, value in row.items()}


def find(query: Query) -> Select[Any]:
    """The rows of `events` that a query asks for, in its order."""
    of = tables.events.c
    column = of[query.order]
    order = column.asc() if query.ascending else column.desc()
    return select(tables.events).where(*_conditions(query)).order_by(order, of.id).limit(query.limit)


def summary(row: Row[Any]) -> Summary:
    """An event's row as a person wants it."""
    told = {name: getattr(row, name) for name in Summary.__struct_fields__}
    lists = {
        name: tuple(told[name].strip("|").split("|")) if told[name] else () for name in ("contradicted", "embargoes")
    }
    return Summary(**{**told, **lists, "confirmed": bool(row.confirmed)})


def _conditions(query: Query) -> list[ColumnElement[bool]]:
    of = tables.events.c
    found = [of[name] == value for name in ("kind", "status") if (value := getattr(query, name))]
    for name in ("party", "supplier", "recipient", "place"):
        if value := getattr(query, name):
            found.append(_holds(of[f"{name}_list"], value, whole=len(value) == COUNTRY_LETTERS))
    if query.item:
        listed = func.replace(func.replace(of.item_list, "-", ""), " ", "")  # `JF17` is the JF-17
        sought = "".join(_folded(query.item).replace("-", " ").split())
        found.append(listed.contains(f"|{sought}", autoescape=True))
    if query.embargo:
        found.append(_holds(of.embargoes, query.embargo, whole=True))
    if query.contradicted == "any":
        found.append(of.contradicted != "")
    elif query.contradicted:
        found.append(_holds(of.contradicted, query.contradicted, whole=True))
    if query.since:
        found.append(of.last >= query.since)
    if query.until:
        found.append(of.first <= query.until)
    return [*found, of.roots >= query.roots]


def _holds(column: ColumnElement[str], value: str, whole: bool) -> ColumnElement[bool]:
    """Whether a list has a value, or one that the value is part of."""
    sought = _folded(value)
    return column.contains(f"|{sought}|" if whole else sought, autoescape=True)


def _days(event: Event) -> tuple[str, str]:
    """The first and the last day of an event as told, or as reported; empty where neither is known."""
    said = [r.claim.date for r in event.reports if r.claim.date]
    if event.told.date and event.told.date not in said:  # a person put it right
        said = [event.told.date]
    told = [days_of(date) for date in said]
    known = told or [days_of(r.published) for r in event.reports if r.published]
    if not known:
        return "", ""
    return _iso(min(first for first, _ in known)), _iso(max(last for _, last in known))


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _about(told: Claim) -> str:
    """What a reaction or an agreement is about."""
    said = (getattr(told, cell, None) for cell in ("tone", "about", "subject"))
    return ": ".join(word for word in said if word)


def _names(parties: Iterable[Party | Place]) -> list[str]:
    """What parties or places are looked for by: name, country's letters, country's name."""
    return [word for p in parties for word in (p.name, p.country or "", english_names().get(p.country or "", ""))]


def _listed(words: Iterable[str]) -> str:
    """`|a|b|`; empty of none."""
    each = dict.fromkeys(_folded(word) for word in words if word)
    return f"|{'|'.join(each)}|" if each else ""


def _folded(word: str) -> str:
    return word.casefold().replace("|", " ")
