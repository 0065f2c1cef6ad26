"""Stories: claims of several reports of one thing, in a light notation, for folding to learn from.

    # th-tanks                                    a story: reports that might be taken for one another
    2016-05-20 en                                 a report: the day it was published, its language
    th-vt4 agreed: CN > TH; 28 armour.tank VT-4; on 2016-05; worth USD 137000000; mode sale
    ~ reaction th-doubts: Somchai Boonmee/TH; tone concern; about price of the Chinese tanks

A claim is `[~ KIND] EVENT [STATUS[/STANCE]]: PARTIES [> PARTIES]; CELL; CELL …` on one line; without `~` it is a
transfer, without a status `delivered`. Parties are joined by ` + `; one is `Name/CC`, or `CC` for a state as such, or
`-` for none. A cell begins with `on` (date), `at` (places), `by` (sources), `worth` (CUR amount), `mode`, `tone`,
`days`, `about` (also an agreement's subject), or is an item: `[QUALIFIER] [NUMBER] [UNIT:]CLASS [DESIGNATION]`.
docs/folding.md says what makes a good story.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec

from materiel.model.article import AnnotatedArticle
from materiel.model.claim import ROLES, Claim, Qualifier
from materiel.world.countries import english_names
from materiel.world.load import load_world
from materiel.world.problem import DataError, Problem

REPORT = re.compile(r"(\d{4}-\d{2}-\d{2}) ([a-z]{2})")
CLAIM = re.compile(
    r"(?:~ (?P<kind>[a-z]+) )?(?P<event>\S+?)(?: (?P<status>[a-z_]+)(?:/(?P<stance>[a-z]+))?)?: (?P<rest>.+)"
)
ABOUT = {"reaction": "about", "agreement": "subject"}
Where = tuple[int, str, str, str]  # the line, story, day and language of a report
NUMBER = re.compile(r"\d+(\.\d+)?")


def read_stories(folder: Path) -> list[AnnotatedArticle]:
    """The reports of every `*.txt` in a folder, as articles without a text; DataError lists what is wrong."""
    found: list[AnnotatedArticle] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.txt")):
        try:
            found += stories_of(file.read_text(encoding="utf-8"), file)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError("stories", problems)
    return found


def stories_of(text: str, file: Path) -> list[AnnotatedArticle]:
    """The reports that a text in the notation holds; raises DataError with the lines of `file` that are wrong."""
    found: list[AnnotatedArticle] = []
    problems: list[Problem] = []
    for where, lines in _reports(text.splitlines()):
        if where is None:
            problems += (Problem(str(file), k, "no report before it; write its day and language") for k, _ in lines)
            continue
        number, story, published, language = where
        claims = []
        for k, line in lines:
            try:
                claims.append(_claim(line))
            except (ValueError, msgspec.ValidationError) as error:
                problems.append(Problem(str(file), k, str(error)))
        name = f"{file.stem}/{story}/{number}"
        found.append(AnnotatedArticle(id=name, language=language, published=published, text="", claims=tuple(claims)))
    if problems:
        raise DataError("stories", problems)
    return found


def _reports(lines: Iterable[str]) -> Iterator[tuple[Where | None, list[tuple[int, str]]]]:
    """Each report and the numbered lines of its claims; None for lines that stand before any report of a story."""
    story = ""
    where: Where | None = None
    claims: list[tuple[int, str]] = []
    for k, line in enumerate(lines, 1):
        head = REPORT.fullmatch(line.strip())
        if (where or claims) and (head or line.startswith("# ")):
            yield where, claims
            where, claims = None, []
        if line.startswith("# "):
            story = line[2:].strip()
        elif head:
            where = (k, story, head[1], head[2])
        elif line.strip():
            claims.append((k, line.strip()))
    if where or claims:
        yield where, claims


def _claim(line: str) -> Claim:
    match = CLAIM.fullmatch(line)
    if not match:
        raise ValueError(f"`{line}` is no claim; write `EVENT STATUS: SUPPLIER > RECIPIENT; CELL; …`")
    kind = match["kind"] or "transfer"
    if kind not in ROLES:
        raise ValueError(f"`{kind}` is no kind of claim")
    parties, *cells = (part.strip() for part in match["rest"].split(";"))
    claim: dict[str, Any] = {
        "kind": kind,
        "event": match["event"],
        "status": match["status"] or "delivered",
        "stance": match["stance"] or "stated",
    }
    sides = parties.split(" > ")
    if len(sides) > len(ROLES[kind]):
        raise ValueError(f"a {kind} has {' and '.join(ROLES[kind])}, no more; join several by ` + `")
    for role, named in zip(ROLES[kind], sides, strict=False):
        claim[role] = [_party(one) for one in named.split(" + ") if one != "-"]
    for cell in cells:
        _put(claim, cell)
    made: Claim = msgspec.convert(claim, Claim)
    strange = set(claim) - {"kind"} - set(made.__struct_fields__)
    if strange:
        raise ValueError(f"a {kind} has no {' and no '.join(sorted(strange))}")
    return made


def _put(claim: dict[str, Any], cell: str) -> None:
    word, _, rest = cell.partition(" ")
    match word:
        case "on":
            claim["date"] = rest
        case "at":
            claim["places"] = [_party(one) for one in rest.split(" + ")]
        case "worth":
            currency, _, amount = rest.partition(" ")
            if not amount.isdecimal():
                raise ValueError(f"`{cell}` is no value; write `worth USD 137000000`")
            claim["value"] = {"currency": currency, "amount": int(amount)}
        case "by":
            claim["sources"] = rest.split(" + ")
        case "mode" | "tone":
            claim[word] = rest
        case "days":
            claim["days"] = int(rest)
        case "about" if claim["kind"] in ABOUT:
            claim[ABOUT[claim["kind"]]] = rest
        case _:
            claim.setdefault("items", []).append(_item(cell))


def _party(said: str) -> dict[str, Any]:
    name, _, country = said.rpartition("/")
    if not name:
        if country not in english_names():
            raise ValueError(f"`{said}` is neither a country's code nor `Name/CC`")
        name = english_names()[country]
    return {"text": name, "name": name, "country": None if country == "-" else country}


def _item(said: str) -> dict[str, Any]:
    words = said.split(" ")
    item: dict[str, Any] = {"text": said}
    if words[0] in get_args(Qualifier):
        item["qualifier"] = words.pop(0)
    if NUMBER.fullmatch(words[0]):
        item["quantity"] = float(words[0]) if "." in words[0] else int(words[0])
        item.setdefault("qualifier", "exact")
        words.pop(0)
    unit, _, item_class = words.pop(0).rpartition(":")
    if item_class not in load_world().item_classes:
        raise ValueError(f"`{item_class}` is no class of world/data/item-classes.tsv")
    return {**item, "class": item_class, "unit": unit or None, "designation": " ".join(words) or None}
