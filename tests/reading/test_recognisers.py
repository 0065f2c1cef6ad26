"""Numbers, dates, items and parties, in each shipped language, as the recognisers find them."""

import pytest

from materiel.model.article import Article
from materiel.reading.lexicon import lexicon_of
from materiel.reading.scene import Scene, set_scene
from materiel.world.countries import english_names

PUBLISHED = "2023-09-20"  # a Wednesday


def scene(language: str, text: str) -> Scene:
    return set_scene(
        Article(id="a", language=language, published=PUBLISHED, text=text),
        lexicon_of(language),
        english_names(),
    )


@pytest.mark.parametrize(
    ("language", "text", "amount", "qualifier"),
    [
        ("en", "They got two dozen tanks.", 24, "exact"),
        ("en", "They got more than 1,500 rifles.", 1500, "at_least"),
        ("en", "They got dozens of tanks.", None, "some"),
        ("en", "They got 1,23,456 rifles.", 123_456, "exact"),  # as India writes it
        ("en", "They got 20‑25 tanks.", 20, "at_least"),  # a hyphen that does not break
        ("id", "Pada 13.09.2023 tank tiba.", None, None),
        ("en", "They got machine guns (49).", 49, "exact"),
        ("en", "They got the first 18 of 54 howitzers.", 18, "exact"),
        ("en", "Six of the 24 jets came.", 6, "exact"),
        ("en", "They got 20 out of 48 jets.", 20, "exact"),
        ("id", "Mereka mendapat enam dari 42 jet tempur.", 6, "exact"),
        ("ru", "Они получили 20 из 48 самолётов.", 20, "exact"),
        ("en", "They got 20 to 25 tanks.", 20, "at_least"),
        ("en", "They got 100 to 150 tanks.", 100, "at_least"),
        ("en", "They got up to 150 tanks.", 150, "at_most"),
        ("id", "Mereka mendapat 100 hingga 150 rudal.", 100, "at_least"),
        ("id", "Mereka mendapat 40.000-an peluru.", 40_000, "about"),
        ("id", "Mereka mendapat hingga 150 rudal.", 150, "at_most"),
        ("en", "They got about 3.5 million shells.", 3_500_000, "about"),
        ("id", "Mereka mendapat delapan ribu rudal.", 8000, "exact"),
        ("id", "Mereka mendapat sekitar 1.500 senapan.", 1500, "about"),
        ("id", "Mereka mendapat puluhan tank.", None, "some"),
        ("id", "Mereka mendapat dua belas tank.", 12, "exact"),
        ("ru", "Они получили двести пятьдесят танков.", 250, "exact"),
        ("ru", "Они получили свыше 28 500 снарядов.", 28_500, "at_least"),
        ("ru", "Они получили десятки танков.", None, "some"),
        ("ru", "Они получили 1,2 тыс. гранатомётов.", 1200, "exact"),
        ("ru", "Они получили два зенитных ракетных комплекса.", 2, "exact"),
    ],
)
def test_quantities(language: str, text: str, amount: float | None, qualifier: str | None) -> None:
    item = scene(language, text).items[0]
    assert (item.quantity, item.qualifier) == (amount, qualifier)


