"""Windows: the parts of a text that the encoder sees at once, each with what stands before it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LONGEST = 400  # pieces of a window; the encoder has 512 positions
BEFORE = 100  # pieces of a window that only surround what it is for


class Window(NamedTuple):
    """Pieces `first:last` are seen; the states of `own:last` are this window's."""

    first: int
    own: int
    last: int


def windows_of(count: int, sentences: NDArray[np.int64]) -> list[Window]:
    """Windows that together own each of `count` pieces once, parted at `sentences` (the first piece of each) where
    these are short enough."""
    starts = sentences.tolist()
    found, own = [], 0
    while own < count:
        first = max(0, own - BEFORE)
        last = min(count, first + LONGEST)
        if last < count:
            last = max((s for s in starts if own < s <= last), default=last)
        found.append(Window(first, own, last))
        own = last
    return found
