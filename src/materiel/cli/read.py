"""`materiel read`: read articles and write the claims in them, each article as soon as it is read."""

import os
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import IO, NamedTuple

import click

from materiel.articles.language import as_known
from materiel.articles.load import Loaded, Terms, iso_date, load
from materiel.cli.formats import FORMATS, Pair
from materiel.cli.in_order import in_order
from materiel.cli.readers import Chosen, reader_options
from materiel.cli.watch import Watch, is_terminal
from materiel.model.article import Article, Reading
from materiel.model.errors import ArticleError, ReadingError
from materiel.world.problem import DataError


@click.command()
@click.argument("paths", metavar="FILE|-...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Default: text on a terminal, else jsonl.")
@click.option("--language", metavar="CODE", help="The language of all articles (default: as given, or told).")
@click.option("--published", metavar="DATE", help="The ISO date of articles that do not give one.")
@reader_options
@click.pass_context
def read(
    context: click.Context,
    paths: tuple[str, ...],
    form: str | None,
    language: str | None,
    published: str | None,
    chosen: Chosen,
) -> None:
    """Read articles and write the claims in them.

    FILE is plain text, JSON or JSON Lines (id, language, published, title, text), or a folder of such files
    (*.txt, *.json, *.jsonl); - is standard input. The exit status is 1 if any article could not be read.

    Example: materiel read examples --format csv > claims.csv
    """
    terms = terms_of(chosen.languages, language, published)
    if os.environ.get("NO_COLOR"):
        context.color = False
    out = FORMATS[form or ("text" if is_terminal(sys.stdout) else "jsonl")]
    run = Run(paths, terms, chosen, shows=not is_terminal(sys.stdout))
    for chunk in out(run.pairs()):
        click.echo(chunk, nl=False)
    if run.failed:
        context.exit(1)


def terms_of(known: tuple[str, ...] | None, language: str | None, published: str | None) -> Terms:
    """The terms of reading that options give; a wrong one is a usage error."""
    try:
        code = as_known(language, known) if language else None
    except ArticleError:
        codes = "a code of two or three letters" if known is None else ", ".join(known)
        raise click.BadParameter(
            f"'{language}' is no language that can be read ({codes})", param_hint="--language"
        ) from None
    try:
        date = iso_date(published) if published else ""
    except ArticleError:
        raise click.BadParameter(
            f"'{published}' is no date; write it as 2025-04-08", param_hint="--published"
        ) from None
    return Terms(known, code, date)


class Outcome(NamedTuple):
    """What came of the article at a place: its reading, or what to say about it."""

    place: str
    article: Article | None
    reading: Reading | str


class Run(Watch):
    """One run over paths."""

    def __init__(self, paths: tuple[str, ...], terms: Terms, chosen: Chosen, shows: bool) -> None:
        super().__init__(shows)
        self.paths = paths
        self.terms = terms
        self.chosen = chosen

    def pairs(self) -> Iterator[Pair]:
        """Each article that can be read, with its reading."""
        articles = load(self.paths, self.terms, standard_input())
        for place, article, reading in in_order(self._read, articles, self.chosen.parallel):
            if article is None or isinstance(reading, str):
                self.fail(place, str(reading))
            else:
                yield article, reading
                self.step()
        self.end()

    def _read(self, found: Loaded) -> Outcome:
        place, article = found
        if isinstance(article, ArticleError):
            return Outcome(place, None, str(article))
        reader = self.chosen.reader
        try:
            return Outcome(place, article, reader.read(article))
        except ReadingError as error:
            said = str(error)
        except DataError as error:
            said = f"{str(error).splitlines()[0].rstrip(':')}; `materiel languages check` tells what to mend"
        except Exception as error:  # one article must not end the reading of a million
            said = f"{type(error).__name__}: {error} (a mistake of materiel's: report it)"
        return Outcome(place, None, said)


def standard_input() -> IO[bytes]:
    """Standard input; nothing where it is closed."""
    return sys.stdin.buffer if sys.stdin else BytesIO()
