"""Follow-ups made standalone questions by rules."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Turn


def leans(question: str) -> bool:
    """Whether something in a question points back."""
    return bool(question)


def standalone(question: str, turns: Sequence[Turn]) -> str:  # noqa: ARG001 the rules come next
    """The question as it reads alone."""
    return question
