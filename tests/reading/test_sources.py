"""Sources: whole phrases, names that no list knows, and mentions of one voice."""

import pytest

from materiel.model.article import Article
from materiel.reading.lexicon import lexicon_of
from materiel.reading.scene import Scene, set_scene
from materiel.reading.sources import find_sources
from materiel.reading.voices import find_voices
from materiel.world.countries import english_names


def scene(language: str, text: str) -> Scene:
    article = Article(id="x", language=language, published="2024-05-17", title="", text=text)
    return set_scene(article, lexicon_of(language), english_names())


def sources(language: str, text: str) -> dict[str, str]:
    """The phrase of each source and how it is tied to a word of speech."""
    found = scene(language, text)
    return {found.text.quote(s.first, s.last): s.spoken for s in find_sources(found)}


@pytest.mark.parametrize(
    ("language", "text", "phrase"),
    [
        ("en", "The Ministry of National Defense (MND) said ten tanks had come.", "Ministry of National Defense (MND)"),
        ("en", "Ten tanks have come, officials of the coast guard said.", "officials of the coast guard"),
        ("en", "Ten tanks have come, the news agency TASS said.", "news agency TASS"),
        ("id", "Sepuluh tank sudah tiba, tulis kantor berita Antara.", "kantor berita Antara"),
        ("en", "The Turkish news agency, Anadolu, said that ten tanks had come.", "Turkish news agency, Anadolu"),
        ("id", "Sepuluh tank sudah tiba, ujar Willgo Santara.", "Willgo Santara"),
        (
            "id",
            "Sepuluh tank tiba, kata Direktur Bisnis Ekspor dan Impor Wijil Jadmikan.",
            "Direktur Bisnis Ekspor dan Impor Wijil Jadmikan",
        ),
        ("en", "Ten tanks came, the defence minister said Monday.", "defence minister"),
        ("id", "Menurut surat kabar Kelompokan, sepuluh tank sudah tiba.", "surat kabar Kelompokan"),
        ("ru", "Десять танков прибыли, пишет газета «Вестостан».", "газета «Вестостан»"),
    ],
)
def test_a_source_is_its_whole_phrase(language: str, text: str, phrase: str) -> None:
    assert phrase in sources(language, text)


def test_what_is_added_between_commas_does_not_part_a_speaker_from_the_verb() -> None:
    told = sources("en", "Minister Vedant Laskar, a friend of the ninth fleet for many years, said ten tanks came.")
    assert told["Minister Vedant Laskar"] == "verbs-right-0"


def test_no_name_is_taken_from_a_word_that_only_opens_a_sentence() -> None:
    assert "Deputies" not in sources("en", "Deputies said ten tanks had come.")


@pytest.mark.parametrize(
    ("language", "text", "mentions"),
    [
        ("id", "Tank tiba, kata Wijil Jadmikan. Munisi menyusul, menurut Wijil. Wijil tidak merinci.", 3),
        ("en", "Ten tanks came, TASS reported. More will follow, the agency said.", 2),
        ("en", "Ten tanks came, the Ministry of Defense (MND) said. The MND added that more will follow.", 2),
    ],
)
def test_later_mentions_are_the_same_voice(language: str, text: str, mentions: int) -> None:
    voices = find_voices(scene(language, text))
    assert max(len(voice.mentions) for voice in voices.all) == mentions


def test_voices_know_who_spoke_last() -> None:
    found = scene("en", "Ten tanks came, TASS reported. Reuters counted nine. They are old, and more will follow.")
    voices = find_voices(found)
    assert [v.mentions[0].names for v in voices.before[2]] == [("TASS",)]
    assert voices.news == 2
    assert voices.before[0] == []
