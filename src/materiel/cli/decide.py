"""`materiel decide`: what a person decides of events and claims; the newest holds, all are kept."""

import getpass
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from materiel.cli.options import form_of, mind_colour, open_ledger, with_form, with_ledger
from materiel.cli.terminal import printable

if TYPE_CHECKING:
    from materiel.ledger.decisions import Action
    from materiel.model.event import Event

F = TypeVar("F", bound=Callable[..., Any])


def with_reason(command: F) -> F:
    """Gives a command who decides, and why."""
    who = click.option(
        "--who", metavar="NAME", envvar="MATERIEL_WHO", default=_user, show_default="your user name", show_envvar=True
    )
    why = click.option("--why", metavar="TEXT", default="", help="Why; kept with the decision.")
    return with_ledger(who(why(command)))


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user that the system has no name for
        raise click.UsageError("this user has no name; say who decides: --who NAME") from None


@click.group()
def decide() -> None:
    """Decide what the ledger cannot know: merge, split, correct, reject, confirm, undo.

    Nothing is lost by a decision: the newest of several holds, undo takes one back, list shows them all.

    Example: materiel decide correct 118d16 supplier 'Governor of Primorsky Krai (RU)' --why 'TASS, 17 September'
    """


@decide.command()
@click.argument("event")
@click.argument("others", nargs=-1, required=True)
@with_reason
def merge(event: str, others: tuple[str, ...], address: str, who: str, why: str) -> None:
    """Make one event of EVENT and OTHERS. Example: materiel decide merge 118d16 6fb407 --why 'one delivery'"""
    with open_ledger(address) as ledger:
        claims = _claims(ledger.event(event).event)
        joined = [claim for other in others for claim in _claims(ledger.event(other).event)]
    if set(claims) & set(joined):
        raise click.ClickException("these are one event already")
    _decide(address, "merge", who, why, claims=claims, others=tuple(joined))


@decide.command()
@click.argument("event")
@click.argument("reports", nargs=-1, required=True)
@with_reason
def split(event: str, reports: tuple[str, ...], address: str, who: str, why: str) -> None:
    """Take REPORTS (ARTICLE#N, as on the event's page) out of EVENT. Example: materiel decide split 6fb407 id-07#3"""
    with open_ledger(address) as ledger:
        found = ledger.event(event).event
    leaving = _named(found, reports)
    staying = tuple(claim for claim in _claims(found) if claim not in leaving)
    if not staying:
        raise click.ClickException(f"these are all reports of event {found.id}; name those that leave it")
    _decide(address, "split", who, why, claims=leaving, others=staying)


@decide.command()
@click.argument("event")
@click.argument("cell")
@click.argument("value")
@with_reason
def correct(event: str, cell: str, value: str, address: str, who: str, why: str) -> None:
    """Put a CELL of EVENT right; the reports stay as they are.

    VALUE is a word, a date, 'Governor of Primorsky Krai (RU); Russia', '5 uav.loitering; 24 JF-17', 'USD 1200000',
    'none', or JSON as in corpus/GUIDE.md.

    Example: materiel decide correct 118d16 date 2023-09-17 --why 'the ministry gave the day'
    """
    from materiel.cli.values import ValueTypeError, checked

    with open_ledger(address) as ledger:
        found = ledger.event(event).event
    try:
        plain = checked(found.told, cell, value)
    except ValueTypeError as error:
        raise click.ClickException(str(error)) from None
    _decide(address, "correct", who, why, claims=_claims(found), cell=cell, value=plain)


@decide.command()
@click.argument("event")
@click.argument("reports", nargs=-1)
@with_reason
def reject(event: str, reports: tuple[str, ...], address: str, who: str, why: str) -> None:
    """Leave out REPORTS of EVENT (all, unless some are named) as wrong. Example: materiel decide reject 6fb407"""
    with open_ledger(address) as ledger:
        found = ledger.event(event).event
    _decide(address, "reject", who, why, claims=_named(found, reports))


@decide.command()
@click.argument("event")
@with_reason
def confirm(event: str, address: str, who: str, why: str) -> None:
    """Say that EVENT is right as it stands. Example: materiel decide confirm 118d16"""
    with open_ledger(address) as ledger:
        found = ledger.event(event).event
    _decide(address, "confirm", who, why, claims=_claims(found))


@decide.command()
@click.argument("decision")
@with_reason
def undo(decision: str, address: str, who: str, why: str) -> None:
    """Take a DECISION back, by its id; undoing an undo brings it back. Example: materiel decide undo 1a2b3c4d5e6f"""
    with open_ledger(address) as ledger:
        known = [d.id for d in ledger.decisions() if d.id.startswith(decision)]
    if len(known) != 1:
        many = f"several decisions begin with '{decision}'; write more of it"
        raise click.ClickException(many if known else f"there is no decision '{decision}'; see: materiel decide list")
    _decide(address, "undo", who, why, undoes=known[0])


@decide.command("list")
@click.argument("event", required=False)
@with_form("text", "json")
@with_ledger
@click.pass_context
def list_decisions(context: click.Context, event: str | None, form: str | None, address: str) -> None:
    """List all decisions, of one EVENT if it is named, the oldest first. Example: materiel decide list"""
    from msgspec import to_builtins

    from materiel.cli.decided import decided
    from materiel.cli.terminal import chars, wrapped
    from materiel.ledger.decisions import standing
    from materiel.model.codec import encode

    mind_colour(context)
    with open_ledger(address) as ledger:
        found, every = ledger.decisions(event), ledger.decisions()
    if form_of(form) == "json":
        holding = {decision.id for decision in standing(every)}
        click.echo(encode([{"id": d.id, "holds": d.id in holding, **to_builtins(d)} for d in found]))
        return
    for words in decided(found, every).words or ("no decisions",):
        for line in wrapped(chars(words)):
            click.echo(line)


def _claims(event: "Event") -> tuple[str, ...]:
    return tuple(report.id for report in event.reports)


def _named(event: "Event", names: Sequence[str]) -> tuple[str, ...]:
    from materiel.cli.decided import claims_named

    try:
        return claims_named(event, names)
    except LookupError as error:
        raise click.ClickException(str(error.args[0])) from None


def _decide(address: str, action: "Action", who: str, why: str, **rest: Any) -> None:
    """Keep a decision and say so."""
    from materiel.cli.decided import decision_words
    from materiel.ledger.decisions import Decision

    with open_ledger(address) as ledger:
        kept = ledger.decide(Decision(action=action, who=who, at="", why=why, **rest))
    click.echo(printable(decision_words(kept)))
