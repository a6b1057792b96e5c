"""The Python API: a folder of documents that answers.

`Assistant.open("seeds")` gives an assistant; `.ask(question)` an answer whose citations say speaker, document, start,
end and quote; `.search(question)` passages; `.astream(question)` events. The README shows it at work.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from assistant.answer import Answering, last_answer
from assistant.domain import Answer, Event, Filter, Hit

if TYPE_CHECKING:
    from assistant.index.sync import SyncResult
    from assistant.protocols import Snapshot
    from assistant.wiring import Parts, Progress


class Assistant:
    """One corpus folder, its index, and a reader. Use it as a context manager, or call `close`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @classmethod
    def open(cls, folder: str | Path, *, progress: Progress | None = None, **settings: Any) -> Self:
        """Opens a folder of documents; the first time, it is indexed.

        Args:
            folder: the corpus.
            progress: called with stage, done and total while indexing.
            settings: any field of `assistant.settings.Settings`, such as `top_k=5` or `home="…"`.

        Raises:
            CorpusError: there is no such folder, nothing in it can be read, or its index cannot be used.
            UsageError: a setting is unknown or has a bad value.
        """
        from assistant.settings import Settings  # pydantic: 100 ms
        from assistant.wiring import build

        return cls(build(Settings.load(corpus=Path(folder), **settings), progress))

    @property
    def snapshot(self) -> Snapshot:
        """The state of the index that answers: documents, articles, passages, attributions."""
        return self._parts.snapshot

    @property
    def streams(self) -> bool:
        """Whether answers come bit by bit, from a language model."""
        return self._parts.reader.name != "extractive"

    def search(
        self, question: str, k: int | None = None, *, since: date | None = None, until: date | None = None
    ) -> tuple[Hit, ...]:
        """The passages that may answer, best first: `.score`, `.passage.document`, `.start`, `.end`, `.text`."""
        return self._answering().search(question, Filter(since, until), k)

    def ask(
        self, question: str, *, since: date | None = None, until: date | None = None, top_k: int | None = None
    ) -> Answer:
        """The verified answer, or a refusal (`answer.outcome`).

        Raises:
            UsageError: the question is empty or far too long.
            CorpusError: the cited files changed since they were indexed.
            ModelError: the language model's provider failed before any text came.
        """
        return last_answer(self.stream(question, since=since, until=until, top_k=top_k))

    def stream(
        self,
        question: str,
        *,
        since: date | None = None,
        until: date | None = None,
        top_k: int | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[Event]:
        """The events of an answer: Retrieved, Deltas, Finished. Raises as `ask`.

        Set `stop` from another thread or a signal handler to end a language model's answer early: what came of it is
        checked and finished as usual, and its `incomplete` says why it is short.
        """
        return self._answering().events(question, Filter(since, until), top_k, stop)

    async def astream(
        self, question: str, *, since: date | None = None, until: date | None = None, top_k: int | None = None
    ) -> AsyncIterator[Event]:
        """As `stream`, without blocking the event loop: each step runs in a worker thread."""
        stop = threading.Event()
        events = self.stream(question, since=since, until=until, top_k=top_k, stop=stop)
        try:
            while (event := await asyncio.to_thread(next, events, None)) is not None:
                yield event
        finally:
            # A cancelled task leaves its worker thread behind: it ends with the answer.
            stop.set()

    def index(self, *, rebuild: bool = False, progress: Progress | None = None) -> SyncResult:
        """Brings the index in line with the folder and goes on with the new state."""
        from assistant.wiring import current_snapshot, sync_index

        result = sync_index(self._parts.settings, progress=progress, rebuild=rebuild, embedder=self._parts.embedder)
        self._parts.snapshot.close()
        self._parts = self._parts.with_snapshot(current_snapshot(self._parts.settings, self._parts.embedder))
        return result

    def close(self) -> None:
        """Releases the index's files."""
        self._parts.snapshot.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answering(self) -> Answering:
        parts = self._parts
        return Answering(
            parts.snapshot, parts.embedder, parts.reader, parts.files(), parts.settings.top_k, parts.blend()
        )
