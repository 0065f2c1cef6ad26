"""The trained reader as it ships: claims with exact spans, the same each time, whatever the language."""

from pathlib import Path

import pytest

from materiel.encoder.reader import TrainedReader
from materiel.learning.corpus import annotated
from materiel.model.article import AnnotatedArticle, Article
from materiel.model.claim import ROLES
from materiel.reading.reader import Reader

EXAMPLES = annotated(Path(__file__).parents[2] / "examples")


@pytest.fixture(scope="module")
def reader() -> TrainedReader:
    """The reader with what ships."""
    return TrainedReader()


@pytest.mark.parametrize("article", EXAMPLES, ids=lambda a: a.id)
def test_every_cell_stands_in_the_article(article: AnnotatedArticle, reader: TrainedReader) -> None:
    claims = reader.claims(article)
    assert claims
    for claim in claims:
        assert claim.evidence
        assert claim.confidence is not None
        roles = ROLES[claim.kind]
        for cell in (*claim.places, *getattr(claim, "items", ()), *(p for role in roles for p in getattr(claim, role))):
            field = article.title if cell.span.field == "title" else article.text
            assert field[cell.span.start : cell.span.end] == cell.text


def test_the_same_text_gives_the_same_claims(reader: TrainedReader) -> None:
    assert reader.claims(EXAMPLES[0]) == TrainedReader().claims(EXAMPLES[0])


def test_it_finds_a_plain_transfer(reader: TrainedReader) -> None:
    text = "Norway has delivered 14 Leopard 2 tanks to Ukraine, the defence ministry in Oslo said on Monday."
    (claim,) = reader.claims(Article(id="a", language="en", published="2023-03-21", text=text))
    assert [p.country for p in claim.supplier] == ["NO"]  # type: ignore[union-attr]
    assert [p.country for p in claim.recipient] == ["UA"]  # type: ignore[union-attr]
    assert claim.status == "delivered"


@pytest.mark.parametrize("text", ["", "x", "Nothing at all happened in the quiet town.", "🚀" * 3000])
def test_text_without_claims_is_silent(text: str, reader: TrainedReader) -> None:
    assert reader.claims(Article(id="a", language="en", text=text)) == []


@pytest.mark.parametrize("odd", ["🚀" * 3000, "\u202e\x00 \ud7ff", "(" * 300, "9" * 400])
def test_odd_text_beside_a_claim_hides_nothing(odd: str, reader: TrainedReader) -> None:
    told = "Norway has delivered 14 Leopard 2 tanks to Ukraine, the defence ministry in Oslo said on Monday."
    assert reader.claims(Article(id="a", language="en", published="2023-03-21", text=f"{told}\n\n{odd}"))


def test_a_very_long_article_is_read_to_its_end(reader: TrainedReader) -> None:
    filler = "The defence ministry in Berlin told reporters at its briefing that talks on the budget go on. " * 400
    text = f"{filler}\n\nGermany delivered 12 howitzers to Ukraine on Monday."
    found = reader.claims(Article(id="a", language="en", published="2023-03-21", text=text))
    assert any(claim.evidence[0].start >= len(filler) for claim in found)


def test_the_quick_reader_sees_no_encoder(reader: TrainedReader) -> None:
    before = Reader().claims(EXAMPLES[0])
    reader.claims(EXAMPLES[0])
    assert Reader().claims(EXAMPLES[0]) == before
