"""The reader on whole articles: exact spans, silence, the story it was born from, the same answer every time."""

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins

from materiel.languages.load import available
from materiel.learning.corpus import annotated
from materiel.model.article import Article
from materiel.model.claim import Transfer, Visit
from materiel.reading.assembling import _evidence
from materiel.reading.drafts import Draft, Model
from materiel.reading.frames import find_frames
from materiel.reading.lexicon import lexicon_of
from materiel.reading.reader import Reader, shipped_model
from materiel.reading.scene import set_scene
from materiel.world.countries import english_names

ROOT = Path(__file__).parents[2]
EXAMPLES = annotated(ROOT / "examples")
SILENT = [
    Article(**{k: v for k, v in json.loads(f.read_text(encoding="utf-8")).items() if k != "claims"})
    for f in sorted((ROOT / "tests" / "silence").glob("*.json"))
]


# A text of each language that passes triage, so that what stands beside it goes through all stages.
PLAIN = {
    "en": "Norway gave Ukraine 14 tanks, the defence ministry in Oslo said.",
    "id": "Rusia menyerahkan 14 tank kepada Korea Utara, kata kementerian pertahanan.",
    "ru": "Россия передала КНДР 14 танков, сообщило министерство обороны.",
}


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
    "text",
    [
        *("", " \n\n ", "?", "1", "-", "a" * 5000, "\u202e\x00 \ud7ff", "(" * 300, "Putin " * 400, "." * 5000),
        *(
            "9" * 400,
            "9" * 320 + " billion tanks",
            "on ① May",
            "② days ago",
            "28 ①②③ tanks",
            "01/05/0000",
            "0000-01-05",
        ),
        *("9999-12-31, a day later", "99 years ago", "$", "Kim, (", "yesterday, on Friday, tomorrow, next week"),
    ],
)
@pytest.mark.parametrize("published", ["not a date", "0001-01-01", "9999-12-31", "2023-09-20"])
def test_odd_texts_are_read_without_complaint(reader: Reader, language: str, published: str, text: str) -> None:
    told = PLAIN[language]
    assert reader.claims(Article(id="plain", language=language, published=published, text=told))
    for odd in (f"{text} {told}", f"{told} {text}", f"{told[:-1]} {text}."):
        reader.claims(Article(id="odd", language=language, published=published, title=text[:50], text=odd))


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Norway gave Ukraine ten M1 tanks and twenty M113 armoured personnel carriers.", {"M1": 10, "M113": 20}),
        ("Norway gave Ukraine six Mi-2 helicopters and four Mi-24 helicopters.", {"Mi-2": 6, "Mi-24": 4}),
    ],
)
def test_a_name_within_a_name_is_another_thing(reader: Reader, text: str, items: dict[str, int]) -> None:
    claims = reader.claims(Article(id="a", language="en", published="2023-09-20", text=text))
    told = [i for c in claims if isinstance(c, Transfer) for i in c.items]
    assert {i.designation: i.quantity for i in told} == items


def test_the_surest_sentences_are_the_evidence() -> None:
    article = Article(id="a", language="en", text=" ".join(f"Norway gave Ukraine {n} tanks." for n in range(2, 8)))
    scene = set_scene(article, lexicon_of("en"), english_names())
    drafts = [Draft(f, [], 0.9 if f.sentence == 5 else 0.6) for f in find_frames(scene) if f.kind == "transfer"]
    assert len(drafts) == 6
    assert scene.text.sentences[5][0] in [span.start for span in _evidence(scene, drafts)]


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


def test_a_party_is_not_called_by_the_dateline(reader: Reader) -> None:
    text = "LONDON — Britain sent Ukraine ten tanks on Monday, the defence ministry said."
    (claim,) = reader.claims(Article(id="a", language="en", published="2023-09-20", text=text))
    assert isinstance(claim, Transfer)
    assert [p.text for p in claim.supplier] == ["Britain"]
