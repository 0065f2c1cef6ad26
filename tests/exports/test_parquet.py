"""Parquet: read back with the library that everybody reads it with."""

import io

import msgspec
import pytest

from made_events import HOSTILE, all_events, gift

pytest.importorskip("pyarrow")

from pyarrow.parquet import read_table

from materiel.exports.parquet import SCHEMA, write


def test_rows_come_back_with_their_types() -> None:
    stream = io.BytesIO()
    write(all_events(), stream)
    table = read_table(io.BytesIO(stream.getvalue()))
    assert table.schema.equals(SCHEMA)
    drone, _, _, order, hostile = table.to_pylist()
    assert drone["sources"] == ["TASS", "Yonhap"]
    assert (order["number_ordered"], order["numbers_delivered"]) == (24.0, [4.0])
    assert hostile["supplier"] == [HOSTILE, "-b"]
    assert hostile["recipient_country"] == [None, "NATO"]


def test_a_number_beyond_a_float_is_written_as_near_as_one_comes() -> None:
    one = gift()
    item = msgspec.structs.replace(one.event.told.items[0], quantity=10**17 + 1)  # type: ignore[union-attr]
    told = msgspec.structs.replace(one.event.told, items=(item,))
    stream = io.BytesIO()
    write([msgspec.structs.replace(one, event=msgspec.structs.replace(one.event, told=told))], stream)
    assert read_table(io.BytesIO(stream.getvalue())).to_pylist()[0]["number"] == 1e17


def test_no_event_is_an_empty_table() -> None:
    stream = io.BytesIO()
    write([], stream)
    assert read_table(io.BytesIO(stream.getvalue())).num_rows == 0
