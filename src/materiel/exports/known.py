"""Known: what the world knows a party by its name as, whatever the case and hyphens: its country, its sort."""

from functools import cache
from typing import Literal

from materiel.world.countries import PLAIN, forms_in
from materiel.world.load import load_world
from materiel.world.shape import BLOCS, OrganisationSort

Sort = Literal["state", "person"] | OrganisationSort


def country_of(name: str) -> str | None:
    """The country or bloc of a state, person or organisation; None where the name is not known."""
    return _countries().get(_folded(name))


def sort_of(name: str) -> Sort | None:
    """A state, a person, or the sort of an organisation; None where the name is not known."""
    return _sorts().get(_folded(name))


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())


@cache
def _countries() -> dict[str, str]:
    """Where a name stands for several, the state comes before the organisation, that before the person."""
    world = load_world()
    people = {_folded(form): known.country for known in world.people for form in (known.name, *known.forms)}
    bodies = {
        _folded(form): known.country
        for known in world.organisations
        if known.country
        for form in (known.name, *known.forms)
    }
    states = {_folded(form): code for form, code in forms_in(PLAIN).items()}
    return people | bodies | states | {_folded(bloc): bloc for bloc in BLOCS}


@cache
def _sorts() -> dict[str, Sort]:
    world = load_world()
    found: dict[str, Sort] = {_folded(form): "person" for known in world.people for form in (known.name, *known.forms)}
    for known in world.organisations:
        found.update({_folded(form): known.sort for form in (known.name, *known.forms)})
    found.update({_folded(form): "state" for form in forms_in(PLAIN)})
    found.update({_folded(bloc): "bloc" for bloc in BLOCS})
    return found
