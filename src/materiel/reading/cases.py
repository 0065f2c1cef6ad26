"""Cases: what the ending of a word says of its part in the sentence, where no preposition says it."""

from collections.abc import Mapping, Sequence

from materiel.languages.inflection import Case
from materiel.reading.lexicon import Hit

NOUNS = frozenset(("item", "designation", "title", "body", "unit", "counter", "organisation", "person", "country"))
REACH = 2  # pieces between a preposition and the first word after it that tells its case


def governed(hit: Hit, word: str, at: Mapping[int, Hit], government: Mapping[str, Mapping[Case, str]]) -> str:
    """The class that a preposition has by the case of what follows it; empty where nothing tells."""
    rules = government.get(word)
    if rules:
        for first in range(hit.last, hit.last + REACH + 1):
            following = at.get(first)
            if following is not None and following.cases:
                return next((rules[case] for case in rules if case in following.cases), "")
    return ""


def bare_case(cases: Sequence[Case], before: Hit | None, opens: bool) -> str:
    """What the cases of a phrase without a preposition say: whose, to whom, by whom, that it acts or is acted upon.

    `before` is what ends straight before it, where that is known; `opens` tells that it opens a clause. Where a form
    is of several cases, whose it is comes first after a noun or a word that nobody lists; else it says something
    only where one case is left. `of/to` tells that it may be for whom as well as whose.
    """
    left = [case for case in cases if case != "in"]
    if "of" in left and len(left) > 1:
        after_noun = _is_noun(before) if before is not None else not opens and "object" not in left
        if after_noun:
            return "of/to" if "to" in left else "of"
        left.remove("of")
    return left[0] if len(left) == 1 else ""


def _is_noun(hit: Hit) -> bool:
    """Whether a form may be a noun, or a noun's own word for what passes."""
    return any(e.sort in NOUNS or (e.sort == "trigger" and e.detail == "noun") for e in hit.entries)
