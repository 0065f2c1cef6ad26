"""Choice: a bundle weighs what its features weigh one by one, however many have been asked for."""

import pytest

from materiel.reading import choice
from materiel.reading.choice import Sums, bundle, flat, score, summed
from materiel.reading.drafts import add_rows

LEARNT = {"a": 1.0, "b": 0.5, "c": -2.0}


def test_a_bundle_weighs_what_its_features_weigh() -> None:
    features = ["a", bundle(("b", "unheard-of")), bundle(("b", "c")), bundle(()), "nor-this"]
    weights = summed(LEARNT)
    assert score(features, weights) == score(flat(features), weights) == 0.0
    assert score(features[:2], weights) == 1.5


def test_rows_are_summed_by_column() -> None:
    rows = Sums({"a": [1.0, 2.0], "b": [0.5, -1.0]}, add_rows, [0.0, 0.0])
    assert rows[bundle(("a", "b", "x"))] == [1.5, 1.0]
    assert rows[bundle(("x", "y"))] == rows["x"] == rows[bundle(())] == [0.0, 0.0]


def test_what_is_remembered_of_bundles_is_bounded_and_forgets_no_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "KEPT", 5)
    weights = summed(LEARNT)
    for n in range(100):
        assert score([bundle(("a", f"n={n}")), f"m={n}", "c"], weights) == -1.0
        assert len(weights) <= choice.KEPT
    assert {f: weights[f] for f in LEARNT} == LEARNT


def test_what_one_thread_forgets_another_still_weighs_right() -> None:
    weights = summed(LEARNT)
    for _ in range(2):
        assert weights[bundle(("a", "c"))] == -1.0
        weights.clear()
        assert score(["a", "b"], weights) == 1.5
