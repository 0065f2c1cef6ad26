"""`materiel events`: the events of a ledger, those that are asked for, as a table or in a form for programs."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from materiel.cli.options import form_of, mind_colour, open_ledger, query_of, with_form, with_ledger, with_query

if TYPE_CHECKING:
    from materiel.ledger.records import Summary

MOST = 50  # events of a table for which no limit is given


@click.command()
@with_query
@with_form("text", "json", "jsonl", "csv")
@with_ledger
@click.pass_context
def events(context: click.Context, /, address: str, form: str | None, **conditions: Any) -> None:
    """List the events of the ledger that meet all conditions.

    Example: materiel events --recipient KP --class uav --contradicted supplier
    """
    mind_colour(context)
    form = form_of(form)
    limit = conditions.pop("limit") or (MOST + 1 if form == "text" else None)
    with open_ledger(address) as ledger:
        found = ledger.events(query_of(**conditions, limit=limit))
    if form == "text":
        for line in _text(found, limit == MOST + 1):
            click.echo(line)
        return
    for chunk in _plain(found, form):
        click.echo(chunk, nl=False)


def _text(found: "list[Summary]", cut: bool) -> Iterator[str]:
    from materiel.cli.table import table

    shown = found[:MOST] if cut else found
    yield from table(shown)
    if len(found) > len(shown):
        yield f"These are the first {MOST}; --limit 1000 shows more, conditions show fewer."


def _plain(found: "Iterable[Summary]", form: str) -> Iterator[bytes]:
    """Summaries as JSON, JSON Lines or CSV."""
    from msgspec import structs

    from materiel.cli.formats import csv_line
    from materiel.ledger.records import Summary
    from materiel.model.codec import encode

    if form == "json":
        yield encode(found) + b"\n"
    elif form == "jsonl":
        yield from (encode(event) + b"\n" for event in found)
    else:
        yield csv_line(Summary.__struct_fields__)
        yield from (csv_line(structs.astuple(event)) for event in found)
