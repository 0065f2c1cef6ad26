"""Offsets are exact in every language and script, whatever the text holds."""

from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.languages.pieces import pieces
from materiel.languages.sentences import split_sentences
from materiel.languages.shape import Furniture
from materiel.model.article import Article
from materiel.reading.text import lower, read_text, unwrapped

NO_ABBREVIATIONS: frozenset[str] = frozenset()


def article(text: str, title: str = "") -> Article:
    return Article(id="a", language="xx", title=title, text=text)


@given(st.text(max_size=400), st.text(max_size=60))
def test_pieces_stand_where_they_say(text: str, title: str) -> None:
    read = read_text(article(text, title), NO_ABBREVIATIONS, Furniture())
    for word, start, end in zip(read.words, read.starts, read.ends, strict=True):
        assert lower(read.string)[start:end] == word
        span = read.span(start, end)
        assert (title if span.field == "title" else text)[span.start : span.end] == read.string[start:end]


@given(st.text(max_size=400))
def test_lower_keeps_the_length(text: str) -> None:
    assert len(lower(text)) == len(text)


@given(st.text(max_size=400))
def test_every_word_stands_in_one_sentence(text: str) -> None:
    read = read_text(article(text), NO_ABBREVIATIONS, Furniture())
    for n, (first, last) in enumerate(read.bounds):
        assert all(read.sentence_of[i] == n for i in range(first, last))
    assert sum(last - first for first, last in read.bounds) == len(read.words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One came. Two left.", ["One came.", "Two left."]),
        ("Gen. Smith spoke.", ["Gen. Smith spoke."]),
        ("J. Doe said “no.” Then he left.", ["J. Doe said “no.”", "Then he left."]),
        ("A line\n\nAnother line", ["A line", "Another line"]),
        ("It cost 3.5 million. Yes.", ["It cost 3.5 million.", "Yes."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split_sentences(text, frozenset(["gen"]))] == expected


def test_a_type_has_the_same_pieces_however_it_is_spelt() -> None:
    assert pieces("Su-35S") == pieces("Su 35S") == pieces("SU–35 s") == ("su", "35", "s")


def test_a_line_of_furniture_is_no_part_of_the_article() -> None:
    kinds = Furniture(starts=("read also",), is_=("share",), contains=("newsletter",))
    text = "Arms came. They left.\n\nREAD ALSO: Arms. More arms.\n\nShare\nSign up to our Newsletter now.\n\nThe end."
    read = read_text(article(text), NO_ABBREVIATIONS, kinds)
    assert [text[a:b] for a, b in read.sentences] == ["Arms came.", "They left.", "The end."]


@pytest.mark.parametrize("run", ["...", "?!... ", " . . . ", "\n\n\n", " \n \n ", ".\n.\n"])
def test_runs_of_marks_and_spaces_part_as_one_mark_does(run: str) -> None:
    text = f"Norway gave tanks{run * 50}Ukraine has them."
    found = [text[a:b] for a, b in split_sentences(text, frozenset())]
    assert found[0].startswith("Norway gave tanks")
    assert found[-1].endswith("Ukraine has them.")
    assert all(sentence == sentence.strip() for sentence in found)


PARAGRAPHS = [
    "Poland has signed a contract for about 7 billion euros with a Korean maker, the defence ministry in Warsaw said "
    "on Tuesday. The first tanks come next year, and the last ones three years after them, it added.",
    "The minister told reporters that the howitzers had already been paid for, and that training of the crews began "
    "in March at a base in the north of the country, which is not far from the border.",
]


@pytest.mark.parametrize("width", [60, 72, 80])
def test_lines_broken_to_a_width_part_nothing(width: int) -> None:
    whole = Article(id="a", language="en", text="\n\n".join(PARAGRAPHS))
    broken = Article(id="a", language="en", text="\n\n".join("\n".join(wrap(p, width)) for p in PARAGRAPHS))
    texts = [read_text(one, frozenset(), Furniture()) for one in (whole, broken)]
    assert texts[0].sentences == texts[1].sentences
    assert texts[0].words == texts[1].words
    assert texts[1].string == broken.text


@pytest.mark.parametrize("text", ["\n".join(PARAGRAPHS), "Poland\nKorea\nNorway\nUkraine\nIndonesia\n" + PARAGRAPHS[0]])
def test_lines_of_any_length_are_paragraphs(text: str) -> None:
    assert unwrapped(text) == text
