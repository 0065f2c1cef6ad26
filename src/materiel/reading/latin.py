"""Latin: a name written in another script, in Latin letters, as the plain name of a party or a type."""

from collections.abc import Mapping


def in_latin(name: str, letters: Mapping[str, str]) -> str:
    """`name` with each letter that `letters` (in lower case) spells in Latin ones; capitals stay capitals."""
    if not letters:
        return name
    spelt = []
    for letter in name:
        found = letters.get(letter.lower())
        if found is None:
            spelt.append(letter)
        else:
            spelt.append(found[:1].upper() + found[1:] if letter.isupper() else found)
    return "".join(spelt)