@pytest.mark.parametrize(
    ("language", "text", "amount", "currency"),
    [
        ("en", "a deal worth $500 million", 500_000_000, "USD"),
        ("en", "a deal worth 1.2 billion euros", 1_200_000_000, "EUR"),
        ("id", "kontrak senilai 500 juta dolar AS", 500_000_000, "USD"),
        ("id", "kontrak senilai USD38 juta", 38_000_000, "USD"),
        ("ru", "сделка на 5,4 млрд долларов", 5_400_000_000, "USD"),
        ("ru", "сделка на 385 млн рублей", 385_000_000, "RUB"),
    ],
)
def test_sums_of_money(language: str, text: str, amount: int, currency: str) -> None:
    number = next(n for n in scene(language, text).numbers if n.currency)
    assert (number.amount, number.currency) == (amount, currency)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "It came on Sunday.", "2023-09-17"),
        ("ru", "Их привезли в воскресенье.", "2023-09-17"),
        ("ru", "Их привезли 13 сентября.", "2023-09-13"),
        ("ru", "Их привезли в июне прошлого года.", "2022-06"),
        ("ru", "Их привезли в 2019-м.", "2019"),
        ("ru", "Их привезли на прошлой неделе.", "2023-09"),
        ("en", "It left on May 4, 2021 and the following day it came.", "2021-05-05"),
        ("id", "Tiba pada 13 September 2022; sehari sebelumnya ia berangkat.", "2022-09-12"),
        ("ru", "Его ждали 5 мая, а он прибыл накануне.", "2023-05-04"),
        ("en", "It had come in 2010, and three years earlier there was another.", "2007"),
        ("id", "Pesanan itu dari 2005. Dua tahun kemudian datang yang lain.", "2007"),
        ("en", "It came in the 1990s.", "1990/1999"),
        ("id", "Tiba pada 1990-an.", "1990/1999"),
        ("ru", "Их привезли в 1990-х.", "1990/1999"),
        ("en", "It came on Sept. 13, by sea.", "2023-09-13"),
        ("en", "It came in the second quarter of 2021.", "2021-04/2021-06"),
        ("en", "It comes in 2027 or 2028.", "2027/2028"),
        ("en", "It came on September 13.", "2023-09-13"),
        ("en", "It will arrive on Friday.", "2023-09-22"),
        ("en", "They came from January to April.", "2023-01/2023-04"),
        ("en", "They came between 2010 and 2014.", "2010/2014"),
        ("id", "Tiba pada 2010-2014.", "2010/2014"),
        ("en", "It will arrive, he said on Friday.", "2023-09-15"),
        ("en", "It will be handed over in March.", "2024-03"),
        ("id", "Pesawat itu akan tiba pada Jumat.", "2023-09-22"),
        ("ru", "Их будут поставлять в марте.", "2024-03"),
        ("en", "It came on 13 September 2022.", "2022-09-13"),
        ("en", "It came in March 2021.", "2021-03"),
        ("en", "It came last month.", "2023-08"),
        ("en", "He was there from 5 to 7 September.", "2023-09-05/2023-09-07"),
        ("en", "He was there on September 12–17.", "2023-09-12/2023-09-17"),
        ("ru", "Он был там 12–17 сентября.", "2023-09-12/2023-09-17"),
        ("id", "Ia di sana pada 5-7 September 2022.", "2022-09-05/2022-09-07"),
        ("en", "He came on 5-7 September.", "2023-09-05/2023-09-07"),
        ("en", "He came from 12 to 17 September.", "2023-09-12/2023-09-17"),
        ("id", "Ia datang pada 12 hingga 17 September.", "2023-09-12/2023-09-17"),
        ("en", "It is due on Friday next week.", "2023-09-29"),
        ("id", "Mereka datang Jumat pekan depan.", "2023-09-29"),
        ("en", "It came yesterday.", "2023-09-19"),
        ("en", "It came three years ago.", "2020"),
        ("en", "It came in 2016.", "2016"),
        ("id", "Tiba pada Kamis (14/9/2023).", "2023-09-14"),
        ("id", "Tiba pada 13 September 2022.", "2022-09-13"),
        ("id", "Tiba kemarin.", "2023-09-19"),
        ("id", "Tiba bulan lalu.", "2023-08"),
        ("id", "Tiba dua hari lalu.", "2023-09-18"),
        ("id", "Tiba pada Maret 2021.", "2021-03"),
    ],
)
def test_dates(language: str, text: str, value: str) -> None:
    assert value in [w.value for w in scene(language, text).dates]


@pytest.mark.parametrize(
    ("text", "designation", "item_class"),
    [
        ("They flew the F-16C/D Block 50/52 there.", "F-16C/D Block 50/52", "aircraft.fighter"),
        ("They flew the Su-35S there.", "Su-35S", "aircraft.fighter"),
        ("They drove the T-72B3 there.", "T-72B3", "armour.tank"),
        ("They flew the JF-17 Block III there.", "JF-17 Block III", "aircraft.fighter"),
        ("They flew twelve F-16 fighter jets there.", "F-16", "aircraft.fighter"),
    ],
)
def test_variants_that_no_list_has(text: str, designation: str, item_class: str) -> None:
    item = scene("en", text).items[0]
    assert (item.designation, item.item_class) == (designation, item_class)


@pytest.mark.parametrize(
    ("language", "text", "country", "words"),
    [
        ("en", "Ilham Aliyev, Azerbaijan's president, spoke.", "AZ", "Ilham Aliyev, Azerbaijan's president"),
        ("en", "The Russian Defence Ministry spoke.", "RU", "Russian Defence Ministry"),
        ("en", "Moscow spoke.", "RU", "Moscow"),
        ("id", "Presiden Rusia, Vladimir Putin, berbicara.", "RU", "Presiden Rusia, Vladimir Putin"),
        ("id", "Kementerian Pertahanan Ukraina berbicara.", "UA", "Kementerian Pertahanan Ukraina"),
        ("id", "Pyongyang berbicara.", "KP", "Pyongyang"),
    ],
)
def test_parties(language: str, text: str, country: str, words: str) -> None:
    read = scene(language, text)
    party = read.parties[0]
    assert (party.country, read.text.quote(party.first, party.last)) == (country, words)


