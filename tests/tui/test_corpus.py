"""The corpus: its first indexing, what it holds, filters, indexing again, models, keys and themes."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, ProgressBar

from assistant.api import Assistant
from assistant.domain import Filter
from assistant.errors import CorpusError, UsageError
from assistant.settings import Settings
from assistant.tui import keymap
from assistant.tui.screens.chat import ChatScreen
from assistant.tui.screens.filter import FilterScreen
from assistant.tui.screens.source import DocumentScreen
from assistant.tui.session import Progress, Session
from assistant.tui.widgets.turn import AnswerView
from assistant.tui.widgets.welcome import Suggestion, Welcome
from tests.tui.driving import QUESTION, SAID, Driver, Held, Library
from tests.tui.test_conversations import entries

PAGE = """Ferry sinks off the coast

The ferry carried 341 people when it left the harbour, Captain Ida Moen said on Thursday. It sank at noon.
"""


def real(folder: Path, home: Path) -> Session:
    """A session over a real index, which has still to be made."""
    folder.mkdir()
    (folder / "ferry.txt").write_text(PAGE, encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return Session(Settings.load(corpus=folder, home=home))


async def test_the_first_run_indexes_and_the_next_finds_what_changed(tmp_path: Path, home: Path) -> None:
    session = real(tmp_path / "pages", home / "state")
    stages: list[str] = []
    build = session._build

    def watched(progress: Progress) -> Assistant:
        def seen(stage: str, done: int, total: int) -> None:
            stages.append(stage)
            progress(stage, done, total)

        return build(seen)

    session._build = watched  # type: ignore[method-assign]  # looks over its shoulder
    library = Library(tmp_path / "pages", home / "state")
    async with library.open(session=session) as chat:
        assert stages
        await chat.until(lambda: chat.screen.query(Suggestion))
        assert "1 document, 1 article, 1 passage, 1 skipped" in chat.flat
        await chat.ask(QUESTION)
        assert "341 people" in chat.flat
        (tmp_path / "pages" / "mayor.txt").write_text("Mayor resigns\n\nThe mayor of Oslo resigned on 31 January.\n")
        await chat.press("ctrl+t")
        await chat.idle()
        assert chat.told == ["Indexed: 1 added, 1 skipped; 2 passages now."]
        assert " (2 documents)" in chat.lines[-1]
        await chat.ask("When did the mayor of Oslo resign?")
        assert "31 January" in chat.flat
        await chat.press("ctrl+t")
        await chat.idle()
        assert chat.told[1:] == ["Nothing has changed: 2 passages."]


async def test_an_index_that_cannot_be_used_is_made_anew_from_here(library: Library) -> None:
    session = library.session(opening=lambda: broken())
    made: list[str] = []

    def broken() -> None:
        if not made:
            raise CorpusError("The index was made with other settings", "Run `assistant index` to bring it up to date.")

    session._sync = lambda progress: made.append("again")  # type: ignore[method-assign]  # noqa: ARG005 the product's
    async with library.open(session=session, wait=False) as chat:
        await chat.until(lambda: "bring it up to date. Here: Ctrl+T." in chat.flat)
        await chat.press("ctrl+t")
        await chat.until(lambda: session.ready)
        await chat.ask(QUESTION)
        assert "341 people" in chat.flat
        assert made == ["again"]


async def test_indexing_is_shown_as_it_happens(library: Library) -> None:
    gate = threading.Event()
    session = library.session()
    build = session._build

    def slowly(progress: Progress) -> Assistant:
        progress("embed", 3, 12)
        assert gate.wait(10)
        return build(progress)

    session._build = slowly  # type: ignore[method-assign]  # stops half way
    async with library.open(session=session, wait=False) as chat:
        await chat.until(lambda: "Indexing: embed 3 of 12" in chat.flat)
        bar = chat.screen.query_one(ProgressBar)
        assert (bar.display, bar.progress, bar.total) == (True, 3, 12)
        gate.set()
        await chat.until(lambda: "3 documents, 3 articles, 4 passages" in chat.flat)
        assert not bar.display


async def test_one_goes_on_asking_while_it_is_indexed(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    async with library.open() as chat:

        def index(progress: Progress) -> object:
            progress("embed", 1, 2)
            assert gate.wait(10)
            raise UsageError("The disk is full", "Free some space.")

        monkeypatch.setattr(chat.app.session, "index", index)
        await chat.press("ctrl+t")
        await chat.until(lambda: "embed 1 of 2 · extractive" in chat.lines[-1])
        chat.screen.composer.put(QUESTION)
        await chat.press("enter", "ctrl+t")
        await chat.until(lambda: chat.screen.query(AnswerView))
        assert "341 people" in chat.flat
        gate.set()
        await chat.idle()
        assert chat.told == ["It is being indexed already.", "The disk is full. Free some space."]
        assert "embed" not in chat.lines[-1]


async def test_indexing_ends_with_the_program(library: Library) -> None:
    session = library.session()
    said: list[str] = []
    step = session._interruptible(lambda stage, done, total: said.append(stage))  # noqa: ARG005 the contract's names
    step("embed", 1, 2)
    session.leave()
    with pytest.raises(Exception, match="Stopped before the index was complete"):
        step("embed", 2, 2)
    assert said == ["embed"]


async def test_what_is_in_the_corpus(library: Library) -> None:
    async with library.open() as chat:
        await chat.press("f10")
        await chat.until(lambda: len(entries(chat)) == 4)
        assert entries(chat)[0] == "3 documents, 3 articles, 4 passages, 0 skipped"
        assert entries(chat)[1].endswith("2 passages · Ferry sinks · Harbour News · 2022-01-15")
        await chat.type("city post")
        await chat.until(lambda: len(entries(chat)) == 2)
        await chat.press("enter")
        await chat.idle()
        assert isinstance(chat.app.screen, DocumentScreen)
        assert "The mayor of Oslo resigned on 31 January." in chat.flat
        await chat.press("escape", "escape")
        assert isinstance(chat.app.screen, ChatScreen)


async def fill(chat: Driver, **values: str) -> None:
    await chat.press("f6")
    assert isinstance(chat.app.screen, FilterScreen)
    for name, value in values.items():
        chat.app.screen.query_one(f"#{name}", Input).value = value
    chat.app.screen.query_one("#since", Input).focus()
    await chat.press("enter")


async def test_a_conversation_is_kept_to_an_outlet_dates_and_a_document(library: Library) -> None:
    async with library.open() as chat:
        await fill(chat, outlet="harbour news", since="2022-02")
        assert chat.static("#title") == "New conversation · only outlet Harbour News, since 2022-02-01"
        await chat.ask(SAID)
        assert "The harbour opens on Monday" in chat.flat
        assert "no warning" not in chat.flat
        assert chat.app.session.chat.conversation.where == Filter(since=date(2022, 2, 1), outlet="Harbour News")
        await fill(chat, outlet="", since="", document="ferry")
        assert chat.static("#title") == f"{SAID} · only document ferry.txt"
        await chat.ask("What did Ida Moen say then?")
        assert chat.app.session.chat.turns[-1].answer is not None
        assert {c.document for c in chat.app.session.chat.turns[-1].answer.citations} == {"ferry.txt"}
        await chat.press("f6")
        await chat.pilot.click("#clear")
        assert chat.static("#title") == SAID


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"outlet": "Nobody"}, "The corpus has no outlet 'Nobody'."),
        ({"since": "May"}, "'May' is not a date like 2022-01-31, 2022-01 or 2022."),
        ({"since": "2022", "until": "2021"}, "2022-01-01 is later than 2021-12-31. Swap the two."),
    ],
)
async def test_a_filter_that_is_none(library: Library, values: dict[str, str], wrong: str) -> None:
    async with library.open() as chat:
        await fill(chat, **values)
        assert wrong in chat.flat
        await chat.press("escape")
        assert chat.app.session.chat.conversation.where == Filter()


async def test_another_model(library: Library) -> None:
    async with library.open(Held("no")) as chat:
        assert chat.lines[-1].startswith(" scripted:held · ")
        await chat.press("ctrl+l")
        await chat.until(lambda: len(entries(chat)) == 2)
        assert entries(chat) == ["scripted:held answers now", "extractive quotes verbatim, needs no model"]
        await chat.press("down", "enter")
        await chat.idle()
        assert chat.lines[-1].startswith(" extractive · ")
        await chat.ask(QUESTION)
        assert "341 people" in chat.flat


async def test_a_model_that_is_typed_and_fails(library: Library) -> None:
    async with library.open() as chat:
        await chat.press("ctrl+l")
        await chat.type("nobody")
        await chat.until(lambda: entries(chat) == ["Write it as provider:name, such as openai:gpt-5.6-luna."])
        await chat.press("enter")
        await chat.type(":x")
        await chat.until(lambda: entries(chat) == ["nobody:x"])
        await chat.press("enter")
        await chat.idle()
        assert chat.lines[-1].startswith(" nobody:x · ")
        await chat.ask(QUESTION)
        assert "nobody:x" in chat.flat
        assert chat.screen.composer.text == QUESTION
        assert chat.app.session.chat.turns[-1].error


async def test_the_palette_has_every_command(library: Library) -> None:
    async with library.open() as chat:
        await chat.press("ctrl+p")
        await chat.pilot.pause(0.3)
        for command in keymap.COMMANDS:
            assert hasattr(chat.screen, f"action_{command.name}")
        await chat.type("next cit")
        await chat.pilot.pause(0.3)
        await chat.press("enter")
        await chat.until(lambda: chat.told)
        assert chat.told == ["There is no citation yet."]


async def test_f1_lists_the_keys_as_they_are_set(library: Library) -> None:
    library.settings["keys"] = {"next_citation": "f11,ctrl+g", "plain": "f12"}
    async with library.open() as chat:
        await chat.press("f1")
        page = " ".join(chat.text.split())
        assert "F11, Ctrl+G Next citation" in page
        assert "F12 Show as plain text" in page
        assert "Ctrl+R Ask again" in page
        await chat.press("escape")
        await chat.ask(SAID)
        await chat.press("f3")
        assert chat.screen.query_one(AnswerView).chosen == "1"
        await chat.press("ctrl+g")
        assert chat.screen.query_one(AnswerView).chosen == "2"


async def test_a_theme_from_the_settings(library: Library) -> None:
    library.settings["theme"] = "nord"
    async with library.open() as chat:
        assert chat.app.theme == "nord"
    library.settings["theme"] = "nrd"
    with pytest.raises(UsageError, match="There is no theme 'nrd'"):
        async with library.open():
            pass


async def test_suggestions_come_after_the_corpus_is_told(library: Library) -> None:
    async with library.open(size=(40, 30)) as chat:
        await chat.until(lambda: chat.screen.query(Suggestion))
        assert "3 documents, 3 articles, 4 passages" in chat.flat
        await chat.press("ctrl+n")
        await chat.idle()
        assert len(chat.screen.query(Welcome)) == 1
        assert not isinstance(chat.app.focused, OptionList)
