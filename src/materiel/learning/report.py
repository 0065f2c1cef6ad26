"""Report: how the trained reader learns: scores, learning curve, ablations, calibration, its worst mistakes."""

from collections.abc import Sequence
from random import Random
from typing import Any

from msgspec import to_builtins

from materiel.encoder.questions import scores_of_lists
from materiel.learning.asking import Asked, ask
from materiel.learning.lessons import Lesson, Say
from materiel.learning.net import Net
from materiel.learning.score import article_pairs, claim_cells, score
from materiel.learning.train import train
from materiel.learning.trust import reliability
from materiel.learning.tuning import Running, finish_all, prepare, start_all, tell
from materiel.reading.choice import Features, flat
from materiel.reading.drafts import Model
from materiel.reading.reader import claims_of, drafts_of

Cells = dict[str, Any]
Claims = dict[str, list[Cells]]
SHARES = (0.125, 0.25, 0.5)  # of the texts, for the learning curve
ABLATED = 0.25  # share of the texts from which each language is left out
EPOCHS = 1  # of the nets of the learning curve and the ablations, which are compared with each other
WORST = 30
SEED = 7
ROWS = ("transfer: all cells", "CELLS")


class Measured:
    """Annotated articles that nothing is learnt from, and what readers make of them."""

    def __init__(self, lessons: Sequence[Lesson], quick: Model, say: Say) -> None:
        self.lessons = lessons
        self.asked = [one for one in map(ask, lessons) if one.questions.frames]
        self.golds: dict[str, Cells] = {
            x.article.id: {"language": x.article.language, "claims": x.claims} for x in lessons
        }
        prepare(self.asked, say)
        self.unaided = self.read(quick)
        for one in self.asked:
            one.lists = scores_of_lists(one.lesson.scene, one.questions, quick)

    def read(self, model: Model) -> Claims:
        """The claims that a model's weights find with the insights that the scenes have."""
        return {
            x.article.id: [to_builtins(c) for c in claims_of(x.scene, drafts_of(x.scene, model), model)]
            for x in self.lessons
        }

    def told(self, net: Net, model: Model) -> Claims:
        """The claims that are found with the insight of a net."""
        tell(net, self.asked)
        return self.read(model)

    def languages(self) -> list[str]:
        """The languages of the articles."""
        return sorted({str(g["language"]) for g in self.golds.values()})

    def row(self, label: str, claims: Claims) -> str:
        """F1 of ROWS over all articles and by language, as a row of a table."""
        tallies, _ = score(self.golds, claims)
        return _row(label, *(f"{tallies[g, row].f1:.3f}" for g in ("all", *self.languages()) for row in ROWS))

    def head(self) -> list[str]:
        """The head of a table of `row`."""
        return _head("", *(f"{g}: {name}" for g in ("all", *self.languages()) for name in ("transfers", "CELLS")))


def start_fewer(asked: Sequence[Asked], say: Say) -> Running:
    """Begin to tune the nets of the learning curve and the ablations."""
    return start_all({label: (some, EPOCHS) for label, some in _fewer(asked)}, say)


def reported(asked: Sequence[Asked], net: Net, model: Model, fewer: Running, here: Measured) -> str:
    """The report as Markdown: `asked` are what the trained reader (`net`, `model`) learnt from, with the insights of
    nets that had not seen them; `fewer` are the nets of `start_fewer`; `here` is what nothing was learnt from."""
    claims = here.told(net, model)
    rows = [here.row("quick: no encoder", here.unaided), here.row("trained", claims)]
    tables = [_cells(here, claims), _calibration(here, claims), _worst(here, claims)]
    alone = train([one.lesson for one in asked], lambda _: None, by_net_alone)
    rows.append(here.row("without list features", here.read(alone)))
    rows += [here.row(label, here.told(other, model)) for label, other in finish_all(fewer).items()]
    lines = [
        "# How the trained reader learns",
        "",
        f"Written by `materiel train --report`: learnt from {len(asked)} texts, measured on {len(here.lessons)} more.",
        "F1. Without list features, the net alone speaks for frames, labels and roles; but things that",
        "lists find likely to have passed are looked at too.",
        "By share of the texts and without a language, only the net learns anew, "
        f"in {EPOCHS} epoch; the weights of the",
        "stages stay. Compare those rows with each other, those without a language with that of a quarter.",
        "",
        *here.head(),
        *rows,
    ]
    return "\n".join([*lines, *(line for table in tables for line in table), ""])


def by_net_alone(features: Features) -> list[str]:
    """Of the features of a frame, label or role, those that are not from word lists."""
    return [f for f in flat(features) if f.startswith(("net", "bias", "kind=")) or f == "nobody"]


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _head(*names: str) -> list[str]:
    return [_row(*names), f"|{' --- |' * len(names)}"]


def _fewer(asked: Sequence[Asked]) -> list[tuple[str, list[Asked]]]:
    """Parts of the texts: for the learning curve, and a share of them without each language."""
    ranked = sorted(asked, key=lambda one: one.lesson.article.id)
    Random(SEED).shuffle(ranked)
    found = [(f"{share:.3g} of {len(asked)} texts", ranked[: round(share * len(ranked))]) for share in SHARES]
    some = ranked[: round(ABLATED * len(ranked))]
    for language in sorted({one.lesson.article.language for one in some}):
        others = [one for one in some if one.lesson.article.language != language]
        found.append((f"{ABLATED:.3g}, without `{language}`", others))
    return found


def _cells(here: Measured, claims: Claims) -> list[str]:
    tallies, _ = score(here.golds, claims)
    found = ["", "## By cell", ""]
    found += _head("", "precision", "recall", "F1", "annotated", "predicted", *(f"{g}: F1" for g in here.languages()))
    for (group, name), t in sorted(tallies.items()):
        if group == "all":
            counts = f"{t.annotated:.0f}", f"{t.predicted:.0f}"
            apart = (f"{tallies[g, name].f1:.3f}" if (g, name) in tallies else "" for g in here.languages())
            found.append(_row(name, *(f"{x:.3f}" for x in (t.precision, t.recall, t.f1)), *counts, *apart))
    return found


def _calibration(here: Measured, claims: Claims) -> list[str]:
    pairs = [pair for key, gold in here.golds.items() for pair in article_pairs(gold["claims"], claims[key])]
    found = ["", "## Confidence", "", *_head("confidence", "claims", "mean", "right")]
    for low, count, mean, right in reliability(pairs):
        found.append(_row(f"{low:.1f}-{low + 0.1:.1f}", count, f"{mean:.2f}", f"{right:.2f}"))
    return found


def _worst(here: Measured, claims: Claims) -> list[str]:
    """The claims with the most wrong or missing cells, and what those are."""
    ranked = []
    for key, gold in here.golds.items():
        for n, (g, p) in enumerate(article_pairs(gold["claims"], claims[key])):
            wrong = [(cell, max(a, b) - credit) for cell, credit, a, b in claim_cells(g, p) if credit < max(a, b)]
            kind = (g or p)["kind"]
            what = "invented" if not g else "missed" if not p else "wrong " + ", ".join(cell for cell, _ in wrong)
            ranked.append((-sum(loss for _, loss in wrong), key, n, kind, what))
    found = ["", f"## The {WORST} worst mistakes", "", *_head("article", "kind", "cells lost", "")]
    return found + [_row(key, kind, f"{-loss:.1f}", what) for loss, key, _, kind, what in sorted(ranked)[:WORST]]
