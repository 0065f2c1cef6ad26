"""TOML files: their content, and the line on which each key stands."""

import re
import tomllib
from pathlib import Path
from typing import Any

from materiel.world.problem import Problem
from materiel.world.tables import read_text_file

Keys = tuple[str | int, ...]

HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)\s*=""")
AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


def read_toml(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    """What stands in a TOML file, and what is wrong with its form."""
    text, problems = read_text_file(path)
    try:
        return tomllib.loads(text), problems
    except tomllib.TOMLDecodeError as error:
        where = AT_LINE.search(str(error))
        line = int(where[1]) if where and where[1] else len(text.splitlines())
        return {}, [*problems, Problem(str(path), line, AT_LINE.sub("", str(error)))]


def lines_of(path: Path) -> dict[Keys, int]:
    """The line of every table and key: `("months", "May")`, `("trigger", 3)`, `("trigger", 3, "past")`."""
    lines: dict[Keys, int] = {}
    table: Keys = ()
    seen: dict[str, int] = {}
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return lines
    for number, line in enumerate(text.split("\n"), 1):
        if (header := HEADER.match(line)) and not KEY.match(line):
            name = _key(header.group(2))
            if header.group(1) == "[[":
                seen[name] = seen.get(name, -1) + 1
                table = (name, seen[name])
            else:
                table = (name,)
            lines.setdefault(table, number)
        elif key := KEY.match(line):
            lines.setdefault((*table, _key(key.group(1))), number)
    return lines


def nearest_line(lines: dict[Keys, int], keys: Keys) -> int:
    """The line of a key, else of the table that holds it, else the first."""
    for length in range(len(keys), 0, -1):
        if keys[:length] in lines:
            return lines[keys[:length]]
    return 1


def _key(written: str) -> str:
    if written.startswith('"'):
        return str(tomllib.loads(f"k = {written}")["k"])
    return written.strip("'")
