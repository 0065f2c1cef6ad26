"""Windows: the parts of a text that the encoder sees at once, each with what stands before it."""

from typing import NamedTuple

from materiel.encoder.questions import Questions

LONGEST = 400  # pieces of a window; the encoder has 512 positions
BEFORE = 100  # pieces of a window that only surround what it is for


class Window(NamedTuple):
    """Pieces `first:last` are seen; the states of `own:last` are this window's."""

    first: int
    own: int
    last: int


def windows_of(questions: Questions) -> list[Window]:
    """Windows that together own every piece once, begun at sentences where these are short enough."""
    count = len(questions.pieces.ids)
    starts = [int(s) for s in questions.sentences if s]
    found, own = [], 0
    while own < count:
        first = max(0, own - BEFORE) if own else 0
        last = min(count, first + LONGEST)
        if last < count:
            last = max((s for s in starts if own < s <= last), default=last)
        found.append(Window(first, own, last))
        own = last
    return found or [Window(0, 0, 0)]
