"""What the reports of one event say together, who carries it, and what cannot all be right."""

from pathlib import Path

import msgspec
import pytest
from made_reports import against, reports, stories, told

from materiel.learning.corpus import annotated
from materiel.ledger.fold import fold
from materiel.ledger.likeness import shipped_likeness
from materiel.ledger.roots import root_of
from materiel.ledger.sketch import sketch_all
from materiel.ledger.telling import tell
from materiel.model.event import Event, Report

ROOT = Path(__file__).parents[2]


def two(first: str, second: str) -> Event:
    """The event of two reports, a day apart, whose claims are these."""
    return told(f"2031-03-02 en\na {first}\n2031-03-03 en\na {second}")


def test_a_cell_has_the_value_that_most_roots_carry() -> None:
    event = told("""
2031-03-02 en
a delivered: SE > CL; 4 artillery.gun Archer; by TASS
2031-03-02 id
a delivered: SE > CL; 4 artillery.gun Archer; by kantor berita TASS
2031-03-02 en
a delivered: SE > CL; 4 artillery.gun Archer; by Tass
2031-03-03 en
a delivered: SE > CL; 6 artillery.gun Archer; by Reuters
2031-03-03 en
a delivered: SE > CL; 6 artillery.gun Archer; by Yonhap""")
    assert [i.quantity for i in event.told.items] == [6]  # type: ignore[union-attr]
    assert [(s.value, s.roots) for s in event.values["items"]] == [
        ("6 × Archer (artillery.gun)", ("Reuters", "Yonhap")),
        ("4 × Archer (artillery.gun)", ("TASS",)),
    ]
    assert event.roots == ("TASS", "Reuters", "Yonhap")


def test_every_value_stays_with_the_reports_that_give_it() -> None:
    event = two(
        "delivered: SE > CL; 4 artillery.gun Archer; on 2031-03-01", "delivered: SE > CL; artillery.gun; on 2031-03"
    )
    assert [(s.value, s.reports) for s in event.values["date"]] == [("2031-03-01", (0,)), ("2031-03", (1,))]
    assert not event.contradictions


def test_the_order_of_reports_is_nothing() -> None:
    some = reports("""
2031-03-02 en
a delivered: SE > CL; 4 artillery.gun Archer; on 2031-03-01; by TASS
2031-03-04 en
a delivered: NO > CL; 6 artillery.gun Archer; on 2031-03-02; by Reuters
2031-03-03 en
a agreed: SE > CL; 12 artillery.gun; worth USD 9000000""")
    assert tell(some) == tell(some[::-1]) == tell([some[1], some[2], some[0]])


@pytest.mark.parametrize(
    ("first", "second", "values"),
    [
        ("SE > CL", "NO > CL", ["Sweden", "Norway"]),
        ("SE > CL", "BAE Systems/SE > CL", []),
        ("Sweden/SE > CL", "SE + NO > CL", []),
        ("- > CL", "SE > CL", []),
        ("Stockholm/SE > CL", "SE > CL", []),
    ],
)
def test_suppliers_contradict(first: str, second: str, values: list[str]) -> None:
    event = two(f"delivered: {first}; 4 artillery.gun Archer", f"delivered: {second}; 4 artillery.gun Archer")
    assert against(event, "supplier") == values


def test_recipients_contradict() -> None:
    event = two("delivered: SE > CL; 4 artillery.gun Archer", "delivered: SE > PE; 4 artillery.gun Archer")
    assert against(event, "recipient") == ["Chile", "Peru"]


@pytest.mark.parametrize(
    ("first", "second", "mode", "values"),
    [
        ("Jane Doe, Foreign Minister of Fiji/FJ", "Prime Minister of Fiji/FJ", "gift", 2),
        ("Foreign Minister of Fiji/FJ", "Prime Minister of Fiji/FJ", "sale", 0),
        ("Jane Doe, Prime Minister of Fiji/FJ", "Prime Minister of Fiji/FJ", "gift", 0),
        ("FJ", "Prime Minister of Fiji/FJ", "gift", 0),
    ],
)
def test_who_gave_it_matters_for_gifts(first: str, second: str, mode: str, values: int) -> None:
    event = two(f"delivered: {first} > TO; 1 other; mode {mode}", f"delivered: {second} > TO; 1 other; mode {mode}")
    assert len(against(event, "supplier")) == values


