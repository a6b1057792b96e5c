"""What the reader needs of a language model, whoever provides it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.errors import ModelError


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of what a model is sent."""

    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a server reports to have consumed; `cached` and `written` are the parts of `input` from and to its cache."""

    input: int
    output: int
    cached: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a streamed answer.

    `finish` comes with the last one: "stop", "length", "content_filter", or what else the provider calls it.
    """

    text: str = ""
    tokens: Tokens | None = None
    finish: str | None = None


class ChatModel(Protocol):
    """A language model that streams."""

    @property
    def name(self) -> str:
        """`provider:name`, shown with every answer."""
        ...

    @property
    def window(self) -> int | None:
        """Tokens that prompt and answer may have together; None if nobody knows."""
        ...

    @property
    def metered(self) -> bool:
        """Whether the provider itself is asked, so that its price list holds; a server of one's own has no price."""
        ...

    def prepare(self) -> None:
        """Loads what asking needs, before any time-out begins to run; ModelError if something is missing."""
        ...

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:
        """The answer as it comes; ModelRequestError for whatever goes wrong on the way."""
        ...


class ModelRequestError(ModelError):
    """A request to a model failed.

    `retryable`: the same request may succeed a moment later, after `wait` seconds if the server told.
    `too_long`: the prompt does not fit the model's window.
    """

    def __init__(
        self,
        message: str,
        remedy: str = "",
        *,
        retryable: bool = False,
        wait: float | None = None,
        too_long: bool = False,
    ) -> None:
        super().__init__(message, remedy)
        self.retryable = retryable
        self.wait = wait
        self.too_long = too_long
