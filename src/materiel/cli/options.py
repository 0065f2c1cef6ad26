"""Options: what the commands of the ledger share: which ledger, which of its events, and in which form."""

import calendar
import os
import sys
from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from materiel.cli.watch import is_terminal
from materiel.model.claim import Kind, Status
from materiel.model.dates import is_told_date

if TYPE_CHECKING:
    from materiel.ledger.ledger import Ledger
    from materiel.ledger.records import Query

F = TypeVar("F", bound=Callable[..., Any])

# The conditions of a query; each meets `Query`'s field of its name.
_CONDITIONS = (
    click.option("--party", metavar="NAME", default="", help="On any side: a country's two letters or part of a name."),
    click.option("--supplier", metavar="NAME", default="", help="Who gives, in the same form."),
    click.option("--recipient", metavar="NAME", default="", help="Who gets it, in the same form."),
    click.option("--class", "item", metavar="CLASS", default="", help="A class (uav, uav.loitering) or type (JF-17)."),
    click.option("--kind", type=click.Choice(get_args(Kind)), help="What sort of event."),
    click.option("--status", type=click.Choice(get_args(Status)), help="The status that holds now."),
    click.option("--date", metavar="DATE", help="On a day, in a month or year (2023-09), or in a span start/end."),
    click.option("--place", metavar="NAME", default="", help="Where: a country's two letters or part of a name."),
    click.option("--embargo", metavar="NAME", default="", help="Under this embargo (un-kp), or perhaps."),
    click.option(
        "--contradicted",
        metavar="[CELL]",
        is_flag=False,
        flag_value="any",
        default="",
        help="Where reports contradict each other, in that cell if one is named (supplier, quantity …).",
    ),
    click.option("--roots", metavar="N", type=click.IntRange(0), default=0, help="Told by so many independent roots."),
    click.option(
        "--sort",
        "order",
        type=click.Choice(["last", "first", "articles", "roots"]),
        default="last",
        show_default=True,
        help="By last or first day, or by how many tell of it; the most first.",
    ),
    click.option("--ascending", is_flag=True, help="The least first."),
    click.option("--limit", metavar="N", type=click.IntRange(1), help="So many events at most."),
)


def with_ledger(command: F) -> F:
    """Gives a command the option `--ledger` as `address`."""
    return click.option(
        "--ledger",
        "address",
        metavar="ADDRESS",
        envvar="MATERIEL_LEDGER",
        default="ledger.db",
        show_default=True,
        show_envvar=True,
        help="A file, sqlite:///FILE or postgresql://USER@HOST/NAME.",
    )(command)


def with_query(command: F) -> F:
    """Gives a command the conditions of a query, to be made into one by `query_of`."""
    for option in reversed(_CONDITIONS):
        command = option(command)
    return command


def with_form(*forms: str) -> Callable[[F], F]:
    """Gives a command the option `--format`, the first of the forms on a terminal, else the second."""
    text, plain, *_ = forms
    told = f"Default: {text} on a terminal, else {plain}."
    return click.option("--format", "form", type=click.Choice(forms), help=told)


def form_of(form: str | None, *, plain: str = "json") -> str:
    """The form that is asked for, or that which suits what reads it."""
    return form or ("text" if is_terminal(sys.stdout) else plain)


def open_ledger(address: str, *, create: bool = False) -> "Ledger":
    """The ledger at an address, its events screened; one that is not there is an error unless it is to be made."""
    from materiel.pipeline import Ledger

    return Ledger(address, create=create)


def query_of(date: str | None, **conditions: Any) -> "Query":
    """The query that options make; a senseless date is a usage error."""
    from materiel.ledger.records import Query

    since, until = _days_of(date) if date else ("", "")
    for name, check in _CHECKS.items():
        if told := conditions.get(name):
            conditions[name] = check(told)
    return Query(since=since, until=until, **conditions)


def _named(name: str) -> str:
    """A party or place as it is looked for: a state by its letters."""
    from materiel.exports.known import state_of

    try:
        name.encode()
    except UnicodeEncodeError:
        raise click.BadParameter("half a character (a lone surrogate) is in a name; mend its encoding") from None
    return state_of(name) or name


def _embargo(name: str) -> str:
    from materiel.screening.load import load_embargoes

    return _one_of("--embargo", name, {embargo.name for embargo in load_embargoes().embargoes})


def _cell(name: str) -> str:
    from materiel.ledger.contradictions import CELLS

    return _one_of("--contradicted", name, CELLS | {"any"})


_CHECKS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("party", "supplier", "recipient", "place"), _named),
    "embargo": _embargo,
    "contradicted": _cell,
}


def _one_of(option: str, told: str, names: Collection[str]) -> str:
    """The word, where it is one of those that an option may have."""
    if told.casefold() not in names:
        near = get_close_matches(told.casefold(), sorted(names), n=1, cutoff=0)
        raise click.BadParameter(f"'{told}' is none that there is; perhaps {near[0]}?", param_hint=option)
    return told


def _days_of(date: str) -> tuple[str, str]:
    """The first and last ISO day of a date as told."""
    if not is_told_date(date):
        what = f"'{date}' is no date; write 2023, 2023-09, 2023-09-17 or a span start/end"
        raise click.BadParameter(what, param_hint="--date")
    start, _, end = date.partition("/")
    return f"{start}-01-01"[:10], _last_day(end or start)


def _last_day(date: str) -> str:
    year, month, day = (*date.split("-"), "", "")[:3]
    month = month or "12"
    return f"{year}-{month}-{day or calendar.monthrange(int(year), int(month))[1]}"


def mind_colour(context: click.Context) -> None:
    """Leave out colours where the environment says so."""
    if os.environ.get("NO_COLOR"):
        context.color = False
