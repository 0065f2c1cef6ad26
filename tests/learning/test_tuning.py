"""Learning adapters and heads: on a few lessons, that it learns, repeats itself and can be carried over."""

from pathlib import Path

import numpy as np
import pytest

from materiel.encoder.heads import Heads
from materiel.learning.asking import Asked, ask
from materiel.learning.corpus import article_lessons
from materiel.learning.tuning import answers_of, give_priors, learnt_of, part_of, prepare, run, tell_unseen, tune

EXAMPLES = Path(__file__).parents[2] / "examples"
EPOCHS = 3


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    """Four articles with their questions, ready to learn from."""
    found = [ask(one) for one in article_lessons([EXAMPLES])[:4]]
    give_priors(found)
    prepare(found, lambda _: None)
    return found


def costs(told: list[str]) -> list[float]:
    return [float(line.split(": ")[1].split()[0]) for line in told]


def test_it_learns_and_repeats_itself(asked: list[Asked]) -> None:
    told: list[str] = []
    first, second = (learnt_of(tune(asked, told.append, EPOCHS)) for _ in range(2))
    assert costs(told)[EPOCHS - 1] < costs(told)[0]
    assert first.keys() == second.keys()
    assert all((first[name] == second[name]).all() for name in first)


def test_what_ships_answers_as_what_was_learnt(asked: list[Asked]) -> None:
    net = tune(asked, lambda _: None, 1)
    heads = Heads({name: value.astype(np.float32) for name, value in learnt_of(net).items()})
    for one, told in zip(asked, answers_of(net, asked), strict=True):
        mine = heads.answers(run(net, [one])[0].detach().numpy(), one.questions)
        for cell in ("worth", "labels", "relations", "nobody", "together"):
            assert np.abs(getattr(mine, cell) - getattr(told, cell)).max() < 0.05  # half precision


def test_no_lesson_is_told_by_a_net_that_saw_it(asked: list[Asked], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []

    def watched(some: list[Asked], say: object, epochs: int = 1) -> object:
        seen.append({one.lesson.article.id for one in some})
        return tune(some, lambda _: None, 1)

    monkeypatch.setattr("materiel.learning.tuning.tune", watched)
    tell_unseen(asked, lambda _: None)
    for part, learnt_from in enumerate(seen):
        assert not learnt_from & {one.lesson.article.id for one in asked if part_of(one.lesson) == part}
    assert all(one.lesson.scene.insight for one in asked)
