"""Source: a stream of bytes whose beginning can be looked at, in UTF-8 whatever it was given in."""

import codecs
import io
from typing import IO

from materiel.model.errors import ArticleError

# The longest articles have under 0.2 MB. What is a hundred times longer is no article, and reading it whole
# would let one file take all memory.
LIMIT = 20_000_000
TOO_LONG = (
    f"longer than {LIMIT // 1_000_000} MB, the most that one article may have; "
    "give each article a file or, in a .jsonl file, a line of its own"
)
TOO_LONG_UTF16 = f"longer than {LIMIT // 1_000_000} MB, the most that is read in UTF-16; save it as UTF-8"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Source:
    """Bytes to read line by line or whole, never more than `LIMIT` of them at a time."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._looked, self._at = bytearray(), 0  # what was looked at, and how much of it was read
        if self.look().startswith(_UTF16):
            self._stream = io.BytesIO(from_utf16(self.whole(TOO_LONG_UTF16)))
            self.look()

    @property
    def ahead(self) -> bytes:
        """What has been looked at and not yet read: at least the first line."""
        return bytes(self._looked[self._at :])

    def look(self) -> bytes:
        """Look at one line more; empty at the end."""
        line = self._stream.readline(LIMIT + 1)
        self._looked += line
        return line

    def line(self) -> bytes:
        """The next line, cut after `LIMIT` bytes and one; empty at the end."""
        most = self._at + LIMIT + 1
        end = self._looked.find(b"\n", self._at, most) + 1
        if not end and len(self._looked) < most:
            start = self._take(len(self._looked))
            return start + self._stream.readline(LIMIT + 1 - len(start))
        return self._take(end or most)

    def whole(self, too_long: str = TOO_LONG) -> bytes:
        """All that is left."""
        data = self._take(len(self._looked))
        data += self._stream.read(max(0, LIMIT + 1 - len(data)))
        if len(data) > LIMIT:
            raise ArticleError(too_long)
        return data

    def _take(self, end: int) -> bytes:
        """What was looked at and not read, up to a byte."""
        taken, self._at = bytes(self._looked[self._at : end]), end
        if self._at == len(self._looked):
            self._looked, self._at = bytearray(), 0
        return taken


def from_utf16(data: bytes) -> bytes:
    """UTF-16 that says so by its byte order mark, as UTF-8."""
    try:
        return data.decode("utf-16").encode()
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"byte {error.start} is not UTF-16, which the file says it is ({error.reason}); save it as UTF-8"
        ) from None


def to_text(data: bytes) -> str:
    """UTF-8 as text, without its signature."""
    if b"\0" in data:
        raise ArticleError(
            "this is a binary file, not text; convert it to plain text or JSON in UTF-8 "
            "(UTF-16 needs its byte order mark)"
        )
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = f", in line {line}" if line > 1 else ""
        raise ArticleError(
            f"byte {error.start} (0x{data[error.start]:02X}{where}) is not UTF-8; save it as UTF-8, "
            "or convert it from the encoding that it has, say: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
        ) from None
