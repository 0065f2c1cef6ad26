"""A program that adds articles to a ledger and says which it has kept, for tests that kill it or take its disk."""

import sys
from random import Random

from made_entries import entry, handover

from materiel.ledger import ledger as store
from materiel.ledger.ledger import Ledger
from materiel.model.errors import LedgerError

TEXT = 10_000  # bytes of a text, two letters each: long and not to be pressed, so that a small disk is soon full


def main(address: str, prefix: str, number: int, at_once: int) -> None:
    """Add `number` articles of two claims each, `at_once` in one step; a line of how many are kept after each step."""
    store.AT_ONCE = at_once
    years = (f"{1960 + n % 60}-0{n % 9 + 1}" for n in range(number))
    made = (
        entry(
            f"{prefix}{n}", handover(date=year), handover("US", "FR", date=year), text=Random(n).randbytes(TEXT).hex()
        )
        for n, year in enumerate(years)
    )
    with Ledger(address) as ledger:
        print("open", flush=True)  # noqa: T201
        ledger.add(made, lambda _step, done, _of: print(done, flush=True))  # noqa: T201


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    except LedgerError as error:
        sys.exit(f"LedgerError: {error}")
