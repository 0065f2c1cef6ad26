"""Quoting: where words that a model quotes stand in the article as given."""

import unicodedata
from collections.abc import Iterator

from materiel.languages.sentences import split_sentences
from materiel.model.article import Article
from materiel.model.claim import Span

# Quotation marks and apostrophes that writers, sites and models put for each other.
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″〝〞＂", '"') | dict.fromkeys("‘’‚‛‹›′ʼ`´＇", "'"))


class Quotes:
    """The two fields of an article, in which quotations are looked up: first to the letter, then plainly.

    Plainly means that any run of white space is one space and that quotation marks of any form are alike. Whole
    words only: `Oman` does not stand in `Romania`, nor `24` in `2024`.
    """

    def __init__(self, article: Article, abbreviations: frozenset[str] = frozenset()) -> None:
        self._fields = {"title": article.title, "text": article.text}
        self._plain = {field: plainly(string) for field, string in self._fields.items()}
        self._sentences = [
            _span(start, end, field)
            for field, string in self._fields.items()
            for start, end in split_sentences(string, abbreviations)
        ]

    def find(self, words: object, near: Span | None = None) -> Span | None:
        """Where `words` stand, nearest to `near`, else first; the title's only where the text has none.

        None where they stand nowhere, or are no words at all.
        """
        if not isinstance(words, str) or not any(c.isalnum() for c in words):
            return None
        for look in (self._exactly, self._plainly):
            for field in ("text", "title"):
                spans = list(look(words.strip(), field))
                if spans:
                    return min(spans, key=lambda s: _distance(s, near))
        return None

    def words(self, span: Span) -> str:
        """The article's own words at a span."""
        return self._fields[span.field][span.start : span.end]

    def sentences(self, spans: list[Span], most: int) -> tuple[Span, ...]:
        """The sentences that hold these words, at most so many, those of the first spans; in order of the article."""
        held = dict.fromkeys(s for words in spans for s in self._sentences if _overlap(s, words))
        return tuple(sorted(list(held)[:most], key=place))

    def _exactly(self, words: str, field: str) -> Iterator[Span]:
        string = self._fields[field]
        for start in _occurrences(words, string):
            if _whole(string, start, start + len(words)):
                yield _span(start, start + len(words), field)

    def _plainly(self, words: str, field: str) -> Iterator[Span]:
        string, starts = self._plain[field]
        wanted, _ = plainly(words)
        for at in _occurrences(wanted, string):
            start, end = starts[at], starts[at + len(wanted) - 1] + 1
            if _whole(self._fields[field], start, end):
                yield _span(start, end, field)


def plainly(string: str) -> tuple[str, list[int]]:
    """`string` with white space and quotation marks made plain, and where each of its characters stands in it."""
    chars: list[str] = []
    starts: list[int] = []
    for at, char in enumerate(string.translate(QUOTES)):
        plain = " " if char.isspace() else char
        if plain == " " and chars and chars[-1] == " ":
            continue
        chars.append(plain)
        starts.append(at)
    return "".join(chars), starts


def place(span: Span) -> tuple[bool, int, int]:
    """What puts spans in the order of the article, its title first."""
    return span.field != "title", span.start, span.end


def _span(start: int, end: int, field: str) -> Span:
    return Span(start, end, "title" if field == "title" else "text")


def _overlap(a: Span, b: Span) -> bool:
    return a.field == b.field and a.start < b.end and b.start < a.end


def _occurrences(words: str, string: str) -> Iterator[int]:
    start = string.find(words)
    while start >= 0:
        yield start
        start = string.find(words, start + 1)


def _distance(span: Span, near: Span | None) -> int:
    return abs(span.start - near.start) if near and near.field == span.field else span.start


def _whole(string: str, start: int, end: int) -> bool:
    return not (_in_word(string, start) or _in_word(string, end))


def _in_word(string: str, at: int) -> bool:
    """Whether a word or a number goes on at `at`. Scripts without case may write words without spaces: there, no."""
    if not 0 < at < len(string):
        return False
    before, after = string[at - 1], string[at]
    if unicodedata.combining(after):
        return True
    return (_cased(before) and _cased(after)) or (before.isdigit() and after.isdigit())


def _cased(char: str) -> bool:
    return char.isupper() or char.islower()
