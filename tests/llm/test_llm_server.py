"""A server that refuses, fails, waits or talks nonsense: what is tried again, what is said, and what is never shown."""

import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Event
from typing import Any

import pytest
from made_answers import TEXT, transfer
from stub_server import Reply, Stub, claims, completion, problem, serving

from materiel.llm.protocol import address_of
from materiel.llm.reader import LlmReader
from materiel.llm.server import LONGEST, TRIES
from materiel.model.article import Article
from materiel.model.claim import Claim
from materiel.model.errors import ReadingError

KEY = "sk-very-secret"
GOOD = claims(transfer())


def article(text: str = TEXT) -> Article:
    return Article(id="a", language="en", published="2024-05-08", title="Drones", text=text)


class Asked:
    """A reader of a stub, whose waits take no time and are written down."""

    def __init__(self, stub: Stub, **settings: Any) -> None:
        self.waits: list[float] = []
        self.reader = LlmReader(stub.url, "tiny", key=KEY, sleep=self.waits.append, **settings)

    def __call__(self, text: str = TEXT) -> list[Claim]:
        with self.reader as reader:
            return reader.claims(article(text))

    def fails(self) -> str:
        with pytest.raises(ReadingError) as error:
            self()
        assert KEY not in str(error.value)
        return str(error.value)


def test_the_request_is_that_of_the_protocol() -> None:
    with serving([GOOD]) as stub:
        assert len(Asked(stub)()) == 1
        (body,) = stub.requests
        assert stub.paths == ["/v1/chat/completions"]
        assert stub.keys == [f"Bearer {KEY}"]
    assert (body["model"], body["temperature"]) == ("tiny", 0)
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["strict"] is True
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert TEXT in body["messages"][1]["content"]
    assert "uav.loitering" in body["messages"][0]["content"]


def test_without_a_key_none_is_sent() -> None:
    with serving([GOOD]) as stub, LlmReader(stub.url, "tiny") as reader:
        reader.read(article())
        assert stub.keys == [None]


@pytest.mark.parametrize(
    ("taken", "asked"),
    [("json_object", ["json_schema", "json_object"]), (None, ["json_schema", "json_object", None])],
)
def test_a_server_that_refuses_a_form_is_asked_for_the_next_and_that_is_kept(
    taken: str | None, asked: list[Any]
) -> None:
    def script(body: dict[str, Any], _: int) -> Reply:
        form = body.get("response_format", {}).get("type")
        return GOOD if form == taken else problem(400, "response_format is not supported")

    with serving(script) as stub, LlmReader(stub.url, "tiny") as reader:
        assert len(reader.claims(article())) == len(reader.claims(article("Other. " + TEXT))) == 1
        forms = [b.get("response_format", {}).get("type") for b in stub.requests]
        assert forms == [*asked, taken]
        assert all(('"additionalProperties"' in b["messages"][0]["content"]) == (f != "json_schema")
                   for b, f in zip(stub.requests, forms, strict=True))  # fmt: skip


def test_an_article_that_is_refused_in_every_form_changes_nothing_for_the_next() -> None:
    def script(body: dict[str, Any], _: int) -> Reply:
        return problem(400, "too many tokens") if "long" in body["messages"][1]["content"] else GOOD

    with serving(script) as stub, LlmReader(stub.url, "tiny") as reader:
        with pytest.raises(ReadingError, match=r"refused \(400\): too many tokens; .* part the article"):
            reader.claims(article("long"))
        reader.claims(article())
        assert stub.requests[-1]["response_format"]["type"] == "json_schema"


def test_a_model_that_may_not_be_given_a_temperature_is_asked_without() -> None:
    def script(body: dict[str, Any], _: int) -> Reply:
        return problem(400, "Unsupported value: 'temperature'") if "temperature" in body else GOOD

    with serving(script) as stub, LlmReader(stub.url, "tiny") as reader:
        assert len(reader.claims(article()) + reader.claims(article())) == 2
        assert [b["response_format"]["type"] for b in stub.requests] == ["json_schema"] * 3


def test_a_refused_key_is_said_once_to_the_server_and_never_shown() -> None:
    with (
        serving([problem(401, f"Incorrect API key provided: {KEY}")]) as stub,
        LlmReader(stub.url, "m", key=KEY) as reader,
    ):
        for _ in range(3):
            with pytest.raises(ReadingError) as error:
                reader.claims(article())
            assert str(error.value) == (
                "the server refused the key (401): Incorrect API key provided: ***; "
                "set MATERIEL_LLM_KEY to a key that it knows"
            )
        assert len(stub.requests) == 1


def test_too_many_requests_waits_as_long_as_the_server_asks() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    busy = [problem(429, "slow down", Retry_After="7"), problem(429, "slow down", Retry_After=soon), problem(429, "x")]
    with serving([*busy, GOOD]) as stub:
        asked = Asked(stub)
        assert len(asked()) == 1
    first, second, third = asked.waits
    assert (first, third) == (7, 4)
    assert 0 < second <= 30


@pytest.mark.parametrize("wait", [str(LONGEST + 1), "inf"])
def test_a_wait_that_is_too_long_is_none(wait: str) -> None:
    with serving([problem(429, "quota spent", Retry_After=wait)]) as stub:
        asked = Asked(stub)
        assert "asks to wait" in (said := asked.fails())
        assert "quota spent; lower --llm-parallel or read again later" in said
        assert (asked.waits, len(stub.requests)) == ([], 1)


