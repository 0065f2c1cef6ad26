"""Topics: the countries, classes of materiel and words that a short phrase is about, whatever its language."""

import re
from functools import cache

from materiel.languages.load import available, load_language
from materiel.ledger.parties import OF_A_STATE
from materiel.world.countries import english_names

WORD = re.compile(r"[^\W_]+")
LONGEST = 3  # words of the longest form that is looked for
LEAST_LETTERS = 4  # of a word that tells something by itself
STEM = 6  # letters by which two words are taken for forms of one


@cache
def topics_of(phrase: str | None) -> tuple[str, ...]:
    """What a phrase is about: `@XX` a country, `#class` a family of materiel, else the stem of a word; each once.

    Countries and classes come first: they hold across languages, words within one.
    """
    words = [w.casefold() for w in WORD.findall(phrase or "")]
    found: list[str] = []
    k = 0
    while k < len(words):
        known, length = _longest(words[k : k + LONGEST])
        if known:
            found.append(known)
        elif len(words[k]) >= LEAST_LETTERS and words[k] not in _little():
            found.append(words[k][:STEM])
        k += length
    return tuple(sorted(dict.fromkeys(found), key=lambda t: (t[0] not in "@#", t)))


def _longest(words: list[str]) -> tuple[str, int]:
    """The topic of the longest known form that `words` begin with, and how many words it takes."""
    for length in range(len(words), 0, -1):
        form = tuple(words[:length])
        known = _forms().get(form) or next(
            (t for e in _endings() if form[-1].endswith(e) and (t := _forms().get((*form[:-1], form[-1][: -len(e)])))),
            "",
        )
        if known:
            return known, length
    return "", 1


@cache
def _forms() -> dict[tuple[str, ...], str]:
    found = {_words(name): f"@{code}" for code, name in english_names().items()}
    for code in available():
        language = load_language(code)
        found.update((_words(name), f"@{ref}") for name, ref in language.country_names.items())
        states = (n for n in language.names if n.sort in OF_A_STATE)
        found.update((_words(form), f"@{n.ref}") for n in states for form in language.spelt((n.form,)))
        for item_class, forms in language.items.items():
            found.update((_words(form), f"#{item_class.partition('.')[0]}") for form in language.spelt(forms))
    return found


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted({e for code in available() for e in load_language(code).endings}))


@cache
def _little() -> frozenset[str]:
    """Words that say how, not what: those of the cues of every language."""
    languages = [load_language(code) for code in available()]
    return frozenset(f for one in languages for forms in one.cues.values() for f in one.spelt(forms))


def _words(form: str) -> tuple[str, ...]:
    return tuple(w.casefold() for w in WORD.findall(form))
