"""Server: asks an OpenAI-compatible server, waiting and trying again where that may help."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx
import msgspec

from materiel.llm.prompt import Question
from materiel.llm.protocol import HOLDS, Completion, Hold, address_of, body_of
from materiel.llm.schema import answer_schema
from materiel.model.errors import ReadingError

TIMEOUT = 120.0  # seconds to wait for an answer
CONNECT = 10.0  # seconds to wait for a connection
TRIES = 4
SLOW_TRIES = 2  # of what timed out: each takes long
PAUSE = 1.0  # seconds before the second try; doubled before each after it
LONGEST = 60.0  # seconds; a server that asks for a longer wait is asked another day
BUSY = (408, 409, 425, 429, 500, 502, 503, 504, 529)
REFUSED = (400, 422)  # how servers say that they do not know a field of the request
SHOWN = 200  # characters of what a server says


class Failure(NamedTuple):
    """Why a try failed, with the mend; how many tries are worth making, and the seconds asked for before the next."""

    why: str
    tries: int = TRIES
    wait: float | None = None
    unreachable: bool = False


class Server:
    """A server and the model asked there; may be used from several threads. The key is sent and never shown."""

    def __init__(
        self,
        url: str,
        model: str,
        key: str | None = None,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.model = model
        self._key = _checked(key)
        self._sleep = sleep
        self._address = address_of(url)
        self._timeout = timeout
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        self._client = httpx.Client(timeout=httpx.Timeout(timeout, connect=CONNECT), headers=headers)
        self._hold: Hold = HOLDS[0]
        self._warm = False
        self._no_key = ""  # what the server said when it refused the key: it will not take it later
        self._down = False  # given up as unreachable: until it answers, each article is worth one try

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, asked: Question) -> Completion:
        """What the server answers; raises ReadingError with the mend where it gives none."""
        if self._no_key:
            raise ReadingError(self._no_key)
        hold, warm = self._hold, self._warm
        while True:
            response = self._post(msgspec.json.encode(body_of(self.model, asked, answer_schema(), hold, warm)))
            if response.status_code == httpx.codes.OK:
                self._hold, self._warm = hold, warm
                return self._completion(response)
            if response.status_code in REFUSED and not warm and "temperature" in response.text:
                warm = True
            elif response.status_code in REFUSED and hold != HOLDS[-1]:
                hold = HOLDS[HOLDS.index(hold) + 1]
            else:
                raise ReadingError(self._refusal(response))

    def _completion(self, response: httpx.Response) -> Completion:
        try:
            return msgspec.json.decode(response.content, type=Completion)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise ReadingError(
                f"what answers at the address of --llm-url is not what /v1/chat/completions gives"
                f"{self._said(response)}; check the address"
            ) from None

    def _post(self, body: bytes) -> httpx.Response:
        """The response to a request, good or bad, that trying again would not change."""
        tried = 0
        while True:
            tried += 1
            got = self._try(body)
            if isinstance(got, httpx.Response):
                self._down = False
                return got
            wait = PAUSE * 2 ** (tried - 1) if got.wait is None else got.wait
            tries = 1 if got.unreachable and self._down else got.tries
            if tried >= tries or wait > LONGEST:
                self._down = got.unreachable
                raise ReadingError(got.why)
            self._sleep(wait)

    def _try(self, body: bytes) -> httpx.Response | Failure:
        try:
            response = self._client.post(self._address, content=body, headers={"Content-Type": "application/json"})
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            why = f"the server cannot be reached ({self._safe(str(error))}); start it or check --llm-url"
            return Failure(why, unreachable=True)
        except httpx.TimeoutException:
            return Failure(
                f"no answer within {self._timeout:g} s; give --llm-timeout more, or a smaller model", SLOW_TRIES
            )
        except httpx.RequestError as error:
            return Failure(f"the connection broke ({self._safe(str(error))}); see to the server and read again")
        if response.status_code not in BUSY:
            return response
        said = self._said(response)
        wait = _retry_after(response.headers.get("Retry-After"))
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            asks = "" if wait is None else f", asks to wait {wait:.0f} s"
            return Failure(
                f"the server takes no more requests now (429{asks}){said}; lower --llm-parallel or read again later",
                wait=wait,
            )
        return Failure(
            f"the server failed ({response.status_code}){said}; see to the server or read again later", wait=wait
        )

    def _refusal(self, response: httpx.Response) -> str:
        """Why the server refused, and what to do about it."""
        said, status = self._said(response), response.status_code
        if status == httpx.codes.UNAUTHORIZED:
            self._no_key = f"the server refused the key (401){said}; set MATERIEL_LLM_KEY to a key that it knows"
            return self._no_key
        if status == httpx.codes.NOT_FOUND:
            return f"nothing is there (404){said}; check --llm-url and --llm-model"
        if response.is_redirect:
            return f"the server sends elsewhere ({status}), where we do not follow; give the right --llm-url"
        return f"the server refused ({status}){said}; check --llm-model, or part the article if it is too long"

    def _said(self, response: httpx.Response) -> str:
        """The server's own words about an error, shortened, with a colon before them; empty where there are none."""
        try:
            told = response.json()
            told = told.get("error", told.get("message", told.get("detail", "")))
            told = told.get("message", "") if isinstance(told, dict) else told
        except (ValueError, AttributeError, RecursionError):
            told = ""
        return f": {self._safe(str(told))}" if told else ""

    def _safe(self, words: str) -> str:
        """Words to show: one short line without the key, which some servers repeat."""
        if self._key:
            words = words.replace(self._key, "***")
        return " ".join(words.split())[:SHOWN]


def _checked(key: str | None) -> str:
    """A key as it can be sent."""
    key = (key or "").strip()
    if not (key.isascii() and (key.isprintable() or not key)):
        raise ValueError("the key in MATERIEL_LLM_KEY has characters that no key has; copy it again")
    return key


def _retry_after(header: str | None) -> float | None:
    """Seconds that a `Retry-After` asks to wait, given as a number or as a date (RFC 9110, 10.2.3)."""
    if not header:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - datetime.now(UTC).timestamp())
