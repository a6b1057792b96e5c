"""A server on loopback that speaks OpenAI's chat protocol, and misbehaves on demand.

Every well-formed frame is made by openai's own types, so that what the tests prove is proven against the protocol and
not against our idea of it.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from openai.types import CompletionUsage
from openai.types.chat import ChatCompletionChunk

Behaviour = Callable[["Connection"], None]
MODEL = "test-model"


def chunk(delta: dict[str, Any] | None = None, finish: str | None = None, **fields: Any) -> bytes:
    """One frame, validated strictly by openai's type for it."""
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    value = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": MODEL,
        "choices": choices,
        **fields,
    }
    frame = ChatCompletionChunk.model_validate(value, strict=True)
    return b"data: " + frame.model_dump_json(exclude_unset=True).encode() + b"\n\n"


def usage(sent: int, received: int, cached: int = 0) -> bytes:
    """The frame that ends a stream for which usage was asked."""
    counted = CompletionUsage.model_validate(
        {
            "prompt_tokens": sent,
            "completion_tokens": received,
            "total_tokens": sent + received,
            "prompt_tokens_details": {"cached_tokens": cached},
        },
        strict=True,
    )
    return chunk(usage=counted.model_dump())


DONE = b"data: [DONE]\n\n"


class Connection(BaseHTTPRequestHandler):
    """One request; behaviours write the answer with `begin`, `send` and `error`."""

    server: LoopbackServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.owner.requests.append(json.loads(self.rfile.read(length)))
        self.server.owner.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.close_connection = True
        behaviours = self.server.owner.behaviours
        try:
            (behaviours.popleft() if len(behaviours) > 1 else behaviours[0])(self)
        except (BrokenPipeError, ConnectionResetError):
            self.server.owner.hung_up.set()

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()

    def send(self, *frames: bytes) -> None:
        for frame in frames:
            self.wfile.write(frame)
            self.wfile.flush()

    def error(self, status: int, message: str, headers: dict[str, str] | None = None, code: str | None = None) -> None:
        body = json.dumps({"error": {"message": message, "type": "error", "param": None, "code": code}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def wait(self) -> None:
        """Until the test is over."""
        self.server.owner.over.wait(10)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the base class names it
        pass


class LoopbackServer(ThreadingHTTPServer):
    daemon_threads = True
    owner: OpenAIServer


class OpenAIServer:
    """Serves behaviours in order, the last one for ever; keeps what it was sent."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.behaviours = deque(behaviours)
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.over = threading.Event()
        self.hung_up = threading.Event()
        """Set when a client left before it had everything."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        self._server = LoopbackServer(("127.0.0.1", 0), Connection)
        self._server.owner = self
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


def words(text: str) -> list[bytes]:
    """A frame a word, as models send them."""
    return [chunk({"content": word}) for word in text.replace(" ", " \0").split("\0")]


def says(text: str, sent: int = 100, received: int = 20, cached: int = 0) -> Behaviour:
    """A whole answer with its usage."""

    def behave(connection: Connection) -> None:
        connection.begin()
        connection.send(chunk({"role": "assistant", "content": ""}), *words(text), chunk({}, "stop"))
        connection.send(usage(sent, received, cached), DONE)

    return behave


def sends(*frames: bytes) -> Behaviour:
    """Just these frames, then the end of the connection."""

    def behave(connection: Connection) -> None:
        connection.begin()
        connection.send(*frames)

    return behave


def fails(status: int, message: str, headers: dict[str, str] | None = None, code: str | None = None) -> Behaviour:
    """An error in the form that the protocol has for it."""
    return lambda connection: connection.error(status, message, headers, code)


def silent(connection: Connection) -> None:
    """Takes the request and never answers."""
    connection.wait()


def stalls(text: str) -> Behaviour:
    """Says this much, then nothing more, without closing."""

    def behave(connection: Connection) -> None:
        connection.begin()
        connection.send(*words(text))
        connection.wait()

    return behave


def keeps_alive(connection: Connection) -> None:
    """Comments, as gateways send them to keep a connection open, and never an answer."""
    connection.begin()
    while not connection.server.owner.over.wait(0.02):
        connection.send(b": keep-alive\n\n")


def drops(connection: Connection) -> None:
    """Closes the connection without a word."""


def repeats(frames: Iterable[bytes], times: int) -> Behaviour:
    """The same frames again and again: an answer without end."""
    body = b"".join(frames)

    def behave(connection: Connection) -> None:
        connection.begin()
        for _ in range(times):
            connection.send(body)
        connection.send(chunk({}, "stop"), DONE)

    return behave
