"""The markup of examples: what is read from it, and what is told when it is wrong."""

from pathlib import Path

import pytest
from made_pack import CODE, write_pack

from materiel.languages.brackets import read_brackets
from materiel.languages.check import check
from materiel.languages.examples import parse_examples
from materiel.languages.load import load_language
from materiel.languages.markup import Example, MarkupError, claims_of, read_claims, read_examples
from materiel.model.claim import Item, Party, Reaction, Span, Transfer, Value
from materiel.world.load import load_world


def parsed(tmp_path: Path, text: str) -> tuple[list[Example], list[tuple[int, str]]]:
    examples, problems = parse_examples(write_pack(tmp_path, first_txt=text, words_txt=None))
    return examples, [(p.line, p.message) for p in problems]


def faults(tmp_path: Path, text: str) -> list[str]:
    examples, problems = parsed(tmp_path, text)
    found = [p.message for e in examples for p in read_claims(e, load_world())[1]]
    return [message for _, message in problems] + found


def test_brackets_nest_and_escape() -> None:
    line = r"\[a\] [item=uav;quantity=2 two [supplier/2,3=RU Russian ] jets] \\ b"
    text, marks, wrong = read_brackets(line)
    assert (text, wrong) == ("[a] two Russian  jets \\ b", [])
    assert [(m.role, m.claims, m.value, m.attributes, text[m.start : m.end]) for m in marks] == [
        ("item", (1,), "uav", {"quantity": "2"}, "two Russian  jets"),
        ("supplier", (2, 3), "RU", {}, "Russian"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[item=uav;designation=Blip 2 Mk 3;quantity=1 one]",
        '[item=uav;quantity=1;designation="Blip 2 Mk 3" one]',
    ],
)
def test_designation_with_spaces(line: str) -> None:
    text, (mark,), _ = read_brackets(line)
    assert (text, mark.attributes) == ("one", {"designation": "Blip 2 Mk 3", "quantity": "1"})


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[supplier=RU Moscow", "`[supplier` is never closed"),
        ("Moscow]", "`]` closes nothing after 'Moscow'"),
        ("[Moscow]", "not markup: '[Moscow]'"),
        ("[source  ] x", "`[source]` marks no text"),
    ],
)
def test_bad_brackets_are_told(line: str, fault: str) -> None:
    assert fault in read_brackets(line)[2][0]


def test_claims_have_their_cells_and_spans(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    give, regret, two, furniture, _ = read_examples(load_language(CODE, folder), folder)
    (claim,) = claims_of(give, load_world())
    text = "preziden of Ruria"
    start = give.text.index(text)
    assert isinstance(claim, Transfer)
    assert give.published == "2024-01-17"
    assert claim.supplier == (Party(text=text, name=text, country="RU", span=Span(start, start + len(text))),)
    assert (claim.mode, claim.date, claim.sources) == ("gift", "2024-01-15", ("TASS",))
    assert (claim.status, claim.stance) == ("delivered", "stated")
    assert [give.text[s.start : s.end] for s in claim.spans["status"]] == ["gub"]
    words = "roond dree flyers"
    at = give.text.index(words)
    assert claim.items == (
        Item(
            text=words,
            item_class="uav",
            designation="Blip 2",
            quantity=3,
            qualifier="about",
            span=Span(at, at + len(words)),
        ),
    )
    (reaction,) = claims_of(regret, load_world())
    assert isinstance(reaction, Reaction)
    assert (reaction.tone, reaction.who[0].country) == ("concern", "PH")
    assert regret.text.endswith("[sic].")
    first, second = claims_of(two, load_world())
    assert isinstance(first, Transfer)
    assert isinstance(second, Transfer)
    assert first.supplier == second.supplier
    assert (first.stance, second.stance, second.status) == ("stated", "alleged", "agreed")
    assert second.value == Value(amount=5000, currency="USD")
    assert claims_of(furniture, load_world()) == ()


def test_lines_of_problems(tmp_path: Path) -> None:
    text = "# head comment\n\n# a\nx [y\nstance: perhaps\nmood: glad\nhello\n\nno name\nsilence\n"
    examples, problems = parsed(tmp_path, text)
    assert [(e.name, e.line, e.text_line) for e in examples] == [("a", 3, 4)]
    assert [line for line, _ in problems] == [4, 4, 5, 6, 7, 9]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("They gave.", "neither a claim nor `silence`"),
        ("[supplier=RU Moscow] gave.", "claim 1: it has no trigger"),
        ("[transfer gave]", "claim 1: its trigger gives no status"),
        ("[transfer=given gave]", "Invalid enum value 'given'"),
        ("[transfer=agreed a] [transfer=sought b]", "several values: agreed sought"),
        ("[transfer=agreed a] [visit=agreed b]", "several kinds"),
        ("[transfer=agreed a] [supplier Moscow]", "its country is missing"),
        ("[transfer=agreed a] [supplier=QQ Moscow]", "`QQ` is no country"),
        ("[transfer=agreed a] [item=unicorn x]", "`unicorn` is no class"),
        ("[transfer=agreed a] [item=uav;colour=red x]", "unknown attribute `colour`"),
        ("[transfer=agreed a] [item=uav;quantity=two x]", "`two` is no number"),
        ("[transfer=agreed a] [item=uav;qualifier=roughly x]", "`roughly` is no qualifier"),
        ("[transfer=agreed a] [date=2023-02-30 x]", "`2023-02-30` is no date"),
        ("[transfer=agreed a] [date=2023 x] [date=2024 y]", "another mark gives another date"),
        ("[transfer=agreed a] [value=5USD x]", "`5USD` is no sum"),
        ("[transfer=agreed a] [giver=RU x]", "unknown role"),
        ("[visit=agreed a] [supplier=RU x]", "a claim of kind visit has no such role"),
        ("[visit=agreed a] x\nmode: gift", "a claim of kind visit has no `mode`"),
        ("[transfer=agreed a] x\ndays: six", "`six` is no number of days"),
        ("[transfer=agreed a] x\npublished: today", "`today` is no date"),
        ("[transfer=agreed a] x\nmode: gift\nmode: sale", "`mode` is said twice"),
        ("[transfer=agreed a] x\nsilence", "silence, yet it marks a claim"),
    ],
)
def test_wrong_claims_are_told(tmp_path: Path, text: str, fault: str) -> None:
    found = faults(tmp_path, f"# a\n{text}\n")
    assert len(found) == 1, found
    assert fault in found[0]


def test_claims_of_raises(tmp_path: Path) -> None:
    examples, _ = parsed(tmp_path, "# a\nThey gave.\n")
    with pytest.raises(MarkupError, match="neither a claim"):
        claims_of(examples[0], load_world())


def test_names_mark_only_names(tmp_path: Path) -> None:
    record, _ = parsed(tmp_path, "# roll\n[name=NL Philia] and [name=BE Belgium] came.\nnames\n")
    assert (record[0].names, claims_of(record[0], load_world())) == (True, ())
    wrong, _ = parsed(tmp_path, "# roll\n[supplier=NL Philia] came.\nnames\n")
    assert "among names" in read_claims(wrong[0], load_world())[1][0].message


def test_names_of_examples_are_unique(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "examples" / "more.txt").write_text("# give\nNothing.\nsilence\n", encoding="utf-8")
    assert [(Path(p.file).name, p.line, p.message) for p in check(CODE, folder)] == [
        ("more.txt", 1, "the name `give` is that of first.txt:1 too")
    ]
