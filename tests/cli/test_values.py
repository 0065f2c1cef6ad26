"""Values of cells as people type them."""

from typing import Any

import msgspec
import pytest

from made_events import drones, party
from materiel.cli.values import ValueTypeError, cells_of, checked, form_of, typed
from materiel.ledger.decisions import corrected
from materiel.model.claim import Meeting, Reaction, Transfer, Visit

GIFT = drones(5, party("Vladimir Putin", "RU"))
PUTIN = {"text": "Vladimir Putin", "name": "Vladimir Putin", "country": "RU"}


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        ("date", "2023-09-17", "2023-09-17"),
        ("date", "none", None),
        ("status", "under way", "under_way"),
        ("supplier", "Vladimir Putin (RU)", [PUTIN]),
        ("supplier", "vladimir putin", [{**PUTIN, "text": "vladimir putin", "name": "vladimir putin"}]),
        ("supplier", "Nobody known", [{"text": "Nobody known", "name": "Nobody known", "country": None}]),
        ("supplier", "Vladimir Putin (RU); Vladimir Putin", [PUTIN, PUTIN]),
        ("recipient", "none", []),
        ("sources", "TASS; KCNA ;", ["TASS", "KCNA"]),
        ("value", "USD 1,200,000", {"amount": 1200000, "currency": "USD"}),
        ("places", '[{"text": "a", "name": "b"}]', [{"text": "a", "name": "b"}]),
    ],
)  # fmt: skip
def test_a_cell_is_typed_as_people_write_it(cell: str, text: str, value: Any) -> None:
    assert checked(GIFT, cell, text) == value
    assert set(corrected(GIFT, {cell: value})) == {cell}


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("5 uav.loitering", ("uav.loitering", None, 5, "exact")),
        ("about 1,200 × ammunition.artillery", ("ammunition.artillery", None, 1200, "about")),
        ("at least 24 jf-17", ("aircraft.fighter", "JF-17", 24, "at_least")),
        ("technology", ("technology", None, None, None)),
    ],
)
def test_an_item_is_a_number_and_a_class_or_type(text: str, cells: tuple[Any, ...]) -> None:
    (item,) = corrected(GIFT, {"items": typed(GIFT, "items", text)})["items"]
    assert (item.item_class, item.designation, item.quantity, item.qualifier) == cells


@pytest.mark.parametrize(
    ("cell", "text", "says"),
    [
        ("visitor", "Kim", "a transfer has no cell 'visitor'; it has status, stance, sources"),
        ("items", "5 thingummies", "'thingummies' is neither a class nor a known type; write the items as '5 uav"),
        ("value", "a lot", "'a lot' is no value; write it as 'USD 1200000'"),
        ("places", "[{", "this is no valid JSON: "),
        ("places", '[{"text": 5}]', "'[{\"text\": 5}]' is no places: Expected `str`"),
        ("status", "given", "'given' is no status: Invalid enum value 'given'"),
        ("date", "May", "date: 'May' is no date; write 2023, 2023-09"),
        ("supplier", "Somebody (XX)", "supplier[0].country: 'XX' is no country; write an ISO 3166-1 code"),
    ],
)
def test_what_a_cell_cannot_hold_is_told_with_its_mend(cell: str, text: str, says: str) -> None:
    with pytest.raises(ValueTypeError) as told:
        checked(GIFT, cell, text)
    assert str(told.value).startswith(says)


def test_days_of_a_visit() -> None:
    visit = Visit(status="delivered", stance="stated")
    assert typed(visit, "days", "6") == 6
    with pytest.raises(ValueTypeError, match="'six' is no number of days"):
        typed(visit, "days", "six")


@pytest.mark.parametrize(
    "claim", [GIFT, Visit(status="agreed", stance="stated"), Meeting(status="agreed", stance="stated")]
)
def test_every_cell_can_be_emptied_or_is_refused(claim: Transfer | Visit | Meeting) -> None:
    for cell in cells_of(claim):
        try:
            corrected(claim, {cell: typed(claim, cell, "none")})
        except msgspec.ValidationError:
            assert cell in ("status", "stance")


def test_how_to_type_a_cell_is_told() -> None:
    assert "Governor" in form_of("participants")
    assert form_of("tone") == "concern, condemnation, support, denial, demand"
    assert form_of("about") == ""
    assert "tone" in cells_of(Reaction(status="delivered", stance="stated", tone="concern"))