def test_a_month_is_no_modal_and_a_country_no_bird() -> None:
    read = scene("en", "The turkey may fly.")
    assert not read.parties
    assert not read.dates


@pytest.mark.parametrize(
    ("language", "text", "words", "country"),
    [
        ("id", "Kemhan Turki mengirim drone.", "Kemhan Turki", "TR"),
        ("id", "Kemhan mengirim drone ke Turki.", "Kemhan", "ID"),
        ("en", "Norway waits. The State Department cleared the sale.", "State Department", "US"),
        ("en", "Norway sold boats to the Emirates.", "Emirates", "AE"),
        ("en", "Peru bought tanks from Spain. The army got ten.", "army", "PE"),
        ("en", "Peru waits. In Spain the army got ten.", "army", "ES"),
    ],
)
def test_whose_office_it_is(language: str, text: str, words: str, country: str) -> None:
    found = scene(language, text)
    named = {found.text.quote(p.first, p.last): p.country for p in found.parties}
    assert named[words] == country


def items(language: str, text: str) -> list[tuple[str, str | None, float | None]]:
    """Class, designation and number of every item of a text."""
    return [(i.item_class, i.designation, i.quantity) for i in scene(language, text).items]


@pytest.mark.parametrize(
    ("language", "text", "item_class", "designation"),
    [
        ("en", "They got four Mi-24Ps there.", "helicopter.attack", "Mi-24P"),
        ("en", "They got two F-16AM/BMs there.", "aircraft.fighter", "F-16AM/BM"),
        ("en", "They got two MiG-21bis aircraft.", "aircraft.fighter", "MiG-21bis"),
        ("en", "They got 42 Zubrin self-propelled guns.", "artillery.gun", "Zubrin"),
        ("en", "They got ten ZB90 fast assault boats.", "vessel.patrol", "ZB90"),
        ("en", "They got six Kilo-class submarines.", "vessel.submarine", "Kilo"),
        ("en", "They got a Zorvan-class fast attack craft.", "vessel.patrol", "Zorvan"),
        ("en", "They got ten “Zorvan” combat drones.", "uav.combat", "Zorvan"),
        ("en", "They got the F-16 Viper.", "aircraft.fighter", "F-16 Viper"),
        ("ru", "Они получили 12 ракет «Джавелин».", "missile.antitank", "Javelin"),
        ("id", 'Mereka mendapat rudal "BrahMos".', "missile.antiship", "BrahMos"),
        ("en", "They got two Pantsir-S1 (SA-22) systems.", "airdefence.system", "Pantsir-S1"),
        ("id", "Mereka mendapat dua pesawat latih Zorvan.", "aircraft.trainer", "Zorvan"),
        ("id", "Mereka mendapat kapal cepat jenis Zorvan.", "vessel.patrol", "Zorvan"),
        ("id", "Mereka mendapat jet tempur buatan China J-10CE.", "aircraft.fighter", "J-10CE"),
        ("id", "Mereka mendapat senapan serbu Tipe 56.", "smallarms.rifle", "Tipe 56"),
        ("ru", "Они получили четыре радара Zorvan.", "sensor.radar", "Zorvan"),
    ],
)
def test_names_of_types(language: str, text: str, item_class: str, designation: str) -> None:
    assert items(language, text)[0][:2] == (item_class, designation)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Zorvan tanks came."),  # any word has a capital where a sentence opens
        ("en", "They got Norwegian tanks."),
        ("en", "They got Boeing jets."),
        ("id", "Mereka mengirim tank ke Norwegia."),
        ("ru", "Они послали танки Норвегии."),
    ],
)
def test_what_is_no_name_of_a_type(language: str, text: str) -> None:
    assert items(language, text)[0][1] is None


@pytest.mark.parametrize(
    ("text", "item_class"),
    [
        ("They got three Puma helicopters.", "helicopter.transport"),
        ("They got nine Puma reconnaissance drones.", "uav.reconnaissance"),
        ("They got ten Bastion armoured vehicles.", "armour.apc"),
        ("They got two Mistral vessels.", "vessel.carrier"),
        ("They got Mistral missiles.", "airdefence.manpads"),
        ("They got rifle rounds.", "ammunition.smallarms"),
        ("They got Stinger anti-aircraft missiles.", "airdefence.manpads"),
    ],
)
def test_a_name_that_several_things_bear(text: str, item_class: str) -> None:
    assert items("en", text)[0][0] == item_class


