"""Loading a language: what a pack says, and what is told when it cannot be read."""

from pathlib import Path

import pytest
from made_pack import CODE, FILES, write_pack

from materiel.languages.load import LanguageError, available, load_language


def test_a_pack_may_lie_elsewhere(tmp_path: Path) -> None:
    language = load_language(CODE, write_pack(tmp_path))
    assert (language.name, language.decimal, language.endings) == ("Nonsense", ".", ("s",))
    assert [(n.form, n.ref) for n in language.names] == [("Ruria", "RU"), ("Philia", "PH")]
    assert language.items == {"uav": ("drone", "flyer"), "missile": ("rocket*",)}
    give, regret = language.triggers
    assert give.forms == (("gib", "base"), ("gub", "past"))
    assert (regret.status, regret.tone, regret.weak) == ("delivered", "concern", False)
    assert language.cues["not_yet"] == ("qnotyet",)
    assert language.numbers.cardinals == {"dree": 3}
    assert language.dates.seasons == {"sprong": (3, 5)}
    assert (language.titles[0].sort, language.bodies[0].english) == ("head", "Army")
    assert language.furniture.starts == ("Lees ook:",)


def test_available_are_the_folders_with_a_pack(tmp_path: Path) -> None:
    write_pack(tmp_path)
    (tmp_path / "other").mkdir()
    assert available(tmp_path) == (CODE,)


def test_error_lists_every_problem(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        speech_toml='verbs = "says"\nnouns = []\n',
        items_tsv="class\twords\n",
        pack_toml=FILES["pack.toml"].replace('name = "Nonsense"\n', ""),
        dates_toml=None,
    )
    with pytest.raises(LanguageError) as raised:
        load_language(CODE, folder)
    assert [(Path(p.file).name, p.line) for p in raised.value.problems] == [
        ("dates.toml", 1),
        ("items.tsv", 1),
        ("pack.toml", 1),
        ("speech.toml", 1),
        ("speech.toml", 2),
    ]
    assert all(str(p) in str(raised.value) for p in raised.value.problems)


def test_code_is_the_folders(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    with pytest.raises(LanguageError, match="the code is `zz`, not `yy`"):
        load_language("yy", folder)
