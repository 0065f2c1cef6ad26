"""`materiel explain`: why the reports of an event are held to tell of one event."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from materiel.cli.options import form_of, mind_colour, open_ledger, with_form, with_ledger

if TYPE_CHECKING:
    from materiel.ledger.records import Tie
    from materiel.model.event import Event

MOST_TIES = 10


@click.command()
@click.argument("event")
@click.option("--ties", metavar="N", type=click.IntRange(1), default=MOST_TIES, show_default=True, help="Show so many.")
@with_form("text", "json")
@with_ledger
@click.pass_context
def explain(context: click.Context, event: str, ties: int, form: str | None, address: str) -> None:
    """Tell which features joined which reports of EVENT.

    Each tie joins two reports. What they have in common or not weighs for (+) or against (-) one event, as learnt from
    annotated articles; the sum is log-odds: 0 is even, 3 is twenty to one.

    Example: materiel explain 118d16
    """
    mind_colour(context)
    with open_ledger(address) as ledger:
        found, joining = ledger.event(event).event, ledger.explain(event)
    if form_of(form) == "json":
        from materiel.model.codec import encode

        click.echo(encode({"event": found.id, "ties": joining}))
        return
    for line in _text(found, joining, ties):
        click.echo(line)


def _text(event: "Event", ties: "Sequence[Tie]", most: int) -> Iterator[str]:
    from materiel.cli.page import title
    from materiel.cli.table import counted
    from materiel.cli.terminal import chars, wrapped

    yield from wrapped(chars(f"event {event.id}: ", "aside") + title(event.told))
    if not ties:
        yield "One report alone tells of it; nothing was joined."
        return
    yield f"{counted(len(event.reports), 'report')}, held together by {counted(len(ties), 'tie')}, the strongest first"
    yield from _decided(event, ties)
    alike = [tie for tie in ties if not tie.decided]
    for tie in alike[:most]:
        yield ""
        yield from _tie(event, tie)
    if len(alike) > most:
        yield f"\n… and {len(alike) - most} more: --ties {len(alike)}"


def _decided(event: "Event", ties: "Sequence[Tie]") -> Iterator[str]:
    """What people decided, each decision with the reports that it joins."""
    from materiel.cli.decided import decision_words
    from materiel.cli.terminal import chars, wrapped

    for decision in dict.fromkeys(tie.decided for tie in ties if tie.decided):
        joined = sorted({n for tie in ties if tie.decided == decision for n in tie.reports})
        names = ", ".join(_name(event, n) for n in joined)
        yield ""
        yield from wrapped(chars(names, "title") + chars(f": {decision_words(decision)}"))


def _tie(event: "Event", tie: "Tie") -> Iterator[str]:
    from materiel.cli.terminal import chars, side_by_side, wrapped

    first, second = (_name(event, n) for n in tie.reports)
    yield from wrapped(chars(f"{first} and {second}", "title") + chars(f" {tie.score:+.1f}"))
    for feature in tie.features:
        yield from side_by_side([chars(f"{feature.weight:+.1f}"), chars(feature.name)], [-7, 70])


def _name(event: "Event", number: int) -> str:
    report = event.reports[number]
    return f"{report.article}#{report.number}"
