"""Roots: the furthest source of a claim, so that ten papers that repeat one agency count as one."""

import re
from functools import cache
from urllib.parse import urlsplit

from materiel.model.article import Article
from materiel.model.claim import Claim
from materiel.world.load import load_world

WORD = re.compile(r"[\w.&'’-]*\w")
LONGEST = 6  # words of the longest name that is looked for


def root_of(claim: Claim, outlet: str) -> str:
    """Who said so first: the last of the claim's sources (nearest first), or the outlet that tells it."""
    return source_name(claim.sources[-1] if claim.sources else outlet)


def outlet_of(article: Article) -> str:
    """Who published an article: the outlet as told, else the host of its address (an agency by its name).

    An article that tells neither stands for itself, under its own id: it is one voice, and no other article's.
    """
    if article.outlet:
        return article.outlet
    host = _host(article.address)
    return next((_names()[part] for part in host.split(".") if part in _names()), host) or article.id


def _host(address: str) -> str:
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:  # no address at all
        return ""
    return host.removeprefix("www.")


@cache
def source_name(text: str) -> str:
    """The plain name of a source as an article puts it: `kantor berita TASS` and `Tass` are `TASS`."""
    words = [(m.start(), m.end()) for m in WORD.finditer(text)]
    names = _names()
    for length in range(min(LONGEST, len(words)), 0, -1):
        for first in range(len(words) - length, -1, -1):
            found = names.get(text[words[first][0] : words[first + length - 1][1]].casefold())
            if found:
                return found
    return " ".join(text.split())


@cache
def _names() -> dict[str, str]:
    """The name of every person, agency, paper, force and body of the world, by each of its forms."""
    world = load_world()
    known = {}
    for person in world.people:
        for form in (*person.forms, person.name):
            known[form.casefold()] = person.name
    for organisation in world.organisations:
        for form in (*organisation.forms, organisation.name):
            known[form.casefold()] = organisation.name
    return known
