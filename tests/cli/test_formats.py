"""Output for machines: streams, flat rows, and cells that no spreadsheet runs."""

import csv
import io
import json
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.cli.formats import COLUMNS, FORMATS, Pair
from materiel.model.article import Article, Reading
from materiel.model.claim import (
    Agreement,
    Inspection,
    Item,
    Meeting,
    Party,
    Reaction,
    Span,
    Transfer,
    Value,
    Visit,
)

KINDS = (Transfer, Visit, Meeting, Inspection, Agreement, Reaction)


def pair(name: str = "Russia", text: str = "Russia gave drones.") -> Pair:
    claim = Transfer(
        status="delivered",
        stance="stated",
        sources=(name, "TASS"),
        supplier=(Party(text=name, name=name, country="RU"), Party(text="b", name="B")),
        items=(
            Item(text=name, item_class="uav", quantity=5),
            Item(text="two", item_class="uav", designation=name),
        ),
        value=Value(amount=-2, currency="USD"),
        evidence=(Span(0, 6), Span(7, 11)),
        confidence=0.5,
    )
    return Article(id=name, language="en", title=name, text=text), Reading(
        id=name, language="en", title=name, claims=(claim, claim)
    )


def written(form: str, pairs: list[Pair]) -> str:
    return b"".join(c.encode() if isinstance(c, str) else c for c in FORMATS[form](pairs)).decode()


def test_rows() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", [pair(), pair()]))))
    assert len(rows) == 4
    row = {column: value for column, value in rows[0].items() if value}
    assert row == {
        "id": "Russia", "language": "en", "title": "Russia", "kind": "transfer", "status": "delivered",
        "stance": "stated", "confidence": "0.5", "supplier": "Russia; B", "supplier_country": "RU; ",
        "item_text": "Russia; two", "item_class": "uav; uav", "item_designation": "; Russia",
        "item_quantity": "5; ", "value_amount": "-2", "value_currency": "USD",
        "sources": "Russia; TASS", "evidence": "Russia; gave",
    }  # fmt: skip


def test_every_cell_has_a_column() -> None:
    elsewhere = {"event", "spans", "items", "value", "field"}
    for kind in KINDS:
        assert set(kind.__struct_fields__) - elsewhere <= set(COLUMNS)
    assert {f"item_{f.encode_name}" for f in msgspec.structs.fields(Item) if f.name != "span"} <= set(COLUMNS)


def test_no_articles() -> None:
    assert written("csv", []) == ",".join(COLUMNS) + "\n"
    assert (written("json", []), written("jsonl", []), written("text", [])) == ("[]\n", "", "")


@pytest.mark.parametrize("form", FORMATS)
def test_each_article_is_written_before_the_next_is_read(form: str) -> None:
    asked: list[int] = []

    def pairs() -> Iterator[Pair]:
        for number in range(3):
            asked.append(number)
            yield pair(f"n{number}")

    out = FORMATS[form](pairs())
    while "n0" not in str(next(out)):
        pass
    assert asked == [0]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=4))
def test_json_forms_agree(names: list[str]) -> None:
    pairs = [pair(name) for name in names]
    lines = [json.loads(line) for line in written("jsonl", pairs).split("\n") if line]
    assert json.loads(written("json", pairs)) == lines
    assert [line["id"] for line in lines] == names


@given(
    st.sampled_from("=+-@＝＋－＠\t\r\n ") | st.just(""),
    st.text(st.characters(codec="utf-8", exclude_characters=";"), max_size=20),
)
def test_no_cell_is_a_formula(start: str, rest: str) -> None:
    """Not the values of a list either: a spreadsheet may part them where we join them."""
    for row in csv.DictReader(io.StringIO(written("csv", [pair(start + "=" + rest), pair(start + rest)]))):
        for column, cell in row.items():
            if column != "value_amount":
                for value in (cell, *cell.split(";")):
                    assert not value.strip().startswith(tuple("=+-@＝＋－＠\t\r")), column


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_rows_stay_rows(text: str) -> None:
    out = written("csv", [pair(text, text)])
    assert len(out.splitlines()) == 3
