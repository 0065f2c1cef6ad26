"""Screening with made-up embargoes: the words to the letter; parties, exemptions, reports of several kinds at once."""

from pathlib import Path

import msgspec
import pytest
from made_transfers import EXEMPTION, HEAD, MEASURE, event, write

from materiel.model.claim import Party
from materiel.model.event import Event
from materiel.model.finding import Finding
from materiel.screening.load import load_embargoes
from materiel.screening.screen import screen


def screened(folder: Path, text: str, made: Event) -> Finding | None:
    """The finding of one made-up embargo on an event."""
    return next(iter(screen(made, load_embargoes(write(folder / "data", text)))), None)


def test_the_words_to_the_letter(tmp_path: Path) -> None:
    text = HEAD + MEASURE + 'until = 2003-01-01\nnotes = ["A note."]\nunverified = ["A reserve."]\n' + EXEMPTION
    made = event("Russia, China", "Sudan", "armour.tank, equipment", "2002", status="offered", stance="denied")
    found = screened(tmp_path, text.replace("outright", "notified"), made)
    assert found is not None
    assert found.words == (
        "As told, the supply from Russia and China to Sudan falls under the UN arms embargo on Sudan: "
        "Resolution 1, ¶1 (mandatory for all states). "
        "It was in force from 1 January 2001 until 1 January 2003. "
        "The recipient is Sudan. "
        "It bars the supply to Sudan of arms and related materiel of all types, with training and technical help. "
        "That includes “armour.tank” (main battle tank). "
        "A note. "
        "Allowed if notified beforehand: what is meant for peace (¶2). "
        "Whether “equipment” (military equipment or aid, unspecified) is among what is barred cannot be told from its "
        "class. "
        "No transfer is reported to have happened: it is only offered. "
        "It is denied. "
        "A reserve."
    )


def test_the_words_of_a_doubtful_day(tmp_path: Path) -> None:
    text = HEAD + MEASURE + "until = 2003-01-01\n" + MEASURE.replace("2001", "2004") + "known_until = 2005-01-01\n"
    found = screened(tmp_path, text, event("", "police:SD", "armour.tank", "2002/2004", stance="alleged"))
    assert found is not None
    assert found.verdict == "possible"
    assert found.why[:3] == (
        "It has been in force since 1 January 2004, as far as is known here until 1 January 2005.",
        "The recipient is police, of Sudan.",
        "Who supplied it is not told.",
    )
    assert found.uncertain == (
        "The date told leaves open whether it was in force: from 1 January 2002 to 31 December 2004, where the measure "
        "holds from 1 January 2001 until 1 January 2003 and from 1 January 2004.",
        "It is alleged, not established.",
    )


def test_who_buys_may_be_untold(tmp_path: Path) -> None:
    found = screened(tmp_path, HEAD + MEASURE.replace('"to"', '"from"'), event("Sudan", "", "armour.tank"))
    assert found is not None
    assert "Who received it is not told." in found.why
    assert found.words.startswith("As told, the supply from Sudan falls under")


def test_a_voluntary_measure_bars_nothing(tmp_path: Path) -> None:
    found = screened(tmp_path, HEAD + MEASURE.replace("mandatory", "voluntary"), event("China", "Sudan"))
    assert found is not None
    assert "It is meant to limit the supply to Sudan" in found.words


def test_a_target_is_called_as_the_file_says(tmp_path: Path) -> None:
    found = screened(tmp_path, HEAD + 'called = "the Sudan"\n' + MEASURE, event("China", "Sudan"))
    assert found is not None
    assert "the supply to the Sudan of" in found.words


def test_one_supplier_from_abroad_is_enough(tmp_path: Path) -> None:
    assert screened(tmp_path, HEAD + MEASURE, event("Sudan, China", "Sudan")) is not None
    assert screened(tmp_path, HEAD + MEASURE, event("Sudan", "Sudan")) is None
    assert screened(tmp_path, HEAD + MEASURE, event("smugglers:", "Sudan")) is not None


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        ("Rapid Support Forces:SD", "matches"),
        ("Sudanese Armed Forces:SD", None),
        ("finance ministry:SD", None),
        ("rebel army:SD", "possible"),
        ("a merchant:SD", "possible"),
        ("a merchant:SD, Rapid Support Forces:SD", "matches"),
        ("a merchant:SD, Sudan", "possible"),
        ("Hilal's men:SD", "matches"),
        ("friends of Hilal's men:", "matches"),
        ("enemies of Hilal's men:SD", "possible"),
        ("Sudan Shield Forces:SD", None),
        ("Houthis:YE", None),
    ],
)
def test_who_is_no_government(tmp_path: Path, recipient: str, expected: str | None) -> None:
    head = HEAD + 'aliases = ["Hilal\'s men"]\nunless = ["enemies of Hilal’s men"]\n'
    head += 'government = ["Sudan Shield Forces"]\n'
    found = screened(tmp_path, head + MEASURE.replace("territory", "non-government"), event("China", recipient))
    assert (found and found.verdict) == expected


