"""Claims of one event become one group, those of another do not, and order is nothing."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import folded_as_told, groups, stories

from materiel.learning.corpus import annotated
from materiel.learning.folding import score_folding
from materiel.learning.stories import read_stories
from materiel.ledger.blocks import NEAR, candidate_pairs, entries_of
from materiel.ledger.fold import Ties, fold
from materiel.ledger.likeness import shipped_likeness
from materiel.ledger.sketch import Sketches, sketch_all
from materiel.model.claim import Meeting, Party, Transfer

ROOT = Path(__file__).parents[2]

ONE = {
    "the stages of a deal": """
2031-02-01 en
a sought: SE > CL; 12 artillery.gun Archer
2031-06-20 en
a agreed: BAE Systems/SE > CL; 12 artillery.gun Archer; on 2031-06-18; worth USD 130000000; mode sale
2033-03-05 en
a delivered: Sweden/SE > Chilean Army/CL; 4 artillery.gun Archer; on 2033-03-02""",
    "a deal told exactly and roughly": """
2031-06-20 en
a agreed: SE > CL; 12 artillery.gun Archer; on 2031-06-18; mode sale
2031-06-21 id
a agreed: Swedia/SE > Chile/CL; artillery.gun; on 2031-06""",
    "a delivery with one side untold": """
2031-06-20 en
a delivered: SE > CL; 12 artillery.gun Archer; on 2031-06-18
2031-06-21 en
a delivered: - > CL; 12 artillery.gun Archer; on 2031-06-18""",
    "a visit by name and by office": """
2031-05-03 en
~ visit a: Jane Doe, Defence Minister of Australia/AU > FJ; on 2031-05-02; at Suva/FJ
2031-05-04 en
~ visit a: Defence Minister of Australia/AU > Fiji/FJ; on 2031-05; at Suva/FJ""",
    "a reaction in two languages": """
2031-05-03 en
~ reaction a: JP; tone condemnation; about North Korean missiles for Iran
2031-05-04 id
~ reaction a: Jepang/JP; tone condemnation; about rudal Korea Utara untuk Iran""",
    "a seat of government for its state": """
2031-06-20 en
a agreed: Paris/FR > Athens/GR; 6 aircraft.fighter Rafale; on 2031-06-18
2031-06-21 ru
a agreed: France/FR > Greece/GR; 6 aircraft.fighter Rafale; on 2031-06""",
}
APART = {
    "another type": """
2031-06-20 en
a agreed: FR > GR; 6 aircraft.fighter Rafale; on 2031-06-18; mode sale
2031-06-20 en
b agreed: FR > GR; 3 vessel.surfacecombatant Belharra; on 2031-06-18; mode sale""",
    "a deal years later": """
2021-06-20 en
a agreed: US > PL; 20 artillery.rocket HIMARS; on 2019-02-13; mode sale
2031-06-20 en
b agreed: US > PL; 48 artillery.rocket HIMARS; on 2031-06-18; mode sale""",
    "the other direction": """
2031-06-20 en
a delivered: KP > RU; ammunition.artillery; on 2031-06-18
2031-06-20 en
b delivered: RU > KP; ammunition.artillery; on 2031-06-18""",
    "another buyer": """
2031-06-20 en
a agreed: TR > MA; 10 uav.combat Anka; on 2031-06-18; mode sale
2031-06-20 en
b agreed: TR > KZ; 10 uav.combat Anka; on 2031-06-18; mode sale""",
    "another minister": """
2031-05-03 en
~ meeting a: Richard Roe/AU + Sitiveni Rabuka/FJ; on 2031-05-02
2031-05-03 en
~ meeting b: Jane Doe/AU + Pio Tikoduadua/FJ; on 2031-05-02""",
    "another visit": """
2031-05-03 en
~ visit a: Jane Doe/AU > FJ; on 2031-05-02
2033-05-03 en
~ visit b: Jane Doe/AU > FJ; on 2033-05-01""",
    "a reaction to another thing": """
2031-05-03 en
~ reaction a: JP; tone concern; about Chinese submarines near Okinawa
2031-05-03 en
~ reaction b: JP; tone concern; about drones for Myanmar's army""",
}


@pytest.mark.parametrize("case", ONE)
def test_one_event_is_one(case: str) -> None:
    assert len(groups(stories(ONE[case]))) == 1


