"""The reader on whole articles: exact spans, silence, the story it was born from, the same answer every time."""

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins

from materiel.languages.load import available
from materiel.learning.corpus import annotated
from materiel.model.article import Article
from materiel.model.claim import Visit
from materiel.reading.drafts import Model
from materiel.reading.reader import Reader, shipped_model

ROOT = Path(__file__).parents[2]
EXAMPLES = annotated(ROOT / "examples")
SILENT = [
    Article(**{k: v for k, v in json.loads(f.read_text(encoding="utf-8")).items() if k != "claims"})
    for f in sorted((ROOT / "tests" / "silence").glob("*.json"))
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def spans_of(cell: Any) -> list[dict[str, Any]]:
    """All spans in a claim, wherever they are."""
    if isinstance(cell, dict):
        if set(cell) <= {"start", "end", "field"} and "start" in cell:
            return [cell]
        return [s for value in cell.values() for s in spans_of(value)]
    if isinstance(cell, list | tuple):
        return [s for value in cell for s in spans_of(value)]
    return []


@pytest.mark.parametrize("article", EXAMPLES, ids=lambda a: a.id)
def test_every_span_stands_in_the_article(reader: Reader, article: Article) -> None:
    claims = reader.claims(article)
    assert claims
    for claim in claims:
        cells = to_builtins(claim)
        assert cells["evidence"]
        for span in spans_of(cells):
            field = article.title if span.get("field") == "title" else article.text
            assert 0 <= span["start"] < span["end"] <= len(field)
        for role in ("supplier", "recipient", "items", "visitor", "host", "places", "who", "viewer", "participants"):
            for cell in cells.get(role, ()):
                span = cell["span"]
                field = article.title if span.get("field") == "title" else article.text
                assert field[span["start"] : span["end"]] == cell["text"]


def test_articles_that_report_no_claim_stay_silent(reader: Reader) -> None:
    loud = [article.id for article in SILENT if reader.claims(article)]
    assert len(loud) <= len(SILENT) // 10, loud


def test_the_story_it_was_born_from(reader: Reader) -> None:
    article = next(a for a in EXAMPLES if a.id == "kim-oleh-oleh")
    claims = [to_builtins(c) for c in reader.claims(article)]
    transfers = [c for c in claims if c["kind"] == "transfer"]
    gifts = [c for c in transfers if [p["country"] for p in c["recipient"]] == ["KP"] and c["status"] == "delivered"]
    assert all([p["country"] for p in c["supplier"]] == ["RU"] for c in gifts)
    given = {i["class"] for c in gifts for i in c["items"]}
    assert {"uav.loitering", "protective.bodyarmour"} <= given
    assert "Geran 25" in {i["designation"] for c in gifts for i in c["items"]}
    assert any("Gubernur Primorye" in p["text"] for c in gifts for p in c["supplier"])
    asked = [c for c in transfers if c["items"][0]["class"] == "ammunition"]
    assert [p["country"] for c in asked for p in c["supplier"]] == ["KP"]
    visit = next(c for c in claims if c["kind"] == "visit")
    assert (visit["days"], visit["visitor"][0]["country"]) == (6, "KP")
    assert {p["country"] for c in claims if c["kind"] == "meeting" for p in c["participants"]} >= {"KP", "RU"}
    assert "TASS" in {s for c in claims for s in c["sources"]}
    assert "Chelsea" not in json.dumps(claims)


def test_reading_leaves_no_trace(reader: Reader) -> None:
    once = [reader.read(a) for a in EXAMPLES]
    assert [Reader().read(a) for a in reversed(EXAMPLES)][::-1] == once


def test_confidence_is_a_chance(reader: Reader) -> None:
    sure = [c.confidence for a in EXAMPLES for c in reader.claims(a)]
    assert all(p is not None and 0 <= p <= 1 for p in sure)


@pytest.mark.parametrize("language", available())
@pytest.mark.parametrize(
    "text", ["", " \n\n ", "?", "1", "-", "a" * 5000, "\u202e\x00 \ud7ff", "(" * 300, "Putin " * 400]
)
def test_odd_texts_are_read_without_complaint(reader: Reader, language: str, text: str) -> None:
    reader.claims(Article(id="odd", language=language, published="not a date", title=text[:50], text=text))


@pytest.mark.parametrize(
    ("again", "days"), [("The trip lasted five days.", 5), ("The trip to Cuba lasted five days.", None)]
)
def test_days_of_a_visit_taken_up_without_a_name(again: str, days: int | None) -> None:
    model = shipped_model()
    reader = Reader(Model({**model, "least": model["least"] | {"visit": 0.0}}))  # however unsure it is
    text = f"Japan's prime minister visited India last week for talks on patrol aircraft. {again}"
    article = Article(id="t", language="en", published="2024-03-04", title="", text=text)
    visits = [c for c in reader.claims(article) if isinstance(c, Visit)]
    assert [v.days for v in visits if v.host[0].country == "IN"] == [days]
