"""`materiel read`: read articles and write the claims in them, each article as soon as it is read."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import IO

import click

from materiel.articles.language import as_known
from materiel.articles.load import Terms, iso_date, load
from materiel.cli.formats import FORMATS, Pair
from materiel.cli.watch import Watch, is_terminal
from materiel.languages.load import available
from materiel.model.article import Article, Reading
from materiel.model.errors import ArticleError
from materiel.world.problem import DataError


@click.command()
@click.argument("paths", metavar="FILE|-...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Default: text on a terminal, else jsonl.")
@click.option("--language", metavar="CODE", help="The language of all articles (default: as given, or told).")
@click.option("--published", metavar="DATE", help="The ISO date of articles that do not give one.")
@click.pass_context
def read(
    context: click.Context,
    paths: tuple[str, ...],
    form: str | None,
    language: str | None,
    published: str | None,
) -> None:
    """Read articles and write the claims in them.

    FILE is plain text, JSON or JSON Lines (id, language, published, title, text), or a folder of such files
    (*.txt, *.json, *.jsonl); - is standard input. The exit status is 1 if any article could not be read.

    Example: materiel read examples --format csv > claims.csv
    """
    terms = terms_of(language, published)
    if os.environ.get("NO_COLOR"):
        context.color = False
    out = FORMATS[form or ("text" if is_terminal(sys.stdout) else "jsonl")]
    run = Run(paths, terms, shows=not is_terminal(sys.stdout))
    for chunk in out(run.pairs()):
        click.echo(chunk, nl=False)
    if run.failed:
        context.exit(1)


def terms_of(language: str | None, published: str | None) -> Terms:
    """The terms of reading that options give; a wrong one is a usage error."""
    known = available()
    try:
        code = as_known(language, known) if language else None
    except ArticleError:
        raise click.BadParameter(
            f"'{language}' is no language that can be read ({', '.join(known)})", param_hint="--language"
        ) from None
    try:
        date = iso_date(published) if published else ""
    except ArticleError:
        raise click.BadParameter(
            f"'{published}' is no date; write it as 2025-04-08", param_hint="--published"
        ) from None
    return Terms(known, code, date)


@cache
def reader() -> Callable[[Article], Reading]:
    """What reads an article; it is made when the first has come."""
    from materiel.reading.reader import Reader

    return Reader().read


class Run(Watch):
    """One run over paths."""

    def __init__(self, paths: tuple[str, ...], terms: Terms, shows: bool) -> None:
        super().__init__(shows)
        self.paths = paths
        self.terms = terms

    def pairs(self) -> Iterator[Pair]:
        """Each article that can be read, with its reading."""
        for place, article in load(self.paths, self.terms, standard_input()):
            if isinstance(article, ArticleError):
                self.fail(place, str(article))
                continue
            try:
                reading = reader()(article)
            except DataError as error:
                what = str(error).splitlines()[0].rstrip(":")
                self.fail(place, f"{what}; `materiel languages check` tells what to mend")
            except Exception as error:  # one article must not end the reading of a million
                self.fail(place, f"{type(error).__name__}: {error} (a mistake of materiel's: report it)")
            else:
                yield article, reading
                self.step()
        self.end()


def standard_input() -> IO[bytes]:
    """Standard input; nothing where it is closed."""
    return sys.stdin.buffer if sys.stdin else BytesIO()
