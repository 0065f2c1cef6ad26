"""Triage: whether an article can hold a claim at all, told from the set of its words, before anything is read."""

import re

from materiel.model.article import Article
from materiel.reading.entries import GATES
from materiel.reading.lexicon import Lexicon

WORD = re.compile(r"[^\W\d_]+|\d+")


def may_report(article: Article, lexicon: Lexicon) -> bool:
    """True where the words of the article hold a form of every gate; order and place do not matter."""
    written = set(WORD.findall(article.text))
    written.update(WORD.findall(article.title))
    asked = [*map(lexicon.opened.get, written), *map(lexicon.openings, written.difference(lexicon.opened))]
    known = [openings for openings in asked if openings]
    shut = frozenset(range(len(GATES))).difference(*[openings.alone for openings in known])
    if not shut:
        return True
    longer = {opening for openings in known for opening in openings.longer if opening[0] in shut}
    if not shut.issubset(gate for gate, _ in longer):
        return False
    keys = {key for word in written for key in lexicon.keys_of(lexicon.word(word))}
    return shut.issubset(gate for gate, rest in longer if keys.issuperset(rest))
