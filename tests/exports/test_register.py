"""Register: the rows that are written, and the rows that people type."""

import csv
import io

import pytest

from made_events import HOSTILE, all_events
from materiel.exports.cells import read, read_list
from materiel.exports.register import read_register, write
from materiel.exports.rows import COLUMNS
from materiel.model.article import AnnotatedArticle
from materiel.model.claim import Claim


def written() -> bytes:
    stream = io.BytesIO()
    write(all_events(), stream)
    return stream.getvalue()


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written().decode(), newline="")))


def test_one_row_an_item_and_transfers_only() -> None:
    assert [row["event"] for row in rows()[:4]] == ["gift", "gift", "gift", "order"]
    assert len(rows()) == 5
    assert tuple(rows()[0]) == COLUMNS
    assert written().count(b"\n") == 6


def test_gift() -> None:
    drone, geran, vest = rows()[:3]
    assert (drone["supplier"], drone["supplier_country"]) == ("Governor of Primorsky Krai", "RU")
    assert (drone["numbers_delivered"], drone["delivery_dates"]) == ("5", "2023-09-17")
    assert (drone["number_ordered"], drone["order_date"]) == ("", "")
    assert drone["contradictions"] == "supplier: Governor of Primorsky Krai (TASS) against Vladimir Putin (Yonhap)"
    assert (drone["sources"], drone["articles"]) == ("TASS; Yonhap", "a1; a2; a3")
    assert (drone["munitions_list"], drone["un_register"], drone["sipri_category"]) == ("ML10.c", "IV", "Aircraft")
    assert drone["embargoes"] == "UN-KP (matches)"
    assert (geran["designation"], geran["numbers_delivered"]) == ("Geran-25", "1")
    assert (vest["number"], vest["delivery_dates"]) == ("", "2023-09-17")


def test_order() -> None:
    row = rows()[3]
    assert row["supplier_country"] == "PK; CN"
    assert (row["number_ordered"], row["order_date"]) == ("24", "2024-02")
    assert (row["numbers_delivered"], row["delivery_dates"]) == ("4", "2024-09-25")
    assert (row["value"], row["currency"], row["mode"]) == ("1600000000", "USD", "sale")


def test_nothing_runs_and_nothing_is_lost() -> None:
    row = rows()[4]
    assert row["supplier"].startswith("'=HYPERLINK")
    assert read_list(row["supplier"]) == [HOSTILE, "-b"]
    assert read_list(row["recipient"]) == ["'=c", "@NATO"]
    assert read(row["designation"]) == "+1;2"
    assert row["number"] == "0.5"


def test_what_was_written_is_read() -> None:
    articles, problems = read_register(io.BytesIO(written()), "own.csv")
    assert problems == []
    order = articles[3]
    assert [(c.status, c.date, c.event) for c in order.claims] == [
        ("agreed", "2024-02", "order"),
        ("delivered", "2024-09-25", "order"),
    ]
    hostile = articles[4].claims[0]
    assert (hostile.status, hostile.stance) == ("halted", "alleged")


def test_large_numbers_are_read_as_they_were_written() -> None:
    said, problems = coded("Supplier,Recipient,Description,Numbers delivered\nRussia,Iran,other,100000000000000003\n")
    assert (said, problems) == (["hand.csv:2 delivered None other 100000000000000003"], [])


def coded(table: str) -> tuple[list[str], list[str]]:
    articles, problems = read_register(io.BytesIO(table.encode()), "hand.csv")
    said = [said_by(article, claim) for article in articles for claim in article.claims]
    return said, list(map(str, problems))


def said_by(article: AnnotatedArticle, claim: Claim) -> str:
    item = claim.items[0]  # type: ignore[union-attr]
    return f"{article.id} {claim.status} {claim.date} {item.item_class} {item.quantity}"


def test_hand_coded_rows() -> None:
    said, problems = coded(
        "Supplier,Recipient,Description,Designation,Number ordered,Numbers delivered,Delivery dates,Order-Date\r\n"
        "Russia,North Korea,loitering munition,Geran-25,,5,2023-09-17,\r\n"
        "\r\n"
        "South Korea,Indonesia,aircraft.fighter,KF-21,16,,,2026\r\n"
        '"Turkey; Türkiye",Indonesia,Main Battle Tank,,"1,000",4; 6,2024;2025-01,2023\r\n'
    )
    assert said == [
        "hand.csv:2 delivered 2023-09-17 uav.loitering 5",
        "hand.csv:4 agreed 2026 aircraft.fighter 16",
        "hand.csv:5 agreed 2023 armour.tank 1000",
        "hand.csv:5 delivered 2024 armour.tank 4",
        "hand.csv:5 delivered 2025-01 armour.tank 6",
    ], problems
    assert problems == []


