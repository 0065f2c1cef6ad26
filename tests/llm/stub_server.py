"""A server on this machine that speaks the protocol of OpenAI's chat completions as a test scripts it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, NamedTuple

import pytest


class Reply(NamedTuple):
    """What the server sends."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


# What is answered to the n-th request (from 0) with this body; it may wait before it says so.
Script = Callable[[dict[str, Any], int], Reply]


def completion(content: str | None, finish: str = "stop", refusal: str | None = None, tokens: bool = True) -> Reply:
    """An answer of a model."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }
    if tokens:
        body["usage"] = {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050}
    return Reply(json.dumps(body).encode())


def claims(*found: dict[str, Any]) -> Reply:
    """An answer that is claims."""
    return completion(json.dumps({"claims": found}, ensure_ascii=False))


def problem(status: int, message: str, **headers: str) -> Reply:
    """An error as OpenAI puts it; `Retry_After` stands for the header of that name."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Reply(json.dumps({"error": {"message": message, "type": "error"}}).encode(), status, named)


class Stub:
    """A running server: its address, every request that it was sent, and how many it had to answer at most at once."""

    def __init__(self, script: Script) -> None:
        self.requests: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str | None] = []
        self.busiest = 0
        self._script = script
        self._busy = 0
        self._lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def _handler(stub) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - `self` is the request's below
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                reply = stub._take(body, self.path, self.headers["Authorization"])
                stub._done()
                try:
                    self.send_response(reply.status)
                    for name, value in reply.headers:
                        self.send_header(name, value)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(reply.body)))
                    self.end_headers()
                    self.wfile.write(reply.body)
                except OSError:  # who asked did not wait
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        return Handler

    def _take(self, body: dict[str, Any], path: str, key: str | None) -> Reply:
        with self._lock:
            number = len(self.requests)
            self.requests.append(body)
            self.paths.append(path)
            self.keys.append(key)
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
        return self._script(body, number)

    def _done(self) -> None:
        with self._lock:
            self._busy -= 1

    def start(self) -> None:
        """Serve, in a thread."""
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(script: Script | list[Reply]) -> Iterator[Stub]:
    """A server that follows a script; of a list of replies, the last one is given for ever.

    While it serves, nothing is set up on this machine that would send a request elsewhere.
    """
    if isinstance(script, list):
        replies = script
        stub = Stub(lambda _, number: replies[min(number, len(replies) - 1)])
    else:
        stub = Stub(script)
    stub.start()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NO_PROXY", "127.0.0.1")
            patch.setenv("no_proxy", "127.0.0.1")
            for name in ("MATERIEL_LLM_URL", "MATERIEL_LLM_MODEL", "MATERIEL_LLM_KEY"):
                patch.delenv(name, raising=False)
            yield stub
    finally:
        stub.stop()
