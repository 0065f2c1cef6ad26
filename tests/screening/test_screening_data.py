"""The embargoes' files: the project's own are sound, and everything wrong with bad ones is told with its line."""

from pathlib import Path
from shutil import copytree

import pytest
from made_transfers import EXEMPTION, HEAD, MEASURE, write

from materiel.screening.files import DATA, TABLES
from materiel.screening.items import judged, rules_of
from materiel.screening.load import EmbargoError, load_embargoes
from materiel.world.load import load_world


def problems(data: Path, tables: Path = TABLES) -> list[tuple[int, str]]:
    """Line and message of everything that is wrong with a folder."""
    with pytest.raises(EmbargoError) as caught:
        load_embargoes(data, tables)
    return [(p.line, p.message) for p in caught.value.problems]


def test_all_files_load() -> None:
    loaded = load_embargoes()
    assert [e.name for e in loaded.embargoes] == sorted(p.stem for p in DATA.glob("*.toml"))
    assert len(loaded.embargoes) > 50
    assert load_embargoes() is loaded


def test_the_seven_categories_are_of_the_register() -> None:
    rules = rules_of("unroca", load_embargoes().tables.items)
    covered = [c for c in load_world().item_classes.values() if judged(c.name, rules) == "covered"]
    assert {c.unroca for c in covered} == {"I", "II", "III", "IV", "V", "VI", "VII"}


def test_the_longest_beginning_rules() -> None:
    rules = rules_of("arms-except-small-arms", load_embargoes().tables.items)
    said = {
        c: judged(c, rules) for c in ("smallarms.rifle", "ammunition.smallarms", "ammunition", "armour.tank", "fuel")
    }
    assert list(said.values()) == ["outside", "outside", "unsure", "covered", "outside"]


def test_a_sound_file_loads(tmp_path: Path) -> None:
    (embargo,) = load_embargoes(write(tmp_path / "d", HEAD + MEASURE)).embargoes
    assert (embargo.name, embargo.countries, len(embargo.measures)) == ("un-sd", ("SD",), 1)


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert [m for _, m in problems(tmp_path)] == ["no embargo lies here"]


def test_all_faults_of_form_are_told_at_once(tmp_path: Path) -> None:
    data = write(tmp_path / "d", HEAD.replace("issuer", "isuer") + MEASURE.replace('"to"', '"up"') + "since = 3\n")
    found = problems(write(data, "title = [", "broken"))
    assert [line for line, _ in found] == [1, 1, 2, 7, 14]
    messages = " ".join(m for _, m in found)
    for said in ("`isuer`: unknown key", "`issuer` is missing", "'up'", "`since`: unknown key"):
        assert said in messages


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (HEAD, 1, "no [[measures]]"),
        (HEAD.replace('"SD"', '"QQ"') + MEASURE, 3, "`QQ` is no country; say in `countries` where it lies"),
        (HEAD + 'countries = ["QQ"]\n' + MEASURE, 5, "`QQ` is no country"),
        (HEAD + 'groups = ["Nobody"]\n' + MEASURE, 5, "`Nobody` is no group of organisations.tsv; an alias?"),
        (HEAD + 'binds = "Nobody"\n' + MEASURE, 5, "members.tsv has no members of `Nobody`"),
        (HEAD + MEASURE.replace('"arms"', '"toys"'), 9, "`toys` is no set of items.toml"),
        (HEAD + MEASURE.replace("2001-01-01", '"2001-01-01x"'), 13, "Invalid RFC3339"),
        (HEAD + MEASURE + "until = 2001-01-01\n", 14, "from 2001-01-01 until 2001-01-01"),
        (HEAD + MEASURE + "known_until = 2000-12-31\n", 14, "from 2001-01-01, known until 2000-12-31"),
        (
            HEAD + MEASURE + "until = 2001-02-01\n" + MEASURE.replace("2001-01-01", "2001-01-31"),
            16,
            "it holds beside the measure",
        ),
        (HEAD + MEASURE + 'contested_by = ["QQ"]\n', 14, "`QQ` is no country"),
        (HEAD + MEASURE.replace("territory", "region"), 1, "name it in `regions`"),
        (HEAD + MEASURE.replace("territory", "designated"), 1, "name them in `groups` or `aliases`"),
        (HEAD + MEASURE + MEASURE.replace("2001", "2002"), 15, "it holds beside the measure of 2001-01-01"),
        (
            HEAD + MEASURE + MEASURE.replace("2001", "1999") + "until = 2000-01-01\n",
            22,
            "it stands after the measure of 2001-01-01",
        ),
        (HEAD + MEASURE + EXEMPTION.replace("paragraph", "#") + 'items = "arms"\n', 15, "`paragraph` is missing"),
        (HEAD + MEASURE + EXEMPTION + 'items = "toys"\n', 19, "`toys` is no set of items.toml"),
        (
            HEAD + MEASURE + EXEMPTION + 'items = "arms"\nfrom = 2002-01-01\nuntil = 2001-01-01\n',
            21,
            "from 2002-01-01 until 2001-01-01",
        ),
        (
            HEAD + MEASURE + EXEMPTION,
            15,
            "an outright exemption must say for which items or for whom, else nothing is barred",
        ),
        (HEAD + "measures = 3\n", 5, "write it as [[measures]]"),
    ],
)
def test_each_problem_has_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    found = problems(write(tmp_path / "d", text))
    assert [at for at, _ in found] == [line]
    assert message in found[0][1]


def test_measures_one_after_the_other_or_of_two_directions_are_sound(tmp_path: Path) -> None:
    later = MEASURE.replace("2001", "2002")
    load_embargoes(write(tmp_path / "a", HEAD + MEASURE + "until = 2002-01-01\n" + later))
    load_embargoes(write(tmp_path / "c", HEAD + MEASURE + "known_until = 2001-01-01\n"))
    load_embargoes(write(tmp_path / "b", HEAD + MEASURE + later.replace('"to"', '"from"')))


def test_problems_of_the_tables(tmp_path: Path) -> None:
    tables = copytree(TABLES, tmp_path / "tables")
    items = (tables / "items.toml").read_text(encoding="utf-8")
    (tables / "items.toml").write_text(
        items + '\n[[set]]\nname = "odd"\nlabel = "odd"\ncovered = ["unicorn"]\n'
        '\n[[set]]\nname = "odder"\nlabel = "odder"\nbase = "nothing"\n',
        encoding="utf-8",
    )
    (tables / "words.tsv").write_text("word\tsort\narmy\tking\n", encoding="utf-8")
    with (tables / "members.tsv").open("a", encoding="utf-8") as file:
        file.write("EU\tQQ\t2001-01-01\t\nEU\tFR\tsoon\t\nEU\tFR\t2001-01-01\t2001-01-01\n")
    last = len(items.split("\n"))
    messages = problems(DATA, tables)
    assert (last + 1, "no class of items begins with `unicorn`") in messages
    assert (last + 6, "the base `nothing` is no set that stands before `odder`") in messages
    said = [m for _, m in messages]
    assert "`QQ` is no country" in said
    assert "from 2001-01-01 until 2001-01-01" in said
    assert any("king" in m for m in said)
    assert len(said) == 6
