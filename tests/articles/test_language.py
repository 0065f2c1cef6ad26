"""Which language an article is in."""

import pytest

from materiel.articles.language import as_known, tell_language
from materiel.model.errors import LanguageUnknownError

KNOWN = ("en", "id", "ru")
TEXTS = {
    "en": "The defence ministry said that it had taken delivery of the first of its light fighters.",
    "id": "Kementerian pertahanan mengatakan telah menerima pesawat tempur ringan yang pertama.",
    "ru": "Министерство обороны сообщило, что получило первый из сорока восьми лёгких истребителей.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_known_language_is_told(code: str) -> None:
    assert tell_language(TEXTS[code], KNOWN) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Le ministère de la Défense a annoncé lundi avoir reçu le premier des avions de chasse légers.",
            "fr",
        ),
        ("国防省は月曜日、軽戦闘機の最初の一機を受け取ったと発表した。", "ja"),
        (TEXTS["ru"], "ru"),
    ],
)
def test_another_language_is_named_beside_those_that_are_known(text: str, code: str) -> None:
    with pytest.raises(LanguageUnknownError, match=rf"'{code}'.*only en, id.*--language"):
        tell_language(text, ("en", "id"))


@pytest.mark.parametrize("text", ["12 345", "F-16", "???"])
def test_a_text_without_words_cannot_be_told(text: str) -> None:
    with pytest.raises(LanguageUnknownError, match=r"cannot be told; give it: --language en\|id\|ru"):
        tell_language(text, KNOWN)


def test_a_near_relative_is_told_by_its_own_words() -> None:
    """Malay and Indonesian share most words; where only one can be read, its own texts are not refused."""
    short = "Presiden Rusia memberikan lima drone kepada Kim Jong Un."
    assert tell_language(short, ("en", "id")) == "id"


def test_no_language_is_known() -> None:
    with pytest.raises(LanguageUnknownError, match="only none"):
        tell_language(TEXTS["en"], ())


@pytest.mark.parametrize("code", ["en", "EN", "en-GB", "en_US", " en "])
def test_tags_name_their_language(code: str) -> None:
    assert as_known(code, KNOWN) == "en"


@pytest.mark.parametrize("code", ["xx", "eng", "english", "e"])
def test_a_code_that_is_not_known_is_named(code: str) -> None:
    with pytest.raises(LanguageUnknownError, match=f"'{code}'.*only en, id, ru"):
        as_known(code, KNOWN)
