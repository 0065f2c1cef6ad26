"""Coded: what the claims that somebody coded may not say."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from materiel.model.claim import ROLES, Claim
from materiel.model.dates import is_told_date
from materiel.model.errors import FieldError
from materiel.world.countries import is_country
from materiel.world.load import load_world


def check(claims: Iterable[Claim]) -> None:
    """Raises FieldError at the first cell that no claim may have, with its mend."""
    for number, claim in enumerate(claims):
        for path, what in problems_of(claim):
            raise FieldError(f"$.claims[{number}].{path}", what)


def problems_of(claim: Claim) -> Iterator[tuple[str, str]]:
    """Cells whose words are right in form and yet mean nothing, each with its mend."""
    if claim.date is not None and not is_told_date(claim.date):
        yield "date", f"'{claim.date[:40]}' is no date; write 2023, 2023-09, 2023-09-17 or a span start/end"
    for cell in (*ROLES[claim.kind], "places"):
        for n, party in enumerate(getattr(claim, cell)):
            if party.country is not None and not is_country(party.country):
                what = (
                    f"'{party.country[:40]}' is no country; write an ISO 3166-1 code such as ID, or EU, NATO, UN, West"
                )
                yield f"{cell}[{n}].country", what
    classes = load_world().item_classes
    for n, item in enumerate(getattr(claim, "items", ())):
        if item.item_class not in classes:
            near = get_close_matches(item.item_class, classes, n=1, cutoff=0.5)
            mend = f"write '{near[0]}'" if near else "write one of world/data/item-classes.tsv"
            yield f"items[{n}].class", f"'{item.item_class[:40]}' is no class; {mend}"
