"""Main: the command `materiel`; a command's module is loaded when it is called for."""

import gc
import io
import os
import sys
from importlib import import_module
from typing import Any

import click

from materiel.model.errors import LedgerError

OBJECTS = 20_000  # of what lists and articles are read into, hardly any are in circles: the collector may look seldom
# The extra that a package belongs to, where it is not that of training.
EXTRAS = {"httpx": "llm"}
COMMANDS = (
    *("read", "add", "events", "show", "explain", "decide", "export", "compare", "rebuild"),
    *("schema", "languages", "evaluate", "train"),
)


class Lazy(click.Group):
    """A group whose commands live in modules of their name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, the most used first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its module loaded."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"materiel.cli.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the ledger refuses is an error like any other, and no error acts on the terminal."""
        try:
            return super().invoke(ctx)
        except LedgerError as error:
            raise click.ClickException(_printable(str(error))) from error
        except click.ClickException as error:
            vars(error)["message"] = _printable(error.message)  # which click means to be final
            raise


def _printable(message: str) -> str:
    from materiel.cli.terminal import printable

    return "\n".join(map(printable, message.split("\n")))


@click.group(cls=Lazy)
@click.version_option(package_name="materiel")
def cli() -> None:
    """Read news articles and keep a ledger of who gave what arms to whom, when, where and according to whom."""


def main() -> None:
    """Run the command line; what the system refuses is an error like any other."""
    gc.set_threshold(OBJECTS)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        cli(prog_name="materiel")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("materiel"):
            raise
        _stop(f"{error.name} is not installed; pip install 'materiel[{EXTRAS.get(error.name, 'train')}]'")
    except OSError as error:
        where = f"{_printable(str(error.filename))}: " if error.filename else ""
        _stop(f"{where}{error.strerror or error}; see to the disk or the file and start again")


def _stop(message: str) -> None:
    click.echo(f"Error: {message}", err=True)
    # What is still in the buffer cannot be written either, and must not be complained of again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(1)
