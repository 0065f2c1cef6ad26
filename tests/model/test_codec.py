"""JSON and back: nothing is lost, every cell is there, errors name the field."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.model.article import Article, Reading
from materiel.model.claim import ROLES, Claim, Span
from materiel.model.codec import decode_given, decode_list, decode_reading, encode_article, encode_reading
from materiel.model.errors import ArticleError, FieldError

COMMON = {"kind", "status", "stance", "sources", "places", "date", "event"}
CELLS = {
    "transfer": {"supplier", "recipient", "intermediary", "items", "mode", "value", "end_use"},
    "visit": {"visitor", "host", "days"},
    "meeting": {"participants"},
    "inspection": {"viewer", "items"},
    "agreement": {"parties", "subject"},
    "reaction": {"who", "tone", "about"},
}

words = st.text(st.characters(codec="utf-8"), max_size=30)
spans = st.builds(
    lambda start, length, field: Span(start, start + length, field),
    st.integers(0, 99),
    st.integers(0, 99),
    st.sampled_from(["text", "title"]),
)
mentions = st.fixed_dictionaries(
    {"text": words, "name": words, "country": st.none() | st.sampled_from(["RU", "ID", "EU"])}
)
numbers = st.none() | st.integers(0, 10**9) | st.floats(0, 1e6).filter(lambda x: x != int(x))
items = st.fixed_dictionaries(
    {
        "text": words,
        "class": st.just("uav"),
        "designation": st.none() | words,
        "quantity": numbers,
        "qualifier": st.none() | st.sampled_from(["exact", "some", "at_least"]),
        "unit": st.none() | words,
    }
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """A claim of any kind, decoded from plain values."""
    kind = draw(st.sampled_from(sorted(CELLS)))
    cells: dict[str, Any] = {
        "kind": kind,
        "status": draw(st.sampled_from(["delivered", "agreed"])),
        "stance": draw(st.sampled_from(["stated", "denied"])),
        "sources": draw(st.lists(words, max_size=2)),
        "places": draw(st.lists(mentions, max_size=2)),
        "date": draw(st.none() | st.just("2024-05")),
        "confidence": draw(st.none() | st.floats(0, 1)),
    }
    cells |= {role: draw(st.lists(mentions, max_size=2)) for role in ROLES[kind]}
    if "items" in CELLS[kind]:
        cells["items"] = draw(st.lists(items, max_size=2))
    if kind == "reaction":
        cells |= {"tone": "concern", "about": draw(st.none() | words)}
    if kind == "transfer":
        cells["value"] = draw(st.none() | st.just({"amount": 3, "currency": "USD"}))
    claim: Claim = msgspec.convert(cells, Claim)
    evidence = tuple(draw(st.lists(spans, max_size=2)))
    return msgspec.structs.replace(claim, evidence=evidence, spans={"status": evidence})


readings = st.builds(
    lambda id, title, found: Reading(id=id, language="en", title=title, claims=tuple(found)),
    words,
    words,
    st.lists(claims(), max_size=3),
)


@given(readings)
def test_a_reading_survives_the_round(reading: Reading) -> None:
    assert decode_reading(encode_reading(reading)) == reading


@given(readings)
def test_json_is_one_line_that_cannot_act_on_a_terminal(reading: Reading) -> None:
    shown = encode_reading(reading).decode()
    assert not [c for c in shown if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u2029\u202e\u2066\ufeff"]


@given(readings)
def test_every_cell_of_the_kind_is_there_and_no_other(reading: Reading) -> None:
    for claim in json.loads(encode_reading(reading))["claims"]:
        assert set(claim) == COMMON | CELLS[claim["kind"]] | {"spans", "evidence", "confidence"}
        assert claim["event"] is None
        for party in [p for role in ROLES[claim["kind"]] for p in claim[role]] + claim["places"]:
            assert set(party) == {"text", "name", "country", "span"}
        for item in claim.get("items", []):
            assert set(item) == {"text", "class", "designation", "quantity", "qualifier", "unit", "span"}


@given(words, words, words)
def test_an_article_survives_the_round(id: str, title: str, text: str) -> None:
    found = decode_given(encode_article(Article(id=id, language="en", published="2024-01-02", title=title, text=text)))
    assert (found.id, found.language, found.published, found.title, found.text) == (
        id,
        "en",
        "2024-01-02",
        title,
        text,
    )


def test_what_is_no_field_is_ignored() -> None:
    found = decode_given(b'{"text": "a", "claims": [{"kind": "nonsense"}], "author": 3}')
    assert (found.text, found.id) == ("a", None)


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (b'{"text": 3}', "$.text"),
        (b'{"id": "a"}', "$.text"),
        (b'{"text": "a", "published": 2024}', "$.published"),
        (b'{"text": "a", "language": ["en"]}', "$.language"),
        (b'"text"', "$"),
    ],
)
def test_an_error_names_the_field(data: bytes, path: str) -> None:
    with pytest.raises(FieldError) as caught:
        decode_given(data)
    assert caught.value.path == path
    assert str(caught.value).startswith(f"{path}: ")


def test_a_deep_error_names_its_path() -> None:
    with pytest.raises(FieldError, match=r"^\$\.claims\[0\]\.status: "):
        decode_reading(b'{"id":"a","language":"en","claims":[{"kind":"visit","status":"x","stance":"stated"}]}')


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'{"text": "a', "cut off"),
        (b'{"text": "a",}', "no valid JSON"),
        (b'{\n"text": "a",\n"id": b}', r"no valid JSON: invalid character \(byte 21\) in line 3; mend it"),
        (b'{"text": "a"}\n{"text": "b"}', ".jsonl"),
        (b'{"text": "a", "x": ' + b"[" * 100_000, "nested"),
        (b'{"text": "\\ud800 half a pair"}', "JSON"),
    ],
)
def test_json_that_is_none_is_told(data: bytes, says: str) -> None:
    with pytest.raises(ArticleError, match=says):
        decode_given(data)


def test_a_list_is_taken_apart() -> None:
    assert [bytes(e) for e in decode_list(b'[{"a": 1}, 2]')] == [b'{"a": 1}', b"2"]
