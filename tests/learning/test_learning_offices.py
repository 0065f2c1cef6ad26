"""What tells whose a bare office is, learnt from annotated articles."""

from pathlib import Path

from materiel.learning.corpus import article_lessons
from materiel.learning.offices import learn_offices
from materiel.reading.offices import office_weights

CORPUS = Path(__file__).parents[2] / "corpus"


def test_what_stands_by_an_office_counts_more_than_what_the_article_names_most() -> None:
    told: list[str] = []
    weights = learn_offices(article_lessons([CORPUS / "train"]), told.append)
    assert weights["paragraph"] > weights.get("share=4", 0)
    assert weights["next"] > 0
    right, _, total, *_ = told[0].split(": ")[1].split()
    assert int(right) > 0.5 * int(total) > 0


def test_what_ships_weighs_all_that_speaks_for_a_country() -> None:
    assert {"tied", "paragraph", "dateline", "next", "title", "same", "before"} <= office_weights().keys()


def test_articles_that_say_nothing_of_offices_teach_nothing() -> None:
    assert learn_offices([], lambda _: None) == {}
