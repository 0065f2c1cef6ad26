"""What a model says is kept only where it holds against the article; the rest is dropped and counted."""

from typing import Any

import pytest
from made_answers import TEXT, item, party, transfer

from materiel.llm import checking
from materiel.llm.checking import Checked, check
from materiel.model.article import Article, reading_of
from materiel.model.claim import Reaction, Span, Transfer
from materiel.model.codec import decode_reading, encode_reading

ARTICLE = Article(id="a", language="en", published="2024-05-08", title="Drones for Minsk", text=TEXT)


def checked(*answers: Any) -> Checked:
    return check(list(answers), ARTICLE)


def only(*answers: Any) -> Transfer:
    (claim,) = checked(*answers).claims
    assert isinstance(claim, Transfer)
    return claim


def test_a_claim_that_holds_is_kept_whole() -> None:
    found = checked(transfer())
    (claim,) = found.claims
    assert not found.dropped
    assert isinstance(claim, Transfer)
    assert (claim.status, claim.stance, claim.date, claim.sources) == ("delivered", "stated", "2024-05-06", ("TASS",))
    assert (claim.confidence, claim.event) == (None, None)
    (drones,) = claim.items
    assert (drones.item_class, drones.designation, drones.quantity) == ("uav.loitering", "Geran-2", 5)
    spans = [claim.supplier[0].span, drones.span, *claim.spans["status"], *claim.spans["date"]]
    words = ["Russia", "five Geran-2 drones", "delivered", "on Monday"]
    assert [TEXT[s.start : s.end] for s in spans if s] == words
    assert [TEXT[s.start : s.end] for s in claim.evidence] == [TEXT.split("\n\n")[0]]
    reading = reading_of(ARTICLE, [claim])
    assert decode_reading(encode_reading(reading)) == reading


QUOTES = transfer()["quotes"]
CASES: dict[str, tuple[dict[str, Any], str, str, Any]] = {
    "supplier not in the text": ({"supplier": [party("Iran", "Iran", "IR")]}, checking.NO_WORDS, "supplier", ()),
    "source not in the text": ({"sources": ["TASS", "AFP"]}, checking.NO_WORDS, "sources", ("TASS",)),
    "place not in the text": ({"places": [party("Brest")]}, checking.NO_WORDS, "places", ()),
    "date without words": ({"quotes": {**QUOTES, "date": None}}, checking.NO_WORDS, "date", None),
    "date with other words": ({"quotes": {**QUOTES, "date": "on Friday"}}, checking.NO_WORDS, "date", None),
    "no date": ({"date": "Monday"}, checking.BAD_FORM, "date", None),
    "no day": ({"date": "2024-02-30"}, checking.BAD_FORM, "date", None),
    "mode": ({"mode": "theft"}, checking.BAD_FORM, "mode", None),
    "currency": ({"value": {"amount": 5, "currency": "QQQ"}}, checking.BAD_FORM, "value", None),
    "value without words": ({"value": {"amount": 5, "currency": "USD"}}, checking.NO_WORDS, "value", None),
    "class": ({"items": [item("drones"), item("Geran-2", **{"class": "uav.magic"})]}, checking.NO_CLASS, "items", 1),
    "item's form": ({"items": [item("drones"), item("Geran-2", quantity="5")]}, checking.BAD_FORM, "items", 1),
    "negative quantity": ({"items": [item("drones"), item("Geran-2", quantity=-5)]}, checking.BAD_FORM, "items", 1),
    "party's form": ({"supplier": ["Russia"]}, checking.BAD_FORM, "supplier", ()),
    "list's form": ({"supplier": "Russia"}, checking.BAD_FORM, "supplier", ()),
}


@pytest.mark.parametrize("name", CASES)
def test_a_cell_that_does_not_hold_is_dropped_and_counted(name: str) -> None:
    cells, why, cell, left = CASES[name]
    found = checked(transfer(**cells))
    assert dict(found.dropped) == {why: 1}
    (claim,) = found.claims
    value = getattr(claim, cell)
    assert (len(value) if isinstance(left, int) else value) == left


def test_a_country_that_there_is_not_leaves_the_party() -> None:
    found = checked(transfer(supplier=[party("Russia", "Russia", "RUS")], recipient=[party("Minsk", " ", "NATO")]))
    (claim,) = found.claims
    assert isinstance(claim, Transfer)
    assert dict(found.dropped) == {checking.NO_COUNTRY: 1}
    assert [(p.name, p.country) for p in claim.supplier + claim.recipient] == [("Russia", None), ("Minsk", "NATO")]


