"""Stories in their notation become articles; what is wrong in them is told with its line."""

from pathlib import Path

import pytest

from materiel.learning.folding import held_out, learn_likeness, score_groups
from materiel.learning.stories import read_stories, stories_of
from materiel.world.problem import DataError

FOLDER = Path(__file__).parents[2] / "corpus/stories"
TEXT = """
# tanks
2031-05-20 en
a agreed/alleged: Norinco/CN > TH; about 28 armour.tank VT-4; on 2031-05; at Bangkok/TH; worth USD 137000; by TASS + AFP
~ reaction b: Somchai Boonmee/TH + -; tone concern; about the price of the tanks
2031-05-21 id
~ visit c under_way: CN > TH; days 3
"""


def test_a_story_is_read() -> None:
    first, second = stories_of(TEXT, Path("x.txt"))
    assert (first.id, first.published, first.language) == ("x/tanks/3", "2031-05-20", "en")
    deal, reaction = first.claims
    assert (deal.status, deal.stance, deal.date, deal.event) == ("agreed", "alleged", "2031-05", "a")
    assert deal.sources == ("TASS", "AFP")
    assert [(p.name, p.country) for p in deal.supplier + deal.recipient] == [("Norinco", "CN"), ("Thailand", "TH")]  # type: ignore[union-attr]
    (item,) = deal.items  # type: ignore[union-attr]
    assert (item.item_class, item.designation, item.quantity, item.qualifier) == ("armour.tank", "VT-4", 28, "about")
    assert (reaction.tone, reaction.about) == ("concern", "the price of the tanks")  # type: ignore[union-attr]
    assert second.claims[0].days == 3  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nothing at all", "is no claim"),
        ("a: XX > TH; armour", "neither a country's code"),
        ("a: CN > TH; tanks", "`tanks` is no class"),
        ("~ party a: CN", "is no kind"),
        ("~ meeting a: CN > TH", "a meeting has participants, no more"),
        ("a finished: CN > TH; armour", "status"),
        ("a: CN > TH; tone concern", "a transfer has no tone"),
        ("a: CN > TH; worth many", "worth"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(line: str, said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        stories_of(f"# x\n2031-05-20 en\n{line}\n", Path("x.txt"))
    assert [p.line for p in caught.value.problems] == [3]


def test_a_claim_without_a_report_is_told() -> None:
    with pytest.raises(DataError, match="no report before it") as caught:
        stories_of("# x\na: CN > TH; armour\n2031-05-20 en\na: CN > TH; armour\n", Path("x.txt"))
    assert [p.line for p in caught.value.problems] == [2]


def test_every_story_can_be_read_and_no_line_stands_twice() -> None:
    articles = read_stories(FOLDER)
    assert len({a.id for a in articles}) == len(articles) > 400
    keys = [(c.kind, c.event) for a in articles for c in a.claims]
    assert len(set(keys)) > 300


def test_what_is_learnt_folds_stories_that_it_has_not_seen() -> None:
    stories = [s for s in read_stories(FOLDER) if s.id.startswith(("near/", "summits/"))]
    _, held = held_out([], stories)
    assert score_groups(held).b_cubed[2] >= 0.85


def test_the_same_stories_teach_the_same() -> None:
    stories = read_stories(FOLDER)[:40]
    assert learn_likeness([], stories) == learn_likeness([], stories)
