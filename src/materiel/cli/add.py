"""`materiel add`: read articles, or take claims that somebody coded, and keep them in the ledger."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from materiel.articles.load import load_coded
from materiel.cli.options import form_of, mind_colour, open_ledger, with_form, with_ledger
from materiel.cli.read import Run, standard_input, terms_of
from materiel.cli.readers import Chosen, reader_options
from materiel.cli.watch import Watch, step_words
from materiel.model.errors import ArticleError

if TYPE_CHECKING:
    from materiel.ledger.records import Entry

INTERRUPTED = 130  # the exit status of what Ctrl-C has ended


@click.command()
@click.argument("paths", metavar="FILE|-...", nargs=-1, required=True)
@click.option("--claims", "coded", is_flag=True, help="The files hold articles with their claims, coded by somebody.")
@click.option("--language", metavar="CODE", help="The language of all articles (default: as given, or told).")
@click.option("--published", metavar="DATE", help="The ISO date of articles that do not give one.")
@reader_options
@with_form("text", "json")
@with_ledger
@click.pass_context
def add(
    context: click.Context,
    paths: tuple[str, ...],
    coded: bool,
    language: str | None,
    published: str | None,
    chosen: Chosen,
    form: str | None,
    address: str,
) -> None:
    """Read articles as `materiel read` does and keep them, with their claims, in the ledger.

    What is there already changes nothing. With --claims nothing is read: FILE holds articles with `claims` in the form
    of corpus/GUIDE.md, as JSON or JSON Lines, with their text or without. The exit status is 1 if any could not be
    added; all others are.

    Example: materiel add examples reports.jsonl --ledger sqlite:///ledger.db
    """
    from materiel.cli.summary import as_json, as_text

    mind_colour(context)
    if coded and (language or chosen.llm):
        raise click.UsageError("--language and --reader are for reading; coded claims are taken as they are")
    terms = terms_of(chosen.languages, language, published)
    watch = Watch() if coded else Run(paths, terms, chosen, shows=True)
    entries = _read(watch) if isinstance(watch, Run) else _coded(watch, paths, terms.published)
    tally = Tally(watch)
    with open_ledger(address, create=True) as ledger:
        try:
            added = ledger.add(tally.counted(entries), tally.kept)
        except KeyboardInterrupt:
            watch.clear()
            click.echo(f"Stopped; {tally.safe} articles are kept, add the same files again to go on", err=True)
            context.exit(INTERRUPTED)
        watch.clear()
        for refused in added.refused:
            watch.fail(refused.article, refused.why)
        for line in as_text(added, ledger, tally) if form_of(form) == "text" else as_json(added, tally):
            click.echo(line)
    if watch.failed:
        context.exit(1)


class Tally:
    """What a run brings: `silent` articles have no claims, `safe` are kept whatever happens next."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.silent = 0
        self.safe = 0

    def counted(self, entries: "Iterator[Entry]") -> "Iterator[Entry]":
        """The entries, counted on their way."""
        for entry in entries:
            self.silent += not entry.claims
            yield entry

    def kept(self, step: str, done: int, of: int | None) -> None:
        """The ledger has the first `done` articles, or is so far with another step."""
        if step == "add":
            self.safe = done
            self.watch.tell(f"{self.watch.done} articles read, {done} kept")
        else:
            self.watch.tell(step_words(step, done, of))


def _read(run: Run) -> "Iterator[Entry]":
    """Articles with the claims that are read in them."""
    from materiel.ledger.records import Entry

    for article, reading in run.pairs():
        yield Entry(article=article, claims=reading.claims)


def _coded(watch: Watch, paths: tuple[str, ...], published: str) -> "Iterator[Entry]":
    """Articles with the claims that somebody coded."""
    from materiel.ledger.records import Entry

    for place, article in load_coded(paths, published, standard_input()):
        if isinstance(article, ArticleError):
            watch.fail(place, str(article))
        else:
            yield Entry(article=article, claims=article.claims, origin="coded")
            watch.step()
    watch.end()
