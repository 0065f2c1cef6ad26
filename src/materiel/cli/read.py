"""`materiel read`: read articles and write the claims in them, each article as soon as it is read."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from time import monotonic
from typing import TextIO

import click

from materiel.articles.language import as_known
from materiel.articles.load import Terms, iso_date, load
from materiel.cli.formats import FORMATS, Pair
from materiel.cli.terminal import printable
from materiel.languages.load import available
from materiel.model.article import Article, Reading
from materiel.model.errors import ArticleError
from materiel.world.problem import DataError

# So many articles pass before progress is worth a line, and so many seconds between two looks at it.
MANY = 20
PAUSE = 0.2


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
    terms = _terms(language, published)
    if os.environ.get("NO_COLOR"):
        context.color = False
    out = FORMATS[form or ("text" if _is_terminal(sys.stdout) else "jsonl")]
    run = Run(paths, terms)
    for chunk in out(run.pairs()):
        click.echo(chunk, nl=False)
    if run.failed:
        context.exit(1)


def _terms(language: str | None, published: str | None) -> Terms:
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


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at a stream; a closed one is None."""
    return stream is not None and stream.isatty()


@cache
def reader() -> Callable[[Article], Reading]:
    """What reads an article; it is made when the first has come."""
    from materiel.reading.reader import Reader

    return Reader().read


class Run:
    """One run over paths: tells what cannot be read on standard error, and how far it is on a terminal."""

    def __init__(self, paths: tuple[str, ...], terms: Terms) -> None:
        self.paths = paths
        self.terms = terms
        self.done = 0
        self.failed = 0
        self._told = monotonic()
        self._shown = False
        self._shows = _is_terminal(sys.stderr) and not _is_terminal(sys.stdout)

    def pairs(self) -> Iterator[Pair]:
        """Each article that can be read, with its reading."""
        for place, article in load(self.paths, self.terms, sys.stdin.buffer if sys.stdin else BytesIO()):
            if isinstance(article, ArticleError):
                self._fail(place, str(article))
                continue
            try:
                reading = reader()(article)
            except DataError as error:
                what = str(error).splitlines()[0].rstrip(":")
                self._fail(place, f"{what}; `materiel languages check` tells what to mend")
            except Exception as error:  # one article must not end the reading of a million
                self._fail(place, f"{type(error).__name__}: {error} (a mistake of materiel's: report it)")
            else:
                yield article, reading
                self._progress()
        self._clear()
        if self.failed and self.done + self.failed > 1:
            click.echo(f"{self.failed} could not be read, {self.done} were", err=True)

    def _fail(self, place: str, message: str) -> None:
        self.failed += 1
        self._clear()
        click.echo(printable(f"{place}: {message}"), err=True)

    def _progress(self) -> None:
        self.done += 1
        if self._shows and self.done >= MANY and monotonic() - self._told > PAUSE:
            self._told = monotonic()
            self._shown = True
            click.echo(f"\r{self.done} articles read", nl=False, err=True)

    def _clear(self) -> None:
        if self._shown:
            self._shown = False
            click.echo("\r\x1b[K", nl=False, err=True)
