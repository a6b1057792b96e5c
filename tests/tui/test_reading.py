"""Citations by key and click, their sources, copying, the editor, finding."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import pytest
from textual.events import Key

from assistant.reading.llm.scripted import ScriptedModel
from assistant.tui.screens.chat import ChatScreen
from assistant.tui.screens.source import SourceScreen
from assistant.tui.widgets.turn import AnswerView
from tests.tui.driving import NOWHERE, QUESTION, SAID, Driver, Library, write_pages


def at(chat: Driver) -> str | None:
    """What has the focus."""
    return chat.app.focused.id if chat.app.focused else None


async def test_the_next_and_the_previous_citation(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(QUESTION)
        await chat.ask(SAID)
        first, second = chat.screen.query(AnswerView)
        assert [len(first.places), len(second.places)] == [1, 2]
        assert chat.screen.chosen is second.places[0]
        await chat.press("f3")
        assert (second.chosen, chat.app.focused) == ("2", second)
        await chat.press("f3")
        assert chat.told == ["That was the last citation."]
        await chat.press("f4", "f4")
        assert (first.chosen, second.chosen) == ("1", None)
        await chat.idle()
        assert "⟦The ferry carried 341 people.⟧" in chat.source
        await chat.press("n", "right")
        assert second.chosen == "2"
        await chat.press("p", "left")
        assert first.chosen == "1"
        await chat.press("escape")
        assert at(chat) == "composer"


async def test_a_citation_while_there_is_none(library: Library) -> None:
    async with library.open() as chat:
        await chat.press("f3", "f2", "f8", "f9", "ctrl+y", "ctrl+o", "ctrl+r", "f7", "ctrl+s")
        assert chat.told == [
            "There is no citation yet.",
            "There is no citation yet.",
            "Select a citation first.",
            "Select a citation first.",
            "There is no answer yet.",
            "Select a citation first.",
            "There is no question to ask again.",
            "There is no question to edit.",
            "There is nothing to export yet.",
        ]


async def test_a_click_on_a_marker(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(SAID)
        row = next(y for y, line in enumerate(chat.lines) if "[2]" in line)
        await chat.pilot.click(offset=(chat.lines[row].index("[2]") + 1, row))
        await chat.idle()
        assert chat.screen.query_one(AnswerView).chosen == "2"
        assert "[2] Storm closes harbour" in chat.source


async def test_what_is_typed_stays_while_citations_are_looked_through(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(SAID)
        await chat.type("half a question")
        await chat.press("f3")
        assert at(chat) == "composer"
        assert chat.screen.query_one(AnswerView).chosen == "2"


async def test_the_whole_document_can_be_scrolled_to(library: Library) -> None:
    story = "\n\n".join(f"Paragraph {number} of the long story about whales." for number in range(400))
    write_pages(library.folder, {"long.txt": f"# Long | Post | 2022-01-01\n\n{story}\n\nThe whale weighed 9 tonnes.\n"})
    async with library.open() as chat:
        await chat.ask("How much did the whale weigh?")
        assert "⟦The whale weighed 9 tonnes.⟧" in chat.source
        assert "Paragraph 0 of" not in chat.source
        await chat.press("f2")
        assert at(chat) == "document"
        await chat.press("home")
        await chat.pilot.pause(0.2)
        assert "Paragraph 0 of" in chat.source
        await chat.press("end")
        await chat.pilot.pause(0.2)
        assert "⟦The whale weighed 9 tonnes.⟧" in chat.source
        await chat.press("f2")
        assert at(chat) == "composer"
        for key in ("f2", "end", "f2"):
            chat.app.post_message(Key(key, None))
        await chat.pilot.pause(0.2)
        assert at(chat) == "composer"


@pytest.mark.parametrize("width", [99, 40])
async def test_a_narrow_screen_has_another_for_the_source(library: Library, width: int) -> None:
    async with library.open(size=(width, 30)) as chat:
        await chat.ask(SAID)
        assert not chat.screen.source.display
        await chat.press("f2")
        await chat.idle()
        assert isinstance(chat.app.screen, SourceScreen)
        assert chat.flat.startswith("[1] Ferry sinks · Harbour News · 2022-01-15 Ida Moen · direct quote ferry.txt:3")
        assert '⟦Ida Moen said: "We had no warning at all, and the sea was calm"⟧.' in chat.flat
        await chat.press("n")
        await chat.idle()
        assert chat.flat.startswith("[2] Storm closes harbour")
        await chat.press("c")
        assert chat.told == ["Citation copied."]
        await chat.press("escape")
        assert isinstance(chat.app.screen, ChatScreen)
        assert chat.screen.query_one(AnswerView).chosen == "2"


async def test_resizing_moves_the_source(library: Library) -> None:
    async with library.open(size=(120, 30)) as chat:
        await chat.ask(QUESTION)
        await chat.pilot.resize_terminal(60, 30)
        await chat.pilot.pause(0.2)
        assert not chat.screen.source.display
        assert "341 people. ›[1]‹" in chat.flat
        await chat.pilot.resize_terminal(140, 30)
        await chat.idle()
        await chat.pilot.pause(0.2)
        assert "⟦The ferry carried 341 people.⟧" in chat.source


async def test_copying(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with library.open() as chat:
        await chat.ask(SAID)
        written: list[str] = []
        assert chat.app._driver is not None
        monkeypatch.setattr(chat.app._driver, "write", written.append)
        await chat.press("f8")
        assert chat.app.clipboard == '"We had no warning at all, and the sea was calm"'
        osc = "\x1b]52;c;" + base64.b64encode(chat.app.clipboard.encode()).decode() + "\a"
        assert osc in written
        await chat.press("f9")
        assert chat.app.clipboard == (
            'Ida Moen said: "We had no warning at all, and the sea was calm"\n'
            "— Ida Moen · direct quote · Ferry sinks · Harbour News · 2022-01-15 · ferry.txt:3 (73-136)"
        )
        await chat.press("ctrl+y")
        assert 'Ida Moen said: "The harbour opens on Monday" [2]' in chat.app.clipboard
        assert "[2] " in chat.app.clipboard
        assert "ferry.txt:3" in chat.app.clipboard
        assert "\x1b" not in chat.app.clipboard
        assert chat.told == ["Quote copied.", "Citation copied.", "Answer copied."]


async def test_the_editor_opens_the_file_at_the_line(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said.json"
    editor = tmp_path / "editor.py"
    editor.write_text(f"import json, sys; json.dump(sys.argv[1:], open({str(said)!r}, 'w'))")
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{editor}'")
    async with library.open() as chat:
        assert chat.app._driver is not None
        monkeypatch.setattr(type(chat.app._driver), "can_suspend", True)
        for name in ("suspend_application_mode", "resume_application_mode"):
            monkeypatch.setattr(chat.app._driver, name, lambda: None, raising=False)
        await chat.ask(QUESTION)
        await chat.press("ctrl+o")
        assert json.loads(said.read_text()) == ["+3", str(library.folder / "ferry.txt")]
        monkeypatch.setenv("EDITOR", "no-such-editor")
        await chat.press("ctrl+o")
        assert chat.told == ["no-such-editor cannot be started: No such file or directory. Set EDITOR."]


async def test_finding_in_the_conversation(library: Library) -> None:
    async with library.open(size=(80, 14)) as chat:
        for question in (QUESTION, SAID, NOWHERE):
            await chat.ask(question)
        await chat.press("ctrl+f")
        await chat.type("ida  MOEN")
        await chat.until(lambda: "1 of 2" in chat.text)
        assert SAID in chat.flat
        await chat.press("up")
        await chat.until(lambda: "2 of 2" in chat.text)
        assert 'Ida Moen said: "We had no warning' in chat.flat
        await chat.press("enter")
        await chat.until(lambda: "1 of 2" in chat.text)
        await chat.type(" sang")
        await chat.until(lambda: "nowhere" in chat.text)
        await chat.press("escape")
        assert not chat.screen.find_bar.display
        assert at(chat) == "composer"


async def test_words_across_a_line_break_are_found(library: Library) -> None:
    async with library.open(ScriptedModel(["The ferry carried 341 people [1]."]), size=(30, 30)) as chat:
        await chat.ask(QUESTION)
        view = chat.screen.query_one(AnswerView)
        assert not any("ferry carried 341 people" in line.plain for line in view._lines(view.size.width))
        assert await chat.screen.conversation.find("ferry carried 341 people", 0) == (1, 1)
        assert view.found_row() == 0