def test_a_name_alone_is_what_the_text_speaks_of() -> None:
    text = "They want drones. Nine Pumas came by air."
    assert items("en", text)[1][0] == "uav.reconnaissance"


@pytest.mark.parametrize(
    ("language", "text", "item_class", "quantity"),
    [
        ("en", "They got 15,000 81mm rounds.", "ammunition.artillery", 15_000),
        ("en", "They got 900 rounds of 12.7 mm.", "ammunition.smallarms", 900),
        ("en", "They got 35mm ammunition.", "ammunition", None),
        ("id", "Mereka mendapat munisi kaliber 5,56 mm.", "ammunition.smallarms", None),
        ("ru", "Они получили 300 боеприпасов калибра 120 мм.", "ammunition.artillery", 300),
    ],
)
def test_ammunition_is_classed_by_its_calibre(
    language: str, text: str, item_class: str, quantity: float | None
) -> None:
    found = items(language, text)[0]
    assert (found[0], found[2]) == (item_class, quantity)


@pytest.mark.parametrize(
    ("language", "text", "quantity"),
    [
        ("en", "They got a Russian-made Aurus.", 1),
        ("en", "They got 49 general-purpose machine guns.", 49),
        ("en", "They got 16 ZM1132 squad vehicles.", 16),
        ("en", "They got half a million shells.", 500_000),
        ("id", "Limusin yang pertama tiba.", 1),
        ("id", "Mereka mendapat setengah lusin tank.", 6),
        ("ru", "Они получили гранатомёты, 1,2 тыс., и каски.", 1200),
        ("en", "They got mortars, 20 rifles and helmets.", None),
    ],
)
def test_what_counts_the_first_thing(language: str, text: str, quantity: float | None) -> None:
    assert items(language, text)[0][2] == quantity


@pytest.mark.parametrize(
    ("language", "text", "quantity"),
    [
        ("en", "Norway bought F-16 jets. It gave six to Ukraine.", 6),
        ("en", "Norway bought F-16 jets. Another 25 will be delivered.", 25),
        ("en", "Norway bought F-16 jets and sold eleven.", 11),
        ("en", "Norway bought F-16 jets. It gave the 20 older ones to Ukraine.", 20),
        ("id", "Norwegia membeli jet F-16; 22 di antaranya dikirim ke Ukraina.", 22),
        ("id", "Norwegia membeli jet F-16. Lima yang dikirim rusak.", 5),
    ],
)
def test_numbers_that_count_what_was_named_before(language: str, text: str, quantity: int) -> None:
    assert items(language, text)[-1] == ("aircraft.fighter", "F-16", quantity)


@pytest.mark.parametrize(
    "text",
    [
        "Norway bought F-16 jets. It sold them on 12 May.",
        "Norway bought F-16 jets and sold them under Article 5 of the law.",
        "Norway bought F-16 jets. It sold some in 11 years.",
        "Norway bought F-16 jets. Kari Lund, 45, sold them.",
    ],
)
def test_numbers_that_count_nothing_named(text: str) -> None:
    assert [i[2] for i in items("en", text) if i[2]] == []


def test_a_mere_family_is_of_the_only_kind_named_before() -> None:
    assert items("en", "They want fighter jets. The aircraft came.")[1][0] == "aircraft.fighter"
    assert items("en", "They want fighter jets and bombers. The aircraft came.")[2][0] == "aircraft"


@pytest.mark.parametrize(
    "text",
    ["They got Mirage 2000 jets.", "The gun (12.7 mm) came.", "The deal (1.2 billion euros) was signed.", "01/05/0000"],
)
def test_figures_that_are_no_day(text: str) -> None:
    assert scene("en", text).dates == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Norway gives tanks, says defence minister", "(Reuters) - Norway gave tanks."),
        ("Tanks go to Kyiv, says president", "Dozens left on Friday."),
        ("Ukraine gets tanks worth $20", "Million people saw it."),
        ("Ukraine got tanks in March", "2023 was a hard year."),
        ("Ukraine got tanks last", "Friday came."),
        ("Ukraine gets twenty", "Five tanks came."),
    ],
)
def test_nothing_goes_on_from_the_title_into_the_text(title: str, text: str) -> None:
    article = Article(id="a", language="en", published=PUBLISHED, title=title, text=text)
    found = set_scene(article, lexicon_of("en"), english_names())
    lists = (found.parties, found.numbers, found.dates, found.items, found.triggers)
    named = {(one.first, one.last) for some in lists for one in some}
    assert named
    for first, last in named:
        assert found.sentence(first) == found.sentence(last - 1), found.text.quote(first, last)