def test_a_number_and_a_type_need_words_too() -> None:
    (made,) = only(transfer(items=[item("drones", quantity=500, qualifier="about", designation="Shahed")])).items
    assert (made.text, made.quantity, made.qualifier, made.designation) == ("drones", None, None, None)


@pytest.mark.parametrize(
    "cells",
    [
        {"items": []},
        {"items": [item("tanks")]},
        {"supplier": [], "recipient": [party("Iran")]},
        {"status": "stolen"},
        {"quotes": {**QUOTES, "status": "shipped"}},
        {"quotes": None},
        {"stance": "alleged"},
        {"kind": "meeting"},
    ],
)
def test_a_claim_without_what_its_kind_needs_is_dropped(cells: dict[str, Any]) -> None:
    found = checked(transfer(**cells))
    assert found.claims == []
    assert found.dropped[checking.LACKING] == 1


@pytest.mark.parametrize("answer", [None, 5, "transfer", [], {}, {"kind": "theft"}, {"kind": ["transfer"]}])
def test_what_is_no_claim_is_dropped(answer: Any) -> None:
    found = checked(answer, transfer())
    assert len(found.claims) == 1
    assert dict(found.dropped) == {checking.BAD_CLAIM: 1}


def test_doubt_is_not_lost_with_its_words() -> None:
    """A claim that was alleged must not become a fact where the words of the doubt are not found."""
    claim = only(transfer(stance="alleged", quotes={**QUOTES, "stance": "TASS reported"}))
    assert (claim.stance, claim.spans["stance"]) == ("alleged", (Span(78, 91),))
    assert checked(transfer(stance="denied", quotes={**QUOTES, "stance": "not so"})).claims == []


def test_spans_of_an_answer_are_never_taken() -> None:
    """Offsets are ours, and so are the event and how sure we are."""
    told = transfer(
        supplier=[{**party("Russia"), "span": {"start": 90, "end": 99}}],
        items=[{**item("drones"), "span": {"start": 90, "end": 99}}],
        spans={"status": [{"start": 0, "end": 1}]}, confidence=1.0, event="x", evidence=[{"start": 0, "end": 9}],
    )  # fmt: skip
    claim = only(told)
    assert claim.supplier[0].span == Span(TEXT.index("Russia"), TEXT.index("Russia") + 6)
    assert claim.items[0].span == Span(TEXT.index("drones"), TEXT.index("drones") + 6)
    assert (claim.confidence, claim.event) == (None, None)


def test_claims_come_in_the_order_of_the_text_each_once() -> None:
    denial = {
        "kind": "reaction", "status": "delivered", "stance": "stated", "sources": [], "places": [], "date": None,
        "who": [party("Minsk", "Belarus", "BY")], "tone": "denial", "about": "more of the same",
        "quotes": {"status": "denied it", "tone": "denied", "stance": None, "date": None},
    }  # fmt: skip
    found = checked(denial, transfer(), transfer())
    assert [type(c) for c in found.claims] == [Transfer, Reaction]
    assert dict(found.dropped) == {checking.TWICE: 1}
    reaction = found.claims[1]
    assert isinstance(reaction, Reaction)
    assert (reaction.tone, reaction.about) == ("denial", "more of the same")


def test_words_of_the_title_alone_have_its_offsets() -> None:
    claim = only(transfer(recipient=[party("Drones for Minsk")]))
    assert claim.recipient[0].span == Span(0, 16, "title")


def test_a_language_without_a_pack_is_read() -> None:
    text = "🚀 Rosja dostarczyła pięć czołgów Białorusi."
    article = Article(id="a", language="pl", text=text)
    answer = transfer(
        supplier=[party("Rosja", "Russia", "RU")], recipient=[party("Białorusi", "Belarus", "BY")],
        items=[item("pięć czołgów", **{"class": "armour.tank"})], sources=[], date=None,
        quotes={**QUOTES, "status": "dostarczyła"},
    )  # fmt: skip
    (claim,) = check([answer], article).claims
    assert isinstance(claim, Transfer)
    assert claim.supplier[0].span == Span(2, 7)
    assert text[claim.evidence[0].start : claim.evidence[0].end] == text
