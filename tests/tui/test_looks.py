"""What some screens look like, cell by cell and colour by colour: tests/tui/looks/NAME.svg.

UPDATE_LOOKS=1 pytest tests/tui/test_looks.py    writes them anew, to be looked at before they are committed
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from assistant.reading.llm.scripted import ScriptedModel
from assistant.tui.widgets import status
from assistant.tui.widgets.welcome import Suggestion
from tests.tui.driving import NOWHERE, QUESTION, Driver, Library

LOOKS = Path(__file__).parent / "looks"
SPOKEN = "The ferry carried 341 people [1]. It was sabotage by pirates [1]."


@pytest.fixture(autouse=True)
def _same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "took", lambda answer: f"{len(answer.passages)} passages · 0.1 s")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


async def looks_as_before(chat: Driver, name: str) -> None:
    chat.screen.set_focus(None)  # the question's cursor blinks
    await chat.pilot.pause(0.1)
    drawn = re.sub(r"terminal-\d+", "terminal", chat.app.export_screenshot())
    drawn = re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    file = LOOKS / f"{name}.svg"
    if os.environ.get("UPDATE_LOOKS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(drawn, encoding="utf-8")
    assert drawn == file.read_text(encoding="utf-8"), (
        f"{name} looks different; the module's first lines tell what to do"
    )


async def test_the_first_screen(library: Library) -> None:
    async with library.open(size=(100, 24)) as chat:
        await chat.until(lambda: chat.screen.query(Suggestion))
        await looks_as_before(chat, "welcome")


async def test_an_answer_and_its_source(library: Library) -> None:
    async with library.open(ScriptedModel([SPOKEN]), size=(110, 24)) as chat:
        await chat.ask(QUESTION)
        await chat.until(lambda: "⟦" in chat.source)
        await looks_as_before(chat, "answer")


async def test_a_refusal_on_a_narrow_screen(library: Library) -> None:
    async with library.open(size=(40, 30)) as chat:
        await chat.ask(NOWHERE)
        await looks_as_before(chat, "refusal-40")


async def test_the_keys(library: Library) -> None:
    async with library.open(size=(80, 40)) as chat:
        await chat.press("f1")
        await looks_as_before(chat, "keys")
