"""`materiel rebuild`: derive all events of a ledger anew."""

import click

from materiel.cli.options import open_ledger, with_ledger
from materiel.cli.watch import Watch, step_words


@click.command()
@with_ledger
def rebuild(address: str) -> None:
    """Derive all events anew from the articles, claims and decisions in the ledger, which are never changed.

    Needed after an upgrade that folds or screens otherwise; with the same rules the events come out the same.

    Example: materiel rebuild --ledger postgresql://ana@localhost/materiel
    """
    watch = Watch()

    def progress(step: str, done: int, of: int | None) -> None:
        watch.tell(step_words(step, done, of))

    with open_ledger(address) as ledger:
        ledger.rebuild(progress)
        watch.clear()
        click.echo(f"{len(ledger.events()):,} events")
