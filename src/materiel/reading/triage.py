"""Triage: whether an article can hold a claim at all, told from the set of its words, before anything is read."""

import re

from materiel.model.article import Article
from materiel.reading.lexicon import Gate, Lexicon
from materiel.reading.text import lower

WORD = re.compile(r"[^\W\d_]+|\d+")


def may_report(article: Article, lexicon: Lexicon) -> bool:
    """True where the words of the article hold a form of every gate; order and place do not matter."""
    words = set(WORD.findall(lower(article.text)))
    words.update(WORD.findall(lower(article.title)))
    known: set[str] = set()
    for word in words:
        known.update(lexicon.keys.get(word) or lexicon.keys_of(word))
    return all(_opens(gate, known) for gate in lexicon.gates)


def _opens(gate: Gate, known: set[str]) -> bool:
    return any(all(piece in known for piece in rest) for first in gate.keys() & known for rest in gate[first])
