"""Turns for the tests, made of a question, what was answered, and who spoke."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from assistant.domain import (
    Answer,
    Citation,
    Hit,
    Outcome,
    Passage,
    Provenance,
    Statement,
    Support,
    Turn,
    TurnState,
)

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Voice:
    """A speaker of a citation."""

    name: str
    role: str | None = None
    written: str | None = None


@dataclass(frozen=True)
class Before:
    """An earlier question with its answer; without one it was refused."""

    question: str
    answer: str = ""
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True)
class Case:
    """A follow-up, and the standalone questions that would do."""

    question: str
    wanted: tuple[str, ...]
    before: tuple[Before, ...] = field(default=())


def answer(question: str, text: str, voices: tuple[Voice, ...] = ()) -> Answer:
    citations = tuple(
        Citation(
            n, "page.txt", "ab" * 32, 0, len(text), text, Provenance("A page"), voice.name, voice.role, voice.written,
            line=1, verified=True,
        )
        for n, voice in enumerate(voices or (Voice(""),), 1)
    )  # fmt: skip
    if not voices:
        citations = tuple(
            Citation(1, "page.txt", "ab" * 32, 0, len(text), text, Provenance("A page"), line=1, verified=True)
            for _ in citations
        )
    return Answer(
        question=question,
        standalone_question=question,
        outcome=Outcome.ANSWERED if text else Outcome.REFUSED,
        answer=text or "Nothing here tells.",
        citations=citations if text else (),
        statements=(Statement(text, (1,), Support.QUOTED),) if text else (),
        passages=(),
        nearest=(),
        reader="extractive",
        index="f",
    )


def turn(before: Before, number: int = 1) -> Turn:
    done = answer(before.question, before.answer, before.voices)
    return Turn(
        number, before.question, NOON, before.question, TurnState.FINISHED, done.answer, done
    )  # fmt: skip


def turns(case: Case) -> tuple[Turn, ...]:
    return tuple(turn(one, n) for n, one in enumerate(case.before, 1))


def hit(text: str) -> Hit:
    return Hit(1, 1.0, Passage("p", "page.txt", 0, 0, len(text), text, (), Provenance("A page")), 0.5, 3.0)
