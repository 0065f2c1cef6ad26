"""Claims that somebody coded: every form they come in, and what is said of bad ones."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from materiel.articles.load import load_coded
from materiel.model.article import AnnotatedArticle
from materiel.model.errors import ArticleError

CLAIM: dict[str, Any] = {
    "kind": "transfer",
    "status": "delivered",
    "stance": "stated",
    "date": "2023-09-12/2023-09-17",
    "supplier": [{"text": "Moscow", "name": "Russia", "country": "RU"}],
    "recipient": [{"text": "Kim", "name": "Kim Jong Un", "country": "KP"}],
    "items": [{"text": "five drones", "class": "uav.loitering", "quantity": 5, "qualifier": "exact"}],
}


def article(*claims: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"id": "a", "language": "ko", "published": "2023-09-18T10:00:00", "claims": list(claims), **fields}


def loaded(data: bytes | str, published: str = "") -> list[AnnotatedArticle | ArticleError]:
    stdin = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    return [found for _, found in load_coded(["-"], published, stdin)]


def error(*claims: dict[str, Any], **fields: Any) -> str:
    (found,) = loaded(json.dumps(article(*claims, **fields)))
    assert isinstance(found, ArticleError)
    return str(found)


def test_an_article_needs_no_text_and_may_be_in_any_language() -> None:
    (found,) = loaded(json.dumps(article(CLAIM)))
    assert isinstance(found, AnnotatedArticle)
    assert (found.id, found.language, found.published, found.text) == ("a", "ko", "2023-09-18", "")
    assert found.claims[0].date == CLAIM["date"]


def test_what_is_not_given_is_filled_in() -> None:
    given = article(CLAIM, text="Moscow gave Kim five drones.")
    for key in ("id", "language", "published"):
        del given[key]
    first, again = loaded(f"{json.dumps(given)}\n{json.dumps(given)}", "2023-09-01")
    assert isinstance(first, AnnotatedArticle)
    assert first == again
    assert (len(first.id), first.language, first.published) == (16, "und", "2023-09-01")


def test_lists_lines_and_folders(tmp_path: Path) -> None:
    one, other = json.dumps(article(CLAIM)), json.dumps(article(id="b"))
    (tmp_path / "a.json").write_text(f"[{one}, {other}]", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(f"{one}\n{other}\n", encoding="utf-8")
    found = [f.id for _, f in load_coded([str(tmp_path)], "", io.BytesIO()) if isinstance(f, AnnotatedArticle)]
    assert found == ["a", "b", "a", "b"]


def but(**cells: Any) -> dict[str, Any]:
    return {key: value for key, value in {**CLAIM, **cells}.items() if value is not None}


def item(item_class: str) -> dict[str, Any]:
    return but(items=[{"text": "x", "class": item_class}])


BAD = "$.claims[0].items[0].class: "


@pytest.mark.parametrize(
    ("claims", "fields", "says"),
    [
        ([but(kind="gift")], {}, "$.claims[0].kind: "),
        ([CLAIM, but(status=None)], {}, "$.claims[1].status: is missing; every claim"),
        ([but(date="May 8")], {}, "$.claims[0].date: 'May 8' is no date; write 2023, "),
        ([but(supplier=[{"text": "x", "name": "x", "country": "XX"}])], {}, "$.claims[0].supplier[0].country: 'XX' "),
        ([item("uav.loiter")], {}, f"{BAD}'uav.loiter' is no class; write 'uav.loitering'"),
        ([item("§")], {}, f"{BAD}'§' is no class; write one of"),
        ([CLAIM], {"id": None}, "$.id: is missing; an article without a text needs one"),
        ([CLAIM], {"published": "May"}, "$.published: 'May' is no date"),
        ([], {"claims": None}, "$.claims: expected array, got null"),
    ],
)
def test_what_no_claim_may_say_is_named_with_its_mend(
    claims: list[dict[str, Any]], fields: dict[str, Any], says: str
) -> None:
    assert error(*claims, **fields).startswith(says)


def test_an_article_without_claims_is_not_coded() -> None:
    given = article()
    del given["claims"]
    assert str(loaded(json.dumps(given))[0]) == "$.claims: is missing; every article needs it"


def test_plain_text_has_no_coded_claims() -> None:
    (found,) = loaded("Moscow gave Kim five drones.")
    assert str(found).startswith("this is plain text, which has no coded claims; give them as JSON")


def test_one_bad_line_leaves_the_others() -> None:
    good = json.dumps(article(CLAIM))
    found = loaded(f"{good}\n{{]\n{good}")
    assert [isinstance(f, ArticleError) for f in found] == [False, True, False]
