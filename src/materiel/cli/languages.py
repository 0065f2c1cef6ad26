"""Languages: the commands that list and check the language packs."""

import sys
from pathlib import Path

import click

from materiel.languages.check import check as check_language
from materiel.languages.load import available, load_language
from materiel.world.check import check_world
from materiel.world.problem import DataError


@click.group()
def languages() -> None:
    """List and check the language packs."""


@languages.command("list")
def list_languages() -> None:
    """List the languages that articles can be read in. Example: materiel languages list"""
    for code in available():
        try:
            click.echo(f"{code}\t{load_language(code).name}")
        except DataError:
            click.echo(f"{code}\t(broken: run `materiel languages check {code}`)")


@languages.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1)
def check(codes: tuple[str, ...]) -> None:
    """Check language packs (all, unless codes are given) and what is known of the world.

    Example: materiel languages check id en
    """
    problems = check_world()
    for code in codes or available():
        problems += check_language(code)
    for problem in sorted(set(problems)):
        click.echo(_shown(str(problem)))
    if problems:
        click.echo(f"{len(set(problems))} problems", err=True)
        sys.exit(1)


def _shown(message: str) -> str:
    """A message that begins with a file's path, shortened where it lies below the working directory."""
    return message.removeprefix(f"{Path.cwd()}/")
