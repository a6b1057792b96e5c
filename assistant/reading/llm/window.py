"""Fits a prompt into a model's window: whole passages are left out, the last first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.errors import ModelError
from assistant.reading.llm import tokens
from assistant.reading.llm.passages import Given
from assistant.reading.llm.seam import Message

UNKNOWN = 4096
"""Tokens taken for the window where nobody tells: what Ollama serves by default, cutting longer prompts silently."""
OVERHEAD = 32
"""Tokens that a chat template puts around two messages."""

Messages = tuple[Message, Message]


class Fitted(NamedTuple):
    """A prompt that fits, the passages in it, and its size if it had to be counted."""

    messages: Messages
    given: tuple[Given, ...]
    counted: int | None


def fit(
    build: Callable[[Sequence[Given]], Messages], given: Sequence[Given], model: str, window: int, answer: int
) -> Fitted:
    """The longest prompt with the first passages that leaves room for an answer of `answer` tokens.

    `model` is `provider:name`. A token is at least one byte, so that a prompt with fewer bytes than there is room for
    is not counted at all: that saves 0.3 s with the large windows of today.

    Raises:
        ModelError: not even one passage fits.
    """
    room = window - answer - OVERHEAD
    for kept in range(len(given), 0, -1):
        messages = build(given[:kept])
        if sum(len(m.text.encode("utf-8", "replace")) for m in messages) <= room:
            return Fitted(messages, tuple(given[:kept]), None)
        size = count(messages, model)
        if size * tokens.margin(model.partition(":")[2]) <= room:
            return Fitted(messages, tuple(given[:kept]), size)
    raise ModelError(
        f"The window of {model}, {window:,} tokens, has no room for a passage and an answer of {answer:,}",
        "Set model_window to what it really takes, lower answer_tokens, or choose another model.",
    )


def count(messages: Sequence[Message], model: str) -> int:
    """Tokens of messages for a model."""
    name = model.partition(":")[2]
    return sum(tokens.count(message.text, name) for message in messages) + OVERHEAD
