"""Events are found by who, what, when, where and how sure it is."""

from collections.abc import Iterator
from typing import Any

import pytest
from made_entries import drones, entry, handover, party

from materiel.ledger.ledger import Ledger
from materiel.ledger.records import Query
from materiel.model.claim import Item, Place, Visit
from materiel.model.event import Event
from materiel.model.finding import Finding

TANKS = Item(text="tanks", item_class="armour.tank", designation="T-72B3", quantity=3)
SUBIC = Place(text="Subic", name="Subic Bay 100%", country="PH")


def screen(event: Event) -> tuple[Finding, ...]:
    """A made-up embargo on whom North Korea supplies or who supplies it."""
    parties = [p for r in event.reports for name in ("supplier", "recipient") for p in getattr(r.claim, name, ())]
    if not any(p.country == "KP" for p in parties):
        return ()
    common: dict[str, Any] = {
        "title": "t",
        "issuer": "UN",
        "target": "KP",
        "force": "mandatory",
        "instrument": "i",
        "paragraph": "1",
    }
    common |= {"why": (), "words": "w"}
    return (
        Finding(embargo="un-kp", verdict="matches", **common),
        Finding(embargo="eu-kp", verdict="exempt", **common),
    )


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    """Drones (twice, of two minds on their number), tanks and a visit."""
    with Ledger(address, screen=screen) as opened:
        opened.add(
            [
                entry("drones1", handover()),
                entry("drones2", handover(items=(drones(9),))),
                entry("tanks", handover("US", "FR", date="2021-03", status="agreed", items=(TANKS,), places=(SUBIC,))),
                entry(
                    "visit",
                    Visit(
                        status="delivered", stance="stated", visitor=(party("ID", "Joko Widodo"),), host=(party("FR"),)
                    ),  # type: ignore[arg-type]
                    published="2022-05-05",
                ),
            ]
        )
        yield opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["drones", "visit", "tanks"]),
        ({"ascending": True}, ["tanks", "visit", "drones"]),
        ({"order": "articles", "limit": 1}, ["drones"]),
        ({"kind": "visit"}, ["visit"]),
        ({"party": "FR"}, ["visit", "tanks"]),
        ({"party": "franc"}, ["visit", "tanks"]),
        ({"party": "WIDODO"}, ["visit"]),
        ({"supplier": "US"}, ["tanks"]),
        ({"recipient": "US"}, []),
        ({"item": "uav"}, ["drones"]),
        ({"item": "loitering"}, []),
        ({"item": "t-72"}, ["tanks"]),
        ({"status": "agreed"}, ["tanks"]),
        ({"place": "subic"}, ["tanks"]),
        ({"place": "00%"}, ["tanks"]),
        ({"place": "1%0"}, []),
        ({"since": "2021-03-31"}, ["drones", "visit", "tanks"]),
        ({"since": "2021-04-01"}, ["drones", "visit"]),
        ({"until": "2021-03-01"}, ["tanks"]),
        ({"since": "2022-05-05", "until": "2022-05-05"}, ["visit"]),
        ({"embargo": "UN-KP"}, ["drones"]),
        ({"embargo": "eu-kp"}, []),
        ({"contradicted": "any"}, ["drones"]),
        ({"contradicted": "quantity"}, ["drones"]),
        ({"contradicted": "supplier"}, []),
        ({"roots": 2}, ["drones"]),
        ({"party": "KP", "item": "armour"}, []),
    ],
)
def test_events_are_found(ledger: Ledger, query: dict[str, Any], found: list[str]) -> None:
    asked = Query(**query)
    whole = [s.event.reports[0].article.rstrip("12") for s in ledger.screened(asked)]
    assert whole == found
    assert [s.id for s in ledger.events(asked)] == [s.event.id for s in ledger.screened(asked)]


def test_a_summary_says_what_a_person_wants_to_see(ledger: Ledger) -> None:
    drones_, visit, tanks = ledger.events()
    assert (drones_.embargoes, drones_.contradicted, drones_.roots) == (("un-kp",), ("quantity",), 2)
    assert (visit.supplier, visit.recipient, visit.first) == ("Joko Widodo (ID)", "France", "2022-05-05")
    assert (tanks.first, tanks.last, tanks.place) == ("2021-03-01", "2021-03-31", "Subic Bay 100%")
    assert [f.embargo for f in ledger.event(drones_.id).findings] == ["un-kp", "eu-kp"]