@pytest.mark.parametrize("case", APART)
def test_two_events_stay_two(case: str) -> None:
    assert folded_as_told(APART[case])


def test_claims_of_two_kinds_are_never_one() -> None:
    text = """
2031-05-03 en
~ visit a: Jane Doe/AU > FJ; on 2031-05-02
~ meeting a: Jane Doe/AU + FJ; on 2031-05-02"""
    assert len(groups(stories(text))) == 2


def test_nothing_folds_into_nothing() -> None:
    assert not len(fold(sketch_all([]), shipped_likeness()).group)


def test_claims_that_tell_nothing_to_go_by_are_events_of_their_own() -> None:
    claim = Transfer(status="delivered", stance="stated")
    claims = sketch_all((article, 0, "2031-05-03", claim) for article in "abc")
    assert fold(claims, shipped_likeness()).group.tolist() == [0, 1, 2]


@given(st.permutations(range(12)), st.integers(1, 12))
@settings(max_examples=30)
def test_a_claim_meets_the_nearest_by_day_of_each_key(order: list[int], number: int) -> None:
    """Of claims that differ in their day alone, each meets the NEAR before and after it, in whatever order."""
    days = [(date(2031, 5, 1) + timedelta(days=n)).isoformat() for n in order[:number]]
    claim = Meeting(status="delivered", stance="stated", participants=(Party(text="", name="Fiji", country="FJ"),))
    pairs = candidate_pairs(entries_of(sketch_all((day, 0, day, claim) for day in days)))
    place = {day: n for n, day in enumerate(sorted(days))}
    met = {frozenset((place[days[a]], place[days[b]])) for a, b in zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)}
    assert met == {frozenset((a, b)) for a in range(number) for b in range(a) if a - b <= NEAR}
    assert (pairs.shared == 2).all()  # by the state, and by the states and the place


@cache
def all_claims() -> Sketches:
    """The claims of corpus/train and of the stories."""
    articles = [*annotated(ROOT / "corpus/train"), *read_stories(ROOT / "corpus/stories")]
    return sketch_all((a.id, n, a.published, c) for a in articles for n, c in enumerate(a.claims))


def partition(claims: Sketches) -> set[frozenset[int]]:
    """The groups, by the keys of their claims."""
    found: dict[int, set[int]] = {}
    for key, group in zip(claims["claim"].tolist(), fold(claims, shipped_likeness()).group.tolist(), strict=True):
        found.setdefault(group, set()).add(key)
    return {frozenset(keys) for keys in found.values()}


@given(st.randoms(use_true_random=False), st.integers(min_value=1, max_value=1_500))
@settings(max_examples=15, deadline=None)
def test_the_order_of_claims_is_nothing(chance: object, size: int) -> None:
    claims = all_claims()
    order = np.random.default_rng(chance.getrandbits(32)).permutation(len(claims))[:size]  # type: ignore[attr-defined]
    some = claims[np.sort(order)]
    assert partition(some) == partition(claims[order])


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_a_pair_scores_the_same_whichever_comes_first(chance: object) -> None:
    claims = all_claims()
    a, b = np.random.default_rng(chance.getrandbits(32)).integers(0, len(claims), (2, 500))  # type: ignore[attr-defined]
    likeness = shipped_likeness()
    assert (likeness.scores(claims, a, b) == likeness.scores(claims, b, a)).all()


def test_what_a_person_joined_or_parted_holds() -> None:
    articles = stories(APART["another type"] + ONE["a deal told exactly and roughly"])
    claims = sketch_all((a.id, n, a.published, c) for a in articles for n, c in enumerate(a.claims))

    def parts(a: int, b: int, joined: bool) -> list[int]:
        found: list[int] = fold(
            claims, shipped_likeness(), Ties(np.array([a]), np.array([b]), np.array([joined]))
        ).group.tolist()
        return found

    assert parts(0, 1, True)[0] == parts(0, 1, True)[1]
    assert parts(2, 3, False)[2] != parts(2, 3, False)[3]


def test_the_annotated_articles_of_dev_are_folded_well() -> None:
    scores = score_folding(annotated(ROOT / "corpus/dev"), shipped_likeness().weights)
    assert scores.b_cubed[2] >= 0.93  # what it folded when this was written, less some play: 0.955 and 0.908
    assert scores.pairwise[2] >= 0.85
