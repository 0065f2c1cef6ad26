"""The page of an event: 80 columns that hide nothing and that hostile text cannot act in."""

import re
import unicodedata

import msgspec

from made_events import HOSTILE, drones, event, gift, party, report
from materiel.cli.decided import Decided
from materiel.cli.page import MOST_ITEMS, page
from materiel.cli.terminal import chars, columns
from materiel.model.article import Article
from materiel.model.claim import Item, Span, Visit
from materiel.model.event import Contradiction, Event, Said
from materiel.model.finding import Screened

CODES = re.compile(r"\x1b\[[0-9;]*m")


def plain(lines: list[str]) -> list[str]:
    return [CODES.sub("", line) for line in lines]


def no_text(key: str) -> Article:
    return Article(id=key, language="en", text="")


def test_items_beyond_a_few_are_counted() -> None:
    items = tuple(Item(text="x", item_class="ammunition", quantity=n) for n in range(MOST_ITEMS + 3))
    told = msgspec.structs.replace(drones(5, party("A")), items=items)
    made = event("e", told, report("a", "r", told))
    assert "and 3 more" in " ".join(plain(list(page(Screened(event=made), no_text, 0)))[:4])


def test_what_says_nothing_by_its_class_is_named_in_the_articles_words() -> None:
    told = msgspec.structs.replace(drones(5, party("A")), items=(Item(text="a Cossack sword", item_class="other"),))
    made = event("e", told, report("a", "r", told))
    assert plain(list(page(Screened(event=made), no_text, 0)))[1] == "A → Kim Jong Un (KP): “a Cossack sword”"


def test_a_page_shows_each_value_with_who_carries_it() -> None:
    lines = plain(list(page(gift(), no_text, 10)))
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
    cells = [line.split() for line in plain(list(page(Screened(event=made), no_text, 0)))]
    at = next(n for n, line in enumerate(cells) if line[:1] == ["date"])
    assert cells[at : at + 3] == [
        ["date", "2023-09-17", "1", "of", "2", "roots"],
        ["≠", "2023-09-19", "Yonhap"],
        ["·", "2023-09", "TASS"],
    ]


def test_an_item_put_together_from_several_reports_says_so() -> None:
    lines = plain(list(page(gift(), no_text, 0)))  # whose values name no items
    assert any(re.search(r"1 × Geran-25 \(uav.reconnaissance\) +in parts, 1 of 2 roots$", line) for line in lines)


def test_reports_quote_their_evidence_and_the_rest_are_counted() -> None:
    text = "Nothing. The governor gave five drones to Kim."
    claim = msgspec.structs.replace(drones(5, party("A")), evidence=(Span(9, len(text)),), confidence=0.7)
    made = event("e", claim, report("a1", "TASS", claim), report("a2", "TASS", claim))
    article = Article(id="a1", language="en", title="The headline", text=text)
    lines = plain(list(page(Screened(event=made), lambda _: article, 1)))
    assert "     │ The governor gave five drones to Kim." in lines
    assert "     The headline" in lines
    assert any("a1#0" in line and "root TASS" in line for line in lines)
    assert lines[-1] == "  … and 1 more: --reports 2"


def test_a_coded_claim_quotes_the_words_of_its_cells() -> None:
    claim = drones(6, party("Putin"))
    lines = plain(list(page(Screened(event=event("e", claim, report("a1", "TASS", claim))), no_text, 1)))
    assert lines[-1] == "     │ Putin … Kim Jong Un … drones … Vladivostok"


def hostile() -> Screened:
    bad = party(HOSTILE)
    claim = Visit(visitor=(bad,), host=(bad,), status="delivered", stance="stated", sources=(HOSTILE,), date=None)
    made: Event = event("e\x1b[2J", claim, report(HOSTILE, HOSTILE, claim))
    clash = Contradiction(cell="visitor", about=HOSTILE, values=(Said(value=HOSTILE, reports=(0,), roots=(HOSTILE,)),))
    return Screened(event=msgspec.structs.replace(made, contradictions=(clash,), values={"visitor": clash.values}))


def test_hostile_text_only_shows_and_lines_fit() -> None:
    article = Article(id=HOSTILE, language="en", title=HOSTILE, text="x")
    lines = plain([*page(hostile(), lambda _: article, 5, Decided((HOSTILE,))), *page(gift(), no_text, 5)])
    for line in lines:
        assert columns(chars(line)) <= 80
        assert all(unicodedata.category(c)[0] != "C" for c in line)
    assert any("<b>a</b>" in line for line in lines)  # shown, as there is nothing here that it could do
