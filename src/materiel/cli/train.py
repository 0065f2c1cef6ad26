"""`materiel train`: learn the reader's weights again from annotated articles and the examples of the packs."""

import json
from pathlib import Path

import click


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write (default: the package's own weights).",
)
@click.option(
    "--examples/--no-examples",
    default=True,
    help="Learn from the marked-up examples of the language packs too.",
)
def train(folders: tuple[Path, ...], out: Path | None, examples: bool) -> None:
    """Learn the reader's weights from FOLDERS of annotated articles.

    The same data give the same weights. Example: materiel train corpus/train examples
    """
    from materiel.learning.corpus import article_lessons, example_lessons
    from materiel.learning.train import train as learn
    from materiel.reading import reader

    lessons = article_lessons(folders) + (example_lessons() if examples else [])
    model = learn(lessons, lambda line: click.echo(line, err=True))
    target = out or Path(reader.__file__).with_name("weights.json")
    target.write_text(json.dumps(model, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"{sum(len(w) for w in model.values())} weights written to {target.name}", err=True)
