"""Countries: ISO 3166-1 codes, and what CLDR's languages call them (by Babel)."""

import re
from collections import Counter
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from materiel.world.shape import BLOCS

PLAIN = "en-001"  # the records give names in plain English: CLDR's English of the whole world
UNKNOWN = "999"  # CLDR's number for "no such region"
BRACKETS = re.compile(r"\s*\(([^)]*)\)\s*")


@cache
def country_codes() -> frozenset[str]:
    """The two-letter codes of countries and territories.

    CLDR also names oceans, unions and test regions: those have no number or no inhabitants' languages.
    """
    inhabited = get_global("territory_languages")
    return frozenset(
        codes[0]
        for number, codes in get_global("territory_aliases").items()
        if number.isdigit() and number != UNKNOWN and len(codes) == 1 and codes[0] in inhabited
    )


def is_country(code: str) -> bool:
    """Whether a party may have this country: an ISO code or a bloc."""
    return code in BLOCS or code in country_codes()


@cache
def names_in(locale: str) -> dict[str, str]:
    """Code → CLDR's name of the country in a language; empty if CLDR has none.

    What stands in brackets is left out, unless it alone tells two countries apart.
    """
    names = _territories(locale)
    short = {code: BRACKETS.sub(" ", name).strip() for code, name in names.items()}
    shared = Counter(short.values())
    return {code: name if shared[name] == 1 else names[code] for code, name in short.items()}


@cache
def forms_in(locale: str) -> dict[str, str]:
    """Form → code, of every name that CLDR gives; a name in brackets at the end is a form too."""
    forms = {name: code for code, name in names_in(locale).items()}
    for code, name in _territories(locale).items():
        variant = BRACKETS.search(name)
        if variant and variant.end() == len(name) and name not in forms:
            forms.setdefault(variant.group(1), code)
    return forms


def _territories(locale: str) -> dict[str, str]:
    try:
        names = Locale.parse(locale, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: names[code] for code in sorted(country_codes()) if code in names}


@cache
def english_names() -> dict[str, str]:
    """Code → plain English name, of countries and blocs, for the `name` of a party."""
    return {**names_in(PLAIN), **{bloc: bloc for bloc in BLOCS}}
