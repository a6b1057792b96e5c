"""The program itself as the one that is asked: with the index brought in line with the folder first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
    """Asks these parts.

    The program answers every question by itself: of a conversation, only the last turn reaches it.
    """
    from assistant.answer import Answering, last_answer

    settings = parts.settings
    answering = Answering(parts.snapshot, parts.embedder, parts.reader, parts.files(), settings.top_k, parts.blend())

    def ask(turns: tuple[str, ...]) -> Answer:
        return last_answer(answering.events(turns[-1]))

    return ask
