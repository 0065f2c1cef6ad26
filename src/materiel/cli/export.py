"""`materiel export`: events with their findings in the forms that other tools read."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from materiel.cli.options import open_ledger, query_of, with_ledger, with_query
from materiel.cli.watch import is_terminal
from materiel.exports.formats import FORMATS, writer_of
from materiel.model.errors import ExportError

BINARY = ("parquet",)


@click.command()
@click.option("--format", "form", type=click.Choice(list(FORMATS)), required=True, help="See docs/exports.md.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file to write (default: standard output).",
)
@with_query
@with_ledger
def export(form: str, out: Path | None, address: str, **conditions: Any) -> None:
    """Write the events that meet all conditions in a form for other tools.

    Example: materiel export --format register --kind transfer --date 2023 --out transfers.csv
    """
    try:
        write = writer_of(form)
    except ExportError as error:
        raise click.ClickException(str(error)) from None
    if out is None and form in BINARY and is_terminal(sys.stdout):
        raise click.UsageError(f"{form} is no text; give a file: --out events{FORMATS[form].suffix}")
    with open_ledger(address) as ledger, _opened(out) as stream:
        write(ledger.screened(query_of(**conditions)), stream)


@contextmanager
def _opened(out: Path | None) -> Iterator[BinaryIO]:
    """The file to write, which gets its name when it is whole; standard output where there is none."""
    if out is None:
        yield sys.stdout.buffer
        return
    if out.exists() and not out.is_file():  # a pipe, a device
        with out.open("wb") as stream:
            yield stream
        return
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
