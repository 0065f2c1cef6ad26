"""Check: everything that docs/world.md asks of the world's files, all problems at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from materiel.world.countries import country_codes, is_country
from materiel.world.load import FOLDER, WorldLines, read_world
from materiel.world.problem import Problem
from materiel.world.shape import Designation, Organisation, Person, Place

Named = Designation | Person | Organisation | Place


def check_world(folder: Path = FOLDER) -> list[Problem]:
    """Everything that is wrong with the world's files, in order of file and line."""
    lines, problems = read_world(folder)
    problems.extend(_class_problems(folder, lines))
    for name, records in (
        ("designations.tsv", lines.designations),
        ("people.tsv", lines.people),
        ("organisations.tsv", lines.organisations),
        ("places.tsv", lines.places),
    ):
        problems.extend(_duplicates(str(folder / name), records))
        problems.extend(_country_problems(str(folder / name), records))
    problems.extend(_position_problems(folder / "positions.tsv", lines))
    return sorted(set(problems))


def _class_problems(folder: Path, lines: WorldLines) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for line, known in lines.item_classes:
        if first.setdefault(known.name, line) != line:
            yield Problem(str(folder / "item-classes.tsv"), line, f"the class `{known.name}` is listed twice")
    for line, weapon in lines.designations:
        if weapon.item_class not in first:
            message = f"`{weapon.item_class}` is no class of item-classes.tsv"
            yield Problem(str(folder / "designations.tsv"), line, message)


def _duplicates(file: str, records: Sequence[tuple[int, Named]]) -> Iterator[Problem]:
    """Names and forms that a file lists twice; case, hyphens and spaces make no difference."""
    first: dict[str, tuple[int, Named]] = {}
    for line, record in records:
        forms = [_folded(form) for form in (record.name, *record.forms)]
        for number, form in enumerate(forms):
            other_line, other = first.setdefault(form, (line, record))
            if form in forms[:number]:
                yield Problem(file, line, f"`{form}` is said twice")
            elif other is not record and not _is_other_office(record, other) and not _is_namesake(record, other):
                yield Problem(file, line, f"`{form}` stands on line {other_line} too")


def _is_other_office(record: Named, other: Named) -> bool:
    """Whether two lines are two offices that one person has held."""
    return (
        isinstance(record, Person)
        and isinstance(other, Person)
        and record.name == other.name
        and (record.country, record.office, record.since) != (other.country, other.office, other.since)
    )


def _is_namesake(record: Named, other: Named) -> bool:
    """Whether both are types of materiel of one name and different classes (a Puma flies, drives or scouts)."""
    if not (isinstance(record, Designation) and isinstance(other, Designation)):
        return False
    return _folded(record.name) != _folded(other.name) and record.item_class != other.item_class


def _folded(form: str) -> str:
    return " ".join(form.casefold().replace("-", " ").split())


def _country_problems(file: str, records: Sequence[tuple[int, Named]]) -> Iterator[Problem]:
    for line, record in records:
        country = record.maker if isinstance(record, Designation) else record.country
        if country is not None and not is_country(country):
            yield Problem(file, line, f"`{country}` is no country")
        if isinstance(record, Person) and record.since and record.until and record.since > record.until:
            yield Problem(file, line, f"from {record.since} until {record.until}")


def _position_problems(path: Path, lines: WorldLines) -> Iterator[Problem]:
    """Positions listed twice, off the globe, of no country, and countries that have none; a bloc has no place."""
    first: dict[str, int] = {}
    for line, position in lines.positions:
        country = position.country
        if first.setdefault(country, line) != line:
            yield Problem(str(path), line, f"`{country}` stands on line {first[country]} too")
        if country not in country_codes():
            yield Problem(str(path), line, f"`{country}` is no country")
        if not (-90 <= position.latitude <= 90 and -180 <= position.longitude <= 180):
            yield Problem(str(path), line, f"`{country}` is off the globe; latitude first, then longitude, in degrees")
    missing = sorted(country_codes() - first.keys())
    if missing and first:  # a file without lines has another problem
        yield Problem(str(path), 1, f"no position of {' '.join(missing)}")
