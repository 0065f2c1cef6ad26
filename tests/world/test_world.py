"""The world's files: what is read from them, and what is told when they are broken."""

from pathlib import Path
from shutil import copytree

import pytest

from materiel.world.check import check_world
from materiel.world.countries import country_codes, forms_in, is_country, names_in
from materiel.world.load import FOLDER, WorldError, load_world
from materiel.world.shape import Person
from materiel.world.tables import read_records, read_table


def test_world_has_no_problems() -> None:
    assert [str(p) for p in check_world()] == []


def test_world_is_read_once() -> None:
    assert load_world() is load_world()
    assert load_world().item_classes["uav"].unroca is None
    assert load_world().item_classes["armour.tank"].unroca == "I"


def test_broken_world_tells_all_at_once(tmp_path: Path) -> None:
    folder = copytree(FOLDER, tmp_path / "data")
    (folder / "people.tsv").write_text(
        "name\tcountry\toffice\tfrom\tuntil\tforms\n"
        "Ann Example\tRU\thead\t2001\t\tExample\n"
        "Bob Example\tQQ\tminister\t2005\t2001\tExample\n"
        "Cy\tRU\tking\t\t\t\n"
        "\n# comment\n"
        "Di\tRU\thead\tsoon\t\t\n"
        "\tRU\thead\t\t\t\n"
        "Ed\tRU\n"
        "Ann Example\tRU\tminister\t1999\t2001\tExample\n",
        encoding="utf-8",
    )
    (folder / "places.tsv").write_text("name\tcountry\n", encoding="utf-8")
    (folder / "organisations.tsv").unlink()
    (folder / "designations.tsv").write_text(
        "designation\tclass\tmaker\tforms\nX-1\tunicorn\t-\t\nX 1\tuav\tRU\tX-1|Blip\n", encoding="utf-8"
    )
    found = [(Path(p.file).name, p.line, p.message) for p in check_world(folder)]
    assert [(file, line) for file, line, _ in found] == [
        ("designations.tsv", 2),
        ("designations.tsv", 3),
        ("designations.tsv", 3),
        ("organisations.tsv", 1),
        ("people.tsv", 3),
        ("people.tsv", 3),
        ("people.tsv", 3),
        ("people.tsv", 4),
        ("people.tsv", 7),
        ("people.tsv", 8),
        ("people.tsv", 9),
        ("places.tsv", 1),
    ]
    with pytest.raises(WorldError, match=r"people\.tsv:9: 2 cells, the header has 6"):
        load_world(folder)


def test_types_of_different_classes_may_share_a_form(tmp_path: Path) -> None:
    folder = copytree(FOLDER, tmp_path / "data")
    head = "designation\tclass\tmaker\tforms\n"
    rows = ["Ulk\thelicopter\tFR\t", "Ulk UAV\tuav\tUS\tUlk"]
    (folder / "designations.tsv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    found = [(p.line, p.message) for p in check_world(folder) if p.file.endswith("designations.tsv")]
    assert found == []


def test_table_rows_have_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("# about\nb\ta\r\n\n1\t2\r\n# x\n\t4\n", encoding="utf-8")
    rows, problems = read_table(path, ("a", "b"))
    assert problems == []
    assert rows == [(4, {"a": "2", "b": "1"}), (6, {"a": "4", "b": ""})]


def test_records_have_lists_and_nothing(tmp_path: Path) -> None:
    path = tmp_path / "people.tsv"
    header = "name\tcountry\toffice\tfrom\tuntil\tforms\n"
    path.write_text(f"{header}Ann\tRU\thead\t2001\t-\tA | B\n", encoding="utf-8")
    assert read_records(path, Person) == ([(2, Person("Ann", "RU", "head", 2001, None, ("A", "B")))], [])


def test_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(b"a\nb\n\xff\n")
    assert read_table(path, ("a",)) == ([], [(str(path), 3, "not UTF-8")])


def test_every_country_has_a_position(tmp_path: Path) -> None:
    assert load_world().positions.keys() == country_codes()
    folder = copytree(FOLDER, tmp_path / "data")
    known = (folder / "positions.tsv").read_text(encoding="utf-8")
    lines = [line for line in known.splitlines() if not line.startswith("ID\t")]
    (folder / "positions.tsv").write_text("\n".join([*lines, "NATO\t50\t4", "RU\t60\t190"]), encoding="utf-8")
    assert [(p.line, p.message) for p in check_world(folder)] == [
        (1, "no position of ID"),
        (251, "`NATO` is no country"),
        (252, "`RU` is off the globe; latitude first, then longitude, in degrees"),
        (252, "`RU` stands on line 191 too"),
    ]


def test_countries_are_those_of_iso() -> None:
    assert len(country_codes()) == 250  # ISO 3166-1 and the code that CLDR gives Kosovo
    assert not country_codes() & {"EU", "UN", "ZZ", "XA", "QO", "AC"}
    assert is_country("EU")
    assert not is_country("West Coast")


@pytest.mark.parametrize("locale", ["en", "id", "ru", "zh-Hant"])
def test_country_names_come_from_cldr(locale: str) -> None:
    assert set(forms_in(locale).values()) == country_codes()


def test_bracketed_variants() -> None:
    assert not any("(" in form for form in forms_in("en"))
    assert names_in("ru")["VG"] != names_in("ru")["VI"]
    assert forms_in("en")["Myanmar"] == forms_in("en")["Burma"] == "MM"
    assert names_in("en")["CC"] == "Cocos Islands"
    assert forms_in("xx-none") == {}
