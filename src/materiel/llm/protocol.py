"""Protocol: what is sent to an OpenAI-compatible server and what comes back, as far as we use it."""

from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from materiel.llm.prompt import Question
from materiel.llm.schema import Schema
from materiel.model.errors import ReadingError

# How a server is made to answer in JSON, the strictest first. Not every server takes every one.
Hold = Literal["json_schema", "json_object", "plain"]
HOLDS: tuple[Hold, ...] = ("json_schema", "json_object", "plain")
PATH = "/chat/completions"


class Usage(msgspec.Struct, frozen=True):
    """How many tokens the server says that it read and wrote."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


class Message(msgspec.Struct, frozen=True):
    """What the model said, or why it would not."""

    content: str | None = None
    refusal: str | None = None


class Choice(msgspec.Struct, frozen=True):
    """One answer and why it ended there: `length` where it was cut off."""

    message: Message
    finish_reason: str | None = None


class Completion(msgspec.Struct, frozen=True):
    """A server's answer."""

    choices: list[Choice]
    usage: Usage | None = None


def address_of(url: str) -> str:
    """Where completions are asked for, given a server's address with or without `/v1`, or the whole.

    An address that is none, or that holds a name or key, raises ValueError with the mend.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("this is no address of a server; write it as http://127.0.0.1:8080/v1")
    if parts.username or parts.password:
        raise ValueError("an address may hold no key; put the key into MATERIEL_LLM_KEY")
    path = parts.path.rstrip("/")
    if not path.endswith(PATH):
        path = (path or "/v1") + PATH
    return parts._replace(path=path, fragment="").geturl()


def body_of(model: str, asked: Question, schema: Schema, hold: Hold, warm: bool) -> dict[str, Any]:
    """The body of a request; `warm` leaves out the temperature, which some models may not be given."""
    system = asked.system
    if hold != "json_schema":
        system += f"\n# The JSON Schema of the answer\n\n{msgspec.json.encode(schema).decode()}\n"
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": asked.user}],
    }
    if not warm:
        body["temperature"] = 0
    if hold == "json_schema":
        shape = {"name": "claims", "strict": True, "schema": schema}
        body["response_format"] = {"type": "json_schema", "json_schema": shape}
    elif hold == "json_object":
        body["response_format"] = {"type": "json_object"}
    return body


def claims_in(completion: Completion) -> list[Any]:
    """The claims of an answer, not yet checked; raises ReadingError where it is cut off or is none."""
    if not completion.choices:
        raise ReadingError("the server sent no answer; try another model")
    choice = completion.choices[0]
    if choice.message.refusal or not choice.message.content:
        said = f" ({choice.message.refusal[:200]})" if choice.message.refusal else ""
        raise ReadingError(f"the model gave no answer{said}; try another model")
    text = _json_part(choice.message.content)
    try:
        answer = msgspec.json.decode(text.encode())
    except (ValueError, RecursionError) as error:
        if choice.finish_reason == "length" or "truncated" in str(error):
            raise ReadingError(
                "the answer was cut off; let the server write more tokens (its context length) or part the article"
            ) from None
        raise ReadingError(
            "the answer is no JSON; use a server that keeps to response_format, or another model"
        ) from None
    if not isinstance(answer, dict) or not isinstance(answer.get("claims"), list):
        raise ReadingError('the answer is not of the form {"claims": [...]}; try another model')
    claims: list[Any] = answer["claims"]
    return claims


def _json_part(text: str) -> str:
    """The object in an answer: without a model's thoughts before it, and without a fence around it."""
    text = text.strip()
    if not text.startswith("{"):
        text = text.rpartition("</think>")[2].strip()
    if text.startswith("{"):
        return text
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text
