"""Measure the trained reader: articles a second on one core, start-up, memory, and a stream of which little reports.

The corpus is that of bench/reading.py; in the stream one article in 200 is a full one, the rest are such that triage
finds nothing in them. `python bench/trained.py [ARTICLES]`
"""

import gc
import subprocess
import sys
from time import perf_counter, process_time

from materiel.cli.main import OBJECTS
from materiel.encoder.reader import TrainedReader
from materiel.reading.reader import Reader
from reading import corpus, load, memory, rate

ARTICLES = 200
SHARE = 200  # articles of the stream of which one is full
STARTS = 5
START = (
    "import sys, materiel; "
    "assert materiel.read('Norway has delivered 14 Leopard 2 tanks to Ukraine.', language='en', reader=sys.argv[1])"
)


def start_up(name: str) -> float:
    """Seconds from nothing to a reader that has read its first words; the median of STARTS."""
    spent = []
    for _ in range(STARTS):
        start = perf_counter()
        subprocess.run([sys.executable, "-c", START, name], check=True)
        spent.append(perf_counter() - start)
    return sorted(spent)[STARTS // 2]


def main() -> None:
    """Print the figures."""
    gc.set_threshold(OBJECTS)  # as the program does
    size = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    full = corpus(load("examples") + load("corpus/train"), size)
    silent = corpus(load("bench/nothing"), SHARE - 1)
    trained, quick = TrainedReader(), Reader()
    for reader in (trained, quick):
        for article in full[:5]:
            reader.read(article)
    ours, theirs = rate(trained, full), rate(quick, full)
    print(f"{size} full articles: trained {ours:.1f} a second on one core, quick {theirs:.0f}")
    start = process_time()
    for n in range(size // 10):
        for article in [full[n], *silent]:
            trained.read(article)
    print(f"stream, one full article in {SHARE}: {size // 10 * SHARE / (process_time() - start):.0f} a second")
    print(f"memory {memory():.0f} MiB")
    print(f"start-up: trained {start_up('trained'):.2f} s, quick {start_up('quick'):.2f} s (median of {STARTS})")


if __name__ == "__main__":
    main()
