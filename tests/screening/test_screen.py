"""Screening: what an officer would expect of each case, with the project's own data."""

import pytest
from made_transfers import event, event_of, finding, party, verdicts

from materiel.model.claim import Reaction, Visit
from materiel.screening.load import load_embargoes
from materiel.screening.screen import screen


def test_drones_and_body_armour_for_north_korea() -> None:
    found = finding("un-kp", "Russia", "North Korea", "uav.loitering, protective.bodyarmour", "2023-09-17", mode="gift")
    assert found.verdict == "matches"
    assert found.force == "mandatory"
    assert "2270 ¶6" in found.paragraph
    assert "protective.bodyarmour" in found.words
    assert "2 March 2016" in found.words


def test_shells_from_north_korea() -> None:
    found = finding("un-kp", "North Korea", "Russia", "ammunition.artillery", "2024-01")
    assert (found.verdict, found.paragraph) == ("matches", "1718 ¶8(b), widened by 1874 ¶9")
    assert "from North Korea" in found.words


def test_small_arms_for_north_korea_were_free_until_2016() -> None:
    assert "un-kp" not in verdicts("Russia", "North Korea", "smallarms.rifle", "2015-06-01")
    assert verdicts("Russia", "North Korea", "smallarms.rifle", "2016-03-01") == {}
    assert verdicts("Russia", "North Korea", "smallarms.rifle", "2016-03-02") == {"un-kp": "matches"}
    assert verdicts("Russia", "North Korea", "smallarms.rifle", "2016") == {"un-kp": "possible"}
    assert verdicts("Russia", "North Korea", "vehicle.military", "2016") == {"un-kp": "matches"}


def test_a_luxury_car_is_no_arm() -> None:
    assert verdicts("Russia", "North Korea", "luxury", "2024-02-18") == {"un-kp-luxury": "matches"}
    assert "not an arms embargo" in finding("un-kp-luxury", "Russia", "North Korea", "luxury", "2024-02-18").words


def test_food_is_free() -> None:
    assert verdicts("Russia", "North Korea", "humanitarian", "2024-02-18") == {}


@pytest.mark.parametrize("recipient", ["Houthis:YE", "Houthi rebels:YE", "Ansar Allah:", "Yemen's Houthis:YE"])
def test_arms_for_the_houthis(recipient: str) -> None:
    found = finding("un-ye-houthis", "Iran", recipient, "missile.antiship", "2024-01-11")
    assert (found.verdict, found.paragraph) == ("matches", "¶14")
    assert "2216" in found.words


@pytest.mark.parametrize("recipient", ["anti-Houthi forces:YE", "Yemen:YE", "Presidential Leadership Council:YE"])
def test_others_in_yemen_are_free(recipient: str) -> None:
    assert "un-ye-houthis" not in verdicts("United Arab Emirates", recipient, "missile.antiship", "2024-01-11")


def test_tanks_for_iran_in_2018_need_approval() -> None:
    found = finding("un-ir", "Russia", "Iran", "armour.tank", "2018-05-01", mode="sale")
    assert (found.verdict, found.paragraph) == ("matches", "Annex B ¶5")
    assert "case by case" in found.exemptions[0]
    assert found.contested_by == ()


def test_tanks_for_iran_in_2022_are_free_of_the_un() -> None:
    assert verdicts("Russia", "Iran", "armour.tank", "2022-05-01", mode="sale") == {}


def test_tanks_for_iran_in_2026_are_contested() -> None:
    found = finding("un-ir", "Russia", "Iran", "armour.tank", "2026-05-01", mode="sale")
    assert found.verdict == "matches"
    assert found.contested_by == ("RU", "CN", "IR")
    assert "contested by Russia, China and Iran" in found.words


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-10-17", "matches"),
        ("2020-10-18", None),
        ("2020-10", "possible"),
        ("2020-10-17/2020-10-18", "possible"),
        ("2025-09-27", None),
        ("2025-09-28", "matches"),
        ("2025-09", "possible"),
        ("2016-01-15/2016-01-16", "matches"),  # one measure follows the other without a gap
        ("2010-06-09", "matches"),
    ],
)
def test_border_days_of_iran(day: str, expected: str | None) -> None:
    assert verdicts("Russia", "Iran", "armour.tank", day).get("un-ir") == expected


