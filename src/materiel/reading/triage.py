"""Triage: whether an article can hold a claim at all, told from the set of its words, before anything is read."""

import re

from materiel.model.article import Article
from materiel.reading.lexicon import GATES, Lexicon

WORD = re.compile(r"[^\W\d_]+|\d+")


def may_report(article: Article, lexicon: Lexicon) -> bool:
    """True where the words of the article hold a form of every gate; order and place do not matter."""
    written = set(WORD.findall(article.text))
    written.update(WORD.findall(article.title))
    shut = set(range(len(GATES)))
    longer = []
    for word in written:
        openings = lexicon.opened.get(word)
        for gate, rest in lexicon.openings(word) if openings is None else openings:
            if gate in shut:
                if rest:
                    longer.append((gate, rest))
                else:
                    shut.discard(gate)
    if not shut.issubset(gate for gate, _ in longer):
        return False
    known = {key for word in written for key in lexicon.keys_of(lexicon.word(word))} if shut else set()
    return shut.issubset(gate for gate, rest in longer if known.issuperset(rest))
