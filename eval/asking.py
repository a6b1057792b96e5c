"""The program itself as the one that is asked: with the index brought in line with the folder first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.domain import Answer
    from assistant.settings import Settings
    from assistant.wiring import Parts, Progress

    from .run import Ask


@contextmanager
def opened(settings: Settings, progress: Progress | None = None) -> Iterator[Parts]:
    """The parts of an assistant over the folder as it is now; closed at the end."""
    from assistant.wiring import build, sync_index

    sync_index(settings, progress=progress)
    parts = build(settings, progress)
    try:
        yield parts
    finally:
        parts.snapshot.close()


def asker(parts: Parts) -> Ask:
    """Asks these parts: a question alone as `assistant ask` does, several turns as a conversation that is not kept."""
    from assistant.api import Assistant

    assistant = Assistant(replace(parts, settings=replace(parts.settings, history=False)))

    def ask(turns: tuple[str, ...]) -> Answer:
        *before, last = turns
        if not before:
            return assistant.ask(last)
        conversation = assistant.conversation()
        for turn in before:
            conversation.ask(turn)
        return conversation.ask(last)

    return ask
