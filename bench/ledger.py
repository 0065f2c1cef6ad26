"""Measure how long it takes to build a ledger of very many claims, and to add one article to it.

`python bench/ledger.py [SIZE …] [--address ADDRESS]`: made-up claims (bench/made_claims.py), one an article, are loaded
into a new SQLite file (or an empty database at ADDRESS), all but a hundred that are spread among them; those are then
added one by one. Times are of the wall clock and of the processor in this process: where other programs run beside it,
the second is nearer to what a quiet machine takes.
"""

import argparse
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

from made_claims import Told, made_claims
from materiel.ledger.ledger import Ledger
from materiel.ledger.records import Entry, Query
from materiel.model.article import Article

SIZES = (10_000, 100_000, 1_000_000)
WORDS = [f"word{n}" for n in range(5_000)]
ADDED = 100  # articles that are added one by one
HEAD = "   claims  build s  (cpu)  MB disk  MiB peak  add ms median  (cpu)  slowest  (cpu)  list ms  show ms"


def entry(told: Told) -> Entry:
    """An article that tells one claim, of the length of a short report, and like no other."""
    text = " ".join(Random(told.article).choices(WORDS, k=100))
    article = Article(id=told.article, language="en", published=told.published, text=text)
    return Entry(article=article, claims=(told.claim,), origin="coded")


def parted(size: int, later: list[Entry]) -> Iterator[Entry]:
    """The entries to load; those to add later, every so many-th of all, go into `later` as they are met."""
    step = size // ADDED
    for n, told in enumerate(made_claims(size)):
        if n % step == step // 2:
            later.append(entry(told))
        else:
            yield entry(told)


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the wall clock and by the processor."""
    wall, busy = perf_counter(), process_time()
    what()
    return perf_counter() - wall, process_time() - busy


def say(step: str, done: int, of: int | None) -> None:
    """Show on the terminal how far a build is."""
    if sys.stderr.isatty():
        print(f"\r{step} {done:,}{f' of {of:,}' if of else ''} ", end="", file=sys.stderr, flush=True)


def measure(size: int, address: str) -> None:
    """Build a ledger of `size` claims and print one line."""
    later: list[Entry] = []
    with Ledger(address) as ledger:
        built = timed(lambda: ledger.load(parted(size, later), say))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        ledger.add(later[:1])  # what is only loaded once a run
        added = [timed(lambda one=one: ledger.add([one])) for one in later[1:]]  # type: ignore[misc]
        listed = timed(lambda: ledger.events(Query(party="RU", limit=50)))
        (largest,) = ledger.events(Query(order="articles", limit=1))
        shown = timed(lambda: ledger.event(largest.id))
    file = Path(address.removeprefix("sqlite:///"))
    disk = f"{file.stat().st_size / 1e6:8,.0f}" if file.exists() else "       -"
    wall, busy = ([1e3 * seconds for seconds in side] for side in zip(*added, strict=True))
    print(
        f"{size:9,} {built[0]:8,.0f} {built[1]:6,.0f} {disk} {peak:9,.0f} {median(wall):14.1f} {median(busy):6.1f} "
        f"{max(wall):8.1f} {max(busy):6.1f} {1e3 * listed[0]:8.1f} {1e3 * shown[0]:8.1f}",
        flush=True,
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--address", help="an empty PostgreSQL database; takes one size")
    asked = parser.parse_args()
    print(HEAD)
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(size, asked.address or f"sqlite:///{Path(folder) / 'ledger.db'}")


if __name__ == "__main__":
    main()