def test_a_day_in_doubt_is_said() -> None:
    said = finding("un-ir", "Russia", "Iran", "armour.tank", "2020-10").uncertain
    assert any("1 October 2020 to 31 October 2020" in s and "18 October 2020" in s for s in said)


def test_rifles_for_the_army_of_somalia() -> None:
    before = finding("un-so", "United States", "Somali National Army:SO", date="2023-11-30")
    assert before.verdict == "matches"
    assert "Federal Government" in before.exemptions[0]
    assert verdicts("United States", "Somali National Army:SO", date="2023-12-01") == {}
    assert verdicts("United States", "Somalia", date="2024") == {}


def test_al_shabaab_stays_barred() -> None:
    assert verdicts("Iran", "Al-Shabaab:SO", date="2024")["un-so-alshabaab"] == "matches"
    assert verdicts("", "Al-Shabaab militants:SO", date="2024") == {"un-so-alshabaab": "matches"}


def test_who_is_neither_state_nor_known_group_is_in_doubt() -> None:
    found = finding("un-so-alshabaab", "Türkiye", "Jubaland:SO", date="2024")
    assert found.verdict == "possible"
    assert any("Jubaland" in s for s in found.uncertain)


def test_darfur_is_not_sudan() -> None:
    found = finding("un-sd-darfur", "China", "Sudan")
    assert found.verdict == "possible"
    assert any("Only Darfur is covered" in s for s in found.uncertain)
    assert verdicts("China", "Sudan", place="El Fasher, North Darfur") == {"un-sd-darfur": "matches"}
    assert verdicts("China", "Sudan", date="2003") == {}


def test_the_eu_covers_all_sudan_but_binds_its_own() -> None:
    assert verdicts("Bulgaria", "Sudan")["eu-sd"] == "matches"
    assert "eu-sd" not in verdicts("China", "Sudan")
    assert verdicts("China", "Sudan", intermediary="Bulgaria")["eu-sd"] == "matches"
    assert verdicts("European Union", "Sudan")["eu-sd"] == "matches"
    assert "eu-sd" not in verdicts("", "Sudan")


def test_days_of_membership() -> None:
    assert "eu-sd" not in verdicts("Croatia", "Sudan", date="2013-06-30")
    assert verdicts("Croatia", "Sudan", date="2013-07-01")["eu-sd"] == "matches"
    assert verdicts("United Kingdom", "Sudan", date="2020-12-31")["eu-sd"] == "matches"
    assert "eu-sd" not in verdicts("United Kingdom", "Sudan", date="2021-01-01")


def test_imports_from_russia_bind_the_buyer() -> None:
    assert verdicts("Russia", "France", "armour.tank")["eu-ru"] == "matches"
    assert verdicts("Russia", "Türkiye", "armour.tank") == {}


def test_arms_for_china_are_a_political_matter() -> None:
    found = finding("eu-cn", "France", "China", "aircraft.fighter")
    assert (found.verdict, found.force) == ("matches", "political")
    assert "not legally binding" in found.words
    assert verdicts("France", "China", "protective.helmet") == {"eu-cn": "possible"}
    assert verdicts("Russia", "China", "aircraft.fighter") == {}


def test_helmets_for_the_government_of_libya_are_exempt() -> None:
    found = finding("un-ly", "Türkiye", "Government of National Unity:LY", "protective.helmet")
    assert found.verdict == "exempt"
    assert "2009 ¶13" in found.exemptions[0]
    assert "2095" in found.exemptions[0]
    assert "is exempt from" in found.words


@pytest.mark.parametrize(
    ("recipient", "items", "day", "expected"),
    [
        ("Libyan National Army:LY", "protective.helmet", "2022-06-01", "matches"),  # not the government
        ("army of Khalifa Haftar:LY", "protective.helmet", "2022-06-01", "matches"),
        ("Government of National Accord:LY", "protective.helmet, uav.combat", "2020-01", "matches"),
        ("Government of National Accord:LY", "equipment", "2020-01", "possible"),
        ("Libya", "protective.helmet", "2012-06-01", "matches"),  # had to be notified then
        ("Libya", "protective.helmet", "2013", "possible"),
        ("Libya", "protective.helmet", "2014", "exempt"),
        ("Libya", "smallarms.rifle", "2011-02-25", None),
        ("Libya", "smallarms.rifle", "2011-02-26", "matches"),
    ],
)
def test_libya(recipient: str, items: str, day: str, expected: str | None) -> None:
    assert verdicts("Türkiye", recipient, items, day).get("un-ly") == expected


