"""Known: what the world knows a party by its name as, whatever the case and hyphens: its country, its sort."""

from functools import cache
from typing import Literal
from unicodedata import combining, normalize

from materiel.languages.load import available, load_language
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


def state_of(name: str) -> str | None:
    """The country's code where the name is a state's."""
    return _states().get(_folded(name))


def _folded(name: str) -> str:
    bare = "".join(c for c in normalize("NFKD", name.casefold()) if not combining(c))
    return " ".join(bare.replace("-", " ").replace("’", "'").split())


@cache
def _states() -> dict[str, str]:
    """What states are called: in plain English, and else in any language that has a pack."""
    named: dict[str, str] = {}
    for language in map(load_language, available()):
        named |= {_folded(form): code for form, code in language.country_names.items()}
        called = (name for name in language.names if name.sort in ("name", "short"))
        named |= {_folded(form): name.ref for name in called for form in language.spelt([name.form])}
    return named | {_folded(form): code for form, code in forms_in(PLAIN).items()}


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
    return people | bodies | _states() | {_folded(bloc): bloc for bloc in BLOCS}


@cache
def _sorts() -> dict[str, Sort]:
    world = load_world()
    found: dict[str, Sort] = {_folded(form): "person" for known in world.people for form in (known.name, *known.forms)}
    for known in world.organisations:
        found.update({_folded(form): known.sort for form in (known.name, *known.forms)})
    found.update(dict.fromkeys(_states(), "state"))
    found.update({_folded(bloc): "bloc" for bloc in BLOCS})
    return found
