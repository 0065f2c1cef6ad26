"""Forms: the articles in a stream of plain text, JSON or JSON Lines, and between them what cannot be read."""

import re
from codecs import BOM_UTF8 as BOM
from collections.abc import Callable, Iterator
from typing import IO

from materiel.articles.source import LIMIT, TOO_LONG, Source, to_text
from materiel.model.codec import Given, decode_given, decode_list, is_json
from materiel.model.errors import ArticleError, FieldError

# Where in the stream (a line of JSON Lines; else empty), and the article there or why there is none.
Found = tuple[str, Given | ArticleError]
Decode = Callable[[bytes], Given]

MARKUP = ("<!doctype", "<html", "<?xml")
_OBJECT = re.compile(rb'\s*\{\s*("|\}|$)')
_LIST = re.compile(rb"\s*\[\s*(\{|\]|$)")


def articles_in(stream: IO[bytes], form: str | None, decode: Decode = decode_given) -> Iterator[Found]:
    """The articles of a stream in `form` (a key of `FORMS`; None: told from the beginning of the stream).

    `decode` makes an article of a JSON object.
    """
    try:
        source = Source(stream)
        yield from FORMS[form or sniff(source)](source, decode)
    except ArticleError as error:
        yield "", error


def sniff(source: Source) -> str:
    """The form of what begins so."""
    line, length = source.ahead, 0
    while line and not _bare(line).strip() and length <= LIMIT:
        length += len(line)
        line = source.look()
    head = source.ahead
    if _LIST.match(_bare(head)):
        return "json"
    if not _OBJECT.match(_bare(head)):
        return "text"
    if len(head) > LIMIT or is_json(_bare(head)):
        return "jsonl"
    # The first line is no whole object: it begins one that goes on, or it is a bad line among others.
    return "jsonl" if source.look().startswith(b'{"') else "json"


def _bare(data: bytes) -> bytes:
    """The beginning of a stream without its signature."""
    return data.removeprefix(BOM)


def _text(source: Source, decode: Decode) -> Iterator[Found]:
    text = to_text(source.whole())
    if not text.strip():
        raise ArticleError("this is empty; put the article's text in it")
    if text.lstrip().casefold().startswith(MARKUP):
        raise ArticleError("this is a web page or XML, not text; save what it says as plain text, or give it as JSON")
    if decode is not decode_given:
        raise ArticleError("this is plain text, which has no coded claims; give them as JSON (corpus/GUIDE.md)")
    yield "", Given(text=text)


def _json(source: Source, decode: Decode) -> Iterator[Found]:
    data = _checked(source.whole())
    if not data.lstrip().startswith(b"["):
        yield "", decode(data)
        return
    elements = decode_list(data)
    if not elements:
        raise ArticleError("the list is empty; put an article in it")
    for number, element in enumerate(elements):
        try:
            yield "", decode(bytes(element))
        except FieldError as error:
            yield "", FieldError(f"$[{number}]{error.path[1:]}", error.what)
        except ArticleError as error:
            yield "", FieldError(f"$[{number}]", str(error))


def _json_lines(source: Source, decode: Decode) -> Iterator[Found]:
    number, articles = 0, 0
    while line := source.line():
        number += 1
        if not _bare(line).strip():
            continue
        articles += 1
        try:
            if len(line) > LIMIT:
                _skip_line(source, line)
                raise ArticleError(f"this line is {TOO_LONG}")
            yield str(number), decode(_checked(line))
        except ArticleError as error:
            yield str(number), error
    if not articles:
        raise ArticleError("this is empty; put an article in each line")


def _skip_line(source: Source, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = source.line()


def _checked(data: bytes) -> bytes:
    """JSON in UTF-8, without its signature."""
    text = to_text(data)
    if not text.strip():
        raise ArticleError("this is empty; put an article in it")
    return text.encode()


FORMS: dict[str, Callable[[Source, Decode], Iterator[Found]]] = {"text": _text, "json": _json, "jsonl": _json_lines}
