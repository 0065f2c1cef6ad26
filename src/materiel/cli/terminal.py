"""Terminal: hostile text made harmless, styled, and laid out in columns of at most 80 in all."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import click

from materiel.model.claim import ROLES

WIDTH = 80
# How the words of a cell look, and its label, which makes the labels the key to the marks.
STYLES: dict[str, dict[str, Any]] = {
    "supplier": {"fg": "red", "bold": True},
    "recipient": {"fg": "green", "bold": True},
    "intermediary": {"fg": "magenta", "bold": True},
    "end_use": {"fg": "cyan", "bold": True},
    "items": {"fg": "yellow", "bold": True},
    **{role: {"fg": "blue", "bold": True} for kind in ROLES if kind != "transfer" for role in ROLES[kind]},
    "places": {"fg": "cyan", "underline": True},
    "sources": {"fg": "magenta", "underline": True},
    "aside": {"dim": True},
    "title": {"bold": True},
    "contradicted": {"fg": "yellow"},
    "finding": {"fg": "red"},
}
PLAIN: dict[str, Any] = {"underline": True}
# Zero-width (non-)joiners: some scripts cannot be written without, and they cannot mislead.
_JOINERS = "\u200c\u200d"

# Characters, each with the name of its style; empty where it has none.
Chars = list[tuple[str, str]]


def printable(text: str) -> str:
    """Text that a terminal only shows: white space as spaces, what would control or hide shown escaped."""
    return "".join(map(shown, text))


def shown(char: str) -> str:
    """A character as a terminal only shows it."""
    if char.isprintable() or char in _JOINERS:
        return char
    if char in "\t\n\r":
        return " "
    if unicodedata.category(char) == "Zs":
        return char
    return char.encode("unicode_escape").decode()


def chars(text: str, style: str = "") -> Chars:
    """A text of any origin in one style."""
    return [(c, style) for c in printable(text)]


def wrapped(text: Chars, indent: str = "", width: int = WIDTH) -> list[str]:
    """Lines of at most `width` columns, the indent among them, broken at spaces if there are any."""
    return [indent + styled(line) for line in lines_of(text, width - len(indent))]


def lines_of(text: Chars, room: int) -> Iterator[Chars]:
    """Characters as lines of at most `room` columns; a run of spaces is one, none stands at an end."""
    lines: list[Chars] = [[]]
    used = 0
    for is_space, run in groupby(text, key=lambda c: c[0] == " "):
        word = list(run)
        if is_space:
            word = word[:1]
        if used + columns(word) > room and used:
            lines.append([])
            used = 0
        if is_space and not used:
            continue
        for char in word:
            if used + columns([char]) > room:
                lines.append([])
                used = 0
            lines[-1].append(char)
            used += columns([char])
    for line in lines:
        while line and line[-1][0] == " ":
            line.pop()
        if line:
            yield line


def columns(text: Chars) -> int:
    """How many columns of a terminal characters take."""
    return sum(map(_columns, text))


def _columns(char: tuple[str, str]) -> int:
    if unicodedata.category(char[0]) in ("Mn", "Me") or char[0] in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(char[0]) in "WF" else 1


def styled(line: Chars) -> str:
    """Characters as they are written, with the codes of their styles."""
    runs = ((cell, "".join(c for c, _ in run)) for cell, run in groupby(line, key=lambda c: c[1]))
    return "".join(click.style(words, **STYLES.get(cell, PLAIN)) if cell else words for cell, words in runs)


def side_by_side(cells: list[Chars], widths: list[int], gap: int = 2) -> list[str]:
    """One row of a table: each cell wrapped to its width, a negative width aligns to the right."""
    wrapped_cells = [list(lines_of(cell, abs(width))) for cell, width in zip(cells, widths, strict=True)]
    rows = []
    for n in range(max(map(len, wrapped_cells), default=0)):
        row: Chars = []
        for lines, width in zip(wrapped_cells, widths, strict=True):
            line = lines[n] if n < len(lines) else []
            space = [(" ", "")] * (abs(width) - columns(line))
            row += (space + line if width < 0 else line + space) + [(" ", "")] * gap
        while row and row[-1][0] == " ":
            row.pop()
        rows.append(styled(row))
    return rows
