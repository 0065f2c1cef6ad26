"""`materiel train`: learn again all that reading and folding have learnt, from annotated articles and examples."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from materiel.learning.asking import Asked
    from materiel.learning.lessons import Lesson
    from materiel.learning.tuning import Running


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", type=click.Choice(["offices", "quick", "trained", "folding"]), help="Learn one of them alone.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the weights of --only quick or folding (default: the package's own).",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write how the trained reader learns (curve, ablations, worst mistakes), measured on --measure.",
)
@click.option(
    "--measure",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Annotated articles that nothing is learnt from, for --report.",
)
@click.option(
    "--written",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="More annotated articles to learn reading from, but neither folding nor how sure to be.",
)
@click.option(
    "--examples/--no-examples",
    default=True,
    help="Learn reading from the marked-up examples of the language packs too.",
)
def train(
    folders: tuple[Path, ...],
    only: str | None,
    out: Path | None,
    report: Path | None,
    measure: Path | None,
    written: tuple[Path, ...],
    examples: bool,
) -> None:
    """Learn whose offices are, the quick reader, the trained reader and folding from FOLDERS of annotated articles.

    The same data give the same weights on one machine. Example: materiel train corpus/train examples
    """
    if out and only not in ("quick", "folding"):
        raise click.UsageError("--out needs --only quick or --only folding; the trained reader has several files")
    if bool(report) != bool(measure):
        raise click.UsageError("--report and --measure go together: what is written, and what it is measured on")
    lessons = _lessons(folders, written, examples) if only != "folding" else []
    if only in (None, "offices"):
        _train_offices(lessons)
    if only is None:
        lessons = _lessons(folders, written, examples)  # whose offices are is now known otherwise
    nets = _start_nets(lessons) if only in (None, "trained") else None  # beside the quick reader
    if only in (None, "quick"):
        _train_quick(lessons, out)
    if nets:
        _train_trained(*nets, report, measure)
    if only in (None, "folding"):
        _train_folding(folders, out)


def _say(line: str) -> None:
    click.echo(line, err=True)


def _lessons(folders: tuple[Path, ...], written: tuple[Path, ...] = (), examples: bool = False) -> "list[Lesson]":
    from materiel.learning.corpus import article_lessons, example_lessons

    return article_lessons(folders) + (example_lessons() if examples else []) + article_lessons(written, typical=False)


def _train_offices(lessons: "list[Lesson]") -> None:
    from materiel.learning.offices import learn_offices
    from materiel.reading.offices import WEIGHTS, office_weights

    weights = learn_offices(lessons, _say)
    _write(WEIGHTS, weights, len(weights))
    office_weights.cache_clear()


def _train_quick(lessons: "list[Lesson]", out: Path | None) -> None:
    from materiel.learning.train import train as learn
    from materiel.reading import reader

    model = learn(lessons, _say)
    _write(out or Path(reader.__file__).with_name("weights.json"), model, sum(len(w) for w in model.values()))


def _start_nets(lessons: "list[Lesson]") -> "tuple[list[Asked], Running]":
    from materiel.learning.trained import asked_of, start_nets

    asked = asked_of(lessons, _say)
    return asked, start_nets(asked, _say)


def _train_trained(asked: "list[Asked]", nets: "Running", report: Path | None, measure: Path | None) -> None:
    from materiel.encoder.reader import TUNED, WEIGHTS
    from materiel.learning.report import Measured, reported, start_fewer
    from materiel.learning.train import train as learn
    from materiel.learning.trained import finish_net, save
    from materiel.reading.reader import shipped_model

    net = finish_net(asked, nets)
    fewer = start_fewer(asked, _say) if report else {}  # beside the stages, which take one processor
    weights = learn([one.lesson for one in asked], _say)
    _say(f"{save(net)} numbers written to {TUNED.parent.name}/{TUNED.name}")
    _write(WEIGHTS, weights, sum(len(w) for w in weights.values()))
    if report and measure:
        here = Measured(_lessons((measure,)), shipped_model(), _say)
        report.write_text(reported(asked, net, weights, fewer, here), encoding="utf-8")


def _train_folding(folders: tuple[Path, ...], out: Path | None) -> None:
    from materiel.learning.corpus import annotated
    from materiel.learning.folding import cross_validated, learn_likeness
    from materiel.learning.stories import read_stories
    from materiel.ledger.likeness import WEIGHTS

    articles = [a for folder in folders for a in annotated(folder)]
    stories = [a for folder in folders for a in read_stories(folder)]
    b_cubed, pairwise = cross_validated(articles, stories)
    click.echo(f"folding, five folds: B-cubed F1 {b_cubed[2]:.3f}, pairwise F1 {pairwise[2]:.3f}", err=True)
    weights = learn_likeness(articles, stories)
    _write(out or WEIGHTS, weights, len(weights))


def _write(target: Path, weights: Mapping[str, object], count: int) -> None:
    target.write_text(json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"{count} weights written to {target.parent.name}/{target.name}", err=True)
