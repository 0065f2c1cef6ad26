"""Measure how fast, how well and in how much memory claims are folded, beside a library that links records.

`python bench/folding.py [SIZE …] [--peer SIZE …]`: folds made-up claims of known truth (bench/made_claims.py) with the
shipped weights, each size in a process of its own so that peak memory is its own, and then the same claims with splink
(bench/peer.py). Times are of the processor, so that other work on the machine does not count.
"""

import argparse
import resource
import subprocess
import sys
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from made_claims import made_claims
from materiel.ledger.cluster import Ints
from materiel.ledger.fold import fold
from materiel.ledger.likeness import shipped_likeness
from materiel.ledger.sketch import Sketches, sketch_all

SIZES = (10_000, 100_000, 1_000_000)
PEER_SIZES = (10_000, 100_000)
AT_ONCE = 10_000  # claims that are made and laid out at a time
HEAD = "   claims a second sketching  folding  µs each  MiB peak B-cubed P      R     F1 seconds"


def b_cubed(event: Ints, group: Ints) -> tuple[float, float, float]:
    """Precision, recall and F1 of groups against events, one of each a claim (Bagga and Baldwin 1998)."""

    def sizes(of: Ints) -> Ints:
        _, place, count = np.unique(of, return_inverse=True, return_counts=True)
        return count[place]

    both = sizes(event.astype(np.int64) << 32 | group)
    precision, recall = float((both / sizes(group)).mean()), float((both / sizes(event)).mean())
    return precision, recall, 2 * precision * recall / (precision + recall)


def peak() -> float:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(size: int) -> None:
    """Fold `size` claims and print one line."""
    likeness = shipped_likeness()
    wall = perf_counter()
    claims, events, sketched = laid_out(size)
    begun = process_time()
    group = fold(claims, likeness).group
    folded = process_time() - begun
    precision, recall, f1 = b_cubed(events, group)
    print(
        f"{size:9,} {size / (sketched + folded):7,.0f} {1e6 * sketched / size:9.1f} {1e6 * folded / size:8.1f} "
        f"{1e6 * (sketched + folded) / size:8.1f} {peak():8,.0f} {precision:8.3f} {recall:6.3f} {f1:6.3f} "
        f"{perf_counter() - wall:6.0f}",
        flush=True,
    )


def laid_out(size: int) -> tuple[Sketches, Ints, float]:
    """The sketches of made-up claims, their events, and the seconds that sketching took."""
    made = made_claims(size)
    parts: list[Sketches] = []
    events: list[int] = []
    spent = 0.0
    while few := list(islice(made, AT_ONCE)):
        begun = process_time()
        parts.append(sketch_all((t.article, t.number, t.published, t.claim) for t in few))
        spent += process_time() - begun
        events += [t.event for t in few]
    return np.concatenate(parts), np.array(events), spent


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--peer", nargs="*", type=int, default=PEER_SIZES)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)  # measure in this very process
    asked = parser.parse_args()
    if asked.one:
        measure(asked.sizes[0])
        return
    print(HEAD, flush=True)
    for size in asked.sizes:
        subprocess.run([sys.executable, __file__, "--one", str(size)], check=True)
    for size in asked.peer:
        subprocess.run([sys.executable, str(Path(__file__).with_name("peer.py")), str(size)], check=True)


if __name__ == "__main__":
    main()
