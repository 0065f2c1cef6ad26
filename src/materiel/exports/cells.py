"""Cells: text in a CSV that a spreadsheet only shows, and back again."""

import re
from collections.abc import Iterable

from materiel.model.codec import UNSEEN, escaped

# What a spreadsheet takes for the beginning of a formula, as wide forms too.
_FORMULA = tuple("=+-@＝＋－＠\t\r")
_CONTROL = re.compile(r"[\x00-\x1f]")
_TOKEN = re.compile(r"(?:\\u[0-9a-f]{4})+|\\\\|\\;|.", re.DOTALL)
PART = "; "


def written(text: str) -> str:
    """A text as a cell: `read` gives it back to the letter.

    Characters that control or hide are written as `\\\\uXXXX`, a backslash as two; a cell that would be run as a
    formula gets an apostrophe before it.
    """
    return _defused(_escaped(text))


def written_list(texts: Iterable[str]) -> str:
    """Texts as one cell, parted by `; `; a semicolon in a text gets a backslash before it."""
    return _defused(PART.join(_escaped(text).replace(";", "\\;") for text in texts))


def read(cell: str) -> str:
    """The text of a cell, as `written` had it or as somebody typed it."""
    return "".join(map(_unescaped, _TOKEN.findall(_armed(cell))))


def read_list(cell: str) -> list[str]:
    """The texts of a cell, parted by `;`, without the spaces around them; none where the cell is empty."""
    texts = [""]
    for token in _TOKEN.findall(_armed(cell)):
        if token == ";":
            texts.append("")
        else:
            texts[-1] += _unescaped(token)
    return [text.strip() for text in texts] if cell.strip() else []


def shown(text: str) -> str:
    """A text on one line that a terminal only shows."""
    return UNSEEN.sub(escaped, _CONTROL.sub(escaped, text))


def _escaped(text: str) -> str:
    return shown(text.replace("\\", "\\\\"))


def _unescaped(token: str) -> str:
    if token.startswith("\\u") and len(token) > 2:
        return bytes.fromhex(token.replace("\\u", "")).decode("utf-16-be", "replace")
    return token[1:] if token in ("\\\\", "\\;") else token


def _runs(cell: str) -> bool:
    return cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)


def _is_quoted(cell: str) -> bool:
    return cell.startswith("'") and (_runs(cell[1:]) or cell[1:2] == "'")


def _defused(cell: str) -> str:
    return f"'{cell}" if _runs(cell) or _is_quoted(cell) else cell


def _armed(cell: str) -> str:
    return cell[1:] if _is_quoted(cell) else cell
