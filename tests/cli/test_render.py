"""Blocks to read: 80 columns, the right words marked, hostile text harmless."""

import re
import unicodedata

import click
import msgspec
from hypothesis import given
from hypothesis import strategies as st

from materiel.cli.render import block, cells, marks
from materiel.cli.terminal import WIDTH, printable
from materiel.exports.words import number_words
from materiel.model.article import Article, Reading
from materiel.model.claim import Item, Party, Place, Reaction, Span, Transfer, Value, Visit

anything = st.text(
    st.characters() | st.sampled_from("\x1b\x9b\x07\r\n\t\u202e\u2066\u200b\ufeff\x7f漢가 e\u0301"),
    max_size=300,
)


@given(anything)
def test_printable_text_only_shows(text: str) -> None:
    for char in printable(text):
        assert unicodedata.category(char)[0] != "C" or char in "\u200c\u200d"
        assert char not in "\n\r\u2028\u2029"


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_what_is_harmless_stays(text: str) -> None:
    assert printable(text) == text


def test_what_is_not_is_shown_escaped() -> None:
    assert printable("a\x1b[31mb\x9bc\u202ed\ne\U000e0041") == "a\\x1b[31mb\\x9bc\\u202ed e\\U000e0041"


def transfer(text: str) -> tuple[Article, Reading]:
    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    claim = Transfer(
        status="under_way",
        stance="alleged",
        sources=("TASS",),
        places=(Place(text="Minsk", name="Minsk", country="BY", span=span("Minsk")),),
        date="2024-05",
        spans={"status": (span("delivered"),), "sources": (span("TASS"),)},
        evidence=(Span(0, len(text)),),
        confidence=0.876,
        supplier=(Party(text="Russia", name="Russia", country="RU", span=span("Russia")),),
        recipient=(Party(text="Belarus", name="Republic of Belarus", span=span("Belarus")),),
        items=(
            Item(
                text="five drones",
                item_class="uav",
                quantity=5,
                qualifier="at_least",
                unit="set",
                span=span("five drones"),
            ),
        ),
        value=Value(amount=1500000, currency="USD"),
    )
    article = Article(id="a1", language="en", published="2024-05-08", title="Drones given", text=text)
    return article, Reading(id="a1", language="en", published="2024-05-08", title="Drones given", claims=(claim,))


TEXT = "Russia delivered five drones to Belarus in Minsk, TASS said."


def test_a_block() -> None:
    assert click.unstyle(block(*transfer(TEXT))) == (
        "a1 en 2024-05-08\n"
        "Drones given\n"
        "\n"
        "  TRANSFER  under way, alleged                                   confidence 0.88\n"
        "    supplier      Russia (RU)\n"
        "    recipient     Republic of Belarus “Belarus”\n"
        "    items         at least 5 set uav “five drones”\n"
        "    value         1,500,000 USD\n"
        "    date          2024-05\n"
        "    places        Minsk (BY)\n"
        "    sources       TASS\n"
        "    │ Russia delivered five drones to Belarus in Minsk, TASS said.\n"
        "\n"
    )


def test_the_words_of_cells_are_marked_in_the_style_of_their_label() -> None:
    shown = block(*transfer(TEXT))
    for label, words in (
        ("supplier", "Russia"),
        ("items", "five drones"),
        ("places", "Minsk"),
        ("sources", "TASS"),
    ):
        (style,) = set(re.findall(rf"((?:\x1b\[\d+m)+){label}\x1b\[0m", shown))
        assert f"{style}{words}\x1b[0m" in shown.split("│")[1]


def test_an_article_without_claims_says_so() -> None:
    article = Article(id="a", language="en", text="x")
    assert click.unstyle(block(article, Reading(id="a", language="en"))) == "a en\n\n  no claims\n\n"


@given(anything, anything, st.integers(0, 80), st.integers(0, 400))
def test_no_line_is_wider_than_the_page(before: str, after: str, start: int, end: int) -> None:
    article, reading = transfer(before + TEXT + after)
    (claim,) = reading.claims
    assert isinstance(claim, Transfer)
    item = Item(text=before, item_class="uav", span=Span(start, end))
    claim = msgspec.structs.replace(claim, items=(item,), sources=(after,), spans={"status": (Span(0, end),)})
    reading = Reading(id=after, language="en", title=before, claims=(claim,))
    shown = block(article, reading)
    assert "".join(re.findall(r"\x1b\[\d+m", shown)) == "".join(re.findall("\x1b[^m]*m?", shown))
    for line in click.unstyle(shown).split("\n"):
        wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
        thin = sum(unicodedata.category(c) in ("Mn", "Me") or c in "\u200c\u200d" for c in line)
        assert len(line) + wide - thin <= WIDTH


@given(anything)
def test_a_quotation_has_all_its_characters(text: str) -> None:
    article = Article(id="a", language="en", text=text)
    claim = Visit(status="delivered", stance="stated", evidence=(Span(0, len(text)),))
    shown = block(article, Reading(id="a", language="en", claims=(claim,)))
    quoted = "".join(line[6:] for line in shown.split("\n") if line.startswith("    │ "))
    assert quoted.replace(" ", "") == printable(text).replace(" ", "")


def test_cells_of_other_kinds() -> None:
    reaction = Reaction(
        status="delivered",
        stance="stated",
        tone="concern",
        about="the deal",
        who=(Party(text="Oslo", name="Norway", country="NO"),),
    )
    assert dict(cells(reaction)) == {
        "who": ["Norway (NO) “Oslo”"],
        "tone": ["concern"],
        "about": ["the deal"],
    }
    visit = Visit(
        status="agreed",
        stance="stated",
        days=6,
        visitor=(Party(text="a", name="a", span=Span(1, 2, "title")),),
    )
    assert dict(cells(visit)) == {"visitor": ["a"], "days": ["6"]}
    assert marks(visit) == [(Span(1, 2, "title"), "visitor")]


def test_numbers() -> None:
    assert [number_words(n) for n in (5, 1500000, 2.5, 3.0)] == ["5", "1,500,000", "2.5", "3"]
