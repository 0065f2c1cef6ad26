"""Pieces: the words, numbers and marks of a string, as forms are compared."""

import re
from collections.abc import Iterable

HYPHENS = "-‐‑–—"
# Hyphens and spaces only part pieces, so that a form matches however it is joined.
PIECE = re.compile(rf"[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s{re.escape(HYPHENS)}]")


def same_letters(alike: Iterable[str]) -> dict[int, str]:
    """Pairs of letters of which writers use the second for the first, as a table for `str.translate`."""
    return {ord(pair[0]): pair[1] for pair in alike}


def pieces(form: str) -> tuple[str, ...]:
    """The pieces of a form in lower case; a final `*` stays with the last piece."""
    found = PIECE.findall(form.rstrip("*").lower())
    if found and form.endswith("*"):
        found[-1] += "*"
    return tuple(found)


def folded(form: str) -> str:
    """What two forms have in common that a reader cannot tell apart."""
    return " ".join(pieces(form)) or form.casefold()
