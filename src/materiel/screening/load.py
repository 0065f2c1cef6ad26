"""Load: the files of screening as one value, or everything that is wrong with them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from materiel.screening.check import problems_of
from materiel.screening.files import DATA, TABLES, read_files
from materiel.screening.names import folded, forms_of
from materiel.screening.shape import Embargoes, Tables
from materiel.world.countries import PLAIN, english_names, forms_in
from materiel.world.load import load_world
from materiel.world.problem import DataError
from materiel.world.shape import World


class EmbargoError(DataError):
    """The embargoes' files cannot be used."""


@cache
def load_embargoes(data: Path = DATA, tables: Path = TABLES) -> Embargoes:
    """The embargoes of a folder with the tables they share, read once a process.

    Raises EmbargoError, which lists everything that is wrong, with file and line.
    """
    world = load_world()
    files, problems = read_files(data, tables)
    if problems := [*problems, *problems_of(files, world)]:
        raise EmbargoError("the embargoes", problems)
    return Embargoes(
        embargoes=tuple(file.embargo for file in files.embargoes),
        tables=Tables(
            items={s.name: s for s in files.sets},
            members=tuple(m for _, m in files.members),
            words=tuple(w for _, w in files.words),
        ),
        groups={folded(f): o for o in world.organisations if o.sort == "group" for f in forms_of(o)},
        organs=frozenset(_organs(world)),
        labels={name: known.label for name, known in world.item_classes.items()},
        country_names=english_names(),
    )


def _organs(world: World) -> Iterator[tuple[str | None, str]]:
    """The names of states and of the forces, bodies and people that act for one, each with its country."""
    yield from ((code, folded(form)) for form, code in forms_in(PLAIN).items())
    for organisation in world.organisations:
        if organisation.sort in ("force", "body"):
            yield from ((organisation.country, folded(form)) for form in forms_of(organisation))
    for person in world.people:
        yield from ((person.country, folded(form)) for form in (person.name, *person.forms))
