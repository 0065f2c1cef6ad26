"""`materiel compare`: rows that somebody coded by hand beside what the news in the ledger says."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

import click

from materiel.cli.options import form_of, mind_colour, open_ledger, with_form, with_ledger
from materiel.cli.terminal import printable

if TYPE_CHECKING:
    from materiel.ledger.ledger import Ledger
    from materiel.ledger.records import Summary
    from materiel.ledger.registers import Compared
    from materiel.model.article import AnnotatedArticle


@click.command()
@click.argument("register", type=click.File("rb"))
@click.option("--missing", is_flag=True, help="List the transfers in the news that no row tells of, too.")
@with_form("text", "json", "csv")
@with_ledger
@click.pass_context
def compare(context: click.Context, register: BinaryIO, missing: bool, form: str | None, address: str) -> None:
    """Compare the rows of a trade REGISTER (CSV) with what the news in the ledger says.

    A row agrees with an event, differs from what most independent roots say of it, or is not in the news. Columns:
    docs/exports.md; supplier, recipient and description are enough. The exit status is 1 if a row could not be read;
    all others are compared.

    Example: materiel compare my-register.csv --missing
    """
    from materiel.exports.register import read_register

    mind_colour(context)
    rows, problems = read_register(register, register.name)
    for problem in problems:
        click.echo(printable(str(problem)), err=True)
    with open_ledger(address) as ledger:
        found = list(_compared(rows, ledger))
        untold = _untold(ledger, found) if missing else []
    form = form_of(form)
    if form == "text":
        for line in _text(rows, found, untold):
            click.echo(line)
    else:
        for chunk in _plain(found, untold, form):
            click.echo(chunk, nl=False)
    if problems:
        context.exit(1)


def _compared(rows: "Sequence[AnnotatedArticle]", ledger: "Ledger") -> "Iterator[Compared]":
    """Each row beside the transfers to its recipient (from its supplier, where it has none)."""
    from materiel.ledger.likeness import shipped_likeness
    from materiel.ledger.records import Query
    from materiel.ledger.registers import Candidates, candidates, compared
    from materiel.model.claim import Transfer

    ready: dict[Query, Candidates] = {}
    for row in rows:
        claim = row.claims[0]
        assert isinstance(claim, Transfer)
        recipient, supplier = ([p.country or p.name for p in side] for side in (claim.recipient, claim.supplier))
        if recipient:
            query = Query(kind="transfer", recipient=recipient[0])
        else:
            query = Query(kind="transfer", supplier=supplier[0])
        if query not in ready:
            ready[query] = candidates([screened.event for screened in ledger.screened(query)])
        yield compared(row, ready[query], shipped_likeness())


def _untold(ledger: "Ledger", found: "Sequence[Compared]") -> "list[Summary]":
    """The transfers that no row tells of."""
    from materiel.ledger.records import Query

    told = {one.event for one in found}
    return [event for event in ledger.events(Query(kind="transfer")) if event.id not in told]


def _text(
    rows: "Sequence[AnnotatedArticle]", found: "Sequence[Compared]", untold: "Sequence[Summary]"
) -> Iterator[str]:
    from materiel.cli.page import title
    from materiel.cli.table import counted, table
    from materiel.cli.terminal import chars, wrapped
    from materiel.exports.words import contradiction_words

    for row, one in zip(rows, found, strict=True):
        yield from wrapped(chars(f"{row.id}  ", "aside") + title(row.claims[0]))
        if one.event is None:
            yield "  ? not in the news of this ledger"
            continue
        mark = chars("≠ differs from", "contradicted") if one.differs else chars("✓ agrees with")
        yield from wrapped(mark + chars(f" event {one.event}, {counted(len(one.roots), 'root')}"), "  ")
        for clash in one.differs:
            yield from wrapped(chars(contradiction_words(clash)), "    ")
        for clash in one.contested:
            yield from wrapped(chars(f"contested: {contradiction_words(clash)}", "aside"), "    ")
        if one.silent:
            yield from wrapped(chars(f"the news does not tell: {', '.join(one.silent)}", "aside"), "    ")
    count = Counter(one.verdict for one in found)
    yield ""
    yield (
        f"{counted(len(rows), 'row')}: {count['agrees']} as the news tells it, {count['differs']} told otherwise, "
        f"{count['not in the news']} not in the news"
    )
    if untold:
        yield "\nIn the news and in no row:\n"
        yield from table(untold)


def _plain(found: "Sequence[Compared]", untold: "Sequence[Summary]", form: str) -> Iterator[bytes]:
    """Rows, then the events that no row tells of, as JSON or CSV."""
    from msgspec import to_builtins

    from materiel.cli.formats import csv_line
    from materiel.exports.words import contradiction_words
    from materiel.model.codec import encode

    rows = [{"verdict": one.verdict, **to_builtins(one)} for one in found]
    if form == "json":
        yield encode({"rows": rows, "missing": untold}) + b"\n"
        return
    yield csv_line(("row", "verdict", "event", "roots", "differs", "contested", "silent"))
    for one in found:
        differs, contested = ([contradiction_words(c) for c in clashes] for clashes in (one.differs, one.contested))
        yield csv_line((one.row, one.verdict, one.event, one.roots, differs, contested, one.silent))
    for event in untold:
        yield csv_line(("", "not in the register", event.id, "", "", "", ""))
