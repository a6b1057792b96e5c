"""What the screen talks to: one corpus with its index, the conversation at hand, and the model that answers.

Without Textual. Everything here may block, and is called from threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain import Conversation, Document, Event, Filter
from assistant.errors import AssistantError, UsageError
from assistant.show.safe import flowing, one_line
from assistant.show.screen import joined
from assistant.show.sources import counted
from assistant.tui.texts import limits

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.chat.chat import Chat
    from assistant.chat.rows import Found, Listed
    from assistant.index.sync import SyncResult
    from assistant.protocols import Snapshot
    from assistant.settings import Settings

Progress = Callable[[str, int, int], None]


class LeavingError(AssistantError):
    """The program ends while the index is written."""


class Session:
    """Opened late: the screen stands before the index, the model and the embedder are loaded."""

    def __init__(self, settings: Settings, *, go_on: bool = False) -> None:
        self.settings = settings
        self._go_on = go_on
        self._assistant: Assistant | None = None
        self._chat: Chat | None = None
        self._leaving = threading.Event()
        self.gone = False
        """Whether the conversation at hand was deleted, and an empty one stands in its place."""

    def open(self, progress: Progress, *, index: bool = False) -> None:
        """Opens the index, which is made first where there is none, and begins a conversation.

        `index` brings it in line first: what to do about one that was made with other settings, or is damaged.

        Raises:
            CorpusError: no folder, nothing readable in it, or an index that cannot be used.
            UsageError: the model named is none.
        """
        step = self._interruptible(progress)
        if index:
            self._sync(step)
        assistant = self._build(step)
        last = assistant.last_conversation() if self._go_on else None
        self._chat = last or assistant.conversation()
        self._assistant = assistant

    def _sync(self, progress: Progress) -> None:
        from assistant.wiring import sync_index

        sync_index(self.settings, progress=progress)

    def _build(self, progress: Progress) -> Assistant:
        from assistant.api import Assistant
        from assistant.wiring import build

        return Assistant(build(self.settings, progress))

    @property
    def ready(self) -> bool:
        """Whether it is open."""
        return self._assistant is not None

    @property
    def assistant(self) -> Assistant:
        """The core, once open."""
        if self._assistant is None:
            raise UsageError("The corpus is not open yet", "Wait a moment.")
        return self._assistant

    @property
    def chat(self) -> Chat:
        """The conversation at hand, once open."""
        if self._chat is None:
            raise UsageError("The corpus is not open yet", "Wait a moment.")
        return self._chat

    @property
    def conversation(self) -> Conversation | None:
        """The conversation as it stands; None before it is open."""
        return self._chat.conversation if self._chat else None

    @property
    def snapshot(self) -> Snapshot:
        """The state of the index that answers."""
        return self.assistant.snapshot

    @property
    def reader(self) -> str:
        """Who answers, as far as that is known."""
        return self._assistant.reader if self._assistant else self.settings.model

    @property
    def corpus(self) -> str:
        """The folder's name, and how many documents it has."""
        name = one_line(self.settings.corpus.absolute().name)
        if self._assistant is None:
            return name
        return f"{name} ({counted(len(self.snapshot.documents()), 'document')})"

    @property
    def headline(self) -> str:
        """Title of the conversation, and what it is limited to."""
        conversation = self.conversation
        if conversation is None:
            return "New conversation"
        only = limits(conversation.where)
        return joined((flowing(conversation.title) or "New conversation", f"only {only}" if only else None))

    @property
    def has_turns(self) -> bool:
        """Whether something was asked in this conversation."""
        conversation = self.conversation
        return bool(conversation and conversation.turns)

    def asked(self) -> list[str]:
        """The questions of this conversation."""
        conversation = self.conversation
        return [turn.question for turn in conversation.turns] if conversation else []

    def stream(self, question: str, stop: threading.Event, *, again: bool = False) -> Iterator[Event]:
        """The events of an answer; `again` puts it in the place of the last one."""
        return self.chat.stream(question, stop=stop, replace=again)

    def document(self, path: str) -> Document:
        """A document with its text; CorpusError if it is no longer in the index."""
        return self.snapshot.document(path)

    def file_of(self, path: str) -> Path:
        """The file of a document."""
        return self.settings.corpus / path

    def begin(self) -> None:
        """A new conversation."""
        self._chat = self.assistant.conversation()

    def switch(self, number: int) -> None:
        """A saved conversation; UsageError if it is gone or about another folder."""
        self._chat = self.assistant.conversation(number)

    def listed(self, query: str = "") -> tuple[tuple[Listed, str], ...]:
        """The saved conversations about this folder that hold the query, each with the place that fits."""
        history = self.assistant.history
        if history is None:
            return ()
        corpus = str(self.settings.corpus.resolve())
        if query.strip():
            return tuple((one.conversation, one.snippet) for one in self._found(query, corpus))
        return tuple((one, "") for one in history.conversations(corpus))

    def _found(self, query: str, corpus: str) -> tuple[Found, ...]:
        history = self.assistant.history
        return history.search(query, corpus) if history else ()

    def delete(self, number: int) -> bool:
        """Deletes a saved conversation; whether it was the one at hand, in whose place a new one begins."""
        if (conversation := self.conversation) is not None and conversation.id == number:
            self.chat.delete()
            self.begin()
            self.gone = True
            return True
        if (history := self.assistant.history) is not None:
            history.delete(number)
        return False

    def narrow(self, where: Filter) -> None:
        """Limits the further questions of this conversation."""
        self.chat.narrow(where)

    def use_model(self, name: str) -> None:
        """Lets another model answer from now on; UsageError if it is none."""
        self.assistant.use_model(name)
        self.settings = replace(self.settings, model=name)

    def suggestions(self, stopped: Callable[[], bool]) -> tuple[str, ...]:
        """A few questions that this corpus answers."""
        from assistant.tui.suggest import suggestions

        return suggestions(self.assistant, stopped)

    def index(self, progress: Progress) -> SyncResult:
        """Brings the index in line with the folder; questions go on meanwhile, from the state before."""
        return self.assistant.index(progress=self._interruptible(progress))

    def _interruptible(self, progress: Progress) -> Progress:
        """Lets indexing end at its next step when the program does: what is done is kept, the next run goes on."""

        def step(stage: str, done: int, total: int) -> None:
            if self._leaving.is_set():
                raise LeavingError("Stopped before the index was complete", "It goes on where it stopped.")
            progress(stage, done, total)

        return step

    def leave(self) -> None:
        """Lets what is running end soon."""
        self._leaving.set()

    def close(self) -> None:
        """Ends what is running, writes what came of it, and releases the files."""
        self.leave()
        if self._assistant is not None:
            self._assistant.close()
