"""JSON Lines: everything there, once, and nothing that acts."""

import io
import json
from typing import Any

from made_events import HOSTILE, all_events
from materiel.exports.jsonl import write

GUIDE = ("status", "stance", "sources", "places", "date", "event")
TRANSFER = ("supplier", "recipient", "intermediary", "items", "mode", "value", "end_use")


def lines() -> list[bytes]:
    stream = io.BytesIO()
    write(all_events(), stream)
    return stream.getvalue().splitlines(keepends=True)


def objects() -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines()]


def test_one_line_an_event_with_every_cell_of_its_kind() -> None:
    gift, _, visit, _ = objects()
    assert {*GUIDE, *TRANSFER} <= gift.keys()
    assert {*GUIDE, "visitor", "host", "days"} <= visit.keys()
    assert (gift["id"], gift["kind"], gift["items"][0]["quantity"]) == ("gift", "transfer", 5)
    assert gift["claims"] == [{"article": a, "claim": 0} for a in ("a1", "a2", "a3")]
    assert gift["contradictions"][0]["values"][1]["roots"] == ["Yonhap"]
    assert gift["findings"][0]["embargo"] == "UN-KP"
    assert gift["history"][0]["status"] == "delivered"
    assert gift["roots"] == ["TASS", "Yonhap"]


def test_no_offsets() -> None:
    assert not any(b'"span' in line or b'"evidence"' in line or b'"confidence"' in line for line in lines())


def test_text_is_kept_and_cannot_act() -> None:
    raw, hostile = lines()[3], objects()[3]
    assert hostile["supplier"][0]["name"] == HOSTILE
    assert not any(c in raw for c in (b"\x1b", "\u202e".encode(), "\U000e0041".encode()))


def test_same_input_same_output() -> None:
    assert lines() == lines()
