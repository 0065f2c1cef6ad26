"""Load: from paths to articles, one at a time; what cannot be read is told in its place, the rest goes on."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

from materiel.articles.coded import check
from materiel.articles.find import find, form_of, from_os
from materiel.articles.forms import Decode, Found, articles_in
from materiel.articles.language import as_known, tell_language
from materiel.model.article import AnnotatedArticle, Article
from materiel.model.codec import Coded, Given, decode_coded, decode_given
from materiel.model.errors import ArticleError, FieldError

STANDARD_INPUT = "-"
# Hex digits of an id made from the content: a billion articles share one with a chance of 3 in 100.
ID_DIGITS = 16

UNTOLD = "und"  # ISO 639's code of an undetermined language

# The file (and line) of an article, and the article or why it cannot be read.
Loaded = tuple[str, Article | ArticleError]


class Terms(NamedTuple):
    """On what terms articles are read: the languages known (None: any), one for all, a date for those without."""

    known: tuple[str, ...] | None
    language: str | None = None
    published: str = ""


def load(paths: Iterable[str], terms: Terms, stdin: IO[bytes]) -> Iterator[Loaded]:
    """The articles that paths lead to; `-` is `stdin`."""
    for path in paths:
        for place, given in _found(path, stdin, decode_given):
            yield place, given if isinstance(given, ArticleError) else _tried(given, terms)


def load_coded(
    paths: Iterable[str], published: str, stdin: IO[bytes]
) -> Iterator[tuple[str, AnnotatedArticle | ArticleError]]:
    """The articles with coded claims that paths lead to; `published` is the day of those that give none.

    An article may be in any language, and without its text.
    """
    for path in paths:
        for place, given in _found(path, stdin, decode_coded):
            yield place, given if isinstance(given, ArticleError) else _tried_coded(given, published)


def article_of(given: Given, terms: Terms) -> Article:
    """The article with what it lacks filled in."""
    title = given.title or ""
    if not given.text.strip() and not title.strip():
        raise FieldError("$.text", "is empty; put the article's text in it")
    if terms.language:
        language = as_known(terms.language, terms.known)
    elif given.language:
        language = as_known(given.language, terms.known)
    else:
        language = tell_language(f"{title}\n{given.text}", terms.known)
    return Article(
        id=given.id or content_id(title, given.text),
        language=language,
        published=iso_date(given.published) if given.published else terms.published,
        title=title,
        text=given.text,
        outlet=_first_text(given.outlet, given.source),
        address=_first_text(given.address, given.url),
    )


def _first_text(*told: object) -> str:
    """The first that is text and says something, without the space around it."""
    return next((text.strip() for text in told if isinstance(text, str) and text.strip()), "")


def content_id(title: str, text: str) -> str:
    """An id that the same content always has: of plain text, the start of what `sha256sum` prints."""
    content = f"{title}\n\n{text}" if title else text
    return hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()[:ID_DIGITS]


def iso_date(text: str) -> str:
    """The day of an ISO date or date and time."""
    try:
        return datetime.fromisoformat(text.strip()).date().isoformat()
    except ValueError:
        raise FieldError("$.published", f"'{text[:40]}' is no date; write it as 2025-04-08") from None


def _tried(given: Given, terms: Terms) -> Article | ArticleError:
    try:
        return article_of(given, terms)
    except ArticleError as error:
        return error


def _tried_coded(given: Given, published: str) -> AnnotatedArticle | ArticleError:
    assert isinstance(given, Coded)
    title = given.title or ""
    article_id = given.id or (content_id(title, given.text) if given.text else None)
    try:
        if not article_id:
            raise FieldError("$.id", "is missing; an article without a text needs one")
        check(given.claims)
        return AnnotatedArticle(
            id=article_id,
            language=given.language or UNTOLD,
            published=iso_date(given.published) if given.published else published,
            title=title,
            text=given.text,
            outlet=_first_text(given.outlet, given.source),
            address=_first_text(given.address, given.url),
            claims=given.claims,
        )
    except ArticleError as error:
        return error


def _found(path: str, stdin: IO[bytes], decode: Decode) -> Iterator[Found]:
    """What a path leads to, each with its place: `file` or `file:line`."""
    if path == STANDARD_INPUT:
        yield from _opened("(standard input)", stdin, None, decode)
        return
    if not path:  # which would be the working folder
        yield "''", ArticleError("a path is empty; name a file, a folder or - for standard input")
        return
    for file, problem in find(Path(path)):
        yield from [(str(file), problem)] if problem else _opened(str(file), file, form_of(file), decode)


def _opened(name: str, file: Path | IO[bytes], form: str | None, decode: Decode) -> Iterator[Found]:
    try:
        with file.open("rb") if isinstance(file, Path) else nullcontext(file) as stream:
            for line, given in articles_in(stream, form, decode):
                yield f"{name}:{line}" if line else name, given
    except OSError as error:
        yield name, from_os(error)
