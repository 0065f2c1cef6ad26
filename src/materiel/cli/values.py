"""Values: what a cell of a claim holds, as a person types it on a command line."""

import json
import re
from typing import Any, get_args

import msgspec

from materiel.articles.coded import problems_of
from materiel.exports.known import country_of
from materiel.ledger.decisions import corrected
from materiel.model.claim import ROLES, Claim, Mode, Stance, Status, Tone
from materiel.world.load import load_world

# How each cell is typed; what a person must know to correct one.
FORMS = {
    "items": "'5 uav.loitering; 24 JF-17' (a class of world/data/item-classes.tsv or a known type)",
    "value": "'USD 1200000'",
    "days": "a number of days",
    "sources": "'TASS; Reuters', the nearest first",
    "date": "2023, 2023-09, 2023-09-17 or a span start/end",
}
WORDS = {"status": Status, "stance": Stance, "mode": Mode, "tone": Tone}
PARTIES = "'Governor of Primorsky Krai (RU); Russia'"
EMPTY = "none"
_PARTY = re.compile(r"(?P<name>.+?)\s*(?:\((?P<country>[A-Za-z]{2,4})\))?", re.DOTALL)
_ITEM = re.compile(
    r"(?:(?P<how>about|at least|at most)\s+)?(?:(?P<number>\d[\d,]*(?:\.\d+)?)\s*[×x]?\s+)?(?P<what>.+)", re.DOTALL
)
_VALUE = re.compile(r"(?P<currency>[A-Z]{3})\s*(?P<amount>\d[\d,]*(?:\.\d+)?)")


class ValueTypeError(Exception):
    """A value cannot be what the cell holds."""


def checked(claim: Claim, cell: str, text: str) -> Any:
    """The value that a cell of the claim is to have, as plain JSON; raises ValueTypeError where it cannot have it."""
    value = typed(claim, cell, text)
    try:
        right = msgspec.structs.replace(claim, **corrected(claim, {cell: value}))
    except msgspec.ValidationError as error:
        form = form_of(cell)
        raise ValueTypeError(f"'{text}' is no {cell}: {error}" + (f"; write it as {form}" if form else "")) from None
    for path, what in problems_of(right):
        if path.startswith(cell):
            raise ValueTypeError(f"{path}: {what}")
    return value


def typed(claim: Claim, cell: str, text: str) -> Any:
    """The value of a cell of the claim's kind as plain JSON; `none` empties it, JSON is taken as it is.

    Raises ValueTypeError, which says how the cell is typed.
    """
    if cell not in cells_of(claim):
        kind = claim.kind
        raise ValueTypeError(f"a {kind} has no cell '{cell}'; it has {', '.join(cells_of(claim))}")
    text = text.strip()
    if text.startswith(("[", "{")):
        try:
            return json.loads(text)
        except ValueError as error:
            raise ValueTypeError(f"this is no valid JSON: {error}") from None
    is_list = isinstance(getattr(claim, cell), tuple)
    if text in ("", EMPTY):
        return [] if is_list else None
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if cell == "sources":
        return parts
    if cell == "items":
        return [_item(part) for part in parts]
    if is_list:
        return [_party(part) for part in parts]
    return _plain(cell, text)


def cells_of(claim: Claim) -> tuple[str, ...]:
    """The cells of the claim's kind that a person may put right."""
    own = ("event", "spans", "evidence", "confidence")
    return tuple(name for name in claim.__struct_fields__ if name not in own)


def form_of(cell: str) -> str:
    """How a cell is typed; empty where a word is enough."""
    roles = {role for roles in ROLES.values() for role in roles} | {"places"}
    return FORMS.get(cell, PARTIES if cell in roles else ", ".join(get_args(WORDS.get(cell))))


def _plain(cell: str, text: str) -> Any:
    if cell == "value":
        found = _VALUE.fullmatch(text)
        if not found:
            raise ValueTypeError(f"'{text}' is no value; write it as {FORMS['value']}")
        return {"amount": _number(found["amount"]), "currency": found["currency"]}
    if cell == "days":
        if not text.isdecimal():
            raise ValueTypeError(f"'{text}' is no number of days")
        return int(text)
    return text.replace(" ", "_") if cell == "status" else text


def _party(text: str) -> dict[str, Any]:
    found = _PARTY.fullmatch(text)
    assert found
    name, code = found["name"], found["country"]
    return {"text": name, "name": name, "country": code if code else country_of(name)}


def _item(text: str) -> dict[str, Any]:
    found = _ITEM.fullmatch(text)
    assert found
    number, what = found["number"], found["what"].removeprefix("×").strip()
    item_class, designation = _thing(what)
    qualifier = found["how"].replace(" ", "_") if found["how"] else "exact" if number else None
    quantity = _number(number) if number else None
    cells = {"designation": designation, "quantity": quantity, "qualifier": qualifier, "unit": None}
    return {"text": text, "class": item_class, **cells}


def _thing(what: str) -> tuple[str, str | None]:
    """The class that is named, or the type and the class that it is known to have."""
    world = load_world()
    if what in world.item_classes:
        return what, None
    for known in world.designations:
        if what.casefold() in (form.casefold() for form in (known.name, *known.forms)):
            return known.item_class, known.name
    raise ValueTypeError(
        f"'{what}' is neither a class nor a known type; write the items as {FORMS['items']}, or as JSON"
    )


def _number(text: str) -> int | float:
    value = float(text.replace(",", ""))
    return int(value) if value.is_integer() else value
