"""Codec: articles and readings as JSON and back; an error names the path of the bad field."""

import re
from typing import Any, TypeVar

import msgspec

from materiel.model.article import Article, Reading
from materiel.model.claim import Claim
from materiel.model.errors import ArticleError, FieldError

T = TypeVar("T")


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An article as a file gives it: all but `text` may be missing, fields of other names are ignored.

    `published` is an ISO date or date and time; `language` an ISO 639-1 code. Who published the article stands in
    `outlet` or `source`, where it stands in `address` or `url`; these count where they are text.
    """

    id: str | None = None
    language: str | None = None
    published: str | None = None
    title: str | None = None
    text: str
    outlet: Any = None
    source: Any = None
    address: Any = None
    url: Any = None


class Coded(Given, frozen=True, kw_only=True):
    """An article with the claims that somebody coded, in the form of corpus/GUIDE.md; its text may be missing."""

    text: str = ""
    claims: tuple[Claim, ...]


_PATH = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>\$.*)`)?$", re.DOTALL)
_BYTE = re.compile(r"\(byte (\d+)\)")
_MISSING = re.compile(r"^Object missing required field `(?P<field>\w+)`$")
# Beside control characters: what hides, turns round or breaks a line when it is printed.
UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_encoder = msgspec.json.Encoder()


def decode_given(data: bytes) -> Given:
    """The article that a JSON object gives."""
    return _decode(data, Given)


def decode_coded(data: bytes) -> Coded:
    """The article with claims that a JSON object gives."""
    return _decode(data, Coded)


def decode_list(data: bytes) -> list[msgspec.Raw]:
    """The elements of a JSON list, each still as JSON."""
    return _decode(data, list[msgspec.Raw])


def decode_reading(data: bytes) -> Reading:
    """The reading that `encode_reading` wrote."""
    return _decode(data, Reading)


def encode_article(article: Article) -> bytes:
    """An article as a JSON object on one line."""
    return encode(article)


def encode_reading(reading: Reading) -> bytes:
    """A reading as a JSON object on one line, every cell of each claim's kind in it."""
    return encode(reading)


def encode(value: object) -> bytes:
    """JSON on one line in which no character of an article's can act on a terminal (outside strings JSON is ASCII)."""
    return UNSEEN.sub(escaped, _encoder.encode(value).decode()).encode()


def escaped(match: re.Match[str]) -> str:
    """The character that was found as JSON escapes it: `\\uXXXX`, two of them beyond the basic plane."""
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


def is_json(data: bytes) -> bool:
    """Whether `data` is one whole JSON value."""
    try:
        _decode(data, msgspec.Raw)
    except ArticleError:
        return False
    return True


def _decode(data: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        said = _PATH.match(str(error))
        what, path = (said["what"], said["path"] or "$") if said else (str(error), "$")
        missing = _MISSING.match(what)
        if missing:
            who = "article" if path == "$" else "claim"  # the parts of a claim are parts that all claims have
            raise FieldError(f"{path}.{missing['field']}", f"is missing; every {who} needs it") from None
        raise FieldError(path, what.replace("`", "").replace("Expected", "expected", 1)) from None
    except msgspec.DecodeError as error:
        what = str(error)
        if "truncated" in what:
            raise ArticleError("the JSON is cut off; fetch or write the file again") from None
        if "trailing characters" in what:
            raise ArticleError("more follows the article; name a file with one in each line .jsonl") from None
        place = _BYTE.search(what)
        line = data.count(b"\n", 0, int(place[1])) + 1 if place else 1
        where = f" in line {line}" if line > 1 else ""
        raise ArticleError(f"{what.replace('JSON is malformed', 'this is no valid JSON')}{where}; mend it") from None
    except RecursionError:
        raise ArticleError("the JSON is nested too deeply; leave out all but the article's fields") from None