def test_an_exemption_for_a_purpose_only_could_apply() -> None:
    found = finding("un-ly", "Türkiye", "Libyan National Army:LY", "protective.helmet", "2022-06-01")
    assert [e.split(":")[0] for e in found.exemptions] == ["Allowed for this purpose only"]
    assert finding("un-ss", "China", "South Sudan", "protective.helmet", "2024").verdict == "matches"


def test_haitian_police_are_exempt_but_gangs_are_not() -> None:
    assert verdicts("United States", "Haitian National Police:HT", date="2025") == {"un-ht": "exempt"}
    assert verdicts("United States", "Viv Ansanm:HT", date="2025") == {"un-ht": "matches"}
    assert verdicts("United States", "Viv Ansanm:HT", date="2022-12") == {"un-ht": "matches"}
    assert verdicts("United States", "Haitian National Police:HT", date="2022-12") == {}
    assert finding("un-ht", "", "merchants:HT", date="2025").verdict == "matches"


def test_who_is_named_by_an_exemption_is_exempt() -> None:
    assert verdicts("France", "Multinational Security Support Mission:HT", date="2025")["un-ht"] == "exempt"


def test_supply_to_the_ministries_of_the_taliban() -> None:
    assert verdicts("", "Afghanistan:AF", date="2021-08-14") == {}
    assert verdicts("", "Afghanistan:AF", date="2021-08-15") == {"un-af-taliban": "matches"}
    assert verdicts("", "National Resistance Front of Afghanistan:AF", date="2022") == {}


def test_arms_out_of_libya() -> None:
    found = finding("un-ly", "Libya", "Sudan", date="2022")
    assert (found.verdict, found.paragraph) == ("matches", "¶10")
    assert finding("un-ly", "Libya", "Sudan", "protective.helmet", "2022").verdict == "matches"


def test_where_it_is_to_be_used_is_no_recipient() -> None:
    found = finding("un-ly", "Türkiye", "Azerbaijan", "uav.combat", end_use="Libya")
    assert found.verdict == "possible"
    assert any("only as where it is to be used" in s for s in found.uncertain)


def test_what_stays_inside_the_target_is_no_transfer_to_it() -> None:
    assert verdicts("Libya", "Libyan National Army:LY") == {}
    assert verdicts("Iraq", "Islamic State:IQ")["un-isil-alqaida"] == "matches"


def test_armed_groups_of_iraq() -> None:
    assert verdicts("Iran", "Kataib Hezbollah:IQ", date="2019")["un-iq"] == "matches"
    assert verdicts("United States", "Iraqi Army:IQ", date="2019") == {}
    assert verdicts("Iran", "Popular Mobilization Forces:IQ", date="2022") == {}
    assert verdicts("United States", "Iraq", date="1999") == {"un-iq": "matches"}


def test_pakistani_taliban_are_others() -> None:
    assert set(verdicts("", "Taliban:AF", date="2010")) == {"un-af-taliban"}
    assert set(verdicts("", "Pakistani Taliban:PK", date="2010")) == {"un-isil-alqaida"}


def test_karabakh() -> None:
    found = finding("osce-nagorno-karabakh", "Russia", "Azerbaijan", "missile.antitank", "2016")
    assert (found.verdict, found.force) == ("possible", "voluntary")
    assert "voluntary" in found.words
    assert verdicts("China", "Azerbaijan", "missile.antitank", "2016") == {}


def test_ended_embargoes_meet_their_own_days_only() -> None:
    assert verdicts("United Kingdom", "Indonesia", "aircraft.fighter", "1999-12-01") == {"eu-id": "matches"}
    assert verdicts("United Kingdom", "Indonesia", "aircraft.fighter", "2000-01-17") == {}
    assert verdicts("United Kingdom", "Indonesia", "aircraft.fighter", "2000-01") == {"eu-id": "possible"}


