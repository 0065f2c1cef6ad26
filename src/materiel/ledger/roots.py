"""Roots: the furthest source of a claim, so that ten papers that repeat one agency count as one."""

import re
from functools import cache
from urllib.parse import urlsplit

from materiel.model.article import Article
from materiel.model.claim import Claim
from materiel.world.load import load_world

WORD = re.compile(r"[\w.&'’-]*\w")
PASSED_ON = {"outlet": 1, "agency": 2}  # who only tells what others say, and how far back in a chain they stand
LONGEST = 6  # words of the longest name that is looked for


def root_of(claim: Claim, outlet: str) -> str:
    """Who said so first, of the sources of a claim; the outlet that tells it where it names none.

    Papers and agencies pass on what others say: somebody who is known by name goes before an agency, an agency
    before a paper or somebody unnamed (whom each paper words its own way). Of equals the last: the nearest comes first.
    """
    if not claim.sources:
        return source_name(outlet)
    ranked = max(enumerate(claim.sources), key=lambda s: (_standing(source_name(s[1])), s[0]))
    return source_name(ranked[1])


def _standing(name: str) -> int:
    """How far back in a chain of reports a source likely stands."""
    sort = _sorts().get(name)
    return 0 if sort is None else PASSED_ON.get(sort, 3)


def outlet_of(article: Article) -> str:
    """Who published an article: the outlet as told, else the host of its address (an agency or a paper by its name).

    An article that tells neither stands for itself, under its own id: it is one voice, and no other article's.
    """
    if article.outlet:
        return article.outlet
    host = _host(article.address)
    named = (_names().get(part, "") for part in host.split("."))
    return next((name for name in named if _sorts().get(name) in PASSED_ON), host) or article.id


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


@cache
def _sorts() -> dict[str, str]:
    """What each of the world's names is: a person, or the sort of an organisation."""
    world = load_world()
    return {**{p.name: "person" for p in world.people}, **{o.name: o.sort for o in world.organisations}}
