"""The Python API: a folder of documents that answers.

`Assistant.open("seeds")` gives an assistant; `.ask(question)` an answer whose citations say speaker, document, start,
end and quote; `.search(question)` passages; `.astream(question)` events. The README shows it at work.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from weakref import WeakSet

from assistant.answer import Answering, last_answer
from assistant.domain import Answer, Conversation, Event, Filter, Hit, Turn
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.chat.chat import Chat, Standalone
    from assistant.chat.history import History
    from assistant.index.sync import SyncResult
    from assistant.protocols import Snapshot
    from assistant.wiring import Parts, Progress


class Assistant:
    """One corpus folder, its index, and a reader. Use it as a context manager, or call `close`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._history: History | None = None
        self._chats: WeakSet[Chat] = WeakSet()
        self._retired: list[Snapshot] = []

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
        from assistant.settings import Settings
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

    @property
    def reader(self) -> str:
        """Who answers: `extractive`, or `provider:name` of a language model."""
        return self._parts.reader.name

    def use_model(self, name: str) -> None:
        """Lets another model answer from now on, in conversations that are open too: a name as in the settings.

        Raises:
            UsageError: it is no model's name.
        """
        from assistant.wiring import condense, with_model

        parts = with_model(self._parts, name)
        condense(parts)  # a wrong prompt of the user's is told now, and nothing has changed
        self._parts = parts

    @property
    def history(self) -> History | None:
        """The saved conversations; None where the settings want none kept."""
        from assistant.wiring import history

        if self._history is None:
            self._history = history(self._parts.settings)
        return self._history

    def conversation(self, number: int | None = None) -> Chat:
        """A new conversation, or the saved one of that number (what it can do: `assistant.chat.chat`).

        Its turns are kept, if the settings want it. What `Assistant.ask` and `.stream` answer themselves is not.

        Raises:
            UsageError: there is no such conversation, or it is about another folder.
            HistoryError: the saved conversations cannot be read.
        """
        from assistant.chat.chat import Chat
        from assistant.wiring import condense

        corpus = self._corpus()
        if number is None:
            now = datetime.now(UTC)
            conversation = Conversation(None, corpus, "", now, now)
        elif self.history is None:
            raise UsageError("No conversations are kept", "Set history to true to keep them.")
        else:
            conversation = self.history.conversation(number)
            if conversation.corpus != corpus:
                about = f"Conversation {number} is about {conversation.corpus}, not {corpus}"
                raise UsageError(about, "Name that folder with --corpus.")
        condense(self._parts)  # a wrong prompt of the user's is told before anything is asked
        chat = Chat(conversation, self._events, self._condense, self.history)
        self._chats.add(chat)
        return chat

    def last_conversation(self) -> Chat | None:
        """The saved conversation about this folder that was used last; None if there is none."""
        corpus = self._corpus()
        listed = self.history.conversations(corpus) if self.history else ()
        return self.conversation(listed[0].id) if listed else None

    def search(
        self, question: str, k: int | None = None, *, since: date | None = None, until: date | None = None
    ) -> tuple[Hit, ...]:
        """The passages that may answer, best first: `.score`, `.passage.document`, `.start`, `.end`, `.text`."""
        return self._answering().search(question, Filter(since, until), k)

    def ask(
        self,
        question: str,
        *,
        since: date | None = None,
        until: date | None = None,
        top_k: int | None = None,
        conversation: Chat | None = None,
    ) -> Answer:
        """The verified answer, or a refusal (`answer.outcome`); as a turn of `conversation` if one is given.

        Raises:
            UsageError: the question is empty or far too long.
            CorpusError: the cited files changed since they were indexed.
            ModelError: the language model's provider failed before any text came.
        """
        if conversation is not None:
            if since or until:
                conversation.narrow(replace(conversation.conversation.where, since=since, until=until))
            return conversation.ask(question, top_k=top_k)
        return last_answer(self.stream(question, since=since, until=until, top_k=top_k))

    def quote(self, question: str) -> Answer:
        """As `ask`, answered by the quoting reader whoever else answers, so that no model is asked."""
        from assistant.wiring import quoting

        parts = replace(self._parts, reader=quoting(self._parts))
        return last_answer(_answering(parts).events(question))

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
        """Brings the index in line with the folder and goes on with the new state.

        Other threads may ask meanwhile; what they have begun is answered from the state before.
        """
        from assistant.wiring import current_snapshot, sync_index

        before = self._parts
        result = sync_index(before.settings, progress=progress, rebuild=rebuild, embedder=before.embedder)
        snapshot = current_snapshot(before.settings, before.embedder)
        # Not closed before the end: an answer that is being read may still look things up in it.
        self._retired.append(before.snapshot)
        self._parts = self._parts.with_snapshot(snapshot)
        return result

    def outdated(self) -> str:
        """What has changed in the folder since its index was made ("2 files added"); empty if nothing has.

        Raises:
            CorpusError: the folder, or its metadata.toml, cannot be read.
        """
        from assistant.wiring import outdated

        return outdated(self._parts)

    def close(self) -> None:
        """Ends the answers that are still coming, and releases the files."""
        for chat in list(self._chats):
            chat.settle()
        if self._history is not None:
            self._history.close()
        for snapshot in (*self._retired, self._parts.snapshot):
            snapshot.close()
        self._retired.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _events(
        self, question: str, where: Filter | None, top_k: int | None, stop: threading.Event | None
    ) -> Iterator[Event]:
        """The core, over the state of the index at the time of the question."""
        return self._answering().events(question, where, top_k, stop)

    def _corpus(self) -> str:
        """The folder as the history names it."""
        from assistant.chat.rows import storable

        return storable(str(self._parts.settings.corpus.resolve()))

    def _condense(self, question: str, turns: Sequence[Turn], stop: threading.Event) -> Standalone:
        """What a follow-up means, told by whoever answers at the time."""
        from assistant.wiring import condense

        return condense(self._parts)(question, turns, stop)

    def _answering(self) -> Answering:
        return _answering(self._parts)


def _answering(parts: Parts) -> Answering:
    return Answering(parts.snapshot, parts.embedder, parts.reader, parts.files(), parts.settings.top_k, parts.blend())
