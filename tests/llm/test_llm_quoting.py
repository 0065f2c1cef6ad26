"""Quotations are found where they stand in the article as given, whole words only, or nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.llm.quoting import Quotes, plainly
from materiel.model.article import Article
from materiel.model.claim import Span


def quotes(text: str, title: str = "") -> Quotes:
    return Quotes(Article(id="a", language="xx", title=title, text=text))


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("🚀🇷🇺 Россия передала пять танков", "передала пять", 11, 24),
        ("e\u0301te\u0301 🚀 Iran sent", "Iran", 8, 12),
        ("It was “a  gift”,\nhe said", '"a gift", he said', 7, 25),
        ("Seoul’s K2 tanks", "Seoul's K2", 0, 10),
        ("a\u00a0dozen\n\n jets", "dozen jets", 2, 14),
        ("  sent it  ", " sent it ", 2, 9),
        ("한국은 전차를 보냈다", "한국", 0, 2),
        ("中国向巴基斯坦交付坦克", "巴基斯坦", 3, 7),
    ],
)
def test_spans_are_characters_of_the_text_as_given(text: str, words: str, start: int, end: int) -> None:
    assert quotes(text).find(words) == Span(start, end)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Romania bought tanks", "Oman"),
        ("Nigeria bought tanks", "Niger"),
        ("in 2024 it came", "24"),
        ("Ирана", "Иран"),
        ("Russia sent drones", "russia"),
        ("Russia sent drones", "Russia sent five drones"),
        ("Russia sent drones.", "."),
        ("Russia", ""),
        ("Russia", None),
        ("Russia", ["Russia"]),
        ("cafe\u0301", "cafe"),
    ],
)
def test_what_does_not_stand_there_is_not_found(text: str, words: object) -> None:
    assert quotes(text).find(words) is None


def test_the_letter_goes_before_plain_words_and_the_text_before_the_title() -> None:
    found = quotes("'gift' or ‘gift’", title="gift in the title, only here")
    assert found.find("‘gift’") == Span(10, 16)
    assert found.find("only here") == Span(19, 28, "title")
    assert found.words(Span(19, 28, "title")) == "only here"


def test_of_many_places_the_nearest_is_meant() -> None:
    found = quotes("Russia spoke. Much later Russia gave it. Russia left.")
    assert found.find("Russia") == Span(0, 6)
    assert found.find("Russia", Span(32, 36)) == Span(25, 31)


def test_evidence_is_whole_sentences_in_order() -> None:
    text = "One came. Two went. Three saw Gen. Four."
    found = Quotes(Article(id="a", language="xx", title="Head", text=text), frozenset(["gen"]))
    asked = [Span(14, 18), Span(35, 39), Span(0, 4, "title"), Span(0, 3)]
    sentences = found.sentences(asked, 3)
    assert [found.words(s) for s in sentences] == ["Head", "Two went.", "Three saw Gen. Four."]


@given(st.text(max_size=60), st.data())
def test_whatever_is_found_says_the_same(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    found = quotes(text)
    span = found.find(words)
    if span is not None:
        assert plainly(found.words(span))[0].strip() == plainly(words)[0].strip()
        assert 0 <= span.start < span.end <= len(text)


@given(st.lists(st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=5), min_size=1, max_size=6))
def test_every_word_of_a_text_is_found(words: list[str]) -> None:
    text = " ".join(words)
    found = quotes(text)
    for word in words:
        span = found.find(word)
        assert span is not None
        assert text[span.start : span.end] == word
