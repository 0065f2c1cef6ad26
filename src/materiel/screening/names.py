"""Names: whether a party is one that an embargo names, an armed group, or an organ of a state."""

from collections.abc import Iterable

from materiel.model.claim import Party
from materiel.screening.shape import Embargo, Embargoes
from materiel.world.shape import Organisation


def folded(name: str) -> str:
    """A name without what spelling varies: case, hyphens, kinds of apostrophe."""
    return " ".join(name.casefold().replace("-", " ").replace("’", "'").split())


def names_any(said: str, names: Iterable[str]) -> bool:
    """Whether one of the names stands in `said`, as whole words."""
    padded = f" {folded(said)} "
    return any(f" {folded(name)} " in padded for name in names)


def is_target(party: Party, embargo: Embargo, known: Embargoes) -> bool:
    """Whether the embargo is aimed at the party by name."""
    forms = (form for name in embargo.head.groups for form in forms_of(known.groups[folded(name)]))
    names = (*forms, *embargo.head.aliases)
    return any(names_any(_left(said, embargo.head.unless), names) for said in (party.name, party.text))


def group_of(party: Party, known: Embargoes) -> Organisation | None:
    """The armed group of the world that the party is."""
    return known.groups.get(folded(party.name)) or known.groups.get(folded(party.text))


def is_government(party: Party, embargo: Embargo, known: Embargoes) -> bool:
    """Whether the party is the state or acts for it, as far as its name tells."""
    group = group_of(party, known)
    names = {folded(party.name), folded(party.text), folded(group.name) if group else ""}
    if names & {folded(name) for name in embargo.head.government}:
        return True
    words = {sort: [w.word for w in known.tables.words if w.sort == sort] for sort in ("state", "other")}
    if group or is_target(party, embargo, known) or names_any(party.name, words["other"]):
        return False
    return (party.country, folded(party.name)) in known.organs or names_any(party.name, words["state"])


def forms_of(organisation: Organisation) -> tuple[str, ...]:
    """All that an organisation is called."""
    return (organisation.name, *organisation.forms)


def _left(said: str, unless: Iterable[str]) -> str:
    """What is left of a name without the names that mean somebody else."""
    padded = f" {folded(said)} "
    for name in unless:
        padded = padded.replace(f" {folded(name)} ", " | ")
    return padded
