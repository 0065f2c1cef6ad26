"""Whose the offices, forces and people are that a text names without their country, and who is a person at all."""

import pytest

from materiel.model.article import Article
from materiel.reading.lexicon import lexicon_of
from materiel.reading.scene import Scene, set_scene
from materiel.world.countries import english_names


def scene(language: str, text: str) -> Scene:
    article = Article(id="a", language=language, text=text, published="2023-09-20")
    return set_scene(article, lexicon_of(language), english_names())


@pytest.mark.parametrize(
    ("language", "text", "words", "country"),
    [
        # tied by a preposition, or by `and` to an office that has a country
        ("en", "Russia looked on. The foreign ministry in Pyongyang denied it.", "foreign ministry", "KP"),
        ("en", "Greece made an offer. Experts from Karachi saw the ships.", "Experts", "PK"),
        ("id", "Amerika mengirim uang kepada pemerintah dan militer Ukraina.", "pemerintah", "UA"),
        ("ru", "Сеул возражал. Министерство обороны в Ханое молчало.", "Министерство обороны", "VN"),
        # what a city hosts of another state is not the city's
        ("en", "Peru protested. The ambassador in Vienna was told.", "ambassador", "PE"),
        # the dateline, where the paragraph names nobody
        ("en", "SOFIA, May 3 (Agency) - It came late.\n\nThe defence ministry kept silent.", "defence ministry", "BG"),
        # the paragraph, before the sentence that comes last in another one
        ("en", "Chad bought tanks in Ukraine.\n\nKenya too has bought some. The army is glad.", "army", "KE"),
    ],
)
def test_a_bare_office_has_the_country_that_most_speaks_for(language: str, text: str, words: str, country: str) -> None:
    read = scene(language, text)
    party = next(p for p in read.parties if read.text.quote(p.first, p.last) == words)
    assert (party.country, party.sure) == (country, False)


def test_a_person_told_by_office_alone_keeps_the_country() -> None:
    read = scene("en", "In Chad General Idriss Moroto spoke.\n\nFrance and Mali listened. General Idriss Moroto left.")
    assert [p.country for p in read.parties if p.name == "Idriss Moroto"] == ["TD", "TD"]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "William Cabaniss, the American ambassador, left.", "William Cabaniss, the American ambassador"),
        ("en", "It was wrong, said Pia Lindqvist of Sweden.", "Pia Lindqvist"),
        ("en", "Rusty Halloran said that America erred.", "Rusty Halloran"),
        ("id", "Itu keliru, kata Gregor Gysi di Jerman.", "Gregor Gysi"),
        ("id", "Menteri Pertahanan (Menhan) Rusia Oleg Petrov tiba.", "Menteri Pertahanan (Menhan) Rusia Oleg Petrov"),
    ],
)
def test_a_person(language: str, text: str, words: str) -> None:
    read = scene(language, text)
    assert [read.text.quote(p.first, p.last) for p in read.parties if p.sort == "person"] == [words]


def test_a_word_in_brackets_that_is_no_abbreviation_stays_outside() -> None:
    read = scene("en", "The Russian foreign ministry (Tuesday) spoke.")
    assert [read.text.quote(p.first, p.last) for p in read.parties] == ["Russian foreign ministry"]
    assert [w.value for w in read.dates] == ["2023-09-19"]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Jakarta, CNN Indonesia -- Rusia mengirim rudal.", "Jakarta, CNN Indonesia -- "),
        ("Moskow, Sputnik — Rusia mengirim rudal.", "Moskow, Sputnik — "),
        ("Naik Kereta Api, Kim Jong-un tiba di Rusia.", ""),
    ],
)
def test_the_place_and_outlet_that_open_a_report(text: str, opening: str) -> None:
    start, end = scene("id", text).text.dateline
    assert text[start:end] == opening
