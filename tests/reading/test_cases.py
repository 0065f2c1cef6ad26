"""Case as a sign of who does what: what endings say where no preposition and no order says it."""

import pytest

from materiel.model.article import Article
from materiel.reading.latin import in_latin
from materiel.reading.lexicon import lexicon_of
from materiel.reading.roles import expected_role
from materiel.reading.scene import Scene, set_scene
from materiel.world.countries import english_names


def scene(text: str) -> Scene:
    return set_scene(
        Article(id="a", language="ru", text=text, published="2023-09-20"), lexicon_of("ru"), english_names()
    )


def told(text: str) -> dict[str, str]:
    found = scene(text)
    return {p.country or "": found.preposition(p.first) for p in found.parties}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Россия передала Ирану комплексы.", {"RU": "subject", "IR": "to"}),
        ("Ирану комплексы передала Россия.", {"RU": "subject", "IR": "to"}),
        ("Комплексы переданы Сирии Россией.", {"RU": "by", "SY": "to"}),
        ("Вертолёты Индии не понравились.", {"IN": "of/to"}),
        ("Вертолёты Ирана не понравились.", {"IR": "of"}),
        ("Ракеты повезли из России в Белоруссию.", {"RU": "from", "BY": "to"}),
        ("Танки стоят в Белоруссии.", {"BY": "in"}),
        ("Переговоры шли с Турцией и с Украины.", {"TR": "with", "UA": "from"}),
        ("Танки доставили во Вьетнам.", {"VN": "to"}),
        ("США передали танки.", {"US": ""}),
    ],
)
def test_case_is_told_where_no_preposition_is(text: str, expected: dict[str, str]) -> None:
    assert told(text) == expected


def test_a_case_that_shows_who_acts_goes_before_order() -> None:
    found = scene("Ирану комплексы передала Россия.")
    trigger = found.triggers[0]
    assert expected_role(trigger, "right", "subject") == "supplier"
    assert expected_role(trigger, "right", "") != "supplier"


def test_letters_that_writers_use_alike_are_one() -> None:
    assert [i.item_class for i in scene("Пулеметы и пулемёты.").items] == ["smallarms.machinegun"] * 2


@pytest.mark.parametrize(
    ("text", "item_class", "designation"),
    [
        ("истребитель Су-35С", "aircraft.fighter", "Su-35S"),
        ("танками Т-72Б3", "armour.tank", "T-72B3"),
        ("комплексы «Искандер-М»", "missile.ballistic", "Iskander-M"),
        ("«Панцирей-С1»", "airdefence.system", "Pantsir-S1"),
        ("шесть «Байрактаров»", "uav.combat", "Bayraktar TB2"),
        ("систем «Хаймарс»", "artillery.rocket", "HIMARS"),
        ("беспилотник «Герань-77»", "uav", "Geran-77"),
        ("фрегат «Неведомый»", "vessel.surfacecombatant", "Nevedomyy"),
    ],
)
def test_types_have_their_own_names(text: str, item_class: str, designation: str) -> None:
    item = scene(text).items[0]
    assert (item.item_class, item.designation) == (item_class, designation)


def test_later_mentions_of_a_name_in_other_forms_are_the_same_person() -> None:
    parties = scene("Министр обороны Индии Викрам Неведомов приехал. Переговоры с Неведомовым прошли.").parties
    assert [(p.name, p.country) for p in parties] == [("Vikram Nevedomov", "IN")] * 2


def test_a_name_is_spelt_in_latin_letters() -> None:
    assert in_latin("Юрий-2", {"ю": "yu", "р": "r", "и": "i", "й": "y"}) == "Yuriy-2"
    assert in_latin("Müller", {}) == "Müller"


def test_the_date_and_place_that_open_a_report_are_no_parties() -> None:
    found = scene("МОСКВА, 17 сен. Россия передала Сирии танки.")
    assert [p.name for p in found.parties_in[0]] == ["Russia", "Syria"]
