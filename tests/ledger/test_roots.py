"""Who said it first has one name, however an article puts it."""

import pytest

from materiel.ledger.roots import outlet_of, root_of
from materiel.model.article import Article
from materiel.model.claim import Transfer


@pytest.mark.parametrize(
    ("outlet", "address", "found"),
    [
        ("Kompas", "https://tass.com/1", "Kompas"),
        ("", "https://www.tass.com/defense/1", "TASS"),
        ("", "https://news.example.org:8080/a?b", "news.example.org"),
        ("", "example.org/a", "example.org"),
        ("", "https://rsf.org/en/1", "rsf.org"),  # no armed group
        ("", "http://[broken", "id-1"),
        ("", "", "id-1"),
    ],
)
def test_an_outlet_is_told_or_is_the_host_or_the_article_stands_for_itself(
    outlet: str, address: str, found: str
) -> None:
    assert outlet_of(Article(id="id-1", language="en", text="x", outlet=outlet, address=address)) == found


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        ((), "Kompas"),
        (("kantor berita TASS",), "TASS"),
        (("Al Jazeera", "the Russian state agency Tass"), "TASS"),
        (("a man  in the street",), "a man in the street"),
    ],
)
def test_the_root_is_the_furthest_source(sources: tuple[str, ...], found: str) -> None:
    assert root_of(Transfer(status="delivered", stance="stated", sources=sources), "Kompas") == found
