"""One conversation: questions that lean on what went before, answered by the core, and kept.

    chat = assistant.conversation()                    a new one; assistant.conversation(7) goes on with number 7
    async for event in chat.astream("And in May?"):    Asked, Retrieved, Delta …, Finished
        …

What an application does with it:

- **cancel**: set the `stop` that was handed to `stream`, or cancel the task that reads `astream`. What came of a
  language model's answer is checked, finished, marked incomplete and kept.
- **regenerate**: `stream(chat.turns[-1].question, replace=True)`; **edit and resend**: the same with other words. The
  old turn stays until the new one is finished, so that a failure loses neither.
- **switch**: open another one; **rename**, **delete** and **narrow** (to an outlet, dates, a document) as named.
- A failed request raises as it does without a conversation; the question is kept, with the reason.

If the history cannot be written (full or read-only disk) the conversation goes on in memory and `unrecorded` says why.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from assistant.answer import last_answer
from assistant.chat.history import History
from assistant.chat.rows import title_of
from assistant.domain import (
    Answer,
    Asked,
    Conversation,
    Delta,
    Event,
    Filter,
    Finished,
    Turn,
    TurnState,
    Usage,
)
from assistant.errors import AssistantError, HistoryError
from assistant.question import checked

_T = TypeVar("_T")

LEFT = "left before it was finished"
"""What is written beside an answer whose reader went away."""


class Events(Protocol):
    """The core: `Answering.events`."""

    def __call__(
        self, question: str, where: Filter | None, top_k: int | None, stop: threading.Event | None
    ) -> Iterator[Event]:
        """The events of an answer."""
        ...


@dataclass(frozen=True, slots=True)
class Standalone:
    """What a question means without its conversation; `usage` is what a language model took to tell."""

    question: str
    usage: Usage | None = None


Condense = Callable[[str, Sequence[Turn], threading.Event], Standalone]
"""Makes a standalone question of a question and the turns before it; may end early when the event is set."""


class Chat:
    """A conversation as it goes on. One answer at a time; what a left or cancelled one still brings is only kept."""

    def __init__(
        self, conversation: Conversation, events: Events, condense: Condense, history: History | None = None
    ) -> None:
        self._conversation = replace(conversation, turns=())
        self._turns = dict(enumerate(conversation.turns))
        self._next = len(self._turns)
        self._events = events
        self._condense = condense
        self._history = history
        self._lock = threading.Lock()
        self._running: set[tuple[threading.Thread, threading.Event]] = set()
        self.unrecorded = ""
        """Why the last turns are not in the history; empty while they are, and where none is wanted."""

    @property
    def conversation(self) -> Conversation:
        """As it stands, with its turns."""
        with self._lock:
            return replace(self._conversation, turns=tuple(self._turns.values()))

    @property
    def turns(self) -> tuple[Turn, ...]:
        """In order; the last one may still be in the making."""
        return self.conversation.turns

    def ask(self, question: str, *, top_k: int | None = None) -> Answer:
        """The verified answer, or a refusal. Raises as `stream`."""
        return last_answer(self.stream(question, top_k=top_k))

    def stream(
        self, question: str, *, top_k: int | None = None, stop: threading.Event | None = None, replace: bool = False
    ) -> Iterator[Event]:
        """The events of a turn: Asked, Retrieved, Deltas, Finished.

        Args:
            question: as typed; `Asked` tells what it is taken to mean.
            top_k: how many passages to retrieve.
            stop: set it from elsewhere to end the answer early with what came of it.
            replace: put the new turn in the place of the last one.

        Raises:
            UsageError: the question is empty or far too long; at once, and nothing is written.
            CorpusError: the cited files changed since they were indexed.
            ModelError: the language model's provider failed before any text came.
        """
        return self._stream(checked(question), top_k, stop or threading.Event(), replace)

    async def astream(self, question: str, *, top_k: int | None = None, replace: bool = False) -> AsyncIterator[Event]:
        """As `stream`, without blocking the event loop. Cancelling the task keeps what came."""
        loop = asyncio.get_running_loop()
        arrived: asyncio.Queue[Event | BaseException | None] = asyncio.Queue()
        stop = threading.Event()
        events = self.stream(question, top_k=top_k, stop=stop, replace=replace)

        def put(one: Event | BaseException | None) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(arrived.put_nowait, one)

        def pump() -> None:
            try:
                for event in events:
                    put(event)
                put(None)
            except BaseException as error:  # noqa: BLE001 handed to the task that waits, which raises it
                put(error)
            finally:
                self._running.discard(running)

        running = (threading.Thread(target=pump, name="answer"), stop)
        self._running.add(running)
        running[0].start()
        try:
            while (one := await arrived.get()) is not None:
                if isinstance(one, BaseException):
                    raise one
                yield one
        finally:
            # A task that is cancelled leaves the thread behind, which soon ends and writes down what came.
            stop.set()

    def narrow(self, where: Filter) -> None:
        """Limits the questions from now on."""
        self._conversation = replace(self._conversation, where=where)
        number = self._conversation.id
        self._record(lambda history: history.narrow(number, where) if number is not None else None)

    def rename(self, title: str) -> None:
        """Gives the conversation another title; UsageError if it is blank."""
        number = self._conversation.id
        self._record(lambda history: history.rename(number, title) if number is not None else None)
        self._conversation = replace(self._conversation, title=" ".join(title.split()))

    def delete(self) -> None:
        """Removes the conversation from the history and forgets its turns; what is asked next begins a new one."""
        number = self._conversation.id
        self._record(lambda history: history.delete(number) if number is not None else None)
        with self._lock:
            self._turns.clear()
            self._conversation = replace(self._conversation, id=None, title="")

    def settle(self, seconds: float = 5.0) -> None:
        """Ends the answers that are still coming, and waits until what came of them is written."""
        for thread, stop in list(self._running):
            stop.set()
            thread.join(seconds)

    def _stream(self, question: str, top_k: int | None, stop: threading.Event, replacing: bool) -> Iterator[Event]:
        before = list(self._turns.items())
        replaced = before.pop() if replacing and before else None
        key, turn = self._begin(question, replaced[1] if replaced else None)
        error = LEFT
        try:
            started = time.perf_counter()
            standalone = self._condense(question, [one for _, one in before], stop)
            took = time.perf_counter() - started
            turn = self._put(key, replace(turn, standalone_question=standalone.question))
            self._record_turn(turn, lambda history, number: history.understood(number, standalone.question))
            yield Asked(question, standalone.question)
            for event in self._events(standalone.question, self._conversation.where, top_k, stop):
                if isinstance(event, Delta):
                    turn = self._append(key, turn, event.text)
                elif isinstance(event, Finished):
                    answer = _in_conversation(event.answer, question, standalone, took)
                    turn = self._finish(key, turn, answer, replaced[0] if replaced else None)
                    event = Finished(answer)
                yield event
        except AssistantError as failure:
            error = failure.message
            raise
        except KeyboardInterrupt:
            error = "interrupted"
            raise
        finally:
            if turn.state is TurnState.WRITING:
                broken = self._put(key, replace(turn, state=TurnState.BROKEN, error=error))
                self._record_turn(broken, lambda history, number: history.fail(number, error))

    def _begin(self, question: str, replaced: Turn | None) -> tuple[int, Turn]:
        turn = Turn(None, question, datetime.now(UTC))
        old = replaced.id if replaced else None
        begun = self._record(lambda history: history.begin(self._conversation, question, replaces=old))
        with self._lock:
            if begun is not None:
                number, turn_id, asked = begun
                turn = replace(turn, id=turn_id, asked=asked)
                self._conversation = replace(self._conversation, id=number)
            title = self._conversation.title or title_of(question)
            self._conversation = replace(self._conversation, title=title, updated=turn.asked)
            key, self._next = self._next, self._next + 1
            self._turns[key] = turn
        return key, turn

    def _put(self, key: int, turn: Turn) -> Turn:
        with self._lock:
            if key in self._turns:
                self._turns[key] = turn
        return turn

    def _append(self, key: int, turn: Turn, piece: str) -> Turn:
        longer = self._put(key, replace(turn, text=turn.text + piece))
        self._record_turn(longer, lambda history, number: history.append(number, piece))
        return longer

    def _finish(self, key: int, turn: Turn, answer: Answer, replaced: int | None) -> Turn:
        done = replace(turn, state=TurnState.FINISHED, text=answer.answer, answer=answer)
        with self._lock:
            if key in self._turns:
                self._turns[key] = done
                if replaced is not None:
                    self._forget(replaced, turn, key)
        self._record_turn(done, lambda history, number: history.finish(number, answer))
        return done

    def _forget(self, replaced: int, by: Turn, key: int) -> None:
        """Takes out what a turn replaces, and a title that was made of it."""
        for old in [one for one in self._turns if replaced <= one < key]:
            if self._conversation.title == title_of(self._turns[old].question):
                self._conversation = replace(self._conversation, title=title_of(by.question))
            del self._turns[old]

    def _record_turn(self, turn: Turn, write: Callable[[History, int], None]) -> None:
        number = turn.id
        if number is not None:
            self._record(lambda history: write(history, number))

    def _record(self, write: Callable[[History], _T]) -> _T | None:
        """Writes to the history; where that fails, the conversation goes on without one."""
        if self._history is None:
            return None
        try:
            return write(self._history)
        except HistoryError as error:
            self.unrecorded = str(error)
            self._history = None
            return None


def _in_conversation(answer: Answer, question: str, standalone: Standalone, seconds: float) -> Answer:
    """The answer to a question as it was asked, with all that was spent on it."""
    usage, timings = answer.usage, answer.timings_ms
    if standalone.usage is not None:
        usage = added(standalone.usage, usage) if usage else standalone.usage
        took = round(seconds * 1000, 1)
        timings = timings | {"condense": took, "total": round(timings.get("total", 0.0) + took, 1)}
    return replace(answer, question=question, standalone_question=standalone.question, usage=usage, timings_ms=timings)


def added(one: Usage, other: Usage) -> Usage:
    """What two requests took together; the cost is unknown if that of either is."""
    known = one.cost_usd is not None and other.cost_usd is not None
    return Usage(
        one.input_tokens + other.input_tokens,
        one.output_tokens + other.output_tokens,
        (one.cost_usd or 0.0) + (other.cost_usd or 0.0) if known else None,
    )
