"""The report of a training, on a few lessons: every table, each with its rows."""

from pathlib import Path

import pytest

from materiel.learning.corpus import article_lessons
from materiel.learning.report import Measured, reported, start_fewer
from materiel.learning.train import train
from materiel.learning.trained import asked_of, finish_net, start_nets
from materiel.reading.reader import shipped_model

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def report() -> str:
    """What is said of a net that learnt from six articles for one epoch."""
    lessons = article_lessons([EXAMPLES])
    told: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("materiel.learning.trained.EPOCHS", 1)
        patch.setattr("materiel.learning.trained.EPOCHS_OF_PART", 1)
        patch.setattr("materiel.learning.report.ABLATED", 0.5)
        asked = asked_of(lessons[:6], told.append)
        net, fewer = finish_net(asked, start_nets(asked, told.append)), start_fewer(asked, told.append)
        weights = train([one.lesson for one in asked], told.append)
        return reported(asked, net, weights, fewer, Measured(lessons[6:], shipped_model(), told.append))


def test_every_row_is_measured(report: str) -> None:
    labels = [line.split(" | ")[0].lstrip("| ") for line in report.splitlines() if line.startswith("| ")]
    for label in ("quick: no encoder", "trained", "without list features", "0.25 of 6 texts", "0.5 of 6 texts"):
        assert label in labels
    assert any(label.startswith("0.5, without") for label in labels)
    assert {"CELLS", "transfer: all cells", "transfer: status"} <= set(labels)


def test_the_quick_row_is_what_the_quick_reader_reads(report: str) -> None:
    row = next(line for line in report.splitlines() if line.startswith("| quick"))
    assert all(0.3 < float(cell) <= 1 for cell in row.split(" | ")[1:3])  # it learnt from these articles


def test_mistakes_name_the_article_and_what_is_wrong(report: str) -> None:
    worst = report.split("worst mistakes")[1].splitlines()[4:]
    losses = [float(line.split(" | ")[2]) for line in worst if line.startswith("| ")]
    assert losses == sorted(losses, reverse=True)
    assert all(len(line.split(" | ")) == 4 for line in worst if line)
