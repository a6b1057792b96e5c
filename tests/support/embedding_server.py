"""Embeddings on loopback, in openai's own types: what `tests.support.openai_server` is for chat."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from openai.types import CreateEmbeddingResponse

from tests.support.embedders import HashEmbedder
from tests.support.openai_server import MODEL, Behaviour, Connection

Rows = list[list[float]]
DIMENSION = 32


def rows_of(texts: Sequence[str], dimension: int = DIMENSION) -> Rows:
    """What the server makes of some texts: `HashEmbedder`'s vectors, three times as long."""
    found: Rows = (3 * HashEmbedder(dimension).embed(texts).astype(float)).tolist()
    return found


def answer(rows: Sequence[list[float]]) -> dict[str, Any]:
    """A response, validated strictly by openai's type for it."""
    value = {
        "object": "list",
        "model": MODEL,
        "data": [{"object": "embedding", "index": n, "embedding": row} for n, row in enumerate(rows)],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }
    return CreateEmbeddingResponse.model_validate(value, strict=True).model_dump()


def embeds(dimension: int = DIMENSION, change: Callable[[dict[str, Any]], Any] = lambda whole: whole) -> Behaviour:
    """Vectors for every text; `change` alters the response before it is sent."""

    def behave(connection: Connection) -> None:
        if connection.path != "/v1/embeddings":
            connection.error(404, f"no {connection.path}")
            return
        asked = connection.server.owner.requests[-1]
        assert asked["encoding_format"] == "float"
        assert all(isinstance(text, str) and text for text in asked["input"])
        replies(change(answer(rows_of(asked["input"], dimension))))(connection)

    return behave


def replies(value: Any) -> Behaviour:
    """Just this JSON."""

    def behave(connection: Connection) -> None:
        sends(json.dumps(value).encode())(connection)

    return behave


def sends(body: bytes, length: int | None = None) -> Behaviour:
    """These bytes as JSON; the connection is closed after them even if `length` says that there are more."""

    def behave(connection: Connection) -> None:
        connection.send_response(200)
        connection.send_header("Content-Type", "application/json")
        connection.send_header("Content-Length", str(len(body) if length is None else length))
        connection.end_headers()
        connection.send(body)

    return behave


def takes(texts: int = 1000, characters: int = 1_000_000, status: int = 400, message: str = "") -> Behaviour:
    """Refuses a request of more texts, or one with a longer text, in the words of some real server."""

    def behave(connection: Connection) -> None:
        asked = connection.server.owner.requests[-1]["input"]
        if len(asked) > texts or max(map(len, asked)) > characters:
            connection.error(status, message)
        else:
            embeds()(connection)

    return behave
