"""Events as a table of 80 columns, in which hostile text only shows."""

import re
import unicodedata
from typing import Any

import pytest

from made_events import HOSTILE
from materiel.cli.table import table
from materiel.cli.terminal import chars, columns, side_by_side
from materiel.ledger.records import Summary

CODES = re.compile(r"\x1b\[[0-9;]*m")


def made(**cells: Any) -> Summary:
    """An event of which little is told, but for some cells."""
    told: dict[str, Any] = {"id": "118d16f1e1ae5c0d", "kind": "transfer", "status": "delivered"}
    words: dict[str, Any] = dict.fromkeys(("first", "last", "supplier", "recipient", "items", "place"), "")
    lists: dict[str, Any] = {"contradicted": (), "embargoes": ()}
    return Summary(**{**told, **words, **lists, "articles": 1, "outlets": 1, "roots": 1, "confirmed": False, **cells})


def lines(*events: Summary) -> list[str]:
    return [CODES.sub("", line) for line in table(events)]


def test_cells_stand_side_by_side() -> None:
    assert side_by_side([chars("one two"), chars("5"), chars("漢字")], [4, -3, 4]) == ["one     5  漢字", "two"]


def test_no_events() -> None:
    assert lines() == ["no events"]


def test_an_event_says_when_who_whom_what_and_what_to_look_at() -> None:
    one = made(
        first="2023-09-12",
        last="2023-09-17",
        status="under_way",
        supplier="Vladimir Putin (RU)",
        recipient="Kim Jong Un (KP)",
        items="5 × uav.loitering",
        contradicted=("supplier", "date"),
        embargoes=("un-kp",),
        roots=6,
        confirmed=True,
    )
    head, first, rest, said, empty, count, *_ = lines(one)
    assert head.split() == ["EVENT", "WHEN", "KIND", "STATUS", "ROOTS", "LOOK", "AT"]
    assert re.split(r"  +", first) == [one.id, "2023-09-12…", "transfer", "under way", "6", "✓ ≠ supplier, date"]
    assert rest.strip() == "! un-kp"
    assert said == "  Vladimir Putin (RU) → Kim Jong Un (KP): 5 × uav.loitering"
    assert (empty, count) == ("", "1 event: 1 contradicted, 1 under an embargo or perhaps")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, "? → ?"),
        ({"kind": "visit", "supplier": "Kim", "recipient": "Russia"}, "Kim → Russia"),
        ({"kind": "meeting", "supplier": "Kim and Putin"}, "Kim and Putin"),
    ],
)
def test_who_is_not_told(cells: dict[str, Any], said: str) -> None:
    assert lines(made(**cells))[2] == f"  {said}"


def test_a_long_list_of_items_is_cut_and_says_so() -> None:
    assert lines(made(items=", ".join(f"{n} × ammunition" for n in range(40))))[5] == "  …"


def test_hostile_text_only_shows_and_lines_fit() -> None:
    cells = dict.fromkeys(("first", "last", "supplier", "recipient", "items"), HOSTILE)
    for line in lines(made(**cells, contradicted=(HOSTILE,), embargoes=("x" * 100,))):
        assert columns(chars(line)) <= 80
        assert all(unicodedata.category(c)[0] != "C" for c in line)
