"""Pipeline: the stages put together: a ledger whose events are screened against the embargoes."""

from materiel.ledger.ledger import Ledger as PlainLedger
from materiel.model.event import Event
from materiel.model.finding import Finding
from materiel.screening.load import load_embargoes
from materiel.screening.screen import screen


class Ledger(PlainLedger):
    """A ledger in a SQLite file or a PostgreSQL database, each event with the embargoes that it meets.

    `address` is the path of a file, `sqlite:///FILE` or `postgresql://USER@HOST/NAME`; one that is not there is made
    unless `create` is false. All that can go wrong and be mended raises `materiel.model.errors.LedgerError`.
    """

    def __init__(self, address: str = "ledger.db", *, create: bool = True) -> None:
        super().__init__(address, screen=screened, create=create)


def screened(event: Event) -> tuple[Finding, ...]:
    """The findings on an event by the embargoes that ship."""
    return screen(event, load_embargoes())
