"""Learning adapters and heads: on a few lessons, that it learns, repeats itself and can be carried over."""

from pathlib import Path

import numpy as np
import pytest
import torch

from materiel.encoder.heads import Heads
from materiel.learning.asking import Asked, ask
from materiel.learning.corpus import article_lessons
from materiel.learning.net import Net
from materiel.learning.trained import finish_net, start_nets
from materiel.learning.tuning import answers_of, finish_all, learnt_of, prepare, rate_lists, run, start_all, tell, tune

EXAMPLES = Path(__file__).parents[2] / "examples"
EPOCHS = 3


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    """Four articles with their questions, ready to learn from."""
    found = [ask(one) for one in article_lessons([EXAMPLES])[:4]]
    rate_lists(found)
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
        for cell in ("worth", "labels", "relations", "nobody"):
            assert np.abs(getattr(mine.scores, cell) - getattr(told.scores, cell)).max() < 0.05  # half precision
        assert np.abs(mine.together - told.together).max() < 0.05


def test_nets_learn_side_by_side_as_one_by_one(asked: list[Asked]) -> None:
    told: list[str] = []
    nets = finish_all(start_all({"two": (asked[:2], 1), "all": (asked, 1)}, told.append))
    assert list(nets) == ["two", "all"]
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    alone = tune(asked, lambda _: None, 1)
    torch.set_num_threads(threads)
    assert all((value == alone.state_dict()[name]).all() for name, value in nets["all"].state_dict().items())


def test_no_lesson_is_told_by_a_net_that_saw_it(asked: list[Asked], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[int, set[str]] = {}

    def watched(jobs: dict[str, tuple[list[Asked], int]], say: object) -> dict[str, Net]:
        nets = {name: Net().eval() for name in jobs}
        seen.update({id(nets[name]): {a.lesson.article.id for a in some} for name, (some, _) in jobs.items()})
        return nets

    def told(net: Net, some: list[Asked]) -> None:
        assert not seen[id(net)] & {one.lesson.article.id for one in some}
        tell(net, some)

    monkeypatch.setattr("materiel.learning.trained.start_all", watched)
    monkeypatch.setattr("materiel.learning.trained.finish_all", lambda nets: nets)
    monkeypatch.setattr("materiel.learning.trained.tell", told)
    net = finish_net(asked, start_nets(asked, lambda _: None))
    assert seen[id(net)] == {one.lesson.article.id for one in asked}
    assert all(one.lesson.scene.insight for one in asked)
