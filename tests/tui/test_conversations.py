"""Conversations: new, kept, found, named, deleted, exported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from assistant.tui.screens.chat import ChatScreen
from assistant.tui.screens.conversations import ConversationsScreen
from assistant.tui.screens.prompt import ConfirmScreen, PromptScreen
from assistant.tui.session import Session
from assistant.tui.widgets.turn import AnswerView
from tests.tui.driving import QUESTION, SAID, Driver, Library


def entries(chat: Driver) -> list[str]:
    options = chat.app.screen.query_one(OptionList)
    return [" ".join(str(option.prompt).split()) for option in options.options]


async def test_a_new_conversation_and_back(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(QUESTION)
        await chat.press("ctrl+n")
        await chat.idle()
        assert chat.static("#title") == "New conversation"
        assert "Ask the documents" in chat.flat
        await chat.ask("And Ida Moen?")
        assert "taken as" not in chat.text
        await chat.press("f5")
        await chat.until(lambda: len(entries(chat)) == 2)
        assert [entry.split(" 20")[0] for entry in entries(chat)] == ["And Ida Moen?", QUESTION]
        await chat.press("down", "enter")
        await chat.idle()
        assert chat.static("#title") == QUESTION
        assert "341 people. [1]" in chat.flat
        assert chat.screen.composer.earlier == [QUESTION]


async def test_full_text_search_over_all_of_them(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(QUESTION)
        await chat.press("ctrl+n")
        await chat.ask("Who resigned in Oslo?")
        await chat.press("f5")
        await chat.until(lambda: len(entries(chat)) == 2)
        await chat.type("341 people")
        await chat.until(lambda: len(entries(chat)) == 1)
        assert entries(chat)[0].startswith(QUESTION)
        assert "341 people" in entries(chat)[0]
        await chat.press("enter")
        await chat.idle()
        assert chat.static("#title") == QUESTION


async def test_deleting_from_the_list(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(QUESTION)
        await chat.press("f5")
        await chat.until(lambda: len(entries(chat)) == 1)
        await chat.press("ctrl+d")
        assert isinstance(chat.app.screen, ConfirmScreen)
        await chat.press("enter")
        assert isinstance(chat.app.screen, ConversationsScreen)
        assert chat.app.session.listed() != ()
        await chat.press("ctrl+d", "y")
        await chat.until(lambda: entries(chat) == ["No conversation fits."])
        await chat.press("escape")
        await chat.idle()
        assert chat.app.session.listed() == ()
        assert not chat.screen.query(AnswerView)
        assert chat.static("#title") == "New conversation"


async def test_rename_and_delete_the_one_at_hand(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(QUESTION)
        await chat.screen.run_action("rename")
        await chat.pilot.pause()
        assert isinstance(chat.app.screen, PromptScreen)
        chat.app.screen.query_one(Input).value = "The [bold]ferry"
        await chat.press("enter")
        assert chat.static("#title") == "The [bold]ferry"
        assert [one.title for one, _ in chat.app.session.listed()] == ["The [bold]ferry"]
        await chat.screen.run_action("delete_conversation")
        await chat.press("y")
        await chat.idle()
        assert chat.app.session.listed() == ()
        assert chat.static("#title") == "New conversation"


async def test_going_on_with_the_last_conversation(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask("What did Marianne Borgen say?")
    async with library.open(session=library.session(go_on=True)) as chat:
        assert "light heart" in chat.flat
        await chat.ask("And Ida Moen?")
        assert "taken as: What did Ida Moen say?" in chat.flat


async def test_export(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with library.open() as chat:
        await chat.ask(QUESTION)
        await chat.press("ctrl+s")
        assert chat.app.screen.query_one(Input).value == "how-many-people-did-the-ferry-carry.md"
        await chat.press("enter")
        file = tmp_path / "how-many-people-did-the-ferry-carry.md"
        assert file.read_text(encoding="utf-8").startswith(f"# {QUESTION}\n")
        await chat.press("ctrl+s")
        assert chat.app.screen.query_one(Input).value == "how-many-people-did-the-ferry-carry-2.md"
        for name in ("out.json", file.name, "no/such/folder.md"):
            if not isinstance(chat.app.screen, PromptScreen):
                await chat.press("ctrl+s")
            chat.app.screen.query_one(Input).value = name
            await chat.press("enter")
        assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["turns"][0]["question"] == QUESTION
        assert [one for one in chat.told if not one.startswith("Written")] == [
            f"{file.name} is there already. Choose another name.",
            "no/such/folder.md cannot be written: No such file or directory.",
        ]


async def test_without_a_history_conversations_live_in_memory(library: Library) -> None:
    library.settings["history"] = False
    async with library.open() as chat:
        await chat.ask(QUESTION)
        await chat.press("ctrl+r")
        await chat.idle()
        assert "341 people" in chat.flat
        await chat.press("f5")
        await chat.until(lambda: entries(chat) == ["No conversation fits."])
    assert not (library.home / "history").exists()


async def test_nothing_is_left_while_an_answer_is_coming(library: Library) -> None:
    from tests.tui.driving import Held

    model = Held("The ferry")
    async with library.open(model) as chat:
        await chat.type(SAID)
        await chat.press("enter")
        await chat.until(lambda: chat.screen.answering)
        await chat.press("ctrl+n", "f5", "f6", "ctrl+l")
        assert chat.told == ["An answer is still coming. Esc stops it."] * 4
        assert isinstance(chat.app.screen, ChatScreen)
        model.go.set()
        await chat.idle()


def test_a_session_that_is_not_open_says_so(library: Library) -> None:
    session = Session(library.session().settings)
    assert (session.ready, session.conversation, session.headline) == (False, None, "New conversation")
    assert session.corpus == "pages"
