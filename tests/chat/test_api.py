"""Conversations from Python, over a real corpus."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.domain import Asked, Filter, Finished, Outcome
from assistant.errors import UsageError

PAGE = """Ferry sinks off the coast

15 January 2022

“We had no warning at all,” Captain Ida Moen said about the storm.

“The hull was sound,” engineer Lars Berg said about the storm.
"""
STORM = "What did Moen say about the storm?"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The corpus and the state directory."""
    folder = tmp_path_factory.mktemp("api")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "ferry.txt").write_text(PAGE, encoding="utf-8")
    return folder / "corpus", folder / "state"


@pytest.fixture
def assistant(place: tuple[Path, Path]) -> Iterator[Assistant]:
    with Assistant.open(place[0], home=place[1]) as opened:
        yield opened
        assert opened.history is not None
        opened.history.delete_all()


def test_what_is_asked_without_a_conversation_is_not_kept(assistant: Assistant) -> None:
    assert assistant.ask(STORM).outcome is Outcome.ANSWERED
    assert assistant.history is not None
    assert assistant.history.conversations() == ()
    assert assistant.last_conversation() is None


def test_a_conversation_is_kept_and_gone_on_with(assistant: Assistant, place: tuple[Path, Path]) -> None:
    chat = assistant.conversation()
    first = assistant.ask(STORM, conversation=chat)
    second = chat.ask("and berg")
    assert [c.speaker for c in (*first.citations, *second.citations)] == ["Ida Moen", "Lars Berg"]
    assert second.standalone_question == "What did Berg say about the storm?"
    number = chat.conversation.id
    assert number is not None
    last = assistant.last_conversation()
    assert last is not None
    assert [turn.answer for turn in last.turns] == [turn.answer for turn in assistant.conversation(number).turns]
    assert [turn.question for turn in last.turns] == [STORM, "and berg"]
    assert last.conversation.corpus == str(place[0].resolve())


def test_a_conversation_is_limited_to_what_it_was_narrowed_to(assistant: Assistant) -> None:
    chat = assistant.conversation()
    chat.narrow(Filter(until=date(2021, 12, 31)))
    assert chat.ask(STORM).outcome is Outcome.REFUSED
    chat.narrow(Filter(document="ferry.txt"))
    assert chat.ask(STORM).outcome is Outcome.ANSWERED
    assert assistant.ask(STORM, since=date(2022, 2, 1), conversation=chat).outcome is Outcome.REFUSED
    assert chat.conversation.where == Filter(since=date(2022, 2, 1), document="ferry.txt")


def test_events_of_a_turn(assistant: Assistant) -> None:
    async def run() -> list[object]:
        chat = assistant.conversation()
        return [event async for event in chat.astream(STORM)]

    events = asyncio.run(run())
    assert events[0] == Asked(STORM, STORM)
    assert isinstance(events[-1], Finished)


def test_a_conversation_belongs_to_its_folder(assistant: Assistant, place: tuple[Path, Path], tmp_path: Path) -> None:
    assistant.conversation().ask(STORM)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "page.txt").write_text(PAGE, encoding="utf-8")
    with Assistant.open(tmp_path / "other", home=place[1]) as other:
        assert other.last_conversation() is None
        with pytest.raises(UsageError, match="is about "):
            other.conversation(assistant.history.conversations()[0].id if assistant.history else 0)


def test_no_history_where_none_is_wanted(place: tuple[Path, Path]) -> None:
    with Assistant.open(place[0], home=place[1], history=False) as assistant:
        chat = assistant.conversation()
        chat.ask(STORM)
        assert chat.ask("And Berg?").standalone_question == "What did Berg say about the storm?"
        assert (assistant.history, assistant.last_conversation(), chat.unrecorded) == (None, None, "")
        with pytest.raises(UsageError, match="No conversations are kept"):
            assistant.conversation(1)
