"""Learning: the fit finds what is there, the same data give the same weights, shipped weights hold their floors."""

import random
from pathlib import Path

import pytest
from msgspec import to_builtins

from materiel.languages.load import available, load_language
from materiel.learning.corpus import annotated, article_lessons, cells_of, example_lessons
from materiel.learning.fit import Decision, fit, yes_or_no
from materiel.learning.score import alike, article_pairs, claim_cells, date_credit, score
from materiel.learning.train import train
from materiel.reading.choice import chance, summed
from materiel.reading.reader import Reader

ROOT = Path(__file__).parents[2]


def test_fit_learns_which_feature_matters() -> None:
    dice = random.Random(1)
    decisions = []
    for _ in range(300):
        answer = dice.random() < 0.5
        noise = [f"n{dice.randint(0, 5)}"]
        decisions.append(yes_or_no([*noise, "says-yes" if answer else "says-no"], answer))
    weights = summed(fit(decisions))
    assert chance(["says-yes"], weights) > 0.9
    assert chance(["says-no"], weights) < 0.1


def test_fit_may_leave_open_which_of_several_is_right() -> None:
    decisions = [Decision((("good", "x"), ("good", "y"), ("bad",)), frozenset((0, 1))) for _ in range(20)]
    weights = fit(decisions)
    assert weights["good"] > 0 > weights["bad"]


def test_the_same_data_give_the_same_weights() -> None:
    lessons = article_lessons([ROOT / "examples"])
    assert train(lessons, lambda _: None) == train(lessons, lambda _: None)


def test_score_of_an_annotation_against_itself_is_one() -> None:
    for article in annotated(ROOT / "examples"):
        cells = cells_of(article)
        for gold, guess in article_pairs(cells, cells):
            for _, credit, n_gold, n_guess in claim_cells(gold, guess):
                assert credit == n_gold == n_guess


def test_partial_credit() -> None:
    assert date_credit("2023-09", "2023-09-13") == 0.5
    assert date_credit("2023-09-13", "2022-09-13") == 0.0
    assert alike({"text": "Governor of Primorye"}, {"text": "the Primorye governor"})
    assert not alike({"text": "the president"}, {"text": "President Xi"})


def test_the_shipped_reader_holds_its_floor_on_articles_it_has_not_learnt_from() -> None:
    articles = [a for a in annotated(ROOT / "corpus" / "dev") if a.language in available()]
    reader = Reader()
    golds = {a.id: {"language": a.language, "claims": cells_of(a)} for a in articles}
    tallies, _ = score(golds, {a.id: [to_builtins(c) for c in reader.claims(a)] for a in articles})
    assert tallies["all", "transfer: all cells"].f1 >= 0.53
    assert tallies["all", "CELLS"].f1 >= 0.49


@pytest.mark.parametrize("code", available())
def test_examples_of_a_language_are_read(code: str) -> None:
    lessons = [one for one in example_lessons() if one.article.language == code]
    reader = Reader()
    golds = {one.article.id: {"language": code, "claims": one.claims} for one in lessons}
    guesses = {one.article.id: [to_builtins(c) for c in reader.claims(one.article)] for one in lessons}
    tallies, _ = score(golds, guesses)
    assert tallies["all", "CELLS"].f1 >= load_language(code).floor
