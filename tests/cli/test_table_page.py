"""Events on a terminal: a table and a page of 80 columns that hide nothing and that hostile text cannot act in."""

import re
import unicodedata

import msgspec
import pytest

from made_events import HOSTILE, drones, event, gift, party, report
from materiel.cli.page import page
from materiel.cli.table import MOST_ITEMS, table, when
from materiel.cli.terminal import chars, columns, side_by_side
from materiel.model.article import Article
from materiel.model.claim import Item, Span, Visit
from materiel.model.event import Contradiction, Event, Said
from materiel.model.finding import Screened

CODES = re.compile(r"\x1b\[[0-9;]*m")


def plain(lines: list[str]) -> list[str]:
    return [CODES.sub("", line) for line in lines]


def no_article(_: str) -> None:
    return None


def test_cells_stand_side_by_side() -> None:
    rows = side_by_side([chars("one two"), chars("5"), chars("漢字")], [4, -3, 4])
    assert rows == ["one     5  漢字", "two"]


@pytest.mark.parametrize("events", [[], [gift()], [gift(), gift()]])
def test_a_table_counts_its_events(events: list[Screened]) -> None:
    lines = plain(list(table(events)))
    assert (lines == ["no events"]) == (not events)
    if events:
        assert lines[0].split() == ["EVENT", "WHEN", "KIND", "STATUS", "ROOTS", "LOOK", "AT"]
        n = len(events)
        assert f"{n} event{'s' if n > 1 else ''}, {n} contradicted, {n} under an embargo" in lines


def test_a_row_says_when_who_whom_what_and_what_to_look_at() -> None:
    first, *rest = plain(list(table([gift()])))[1:]
    assert first.split() == [gift().event.id, "2023-09-17", "transfer", "delivered", "2", "≠", "supplier", "!", "UN-KP"]
    said = " ".join(" ".join(rest).split())
    assert said.startswith("Governor of Primorsky Krai (RU) → Kim Jong Un (KP): 5 × loitering munition, 1 × Geran-25")


@pytest.mark.parametrize(
    ("date", "published", "shown"),
    [
        ("2023-09-12/2023-09-17", "2023-09-18", "2023-09-12…"),
        ("2023", "2023-09-18", "2023"),
        (None, "2023-09-18", "(2023-09-18)"),
        (None, "", "?"),
    ],
)
def test_when(date: str | None, published: str, shown: str) -> None:
    told = drones(5, party("Vladimir Putin", "RU"), date)
    assert when(event("e", told, report("a", "TASS", told, published))) == shown


def test_items_beyond_a_few_are_counted() -> None:
    items = tuple(Item(text="x", item_class="ammunition", quantity=n) for n in range(MOST_ITEMS + 3))
    told = msgspec.structs.replace(drones(5, party("A")), items=items)
    assert any(
        line.endswith("and 3 more")
        for line in plain(list(table([Screened(event=event("e", told, report("a", "r", told)))])))
    )


def test_what_says_nothing_by_its_class_is_named_in_the_articles_words() -> None:
    told = msgspec.structs.replace(drones(5, party("A")), items=(Item(text="a Cossack sword", item_class="other"),))
    assert "“a Cossack sword”" in "\n".join(table([Screened(event=event("e", told, report("a", "r", told)))]))


def test_a_page_shows_each_value_with_who_carries_it() -> None:
    lines = plain(list(page(gift(), no_article, 10)))
    text = "\n".join(lines)
    assert lines[0] == f"TRANSFER  delivered, stated{f'event {gift().event.id}':>53}"
    assert re.search(r"^  supplier +Governor of Primorsky Krai", text, re.MULTILINE)
    assert re.search(
        r"^ +≠ supplier\n +Governor of Primorsky Krai\n +1 root \(TASS\) in report 1\n", text, re.MULTILINE
    )
    assert re.search(r"^ +Vladimir Putin\n +1 root \(Yonhap\) in report 2$", text, re.MULTILINE)
    assert "! UN arms embargo on North Korea: matches (mandatory; UN-KP)" in text
    assert "3 reports in 3 articles, 1 outlet, 2 independent roots: TASS, Yonhap" in text


def test_values_of_a_cell_are_told_marked_or_only_said() -> None:
    one = gift().event
    said = (
        Said(value="2023-09-17", reports=(0,), roots=("TASS",)),
        Said(value="2023-09-19", reports=(1,), roots=("Yonhap",)),
        Said(value="2023-09", reports=(2,), roots=("TASS",)),
    )
    clash = Contradiction(cell="date", values=said[:2])
    made = msgspec.structs.replace(one, values={"date": said}, contradictions=(clash,))
    cells = [line.split() for line in plain(list(page(Screened(event=made), no_article, 0)))]
    at = next(n for n, line in enumerate(cells) if line[:1] == ["date"])
    assert cells[at : at + 3] == [
        ["date", "2023-09-17", "1", "of", "2", "roots"],
        ["≠", "2023-09-19", "Yonhap"],
        ["·", "2023-09", "TASS"],
    ]


def test_reports_quote_their_evidence_and_the_rest_are_counted() -> None:
    text = "Nothing. The governor gave five drones to Kim."
    claim = msgspec.structs.replace(drones(5, party("A")), evidence=(Span(9, len(text)),), confidence=0.7)
    made = event("e", claim, report("a1", "TASS", claim), report("a2", "TASS", claim))
    article = Article(id="a1", language="en", title="The headline", text=text)
    lines = plain(list(page(Screened(event=made), lambda key: article if key == "a1" else None, 1)))
    assert "     │ The governor gave five drones to Kim." in lines
    assert "     The headline" in lines
    assert any("a1#0" in line and "root: TASS" in line for line in lines)
    assert lines[-1] == "  … and 1 more: --reports 2"


def test_a_coded_claim_quotes_the_words_of_its_cells() -> None:
    claim = drones(6, party("Putin"))
    lines = plain(list(page(Screened(event=event("e", claim, report("a1", "TASS", claim))), no_article, 1)))
    assert lines[-1] == "     │ Putin … Kim Jong Un … drones … Vladivostok"


def hostile() -> Screened:
    bad = party(HOSTILE)
    claim = Visit(visitor=(bad,), host=(bad,), status="delivered", stance="stated", sources=(HOSTILE,), date=None)
    made: Event = event("e\x1b[2J", claim, report(HOSTILE, HOSTILE, claim))
    clash = Contradiction(cell="visitor", about=HOSTILE, values=(Said(value=HOSTILE, reports=(0,), roots=(HOSTILE,)),))
    return Screened(event=msgspec.structs.replace(made, contradictions=(clash,), values={"visitor": clash.values}))


def test_hostile_text_only_shows_and_lines_fit() -> None:
    article = Article(id=HOSTILE, language="en", title=HOSTILE, text="x")
    lines = plain(
        [*table([hostile(), gift()]), *page(hostile(), lambda _: article, 5, [HOSTILE]), *page(gift(), no_article, 5)]
    )
    for line in lines:
        assert columns(chars(line)) <= 80
        assert all(unicodedata.category(c)[0] != "C" for c in line)
    assert any("<b>a</b>" in line for line in lines)  # shown, as there is nothing here that it could do
