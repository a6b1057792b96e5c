"""A conversation as it goes on: what is asked, kept, cancelled, replaced and lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.chat import schema
from assistant.chat.chat import LEFT, Chat, Standalone
from assistant.chat.condense import by_rules, with_model
from assistant.chat.history import History
from assistant.domain import (
    Asked,
    Conversation,
    Delta,
    Event,
    Filter,
    Finished,
    Retrieved,
    Turn,
    TurnState,
    Usage,
)
from assistant.errors import ModelError, UsageError
from assistant.reading.extractive import ExtractiveReader
from assistant.reading.llm.condense import Condenser, question_in
from assistant.reading.llm.prompts import load
from assistant.reading.llm.reader import LanguageModelReader, Options
from assistant.reading.llm.scripted import ScriptedModel
from assistant.reading.llm.seam import Message, ModelRequestError, Piece, Tokens
from tests.chat.talk import NOON, answer
from tests.support.embedders import HashEmbedder

Step = str | Exception | Callable[[], None]


class Core:
    """Answers with the pieces it was given, and keeps what it was asked."""

    def __init__(self, *steps: Step, usage: Usage | None = None) -> None:
        self.asked: list[tuple[str, Filter | None, int | None]] = []
        self._steps = steps
        self._usage = usage

    def __call__(
        self, question: str, where: Filter | None, top_k: int | None, stop: threading.Event | None
    ) -> Iterator[Event]:
        self.asked.append((question, where, top_k))
        yield Retrieved(())
        text = ""
        for step in self._steps:
            if stop is not None and stop.is_set():
                break
            if isinstance(step, Exception):
                raise step
            if isinstance(step, str):
                text += step
                yield Delta(step)
            else:
                step()
        short = "stopped" if stop is not None and stop.is_set() else ""
        yield Finished(replace(answer(question, text or "Nothing."), incomplete=short, usage=self._usage))


def conversation() -> Conversation:
    return Conversation(None, "/data/pages", "", NOON, NOON)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    kept = History(tmp_path / "home")
    yield kept
    kept.close()


def chat_with(core: Core, history: History | None = None, of: Conversation | None = None) -> Chat:
    return Chat(of or conversation(), core, by_rules(), history)


def test_a_turn_is_asked_answered_and_kept(history: History) -> None:
    core = Core("It sank ", "at noon.")
    chat = chat_with(core, history)
    events = list(chat.stream("When did the ferry sink?", top_k=3))
    assert [type(event) for event in events] == [Asked, Retrieved, Delta, Delta, Finished]
    assert core.asked == [("When did the ferry sink?", Filter(), 3)]
    kept = history.conversation(1)
    assert replace(chat.conversation, updated=kept.updated, created=kept.created) == kept
    (turn,) = kept.turns
    assert turn.answer == answer("When did the ferry sink?", "It sank at noon.")


def test_a_follow_up_is_searched_as_it_stands_alone_and_shown_as_asked(history: History) -> None:
    core = Core("Nobody knows.")
    chat = chat_with(core, history)
    chat.ask("What did Moen say about the ferry?")
    events = list(chat.stream("And  Berg?"))
    assert events[0] == Asked("And Berg?", "What did Berg say about the ferry?")
    assert core.asked[-1][0] == "What did Berg say about the ferry?"
    done = events[-1]
    assert isinstance(done, Finished)
    assert (done.answer.question, done.answer.standalone_question) == (
        "And Berg?",
        "What did Berg say about the ferry?",
    )
    again = chat_with(core, history, history.conversation(1))
    assert next(iter(again.stream("And Vik?"))) == Asked("And Vik?", "What did Vik say about the ferry?")
    assert len(history.conversation(1).turns) == 3


def test_the_question_is_written_before_anything_is_done_for_it(history: History) -> None:
    seen: list[tuple[Turn, ...]] = []

    def condense(question: str, turns: Sequence[Turn], stop: threading.Event) -> Standalone:
        seen.append(history.conversation(1).turns)
        return by_rules()(question, turns, stop)

    Chat(conversation(), Core("Yes."), condense, history).ask("Is it deep?")
    ((turn,),) = seen
    assert (turn.question, turn.state, turn.standalone_question) == ("Is it deep?", TurnState.WRITING, "")


def test_every_piece_is_written_as_it_comes(history: History) -> None:
    chat = chat_with(Core("It ", "is ", "deep."), history)
    texts = [
        (history.conversation(1).turns[0].text, chat.turns[0].text)
        for event in chat.stream("Is it deep?")
        if isinstance(event, Delta)
    ]
    assert texts == [("It ", "It "), ("It is ", "It is "), ("It is deep.", "It is deep.")]


def test_a_failed_request_raises_and_keeps_the_question(history: History) -> None:
    chat = chat_with(Core("It ", ModelError("The server is gone", "Ask again.")), history)
    with pytest.raises(ModelError, match="The server is gone"):
        chat.ask("Is it deep?")
    (turn,) = history.conversation(1).turns
    assert (turn.question, turn.state, turn.text, turn.incomplete) == (
        "Is it deep?",
        TurnState.BROKEN,
        "It ",
        "The server is gone",
    )
    assert chat.turns == (turn,)


def test_an_answer_that_nobody_reads_to_its_end_is_kept_as_left(history: History) -> None:
    chat = chat_with(Core("It ", "is ", "deep."), history)
    events = chat.stream("Is it deep?")
    while not isinstance(next(events), Delta):
        pass
    events.close()  # type: ignore[attr-defined]  # it is a generator
    (turn,) = history.conversation(1).turns
    assert (turn.state, turn.text, turn.incomplete) == (TurnState.BROKEN, "It ", LEFT)


def test_a_bad_question_is_refused_at_once_and_not_written(history: History) -> None:
    with pytest.raises(UsageError):
        chat_with(Core(), history).stream("  ")
    assert history.conversations() == ()


def test_stopping_keeps_what_came(history: History) -> None:
    stop = threading.Event()
    chat = chat_with(Core("It ", stop.set, "is deep."), history)
    *_, last = chat.stream("Is it deep?", stop=stop)
    assert isinstance(last, Finished)
    assert (last.answer.answer, last.answer.incomplete) == ("It ", "stopped")
    assert history.conversation(1).turns[0].incomplete == "stopped"


def test_asking_anew_takes_the_place_of_the_last_turn(history: History) -> None:
    chat = chat_with(Core("It is deep."), history)
    chat.ask("Is the lake deep?")
    chat.ask("And the river?")
    list(chat.stream("And the sea?", replace=True))
    assert [turn.standalone_question for turn in chat.turns] == ["Is the lake deep?", "Is the sea deep?"]
    assert [turn.question for turn in history.conversation(1).turns] == ["Is the lake deep?", "And the sea?"]


def test_the_old_turn_stays_where_asking_anew_fails(history: History) -> None:
    chat = chat_with(Core("It is deep."), history)
    chat.ask("Is the lake deep?")
    broken = chat_with(Core(ModelError("No connection")), history, history.conversation(1))
    with pytest.raises(ModelError):
        list(broken.stream("Is the lake deep?", replace=True))
    assert [turn.state for turn in history.conversation(1).turns] == [TurnState.FINISHED, TurnState.BROKEN]
    assert [turn.state for turn in broken.turns] == [TurnState.FINISHED, TurnState.BROKEN]


def test_renaming_narrowing_and_deleting(history: History) -> None:
    core = Core("Yes.")
    chat = chat_with(core, history)
    chat.narrow(Filter(outlet="City Post"))
    chat.ask("Is it deep?")
    chat.rename("Depths")
    chat.narrow(Filter(document="a.txt"))
    chat.ask("Is the lake deep?")
    assert [where for _, where, _ in core.asked] == [Filter(outlet="City Post"), Filter(document="a.txt")]
    kept = history.conversation(1)
    assert (kept.title, kept.where) == ("Depths", Filter(document="a.txt"))
    chat.delete()
    assert (history.conversations(), chat.turns) == ((), ())
    chat.ask("Is it cold?")
    assert [(one.id, one.title) for one in history.conversations()] == [(2, "Is it cold?")]


def test_without_a_history_it_goes_on_in_memory(tmp_path: Path) -> None:
    chat = chat_with(Core("Yes."))
    chat.ask("Is the lake deep?")
    chat.ask("And the river?")
    assert [turn.standalone_question for turn in chat.turns] == ["Is the lake deep?", "Is the river deep?"]
    assert (chat.unrecorded, chat.conversation.id) == ("", None)
    assert list(tmp_path.iterdir()) == []


def test_a_history_that_cannot_be_written_loses_no_answer(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    chat = chat_with(Core("Yes."), History(tmp_path / "home"))
    assert chat.ask("Is the lake deep?").answer == "Yes."
    assert chat.unrecorded.startswith(f"The history in {tmp_path / 'home' / 'history' / schema.FILE} cannot be used: ")
    assert chat.ask("And the river?").standalone_question == "Is the river deep?"


def read(chat: Chat, question: str, *, after: int, replace: bool = False) -> list[Event]:
    """The events until the task that reads them is cancelled, after so many."""
    found: list[Event] = []

    async def reading() -> None:
        async for event in chat.astream(question, replace=replace):
            found.append(event)
            if len(found) == after:
                raise asyncio.CancelledError

    async def run() -> None:
        with pytest.raises(asyncio.CancelledError):
            await asyncio.create_task(reading())

    asyncio.run(run())
    return found


def test_events_come_without_blocking_the_loop(history: History) -> None:
    chat = chat_with(Core("It ", "is."), history)

    async def run() -> list[Event]:
        return [event async for event in chat.astream("Is it deep?")]

    assert [type(event) for event in asyncio.run(run())] == [Asked, Retrieved, Delta, Delta, Finished]


def test_cancelling_the_task_keeps_what_came(history: History) -> None:
    going_on = threading.Event()

    def wait() -> None:
        assert going_on.wait(5)

    chat = chat_with(Core("It ", wait, "is deep."), history)
    found = read(chat, "Is it deep?", after=3)
    assert [type(event) for event in found] == [Asked, Retrieved, Delta]
    going_on.set()
    chat.settle()
    (turn,) = history.conversation(1).turns
    assert (turn.state, turn.text, turn.incomplete) == (TurnState.FINISHED, "It ", "stopped")


def test_an_error_reaches_the_task(history: History) -> None:
    chat = chat_with(Core(ModelError("The server is gone")), history)

    async def run() -> None:
        async for _ in chat.astream("Is it deep?"):
            pass

    with pytest.raises(ModelError, match="The server is gone"):
        asyncio.run(run())


# With a language model.


def model_chat(script: ScriptedModel, core: Core, **options: object) -> Chat:
    reader = LanguageModelReader(script, load("answer"), ExtractiveReader(HashEmbedder()), Options(**options))  # type: ignore[arg-type]  # as the test has it
    return Chat(conversation(), core, with_model(Condenser(reader, load("condense"))))


def test_a_model_rewrites_what_leans_on_the_turns_before() -> None:
    script = ScriptedModel(["What did Berg's deputy say about the ferry?"])
    core = Core("Nobody knows.")
    chat = model_chat(script, core)
    chat.ask("What did Berg say about the ferry?")
    chat.ask("Who owns the ferry to Nida?")
    assert script.asked == []
    assert chat.ask("And his deputy?").standalone_question == "What did Berg's deputy say about the ferry?"
    ((system, user),) = script.asked
    assert isinstance(system, Message)
    assert user.text == (
        "Question: What did Berg say about the ferry?\nAnswer: Nobody knows.\n"
        "Question: Who owns the ferry to Nida?\nAnswer: Nobody knows.\n\nLast question: And his deputy?"
    )


@pytest.mark.parametrize(
    "reply",
    [ModelRequestError("The server is gone"), "", "I think:\nthe following", "x" * 900, "---", "“”", "\x1b[31mWho?"],
    ids=["gone", "empty", "two lines", "long", "no word", "only marks", "control characters"],
)
def test_the_rules_stand_in_where_a_model_writes_no_question(reply: str | Exception) -> None:
    chat = model_chat(ScriptedModel([reply]), Core("Nobody knows."))
    chat.ask("What did Moen say about the ferry?")
    assert chat.ask("And Berg?").standalone_question == "What did Berg say about the ferry?"


def test_what_a_model_adds_around_a_question_goes() -> None:
    assert question_in("Standalone question: “Who built it?”\n") == "Who built it?"


def test_what_the_model_took_for_the_question_is_counted() -> None:
    script = ScriptedModel([[Piece("What did Berg say?"), Piece(tokens=Tokens(70, 5), finish="stop")]])
    chat = model_chat(script, Core("Nobody.", usage=Usage(400, 20, None)))
    chat.ask("What did Moen say?")
    done = chat.ask("And Berg?")
    assert done.usage == Usage(470, 25, None)
    assert list(done.timings_ms) == ["condense", "total"]