@pytest.mark.parametrize("wait", ["soon", "nan", "-5", "Wed, 99 Foo 2025"])
def test_a_senseless_wait_does_no_harm(wait: str) -> None:
    with serving([problem(503, "x", Retry_After=wait), GOOD]) as stub:
        assert len(Asked(stub)()) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_failing_server_is_asked_a_few_times(status: int) -> None:
    with serving([problem(status, "no luck")] * 2 + [GOOD]) as stub:
        assert len(Asked(stub)()) == 1
        assert len(stub.requests) == 3
    with serving([problem(status, "no luck")]) as stub:
        asked = Asked(stub)
        assert f"({status}): no luck; " in asked.fails()
        assert len(stub.requests) == TRIES
        assert asked.waits == [1, 2, 4]


def test_no_answer_in_time_is_said_after_a_second_try() -> None:
    over = Event()

    def script(body: dict[str, Any], _: int) -> Reply:
        over.wait(60)
        return GOOD

    with serving(script) as stub:
        asked = Asked(stub, timeout=0.2)
        assert asked.fails() == "no answer within 0.2 s; give --llm-timeout more, or a smaller model"
        over.set()
    assert asked.waits == [1]


def test_a_server_that_cannot_be_reached_is_tried_once_an_article_after_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    waits: list[float] = []
    with LlmReader(url, "tiny", sleep=waits.append) as reader:
        for _ in range(3):
            with pytest.raises(ReadingError, match=r"cannot be reached \(.*\); start it or check --llm-url"):
                reader.claims(article())
    assert waits == [1, 2, 4]


WHOLE = json.dumps({"claims": [transfer()]})
BAD: dict[str, tuple[Reply, str]] = {
    "cut off": (completion(WHOLE[:-40], finish="length"), "the answer was cut off; let the server write more tokens"),
    "cut off unsaid": (completion(WHOLE[:-40]), "the answer was cut off"),
    "no JSON": (completion("Sure! Here are the claims."), "the answer is no JSON"),
    "deep": (completion("[" * 100_000), "the answer is"),
    "list": (completion("[]"), 'the answer is not of the form {"claims": [...]}'),
    "no list": (completion('{"claims": {"kind": "transfer"}}'), "the answer is not of the form"),
    "schema": (completion('{"type": "object", "properties": {}}'), "the answer is not of the form"),
    "refusal": (completion(None, refusal="I won't\x1b[2J"), "the model gave no answer (I won't"),
    "empty": (completion(""), "the model gave no answer; try another model"),
    "no choices": (Reply(b'{"choices": []}'), "the server sent no answer"),
    "another protocol": (Reply(b'{"response": "hi"}'), "what answers at the address of --llm-url is not what"),
    "error as success": (Reply(b'{"error": {"message": "no credit"}}'), "what answers at the address"),
    "page": (Reply(b"<html>\xff"), "what answers at the address of --llm-url"),
    "not found": (problem(404, "model 'tiny' not found"), "nothing is there (404): model 'tiny' not found; check"),
    "forbidden": (problem(403, "no"), "the server refused (403): no; "),
    "elsewhere": (Reply(b"", 302, (("Location", "http://127.0.0.1:9/"),)), "the server sends elsewhere (302)"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_an_error_with_its_mend(name: str) -> None:
    reply, says = BAD[name]
    with serving([reply]) as stub:
        said = Asked(stub).fails()
        assert said.startswith(says)
        assert len(stub.requests) == 1


@pytest.mark.parametrize(
    "wrap",
    [
        lambda s: f"```json\n{s}\n```",
        lambda s: f"<think>The schema says {{...}}, so</think>\n\n{s}",
        lambda s: f"Here it is:\n{s}\nIs there more?",
        lambda s: s.replace('{"claims"', '{"note": "he said </think> so", "claims"', 1),
    ],
)
def test_an_answer_in_wrapping_is_read(wrap: Callable[[str], str]) -> None:
    with serving([completion(wrap(WHOLE))]) as stub:
        assert len(Asked(stub)()) == 1


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://h:1", "http://h:1/v1/chat/completions"),
        ("http://h:1/", "http://h:1/v1/chat/completions"),
        ("https://h/api/v1/", "https://h/api/v1/chat/completions"),
        ("https://h/v1/chat/completions", "https://h/v1/chat/completions"),
        ("https://h/d/x?api-version=1", "https://h/d/x/chat/completions?api-version=1"),
    ],
)
def test_addresses_are_given_with_or_without_their_end(url: str, address: str) -> None:
    assert address_of(url) == address


@pytest.mark.parametrize("url", ["", "localhost:8080", "ftp://h/v1", "http://", "http://key@h/v1", "http://u:k@h/v1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        LlmReader(url, "tiny")


@pytest.mark.parametrize("key", ["clé", "a\nb"])
def test_a_key_that_cannot_be_sent_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(ValueError, match="MATERIEL_LLM_KEY") as error:
        LlmReader("http://127.0.0.1:9", "tiny", key=key)
    assert key not in str(error.value)