def test_a_party_is_known_by_its_mention_too(tmp_path: Path) -> None:
    made = event("China", "")
    recipient = Party(text="RSF", name="Hemedti's men", country="SD")
    made = msgspec.structs.replace(made, told=msgspec.structs.replace(made.told, recipient=(recipient,)))
    found = screened(tmp_path, HEAD + MEASURE.replace("territory", "non-government"), made)
    assert found is not None
    assert found.verdict == "matches"


def test_use_in_the_target_counts_only_if_nobody_there_gets_it(tmp_path: Path) -> None:
    found = screened(tmp_path, HEAD + MEASURE, event("China", "Sudan", end_use="Sudan"))
    assert found is not None
    assert (found.verdict, found.why.count("The recipient is Sudan.")) == ("matches", 1)
    assert "The place of use is Sudan." not in found.why
    found = screened(tmp_path, HEAD + MEASURE, event("China", "Libya", end_use="Sudan"))
    assert found is not None
    assert found.uncertain == ("Sudan is told only as where it is to be used, not as who gets it.",)


@pytest.mark.parametrize(
    ("recipient", "items", "day", "expected"),
    [
        ("Sudan", "protective", "2003", "exempt"),
        ("Sudan", "protective, armour.tank", "2003", "matches"),
        ("Sudan", "protective, equipment", "2003", "matches"),
        ("Sudan", "", "2003", "possible"),
        ("Sudan, Rapid Support Forces:SD", "protective", "2003", "matches"),
        ("Rapid Support Forces:SD", "protective", "2003", "matches"),
        ("Sudan", "protective", "2004-12-31", "exempt"),
        ("Sudan", "protective", "2005-01-01", "matches"),
        ("Sudan", "protective", "2004-12/2005-01", "possible"),
        ("Sudan", "protective", "2001", "matches"),
    ],
)
def test_an_exemption_must_cover_everything(
    tmp_path: Path, recipient: str, items: str, day: str, expected: str
) -> None:
    exemption = EXEMPTION + 'items = "non-lethal"\nrecipient = "government"\nfrom = 2002-01-01\nuntil = 2005-01-01\n'
    found = screened(tmp_path, HEAD + MEASURE + exemption, event("China", recipient, items, day))
    assert found is not None
    assert found.verdict == expected
    assert (expected == "exempt") == ("is exempt from" in found.words)


def test_an_exemption_bears_on_its_own_measures_only(tmp_path: Path) -> None:
    text = HEAD + MEASURE + "until = 2003-01-01\n" + MEASURE.replace("2001", "2003").replace("¶1", "¶9")
    exemption = EXEMPTION.replace("outright", "approved") + "until = 2003-01-01\n"
    found = screened(tmp_path, text + exemption, event("China", "Sudan", date="2002/2004"))
    assert found is not None
    assert (found.paragraph, found.exemptions) == ("¶9", ())


def test_a_change_within_the_date_is_said(tmp_path: Path) -> None:
    text = HEAD + MEASURE + "until = 2003-01-01\n" + MEASURE.replace("2001", "2003") + "known_until = 2003-06-01\n"
    found = screened(tmp_path, text, event("China", "Sudan", date="2002/2003"))
    assert found is not None
    assert "The embargo changed within the time that the date told leaves open." in found.uncertain
    assert "Its state after 1 June 2003 is not known here." in found.uncertain


def test_the_first_dated_report_tells_the_day(tmp_path: Path) -> None:
    made = event("China", "Sudan", date=None, published="2004-01-01")
    late = msgspec.structs.replace(made.reports[0], published="2009-01-01")
    undated = msgspec.structs.replace(made.reports[0], published="")
    made = msgspec.structs.replace(made, reports=(undated, late, *made.reports))
    found = screened(tmp_path, HEAD + MEASURE, made)
    assert found is not None
    assert found.uncertain == ("No date is told; the day of the first report, 1 January 2004, is taken.",)
    assert found.verdict == "matches"
