"""Examples: the marked-up sentences of a language, as records without their markup."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

from materiel.languages.brackets import Marked, read_brackets
from materiel.model.claim import Mode, Stance
from materiel.model.dates import is_told_date
from materiel.world.problem import Problem
from materiel.world.tables import read_text_file

SILENCE = "silence"
NAMES = "names"
PLAIN = re.compile(r"([a-z_]+)(?:/(\d+(?:,\d+)*))?:\s*(.*)$")
PLAIN_VALUES = {"stance": get_args(Stance), "mode": get_args(Mode)}


class Example(NamedTuple):
    """A marked-up sentence; `line` is that of its name, the text stands on line `text_line`.

    `plain` are the lines after the text, by key and number of the claim (`("stance", 2)`). A `silence` must give
    no claim; `names` only marks whom its words name, and teaches nothing.
    """

    name: str
    file: str
    line: int
    text_line: int
    text: str
    published: str
    spans: tuple[Marked, ...]
    plain: dict[tuple[str, int], str]
    silence: bool
    names: bool


def parse_examples(folder: Path) -> tuple[list[Example], list[Problem]]:
    """The examples of a language's folder, file by file, and what is wrong with their form."""
    examples: list[Example] = []
    problems: list[Problem] = []
    for path in sorted((folder / "examples").glob("*.txt")):
        text, found = read_text_file(path)
        problems += found
        for record in _records(text):
            example, faults = _example(str(path), record)
            problems += faults
            if example is not None:
                examples.append(example)
    return examples, problems


def _records(text: str) -> Iterator[list[tuple[int, str]]]:
    """The numbered lines of each record; comments that stand alone are none."""
    record: list[tuple[int, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            record.append((number, line.strip()))
        else:
            if any(not content.startswith("#") for _, content in record):
                yield record
            record = []


def _example(file: str, record: list[tuple[int, str]]) -> tuple[Example | None, list[Problem]]:
    heads = 0
    while record[heads][1].startswith("#"):
        heads += 1
    if not heads:
        return None, [Problem(file, record[0][0], "the example has no name (`# name` on the line before it)")]
    (line, name), (text_line, marked), rest = record[heads - 1], record[heads], record[heads + 1 :]
    text, spans, faults = read_brackets(marked)
    problems = [Problem(file, text_line, fault) for fault in faults]
    last = rest[-1][1] if rest else ""
    silence, names = last == SILENCE, last == NAMES
    plain: dict[tuple[str, int], str] = {}
    for number, content in rest[:-1] if silence or names else rest:
        problems.extend(Problem(file, number, fault) for fault in _read_plain(content, plain))
    published = plain.pop(("published", 1), "")
    name = name.lstrip("#").strip()
    return Example(name, file, line, text_line, text, published, spans, plain, silence, names), problems


def _read_plain(content: str, plain: dict[tuple[str, int], str]) -> Iterator[str]:
    """Put a line `key: value` into `plain`; what is wrong with it."""
    found = PLAIN.match(content)
    key, value = (found[1], found[3].strip()) if found else ("", "")
    if found is None:
        yield f"neither `key: value` nor `{SILENCE}` nor `{NAMES}`: {content[:40]!r} (the text stands on one line)"
    elif key in PLAIN_VALUES and value not in PLAIN_VALUES[key]:
        yield f"`{value}` is no {key}; known are {' '.join(PLAIN_VALUES[key])}"
    elif key == "days" and not value.isdecimal():
        yield f"`{value}` is no number of days"
    elif key == "published" and not is_told_date(value):
        yield f"`{value}` is no date"
    elif key not in (*PLAIN_VALUES, "days", "published"):
        yield f"unknown key `{key}`; known are published stance mode days"
    else:
        for number in (found[2] or "1").split(","):
            if (key, int(number)) in plain:
                yield f"`{key}` is said twice"
            plain[key, int(number)] = value
