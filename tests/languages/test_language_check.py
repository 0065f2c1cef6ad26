"""The check of language packs: the packs that there are, and packs broken in every way at once."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from made_pack import CODE, FILES, line_of, write_pack

from materiel.cli.languages import languages
from materiel.languages.check import check
from materiel.languages.load import available
from materiel.world.problem import Problem


def told(problems: list[Problem]) -> list[tuple[str, int, str]]:
    return [(Path(p.file).name, p.line, p.message) for p in problems]


@pytest.mark.parametrize("code", available())
def test_pack_has_no_problems(code: str) -> None:
    assert [str(p) for p in check(code)] == []


def test_there_are_packs() -> None:
    assert available()


def test_made_pack_has_no_problems(tmp_path: Path) -> None:
    assert told(check(CODE, write_pack(tmp_path))) == []


def test_every_missing_file_is_told(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, **{name.replace(".", "_"): None for name in FILES if "/" not in name})
    missing = {(f, n) for f, n, message in told(check(CODE, folder)) if message == "the file is missing"}
    assert missing == {(name, 1) for name in FILES if "/" not in name}


def test_pack_that_is_not_there(tmp_path: Path) -> None:
    messages = {m for _, _, m in told(check(CODE, tmp_path / "none"))}
    assert messages == {"the file is missing", "no examples"}


def test_broken_pack_tells_all_at_once(tmp_path: Path) -> None:
    triggers, cues, numbers = FILES["triggers.toml"], FILES["cues.toml"], FILES["numbers.toml"]
    folder = write_pack(
        tmp_path,
        pack_toml=FILES["pack.toml"].replace("0.5", "5").replace('"zz"', '"yy"') + "colour = 1\n",
        names_tsv=FILES["names.tsv"] + "Ruria\tname\tBY\nNowhere\tname\tXX\nBob\tperson\tBob\nx\ty\tRU\nx\tname\n",
        items_tsv=FILES["items.tsv"] + "uav\tFLYER\nunicorn\thorse\n",
        triggers_toml=triggers.replace('"item"', '"thing"').replace("tone =", "pitch ="),
        cues_toml=cues.replace("secret = ", "segret = ").replace('"qfrom"', '"qfrom", "q-to", "Q to"'),
        numbers_toml=numbers.replace("= 3", '= "three"').replace("USD", "ZZY") + "[colours]\nred = 1\n",
        dates_toml=FILES["dates.toml"].replace("= 1", "= 13"),
        titles_toml=FILES["titles.toml"].replace('"head"', '"boss"'),
        speech_toml='verbs = ["zegt", 3]\n',
        furniture_toml='starts = ["Lees niet:"\n',
    )
    found = told(check(CODE, folder))
    assert found == sorted(found)
    expected = [
        ("pack.toml", 1, "the code is"),
        ("pack.toml", 6, "the floor"),
        ("pack.toml", 9, "`colour`: unknown key"),
        ("names.tsv", 5, "`Ruria` stands on line 3"),
        ("names.tsv", 6, "`XX` is no name"),
        ("names.tsv", 7, "`Bob` is no person"),
        ("names.tsv", 8, "Invalid enum value 'y'"),
        ("names.tsv", 9, "2 cells"),
        ("items.tsv", 4, "`FLYER` stands on line 2"),
        ("items.tsv", 5, "`unicorn` is no class"),
        ("triggers.toml", line_of("triggers.toml", "object"), "`trigger[1].object`: Invalid enum value"),
        ("triggers.toml", line_of("triggers.toml", "tone"), "`trigger[2].pitch`: unknown key"),
        ("triggers.toml", line_of("triggers.toml", '"regret"') - 1, "reaction `regret` has no tone"),
        ("cues.toml", 1, "the cue class `secret` is missing"),
        ("cues.toml", line_of("cues.toml", "secret"), "unknown cue class `segret`"),
        ("cues.toml", line_of("cues.toml", '"qfrom"'), "`q to` is said twice"),
        ("numbers.toml", line_of("numbers.toml", "dree"), "`cardinals.dree`: Expected `int`, got `str`"),
        ("numbers.toml", line_of("numbers.toml", "USD"), "`ZZY` is no ISO 4217"),
        ("numbers.toml", 13, "`colours`: unknown key"),
        ("dates.toml", line_of("dates.toml", "Janver"), "`months.Janver`: Invalid enum value 13"),
        ("titles.toml", line_of("titles.toml", "head"), "`title[1].sort`: Invalid enum value 'boss'"),
        ("speech.toml", 1, "`verbs`: Expected `str`, got `int` (number 2 of the list)"),
        ("furniture.toml", 1, "Unclosed array"),
    ]
    for file, line, message in expected:
        assert any((f, n) == (file, line) and message in m for f, n, m in found), (file, line, message, found)


def test_unused_entries_are_told(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, first_txt="# only\nIn Ruria they gub and grumbled.\nsilence\n")
    found = {(f, m) for f, _, m in told(check(CODE, folder))}
    assert found == {
        ("triggers.toml", "trigger give: no form is ever marked `transfer`"),
        ("triggers.toml", "trigger regret: no form is ever marked `reaction`"),
        ("numbers.toml", "articles: no form is ever in an example"),
        ("numbers.toml", "cardinals dree: no form is ever in an example"),
        ("numbers.toml", "multipliers tonk: no form is ever in an example"),
        ("numbers.toml", "vague some: no form is ever in an example"),
        ("numbers.toml", "qualifiers about: no form is ever in an example"),
        ("numbers.toml", "currencies USD: no form is ever in an example"),
        ("dates.toml", "past: no form is ever in an example"),
        ("dates.toml", "months Janver: no form is ever in an example"),
        ("dates.toml", "weekdays Moonday: no form is ever in an example"),
        ("dates.toml", "seasons sprong: no form is ever in an example"),
        ("titles.toml", "title President: no form is ever in an example"),
        ("titles.toml", "body Army: no form is ever in an example"),
        ("speech.toml", "verbs: no form is ever in an example"),
        ("furniture.toml", "`starts`: no example is such a line"),
        ("names.tsv", "name Philia: no form is ever in an example"),
        ("items.tsv", "missile: no form is ever in an example"),
        ("items.tsv", "uav: no form is ever in an example"),
    }


def test_decomposed_letters_are_told(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, speech_toml='# a\nverbs = ["zegt", "e\u0301"]\n')
    assert told(check(CODE, folder)) == [("speech.toml", 2, "not in Unicode normal form C (NFC)")]


def test_cli_exits_with_1_and_one_line_a_problem() -> None:
    result = CliRunner().invoke(languages, ["check", "none"])
    assert result.exit_code == 1
    assert "none/pack.toml:1: the file is missing" in result.stdout


def test_cli_lists() -> None:
    result = CliRunner().invoke(languages, ["list"])
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == list(available())