def test_a_state_after_the_last_known_day_is_in_doubt() -> None:
    assert verdicts("China", "South Sudan", date="2026-05-31") == {"un-ss": "matches"}
    found = finding("un-ss", "China", "South Sudan", date="2026-06-01")
    assert found.verdict == "possible"
    assert "Its state after 31 May 2026 is not known here." in found.uncertain
    assert "31 May 2026" in found.words


def test_sporting_rifles_for_belarus_may_be_approved() -> None:
    assert "sporting" in finding("eu-by", "France", "Belarus", "smallarms.rifle").exemptions[0]
    assert finding("eu-by", "France", "Belarus", "armour.tank").exemptions == ()


def test_no_date_takes_the_day_of_the_first_report() -> None:
    told = ("Russia", "Iran", "armour.tank", None)
    assert verdicts(*told, published="2022-03-01") == {}
    found = finding("un-ir", *told, published="2019-03-01T10:00:00Z")
    assert found.verdict == "matches"
    assert any("first report, 1 March 2019" in s for s in found.uncertain)


@pytest.mark.parametrize("written", [None, "soon", "2020-13", "2021/2020", "2020/2021/2022"])
def test_no_date_at_all_leaves_what_is_still_in_force_possible(written: str | None) -> None:
    found = finding("un-kp", "Russia", "North Korea", "armour.tank", written)
    assert found.verdict == "possible"
    assert any("no report is dated" in s for s in found.uncertain)
    assert "eu-id" not in verdicts("France", "Indonesia", "armour.tank", written)


@pytest.mark.parametrize("status", ["sought", "offered", "considered", "refused", "halted"])
def test_what_has_not_passed_is_said_not_to_have(status: str) -> None:
    found = finding("un-kp", "Russia", "North Korea", "armour.tank", status=status)
    assert found.verdict == "matches"
    assert "No transfer is reported to have happened" in found.words
    assert status in found.words


@pytest.mark.parametrize("status", ["agreed", "under_way", "delivered"])
def test_what_is_agreed_or_passes_needs_no_such_word(status: str) -> None:
    words = finding("un-kp", "Russia", "North Korea", "armour.tank", status=status).words
    assert "No transfer is reported" not in words


@pytest.mark.parametrize(("stance", "said"), [("alleged", "It is alleged"), ("denied", "It is denied")])
def test_allegations_and_denials_are_said(stance: str, said: str) -> None:
    found = finding("un-kp", "North Korea", "Russia", "ammunition", stance=stance)
    assert any(s.startswith(said) for s in found.uncertain)
    assert said in found.words


def test_items_that_cannot_be_told() -> None:
    assert finding("un-kp", "Russia", "North Korea", "equipment").verdict == "possible"
    assert finding("un-kp", "Russia", "North Korea", "").verdict == "possible"
    assert "What passes is not told." in finding("un-kp", "Russia", "North Korea", "").uncertain
    mixed = finding("un-kp", "Russia", "North Korea", "equipment, armour.tank")
    assert mixed.verdict == "matches"
    assert any("equipment" in s for s in mixed.uncertain)


def test_only_transfers_are_screened() -> None:
    visit = Visit(visitor=(party("Russia"),), host=(party("North Korea"),), status="delivered", stance="stated")
    reaction = Reaction(who=(party("Russia"),), tone="denial", status="delivered", stance="stated")
    assert screen(event_of(visit), load_embargoes()) == ()
    assert screen(event_of(reaction), load_embargoes()) == ()


def test_the_same_event_gives_the_same_findings_in_order_of_name() -> None:
    made = event("Iran", "Houthis:YE", "missile.ballistic", "2018")
    found = screen(made, load_embargoes())
    assert found == screen(made, load_embargoes())
    assert [f.embargo for f in found] == ["un-ir", "un-ir-missiles", "un-ye-houthis"]


def test_words_are_the_whole_finding() -> None:
    found = finding("un-ly", "Türkiye", "Libyan National Army:LY", "equipment", None, stance="alleged")
    for part in (found.title, found.instrument, found.paragraph, *found.why, *found.exemptions, *found.uncertain):
        assert part in found.words
