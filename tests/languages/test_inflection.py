"""Forms written `stem~class`: all their spellings, each with its cases."""

import pytest

from materiel.languages.inflection import Endings, InflectionError, spellings
from materiel.languages.load import load_language

CLASSES: dict[str, Endings] = {"a": "a ae ae am a/o a", "us": "us i o um o o i orum is os is is", "t": ("t", "nt", "-")}


def written(form: str) -> dict[str, tuple[str, ...]]:
    return {s.form: s.cases for s in spellings(form, CLASSES)}


def test_a_form_without_a_mark_is_itself() -> None:
    assert written("Rosa alba") == {"Rosa alba": ()}


def test_each_ending_tells_the_cases_that_it_stands_in() -> None:
    assert written("Ros~a") == {
        "Rosa": ("subject", "by", "in"),
        "Rosae": ("of", "to"),
        "Rosam": ("object",),
        "Roso": ("by",),
    }


def test_words_that_are_inflected_together_agree_and_the_shorter_class_ends_them() -> None:
    assert written("Alb~us ros~a") == {
        "Albus rosa": ("subject",),
        "Albi rosae": ("of",),
        "Albo rosae": ("to",),
        "Album rosam": ("object",),
        "Albo rosa": ("by", "in"),
        "Albo roso": ("by",),
    }


def test_the_slots_of_many_tell_the_same_cases() -> None:
    assert written("Serv~us")["Servis"] == ("to", "by", "in")


def test_what_follows_an_ending_stays() -> None:
    assert set(written("“Ros~a”-2")) == {"“Rosa”-2", "“Rosae”-2", "“Rosam”-2", "“Roso”-2"}


def test_a_list_of_endings_tells_no_case() -> None:
    assert written("ama~t") == {"amat": (), "amant": (), "ama": ()}


def test_a_class_that_is_not_there_is_named() -> None:
    with pytest.raises(InflectionError, match=r"`Ros~um`: pack.toml has no inflection `um`"):
        spellings("Ros~um", CLASSES)


def test_a_language_gives_every_spelling_of_its_forms() -> None:
    assert list(load_language("ru").spelt(("США", "Росс~ия1"))) == ["США", "Россия", "России", "Россию", "Россией"]
