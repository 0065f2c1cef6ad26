"""What joined two reports is told in words, and sums to their score."""

import numpy as np
import pytest
from made_reports import stories

from materiel.ledger.likeness import GROUPS, ONLY, shipped_likeness
from materiel.ledger.parties import named
from materiel.ledger.reasons import reasons, words_of
from materiel.ledger.sketch import KINDS, sketch_all
from materiel.ledger.topics import topics_of

TEXT = """
2031-06-20 en
a agreed: BAE Systems/SE > CL; 12 artillery.gun Archer; on 2031-06-18; worth USD 130000000; mode sale
2031-06-21 en
a agreed: BAE Systems/SE > Chilean Army/CL; 12 artillery.gun Archer; on 2031-06"""


def test_every_feature_has_words_in_every_kind() -> None:
    for group, names in GROUPS.items():
        for kind in ONLY.get(group, KINDS):
            for name in names:
                words = words_of(f"{group}={name}", kind)
                assert words
                assert "{" not in words
                assert "=" not in words


def test_reasons_sum_to_the_score() -> None:
    claims = sketch_all((a.id, n, a.published, c) for a in stories(TEXT) for n, c in enumerate(a.claims))
    likeness = shipped_likeness()
    found = reasons(claims, 0, 1, likeness)
    score = likeness.scores(claims, np.array([0]), np.array([1]))[0]
    assert sum(r.weight for r in found) == pytest.approx(score, abs=0.001 * len(GROUPS))
    assert {"same supplier by name", "same type", "same number"} <= {r.words for r in found}
    assert [abs(r.weight) for r in found] == sorted((abs(r.weight) for r in found), reverse=True)


@pytest.mark.parametrize(
    ("one", "other", "country", "same"),
    [
        ("Moscow", "Russia", "RU", True),
        ("the Kremlin", "Russian government", "RU", True),
        ("Sergei Shoigu, Defence Minister of Russia", "Sergey Shoygu", "RU", True),
        ("Aleksandar Vučić", "Aleksandar Vucic", "RS", True),
        ("Ayatollah Ali Khamenei", "Ali Khamenei", "IR", True),
        ("Korea Aerospace Industries", "Hyundai Heavy Industries", "KR", False),
        ("Jane Doe", "John Doe", "FJ", False),
    ],
)
def test_a_party_has_one_name(one: str, other: str, country: str, same: bool) -> None:
    assert (named(one, country).name == named(other, country).name) == same


def test_a_state_has_no_name_of_its_own_and_an_office_has_a_rank() -> None:
    assert named("Moscow", "RU") == named("Russia", "RU") == ("", 0)
    office = named("Defence Minister of Fiji", "FJ")
    assert not office.name
    assert office.rank == named("Jane Doe, Defence Minister of Fiji", "FJ").rank > 0


def test_a_phrase_is_about_countries_and_materiel_in_any_language() -> None:
    english = topics_of("North Korean missiles for Iran")
    assert english[:3] == topics_of("rudal Korea Utara untuk Iran")[:3] == ("#missile", "@IR", "@KP")
    assert topics_of(None) == ()