@pytest.mark.parametrize("word", ["loitering munition", "Drone", "rudal balistik", "main battle tank"])
def test_things_are_known_by_the_words_that_people_have_for_them(word: str) -> None:
    articles, problems = read_register(io.BytesIO(f"supplier,recipient,description\nRussia,Iran,{word}\n".encode()))
    assert problems == []
    assert articles[0].claims[0].items[0].item_class  # type: ignore[union-attr]


def test_countries_are_known_by_name() -> None:
    articles, _ = read_register(io.BytesIO(b"supplier,recipient,description\nRussia,Nowhere Front,mortar\n"))
    claim = articles[0].claims[0]
    assert claim.supplier[0].country == "RU"  # type: ignore[union-attr]
    assert claim.recipient[0].country is None  # type: ignore[union-attr]
    assert claim.items[0].text in articles[0].text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "RU,KP,main battel tank,,,,,",
            "column `description`: `main battel tank` is no description of a class; write `main battle tank`",
        ),
        ("RU,KP,,,,,,", "column `description`: is empty; write one of"),
        (
            "RU,KP,xylophone,,,,,",
            "column `description`: `xylophone` is no description of a class; write one of world/data",
        ),
        ("RU,KP,mortar,lots,,,,", "column `number_ordered`: `lots` is no number; write digits"),
        ("RU,KP,mortar,,17/09/2023,,,", "column `order_date`: `17/09/2023` is no date; write 2023"),
        ("RU,KP,mortar,,2023-13-40,,,", "column `order_date`: `2023-13-40` is no date"),
        ("RU,KP,mortar,,,given,,", "column `status`: `given` is none of sought"),
        ("RU,KP,mortar,,,,5,", "column `currency`: `` is no currency; write an ISO 4217 code"),
        ("RU,KP,mortar,,,,5,,QQQ", "column `currency`: `QQQ` is no currency"),
        ("RU,KP,mortar,,,,,QQ", "column `supplier_country`: `QQ` is no country; write an ISO"),
        ("RU,KP,mortar,,,,,RU; CN", "column `supplier_country`: 2 countries for 1 names"),
        (",,mortar,,,,,", "column `supplier`: names nobody"),
        ("RU,KP,mortar,,,,,,,", "10 cells, the header has 9"),
        ('RU,KP,"mor"tar,,,,,', "put a cell in double quotes"),
        ("RU,KP,\x1b[31m,,,,,", "column `description`: `\\u001b[31m` is no description"),
    ],
)
def test_bad_rows_are_told_and_the_others_read(row: str, said: str) -> None:
    header = "supplier,recipient,description,number_ordered,order_date,status,value,supplier_country,currency"
    read, problems = coded(f"{header}\nRU,KP,mortar,1,,,,\n{row}\nRU,KP,mortar,2,,,,\n")
    assert len(read) == 2
    assert len(problems) == 1
    assert problems[0].startswith("hand.csv:3: ")
    assert said in problems[0]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"supplier,description\nRU,mortar\n", "hand.csv:1: no column `recipient`"),
        (b"supplier,recipient,description,Supplier\nRU,KP,mortar,CN\n", "hand.csv:1: column `supplier` stands twice"),
        (b"", "hand.csv:1: no column `supplier`, `recipient`, `description`"),
        (b"supplier,recipient,description\nRU,\xff,mortar\n", "hand.csv:2: this is not UTF-8"),
    ],
)
def test_no_register(table: bytes, said: str) -> None:
    articles, problems = read_register(io.BytesIO(table), "hand.csv")
    assert articles == []
    assert str(problems[0]).startswith(said)


def test_byte_order_mark_of_spreadsheets() -> None:
    articles, problems = read_register(io.BytesIO("\ufeffsupplier,recipient,description\nRU,KP,mortar\n".encode()))
    assert (len(articles), problems) == (1, [])