@pytest.mark.parametrize(
    ("first", "second", "contradict"),
    [
        ("5 uav.loitering", "6 uav.loitering", True),
        ("5 uav.loitering", "5 uav.loitering", False),
        ("5 uav.loitering", "uav.loitering", False),
        ("at_least 20 uav.loitering", "24 uav.loitering", False),
        ("at_least 20 uav.loitering", "12 uav.loitering", True),
        ("at_most 20 uav.loitering", "12 uav.loitering", False),
        ("at_most 20 uav.loitering", "24 uav.loitering", True),
        ("some uav.loitering", "36 uav.loitering", False),
        ("about 100 uav.loitering", "105 uav.loitering", False),
        ("about 100 uav.loitering", "180 uav.loitering", True),
        ("at_least 20 uav.loitering", "at_least 30 uav.loitering", False),
        ("2 tonne:ammunition", "9 ammunition", False),
        ("5 uav.loitering", "6 armour.tank", False),
    ],
)
def test_numbers_contradict_unless_both_can_hold(first: str, second: str, contradict: bool) -> None:
    event = two(f"delivered: IR > RU; {first}", f"delivered: IR > RU; {second}")
    assert bool(against(event, "quantity")) == contradict


def test_a_report_whose_day_is_not_told_may_contradict() -> None:
    one, other = two("delivered: IR > RU; 5 uav.loitering", "delivered: IR > RU; 9 uav.loitering").reports
    event = tell([msgspec.structs.replace(one, published=""), other])
    assert len(against(event, "quantity")) == 2


def test_an_order_and_its_batches_do_not_contradict() -> None:
    event = told("""
2031-03-02 en
a agreed: SE > CL; 12 artillery.gun Archer; on 2030-01
2031-03-02 en
a delivered: SE > CL; 4 artillery.gun Archer; on 2031-03-01
2031-09-02 en
a delivered: SE > CL; 8 artillery.gun Archer; on 2031-09-01""")
    assert not event.contradictions


@pytest.mark.parametrize(
    ("first", "second", "values"),
    [
        ("armour.tank T-72", "armour.tank T-90", ["T-72", "T-90"]),
        ("uav Geran-25", "uav Geranium-25", []),
        ("aircraft.fighter F-16C", "aircraft.fighter F-16 Block 52", []),
        ("armour.tank T-72", "armour.tank", []),
        ("armour.tank T-72", "missile.antitank Kornet", []),
    ],
)
def test_types_contradict(first: str, second: str, values: list[str]) -> None:
    assert against(two(f"delivered: RU > SY; {first}", f"delivered: RU > SY; {second}"), "type") == values


@pytest.mark.parametrize(
    ("first", "second", "contradict"),
    [
        ("2031-03-01", "2031-03-02", True),
        ("2031-03-01", "2031-03", False),
        ("2031-03-01", "2031", False),
        ("2031-03-01/2031-03-05", "2031-03-04", False),
        ("2031-03-01/2031-03-05", "2031-03-06", True),
    ],
)
def test_days_contradict(first: str, second: str, contradict: bool) -> None:
    event = two(f"delivered: SE > CL; 4 artillery.gun; on {first}", f"delivered: SE > CL; 4 artillery.gun; on {second}")
    assert bool(against(event, "date")) == contradict


def test_days_of_one_visit_told_as_a_span_do_not_contradict() -> None:
    event = told("""
2031-03-02 en
~ visit a: Jane Doe/AU > FJ; on 2031-03-01
2031-03-03 en
~ visit a: Jane Doe/AU > FJ; on 2031-03-03
2031-03-04 en
~ visit a: Jane Doe/AU > FJ; on 2031-03-01/2031-03-04""")
    assert not event.contradictions


def test_places_in_two_countries_contradict() -> None:
    event = two("delivered: SE > CL; 4 artillery.gun; at Arica/CL", "delivered: SE > CL; 4 artillery.gun; at Malmo/SE")
    assert against(event, "place") == ["Arica", "Malmo"]
    same = two("delivered: SE > CL; 4 artillery.gun; at Arica/CL", "delivered: SE > CL; 4 artillery.gun; at Chile/CL")
    assert not against(same, "place")


@pytest.mark.parametrize(
    ("first", "second", "days", "contradict"),
    [
        ("delivered", "considered", 0, True),
        ("considered", "delivered", 20, False),
        ("delivered", "considered", 20, True),
        ("delivered", "considered", 60, False),
        ("agreed", "delivered", 0, False),
        ("refused", "agreed", 1, True),
        ("refused", "agreed", 10, False),
        ("sought", "refused", 0, False),
        ("delivered", "halted", 1, True),
        ("agreed", "halted", 1, False),
    ],
)
def test_statuses_contradict_where_there_is_no_time_between(
    first: str, second: str, days: int, contradict: bool
) -> None:
    later = f"2031-{3 + days // 30:02}-{1 + days % 30:02}"
    event = told(
        f"2031-03-01 en\na {first}: SE > CL; 4 artillery.gun\n{later} en\na {second}: SE > CL; 4 artillery.gun"
    )
    assert bool(against(event, "status")) == contradict


def test_a_denial_contradicts_what_others_state() -> None:
    event = two("delivered/alleged: KP > RU; ammunition; by Reuters", "delivered/denied: KP > RU; ammunition; by KCNA")
    (found,) = [c for c in event.contradictions if c.cell == "denial"]
    assert [(s.value, s.roots) for s in found.values] == [("alleged", ("Reuters",)), ("denied", ("KCNA",))]


