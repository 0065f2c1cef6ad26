"""Check: what the embargoes' files say that cannot be: unknown names, days in the wrong order, measures at once."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from materiel.screening.files import EmbargoFile, Files
from materiel.screening.items import rules_of
from materiel.screening.shape import ItemSet, Measure
from materiel.world.countries import country_codes
from materiel.world.problem import Problem
from materiel.world.shape import World
from materiel.world.toml import lines_of, nearest_line


def problems_of(files: Files, world: World) -> list[Problem]:
    """Everything that is wrong with what well-formed files say, in order of file and line."""
    groups = {o.name for o in world.organisations if o.sort == "group"}
    problems = [
        *_set_problems(files.folder / "items.toml", files.sets, world),
        *_member_problems(files),
    ]
    for file in files.embargoes:
        problems += _head_problems(file, files, groups)
        problems += _measure_problems(file, files)
        problems += _exemption_problems(file, files)
    return sorted(set(problems))


def _set_problems(path: Path, sets: Sequence[ItemSet], world: World) -> Iterator[Problem]:
    lines = lines_of(path)
    beginnings = {".".join(c.split(".")[: n + 1]) for c in world.item_classes for n in range(len(c.split(".")))}
    known: dict[str, ItemSet] = {}
    for number, items in enumerate(sets):
        line = nearest_line(lines, ("set", number))
        if items.name in known:
            yield Problem(str(path), line, f"the set `{items.name}` is listed twice")
        elif items.base is not None and items.base not in known:
            yield Problem(str(path), line, f"the base `{items.base}` is no set that stands before `{items.name}`")
        else:
            known[items.name] = items
            for beginning in sorted(rules_of(items.name, known).keys() - beginnings):
                yield Problem(str(path), line, f"no class of items begins with `{beginning}`")


def _member_problems(files: Files) -> Iterator[Problem]:
    path = str(files.folder / "members.tsv")
    for line, member in files.members:
        if member.country not in country_codes():
            yield Problem(path, line, f"`{member.country}` is no country")
        if member.since and member.until and member.until <= member.since:
            yield Problem(path, line, f"from {member.since} until {member.until}")


def _head_problems(file: EmbargoFile, files: Files, groups: set[str]) -> Iterator[Problem]:
    head = file.embargo.head
    for country in head.countries:
        if country not in country_codes():
            yield file.problem(f"`{country}` is no country", "countries")
    scopes = {m.scope for m in file.embargo.measures}
    if head.target not in country_codes() and not head.countries and scopes != {"designated"}:
        yield file.problem(f"`{head.target}` is no country; say in `countries` where it lies", "target")
    for group in head.groups:
        if group not in groups:
            yield file.problem(f"`{group}` is no group of organisations.tsv; an alias?", "groups")
    if head.binds is not None and head.binds not in {m.body for _, m in files.members}:
        yield file.problem(f"members.tsv has no members of `{head.binds}`", "binds")
    if "region" in scopes and not head.regions:
        yield file.problem("a measure covers a region; name it in `regions`", "regions")
    if "designated" in scopes and not (head.groups or head.aliases):
        yield file.problem("a measure is aimed at named parties; name them in `groups` or `aliases`", "groups")


def _measure_problems(file: EmbargoFile, files: Files) -> Iterator[Problem]:
    measures = file.embargo.measures
    for number, measure in enumerate(measures):
        if measure.items not in {s.name for s in files.sets}:
            yield file.problem(f"`{measure.items}` is no set of items.toml", "measures", number, "items")
        if measure.until is not None and measure.until <= measure.since:
            message = f"from {measure.since} until {measure.until}"
            yield file.problem(message, "measures", number, "until")
        if measure.known_until is not None and measure.known_until < measure.since:
            message = f"from {measure.since}, known until {measure.known_until}"
            yield file.problem(message, "measures", number, "known_until")
        for country in measure.contested_by:
            if country not in country_codes():
                yield file.problem(f"`{country}` is no country", "measures", number, "contested_by")
    for (_, one), (number, other) in combinations(enumerate(measures), 2):
        if _at_once(one, other):
            message = f"it holds beside the measure of {one.since}; put what holds at once into files of its own"
            yield file.problem(message, "measures", number)
        elif other.since < one.since:
            yield file.problem(f"it stands after the measure of {one.since}", "measures", number, "from")


def _at_once(one: Measure, other: Measure) -> bool:
    """Whether two measures could meet one event on one day by the same scope."""
    same_way = "both" in (one.direction, other.direction) or one.direction == other.direction
    parted = (one.until is not None and one.until <= other.since) or (
        other.until is not None and other.until <= one.since
    )
    return one.scope == other.scope and same_way and not parted


def _exemption_problems(file: EmbargoFile, files: Files) -> Iterator[Problem]:
    for number, exemption in enumerate(file.embargo.exemptions):
        if exemption.items is not None and exemption.items not in {s.name for s in files.sets}:
            yield file.problem(f"`{exemption.items}` is no set of items.toml", "exemptions", number, "items")
        if exemption.kind == "outright" and not (
            exemption.items or exemption.parties or exemption.recipient == "government"
        ):
            message = "an outright exemption must say for which items or for whom, else nothing is barred"
            yield file.problem(message, "exemptions", number)
        if exemption.since and exemption.until and exemption.until <= exemption.since:
            message = f"from {exemption.since} until {exemption.until}"
            yield file.problem(message, "exemptions", number, "until")
