"""Text: an article's title and body as one string, its sentences and pieces (words, numbers, marks), with offsets."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from materiel.languages.pieces import HYPHENS, PIECE
from materiel.languages.sentences import split_sentences
from materiel.languages.shape import Furniture
from materiel.model.article import Article
from materiel.model.claim import Span

SMALL = "".join(filter(str.islower, map(chr, range(0x0600))))  # small letters of the scripts that have capitals
NAMED = rf"[^{SMALL}\W\d_][\w.]*(?: [^{SMALL}\W\d_][\w.]*){{0,3}}"  # words with capitals
# The place and outlet that open a report: `JAKARTA, OUTLET.ID - `, `Jakarta, Outlet --`, `KYIV, March 3 (Agency) — `.
DATELINE = re.compile(
    rf"\s*(?=[^\n]{{3,70}}?\s?[-–—]{{1,2}}\s?)"
    rf"(?:[^{SMALL}\n]{{3,60}}?|[^\n.]{{3,60}}?\(\w[^()\n]{{1,30}}\)|\w+\.(?:com|id|net|org))\s?[-–—]{{1,2}}\s?(?=\S)"
    rf"|\s*{NAMED}, {NAMED} [-–—]{{1,2}} (?=\S)"
    rf"|\s*[^{SMALL}\W\d_][^{SMALL}\n,]{{2,40}}, \d{{1,2}} \w{{3,10}}(?:\.|\s?[-–—/])"
)
OPENING = 6  # sentences among which the one with the dateline is
BLANK = " \t\u00a0*•-"  # what may stand before a line of furniture
DASHES = frozenset(HYPHENS)
OPENING_QUOTES, CLOSING_QUOTES = frozenset('«„“‘"'), frozenset('»”“’"')
QUOTES = OPENING_QUOTES | CLOSING_QUOTES - {"’"}  # which is an apostrophe too
TITLE_GAP = "\n\n"
LEAST_BROKEN, WIDTHS = 3, range(40, 101)  # breaks, and characters of a line, from which a text may be broken to a width
WITHIN = re.compile(r"(?<=\S)\n(?=\S)")


@dataclass(slots=True, frozen=True)
class Text:
    """What the stages read. Piece `i` is `words[i]` (lower case) at `starts[i]:ends[i]` of `string`.

    `body` is where the body begins in `string`, `dateline` the characters that name place and outlet.
    `sentence_of[i]` is the number of a piece's sentence; `sentences[n]` are the characters and `bounds[n]` the
    pieces of sentence n, `paragraph_of[n]` its paragraph.
    """

    string: str
    body: int
    words: list[str]
    starts: list[int]
    ends: list[int]
    sentence_of: list[int]
    sentences: list[tuple[int, int]]
    bounds: list[tuple[int, int]]
    paragraph_of: list[int]
    dateline: tuple[int, int] = (0, 0)

    def span(self, start: int, end: int) -> Span:
        """Characters `start:end` of `string` as a span of the article's own field."""
        if start >= self.body:
            return Span(start - self.body, end - self.body)
        return Span(start, end, "title")

    def quote(self, first: int, last: int) -> str:
        """The words of pieces `first` up to, not including, `last`, as they stand."""
        return self.string[self.starts[first] : self.ends[last - 1]]

    def in_dateline(self, i: int) -> bool:
        """Whether a piece stands in the dateline."""
        return self.dateline[0] <= self.starts[i] < self.dateline[1]

    def goes_on(self, i: int) -> bool:
        """Whether piece i is of the same sentence as the one before it."""
        return 0 < i < len(self.words) and self.sentence_of[i] == self.sentence_of[i - 1]

    def closed(self, first: int, last: int) -> int:
        """Where a phrase ends with the bracket or quotation mark that closes one inside it."""
        closing, inside = self.words[last] if last < len(self.words) else "", self.words[first:last]
        if closing == ")":
            return last + ("(" in inside and ")" not in inside)
        return last + (closing in CLOSING_QUOTES and any(word in OPENING_QUOTES for word in inside))

    def dashed(self, i: int) -> bool:
        """Whether nothing but a dash stands between piece i and the one before it."""
        return i > 0 and self.string[self.ends[i - 1] : self.starts[i]].strip() in DASHES


def unwrapped(text: str) -> str:
    """A text whose lines were broken to one width, as e-mail and what comes out of a PDF are, with spaces for the
    breaks within its paragraphs; any other as it is. Offsets hold."""
    lines = text.split("\n")
    breaks = [(line, following) for line, following in pairwise(lines) if line.strip() and following.strip()]
    width = max(map(len, lines))
    if len(breaks) < LEAST_BROKEN or width not in WIDTHS:
        return text
    if any(len(line) + 1 + len(following.split()[0]) <= width for line, following in breaks):
        return text  # a word more had room
    return WITHIN.sub(" ", text)


def lower(string: str) -> str:
    """`string` in lower case, character by character, so that offsets hold (`İ` alone would become two)."""
    low = string.lower()
    if len(low) == len(string):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in string)


def read_text(
    article: Article, abbreviations: frozenset[str], furniture: Furniture, letters: dict[int, str] | None = None
) -> Text:
    """Split `article` into sentences and pieces; lines of `furniture` (in lower case) are left out.

    `letters` are those that the words have in the place of others.
    """
    string = article.title + TITLE_GAP + article.text if article.title else article.text
    body = len(article.title) + len(TITLE_GAP) if article.title else 0
    set_out = string[:body] + unwrapped(article.text)
    breaks = [m.start() for m in re.finditer(r"\n", set_out)]
    low = lower(set_out).translate(letters) if letters else lower(set_out)
    spans = _without_furniture(low, split_sentences(set_out, abbreviations), breaks, furniture)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentence_of: list[int] = []
    bounds: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(spans):
        first = len(words)
        found = list(PIECE.finditer(low, start, end))
        words += [m.group() for m in found]
        starts += [m.start() for m in found]
        ends += [m.end() for m in found]
        bounds.append((first, len(words)))
        sentence_of += [number] * len(found)
    paragraph_of = [bisect_right(breaks, s[0]) for s in spans]
    opening = next(filter(None, (DATELINE.match(string, s[0]) for s in spans[:OPENING] if s[0] >= body)), None)
    return Text(
        string,
        body,
        words,
        starts,
        ends,
        sentence_of,
        spans,
        bounds,
        paragraph_of,
        opening.span() if opening else (body, body),
    )


def _without_furniture(
    low: str, spans: list[tuple[int, int]], breaks: list[int], furniture: Furniture
) -> list[tuple[int, int]]:
    """The sentences of those lines that are part of the article; `low` is the text in lower case."""
    edges = [-1, *breaks, len(low)]
    lines = [(a + 1, b) for a, b in pairwise(edges) if b > a + 1]
    contains = [f for f in furniture.contains if f in low]
    skipped = {start for start, end in lines if _is_furniture(low[start:end].strip(BLANK), furniture, contains)}
    if not skipped:
        return spans
    starts = [start for start, _ in lines]
    return [s for s in spans if starts[bisect_right(starts, s[0]) - 1] not in skipped]


def _is_furniture(line: str, furniture: Furniture, contains: list[str]) -> bool:
    return line.startswith(furniture.starts) or line in furniture.is_ or any(f in line for f in contains)
