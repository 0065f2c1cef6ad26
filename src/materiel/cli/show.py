"""`materiel show`: all that the ledger holds of one event."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from materiel.cli.options import form_of, mind_colour, open_ledger, with_form, with_ledger

if TYPE_CHECKING:
    from materiel.ledger.ledger import Ledger
    from materiel.model.event import Report
    from materiel.model.finding import Screened

MOST_REPORTS = 10


@click.command()
@click.argument("event")
@click.option("--reports", metavar="N", type=click.IntRange(0), default=MOST_REPORTS, help="Quote so many reports.")
@with_form("text", "json")
@with_ledger
@click.pass_context
def show(context: click.Context, event: str, reports: int, form: str | None, address: str) -> None:
    """Show an event: what most independent roots say of each cell, what others say, and the words that carry it.

    EVENT is an id as `materiel events` lists it, or its beginning.

    Example: materiel show 118d16
    """
    mind_colour(context)
    with open_ledger(address) as ledger:
        found = ledger.event(event)
        if form_of(form) == "text":
            for line in _text(ledger, found, reports):
                click.echo(line)
        else:
            click.echo(_json(ledger, found))


def _text(ledger: "Ledger", found: "Screened", reports: int) -> Iterator[str]:
    from materiel.cli.decided import decided
    from materiel.cli.page import page

    yield from page(found, ledger.article_of, reports, decided(ledger.decisions(found.event.id), ledger.decisions()))


def _json(ledger: "Ledger", found: "Screened") -> str:
    """The event as `export --format jsonl` has it, with its reports, their evidence and the decisions."""
    from msgspec import to_builtins

    from materiel.exports.jsonl import line_of
    from materiel.model.codec import encode

    reports = [_report(ledger, report) for report in found.event.reports]
    decisions = [{"id": d.id, **to_builtins(d)} for d in ledger.decisions(found.event.id)]
    return encode({**line_of(found), "reports": reports, "decisions": decisions}).decode()


def _report(ledger: "Ledger", report: "Report") -> dict[str, Any]:
    from msgspec import to_builtins

    article = ledger.article_of(report.id)
    evidence = [getattr(article, span.field)[span.start : span.end] for span in report.claim.evidence]
    return {**to_builtins(report), "title": article.title, "address": article.address, "quotes": evidence}
