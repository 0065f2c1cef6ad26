"""Orders: numbers and dates as most roots tell them."""

from made_events import event, jets, report
from materiel.exports.orders import Batch, closest, delivered, ordered
from materiel.model.claim import Item, Transfer


def told(*claims: tuple[str, Transfer]) -> tuple[list[Batch], Batch]:
    reports = [report(f"a{n}", root, claim) for n, (root, claim) in enumerate(claims)]
    found = event("e", jets("under_way", 24, None), *reports)
    item = found.told.items[0]  # type: ignore[union-attr]
    return list(delivered(found, item)), ordered(found, item)


def test_most_roots_win_and_copies_count_once() -> None:
    copies = [("A", jets("agreed", 20, "2024"))] * 3
    others = [("B", jets("agreed", 24, "2024-02")), ("C", jets("agreed", 24, "2024-02"))]
    assert told(*copies, *others)[1] == Batch(24, "2024-02")


def test_batches_of_different_dates_stand_side_by_side() -> None:
    come = told(
        ("A", jets("delivered", 8, "2024-11-01")),
        ("A", jets("delivered", 4, "2024-09-25")),
        ("B", jets("delivered", 4, "2024-09")),
        ("C", jets("delivered", None, None)),
        ("D", jets("under_way", 24, "2024-09-01")),
    )[0]
    assert come == [Batch(4, "2024-09-25"), Batch(8, "2024-11-01")]


def test_under_way_counts_where_nothing_has_come() -> None:
    assert told(("A", jets("under_way", 2, "2024"))) == ([Batch(2, "2024")], Batch(None, None))


def test_closest_item() -> None:
    jet, drone, other = (
        Item(text="", item_class="aircraft.fighter", designation="JF-17"),
        Item(text="", item_class="uav.loitering"),
        Item(text="", item_class="uav.reconnaissance"),
    )
    items = (jet, drone, other)
    assert closest(Item(text="", item_class="aircraft", designation="JF-17 Block III"), items) == jet
    assert closest(Item(text="", item_class="aircraft.fighter", designation="F-16"), items) is None
    assert closest(Item(text="", item_class="aircraft"), items) == jet
    assert closest(Item(text="", item_class="uav"), items) is None  # either drone
    assert closest(Item(text="", item_class="fuel"), items) is None
