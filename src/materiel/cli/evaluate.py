"""`materiel evaluate`: score the reader on annotated articles, by kind, cell and language, and list its mistakes."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from materiel.cli.readers import Chosen, reader_options
from materiel.cli.terminal import printable
from materiel.world.problem import DataError

if TYPE_CHECKING:
    from materiel.learning.score import Tally
    from materiel.model.article import AnnotatedArticle

# The field of a claim whose value a cell of the score is told from, where it has another name.
FIELDS = {
    **dict.fromkeys(("class", "quantity", "designation"), "items"),
    "source": "sources",
    "place": "places",
    "claim": "kind",
}


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--show", metavar="ID", help="List the wrong cells of one article ('all': of each).")
@click.option("--by-language", is_flag=True, help="The table for each language too.")
@click.option("--folding", is_flag=True, help="Instead: how well the claims, as annotated, are folded into events.")
@click.option("--calibration", is_flag=True, help="Also how often claims of each confidence are right.")
@reader_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def evaluate(
    folder: Path, show: str | None, by_language: bool, folding: bool, calibration: bool, chosen: Chosen, form: str
) -> None:
    """Score a reader on the annotated articles of FOLDER.

    Precision, recall and F1 of each cell, as corpus/GUIDE.md defines them. Example: materiel evaluate corpus/dev
    """
    from msgspec import to_builtins

    from materiel.learning.corpus import annotated, cells_of
    from materiel.learning.score import score

    try:
        given = annotated(folder)
    except DataError as error:
        raise click.ClickException(str(error)) from None
    if folding:
        _folding(given, form)
        return
    known = chosen.languages
    articles = [a for a in given if known is None or a.language in known]
    if not articles:
        raise click.ClickException(f"{folder}: no annotated articles (*.json) in a language that has a pack")
    reader = chosen.reader
    golds: dict[str, dict[str, Any]] = {}
    guesses: dict[str, list[dict[str, Any]]] = {}
    for article in articles:
        golds[article.id] = {
            "language": article.language,
            "title": article.title,
            "claims": cells_of(article),
        }
        guesses[article.id] = [to_builtins(c) for c in reader.claims(article)]
    if show:
        if show != "all" and show not in golds:
            raise click.ClickException(f"{folder}: no article {show!r} in a language that has a pack")
        for key in sorted(golds) if show == "all" else [show]:
            _mistakes(key, golds[key], guesses[key])
        return
    tallies, triage = score(golds, guesses)
    if form == "json":
        _dump(len(golds), {f"{g}/{n}": t for (g, n), t in sorted(tallies.items())})
        return
    click.echo(
        f"{len(golds)} articles; with a transfer: {triage[True, True]} found, {triage[True, False]} missed; "
        f"without: {triage[False, True]} false alarms, {triage[False, False]} clean"
    )
    _table(tallies, by_language)
    if calibration:
        _calibration(golds, guesses)


def _dump(articles: int, tallies: "Mapping[str, Tally]") -> None:
    measures = ("precision", "recall", "f1", "annotated", "predicted")
    rows = {name: {measure: getattr(t, measure) for measure in measures} for name, t in tallies.items()}
    json.dump({"articles": articles, "scores": rows}, sys.stdout, indent=1)
    click.echo()


def _table(tallies: "Mapping[tuple[str, str], Tally]", by_language: bool) -> None:
    """A row a cell, all languages first and all cells before each."""
    click.echo(f"{'':40} {'prec':>6} {'recall':>6} {'F1':>6} {'annot':>6} {'pred':>6}")
    ranked = sorted(tallies.items(), key=lambda kv: (kv[0][0] != "all", kv[0][0], kv[0][1] != "CELLS", kv[0][1]))
    for (group, name), t in ranked:
        if group == "all" or by_language:
            click.echo(
                f"{group + ' ' + name:40} {t.precision:6.3f} {t.recall:6.3f} {t.f1:6.3f}"
                f" {t.annotated:6.0f} {t.predicted:6.0f}"
            )


def _mistakes(key: str, gold: dict[str, Any], guesses: list[dict[str, Any]]) -> None:
    from materiel.learning.score import article_pairs, claim_cells

    click.echo(printable(f"{key}: {gold['title']}"))
    for g, p in article_pairs(gold["claims"], guesses):
        for cell, credit, annotated, predicted in claim_cells(g, p):
            if credit < max(annotated, predicted):
                name = cell.split(".")[-1]
                name = FIELDS.get(name, name)
                click.echo(f"  {(g or p)['kind']:10} {cell:20} {credit:.1f}/{max(annotated, predicted)}")
                click.echo(printable(f"    annotated: {_short(g.get(name))}"))
                click.echo(printable(f"    predicted: {_short(p.get(name))}"))


def _short(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(_short(v) for v in value) or "-"
    if isinstance(value, dict):
        return " ".join(str(v) for k, v in value.items() if v is not None and k != "span")
    return "-" if value is None else str(value)


def _calibration(golds: dict[str, dict[str, Any]], guesses: dict[str, list[dict[str, Any]]]) -> None:
    from materiel.learning.score import article_pairs
    from materiel.learning.trust import reliability

    pairs = [pair for key, gold in golds.items() for pair in article_pairs(gold["claims"], guesses[key])]
    click.echo(f"\n{'confidence':12} {'claims':>6} {'mean':>6} {'right':>6}")
    for low, claims, mean, right in reliability(pairs):
        click.echo(f"{low:.1f}-{low + 0.1:.1f}      {claims:6} {mean:6.2f} {right:6.2f}")


def _folding(articles: "Sequence[AnnotatedArticle]", form: str) -> None:
    """B-cubed and pairwise scores of folding annotated claims."""
    from materiel.learning.folding import score_folding
    from materiel.ledger.likeness import shipped_likeness

    rows = {
        f"{name} {measure}": dict(zip(("precision", "recall", "f1"), values, strict=True))
        for name, kind in (("all", None), ("transfer", "transfer"))
        for measure, values in score_folding(articles, shipped_likeness().weights, kind)._asdict().items()
    }
    if form == "json":
        json.dump({"articles": len(articles), "scores": rows}, sys.stdout, indent=1)
        click.echo()
        return
    click.echo(f"{len(articles)} articles\n{'':22} precision recall    F1")
    for name, row in rows.items():
        click.echo(f"{name:22} {row['precision']:9.3f} {row['recall']:6.3f} {row['f1']:5.3f}")