def test_values_contradict_unless_near() -> None:
    def of(first: str, second: str) -> list[str]:
        return against(
            two(f"agreed: SE > CL; armour; worth {first}", f"agreed: SE > CL; armour; worth {second}"), "value"
        )

    assert of("USD 100000000", "USD 300000000") == ["USD 100,000,000", "USD 300,000,000"]
    assert not of("USD 100000000", "USD 95000000")
    assert not of("USD 100000000", "EUR 300000000")


def test_one_article_does_not_contradict_itself() -> None:
    event = told("""
2031-03-02 en
a delivered: SE > CL; 4 artillery.gun Archer; on 2031-03-01
a delivered: SE > CL; 8 artillery.gun Archer; on 2030-03-01""")
    assert not event.contradictions


def test_the_history_stands_in_time_and_the_furthest_status_holds() -> None:
    event = told("""
2033-03-05 en
a delivered: SE > CL; 4 artillery.gun Archer; on 2033-03-02
2031-06-20 en
a agreed: SE > CL; 12 artillery.gun Archer; on 2031-06-18
2031-02-01 en
a sought: SE > CL; 12 artillery.gun Archer""")
    assert [(s.status, s.date) for s in event.history] == [
        ("sought", None),
        ("agreed", "2031-06-18"),
        ("delivered", "2033-03-02"),
    ]
    assert event.told.status == "delivered"
    assert event.told.date == "2033-03-02"


@pytest.mark.parametrize(
    ("stages", "now"),
    [
        (["agreed 2031-01-01", "halted 2031-05-01"], "halted"),
        (["halted 2031-05-01", "under_way 2031-09-01"], "under_way"),
        (["refused 2031-01-01", "agreed 2031-02-01"], "agreed"),
        (["delivered 2031-01-01", "considered 2031-02-01"], "delivered"),
        (["agreed 2031-01-01", "delivered/denied 2031-02-01"], "agreed"),
        (["delivered/denied 2031-02-01"], "delivered"),
    ],
)
def test_the_status_that_holds_now(stages: list[str], now: str) -> None:
    lines = [f"{day} en\na {status}: SE > CL; 4 artillery.gun; on {day}" for status, day in (s.split() for s in stages)]
    assert told("\n".join(lines)).told.status == now


def test_a_correction_goes_before_what_is_told() -> None:
    some = reports("2031-03-02 en\na delivered: SE > CL; 4 artillery.gun Archer")
    assert tell(some, {"mode": "gift"}).told.mode == "gift"  # type: ignore[union-attr]


def test_papers_pass_on_what_agencies_and_people_say() -> None:
    def root(*sources: str) -> str:
        (claim,) = stories(f"2031-03-02 en\na delivered: SE > CL; armour; by {' + '.join(sources)}")[0].claims
        return root_of(claim, "Fiji Times")

    assert root("TASS", "Al-Jazeera") == root("Al Jazeera", "TASS") == root("tass") == "TASS"
    assert root("Vladimir Putin", "TASS") == "Vladimir Putin"
    assert root("an official in Suva", "Reuters") == "Reuters"
    assert root("an official in Suva") == "an official in Suva"


def september() -> list[Event]:
    """The events of corpus/dev that the shipped likeness makes, of which some report tells of drones for Kim."""
    rows = [(a, n, c) for a in annotated(ROOT / "corpus/dev") for n, c in enumerate(a.claims)]
    group = fold(sketch_all((a.id, n, a.published, c) for a, n, c in rows), shipped_likeness()).group.tolist()
    drones = {g for (_, _, c), g in zip(rows, group, strict=True) if c.event == "ru-kp-2023-09-drones"}
    return [
        tell(
            Report(article=a.id, number=n, outlet=a.id, published=a.published, root=root_of(c, a.id), claim=c)
            for (a, n, c), g in zip(rows, group, strict=True)
            if g == wanted
        )
        for wanted in sorted(drones)
    ]


def test_the_drones_of_september_2023_are_one_event_of_contradicted_supplier() -> None:
    (event,) = september()
    assert len(event.reports) == 10
    (supplier,) = [c for c in event.contradictions if c.cell == "supplier"]
    governor, president = supplier.values
    assert "Governor of Primorsky Krai" in governor.value
    assert president.value == "Vladimir Putin (RU)"
    assert {event.reports[n].article for n in president.reports} == {"id-01"}
    assert len(governor.reports) == 8  # a ninth names the state and the governor, against nobody
    assert "TASS" in governor.roots
    assert president.roots == ("TASS",)
    assert {i.designation for i in event.told.items} >= {"Geran-25"}  # type: ignore[union-attr]
    assert [c.cell for c in event.contradictions] == ["supplier"]
