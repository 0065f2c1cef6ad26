"""Brackets: takes the markup out of a line of an example, keeping what each bracket says and where."""

import re
from typing import NamedTuple

# The value of an attribute is quoted, or goes on to the next attribute, or ends at a space.
HEAD = re.compile(
    r"""\[(?P<role>[a-z_]+)
        (?:/(?P<claims>\d+(?:,\d+)*))?
        (?:=(?P<value>[^\s;\[\]]+)
           (?P<attributes>(?:;[a-z_]+=(?:"[^"]*"|[^;\[\]"]+?(?=;[a-z_]+=)|[^\s;\[\]"]+))*))?
        [ ]+""",
    re.VERBOSE,
)
ATTRIBUTE = re.compile(r';([a-z_]+)=(?:"([^"]*)"|([^;]+))')
ESCAPES = "[]\\"


class Marked(NamedTuple):
    """A marked stretch `start:end` of the plain text: its role, the claims it belongs to, what it means."""

    role: str
    claims: tuple[int, ...]
    value: str | None
    attributes: dict[str, str]
    start: int
    end: int


def read_brackets(line: str) -> tuple[str, tuple[Marked, ...], list[str]]:
    """The plain text of a line, its marked stretches in the order of their beginnings, and what is wrong."""
    plain: list[str] = []
    opened: list[tuple[re.Match[str] | None, int]] = []
    marked: list[Marked] = []
    faults: list[str] = []
    at = 0
    while at < len(line):
        char = line[at]
        if char == "\\" and line[at + 1 : at + 2] and line[at + 1] in ESCAPES:
            plain.append(line[at + 1])
            at += 2
            continue
        if char == "[":
            head = HEAD.match(line, at)
            if head is None:
                faults.append(f"not markup: {line[at : at + 30]!r} (a literal bracket is `\\[`)")
            opened.append((head, len(plain)))
            at = head.end() if head else at + 1
            continue
        if char == "]":
            if opened:
                head, start = opened.pop()
                if head is not None:
                    marked.append(_marked(head, start, plain))
            else:
                faults.append(f"`]` closes nothing after {line[max(0, at - 20) : at]!r}")
        else:
            plain.append(char)
        at += 1
    faults.extend(f"`[{head['role'] if head else ''}` is never closed" for head, _ in opened)
    text = "".join(plain)
    faults.extend(f"`[{m.role}]` marks no text" for m in marked if m.start >= m.end)
    return text, tuple(sorted(marked, key=lambda m: (m.start, -m.end))), faults


def _marked(head: re.Match[str], start: int, plain: list[str]) -> Marked:
    end = len(plain)
    while start < end and plain[start].isspace():
        start += 1
    while start < end and plain[end - 1].isspace():
        end -= 1
    claims = tuple(int(n) for n in (head["claims"] or "1").split(","))
    said = ATTRIBUTE.findall(head["attributes"] or "")
    attributes = {key: quoted or bare.strip() for key, quoted, bare in said}
    return Marked(head["role"], claims, head["value"], attributes, start, end)
