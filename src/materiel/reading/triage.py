"""Triage: whether an article can hold a claim at all, told from the set of its words, before anything is read."""

import re

from materiel.model.article import Article
from materiel.reading.lexicon import GATES, Lexicon
from materiel.reading.text import lower

WORD = re.compile(r"[^\W\d_]+|\d+")


def may_report(article: Article, lexicon: Lexicon) -> bool:
    """True where the words of the article hold a form of every gate; order and place do not matter."""
    written = set(WORD.findall(article.text))
    written.update(WORD.findall(article.title))
    words: dict[str, bool] = {}
    for word in written:
        low = word.lower()
        if len(low) != len(word):
            low = lower(word)
        if lexicon.letters:
            low = low.translate(lexicon.letters)
        words[low] = words.get(low, False) or not word[0].islower()
    shut = set(range(len(GATES)))
    longer = []
    for word, capital in words.items():
        openings = lexicon.opened.get(word)
        for gate, rest, wants_capital in lexicon.openings(word) if openings is None else openings:
            if gate in shut and capital >= wants_capital:
                if rest:
                    longer.append((gate, rest))
                else:
                    shut.discard(gate)
    if not shut:
        return True
    known = {key for word in words for key in lexicon.keys_of(word)}
    shut -= {gate for gate, rest in longer if gate in shut and known.issuperset(rest)}
    return not shut
