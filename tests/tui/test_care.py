"""What a document, a model or a large conversation must not do to the screen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.domain import Turn, TurnState
from assistant.reading.llm.scripted import ScriptedModel
from assistant.tui.widgets.conversation import AT_ONCE, MOST
from assistant.tui.widgets.turn import AnswerView
from tests.tui.driving import NOWHERE, QUESTION, SAID, Held, Library, write_pages

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = """# The [bold red]ferry[/] \x1b[31msinks | Harbour [link=http://x.invalid]News[/] | 2022-01-15

The ferry carried 341 people\x1b[2J and [@click=app.quit]sank[/] \u202egnissim. <b>Ida</b> said ![x](http://y.invalid).
"""


async def test_nothing_of_a_document_acts(library: Library) -> None:
    (library.folder / "ferry.txt").unlink()
    write_pages(library.folder, {"a[b]\u202e.txt": HOSTILE})
    async with library.open() as chat:
        await chat.ask(QUESTION)
        for keys in ((), ("f2",), ("f10",)):
            await chat.press(*keys)
            await chat.idle()
            assert ACTS.search(chat.text.replace("\n", "")) is None
        assert "The [bold red]ferry[/] \\x1b[31msinks" in chat.text
        await chat.press("escape")
        source = chat.source.replace("│ ", "").replace("⟧", "")
        assert "people\\x1b[2J and [@click=app.quit]sank[/] \\u202egnissim. <b>Ida</b>" in source


async def test_nothing_of_a_model_acts_while_it_speaks_or_after(library: Library) -> None:
    speech = "# The **ferry** carried 341 people [1]. [here](http://x.invalid) ![p](file:///etc) <b>\x1b[2J\u202e</b>"
    model = Held(speech, " and [bold]more[/bold] <http://x.invalid>")
    async with library.open(model) as chat:
        await chat.type(QUESTION)
        await chat.press("enter")
        await chat.until(lambda: "341 people" in chat.text)
        await chat.pilot.pause(0.1)
        assert ACTS.search(chat.text.replace("\n", "")) is None
        assert "🖼" not in chat.text
        links = [s for strip in chat.app.screen._compositor.render_strips() for s in strip if s.style and s.style.link]
        clicks = [
            s.style.meta
            for strip in chat.app.screen._compositor.render_strips()
            for s in strip
            if s.style and "@click" in s.style.meta
        ]
        assert (links, clicks) == ([], [])
        model.go.set()
        await chat.idle()
        assert ACTS.search(chat.text.replace("\n", "")) is None


async def test_what_the_user_types_is_text(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask("What did [bold]Ida Moen[/bold] say?")
        assert "> What did [bold]Ida Moen[/bold] say?" in chat.flat
        assert chat.static("#title") == "What did [bold]Ida Moen[/bold] say?"


async def test_without_colour_everything_is_still_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    model = ScriptedModel(["The ferry carried 341 people [1]. It was sabotage by pirates [1]."])
    async with library.open(model) as chat:
        await chat.ask(QUESTION)
        assert "›[1]‹" in chat.flat
        assert "✗ It was sabotage by pirates. (no source)" in chat.flat
        assert "⟦The ferry carried 341 people.⟧" in chat.source
        for strip in chat.app.screen._compositor.render_strips():
            for segment in strip.apply_filter(chat.app._filters[-1], chat.app.screen.background_colors[1]):
                color = segment.style.color.triplet if segment.style and segment.style.color else None
                assert color is None or color.red == color.green == color.blue


async def test_a_conversation_of_ten_thousand_lines(library: Library) -> None:
    async with library.open(size=(80, 30)) as chat:
        await chat.ask(SAID)
        (turn,) = chat.app.session.chat.turns
        view = chat.screen.conversation
        await view.put([replace(turn, question=f"Question {n}?") for n in range(1000)])
        await chat.until(lambda: "> Question 999?" in chat.flat)
        seen: set[int] = set()
        for key in ("pageup",) * 20 + ("pagedown",) * 30:
            view.scroll_page_up(animate=False) if key == "pageup" else view.scroll_page_down(animate=False)
            await chat.until(lambda: not chat.busy and not view._moving)
            assert AT_ONCE <= len(view.turns) <= MOST
            seen.update(int(number) for number in re.findall(r"> Question (\d+)\?", chat.text))
        assert seen == set(range(min(seen), 1000))
        assert min(seen) < 999 - AT_ONCE
        assert view.following
        assert await view.find("question 17?", 0) == (1, 1)
        await chat.until(lambda: "> Question 17?" in chat.flat)
        await chat.press("f3")
        await chat.ask(QUESTION)
        assert f"> {QUESTION}" in chat.flat


async def test_reading_further_up_while_an_answer_grows(library: Library) -> None:
    model = Held("The ferry carried 341 people [1]. ", "It sank. " * 400)
    async with library.open(model, size=(80, 20)) as chat:
        long = Turn(None, "An old one", datetime.now(UTC), state=TurnState.BROKEN, text="word " * 2000, error="gone")
        await chat.screen.conversation.put([long])
        await chat.pilot.pause()
        await chat.type(QUESTION)
        await chat.press("enter")
        await chat.until(lambda: "341 people" in chat.text)
        view = chat.screen.conversation
        assert view.following
        view.scroll_home(animate=False)
        await chat.pilot.pause()
        model.go.set()
        await chat.idle()
        await chat.pilot.pause(0.1)
        assert view.scroll_y == 0


async def test_a_broken_off_turn_of_an_earlier_run(library: Library) -> None:
    async with library.open() as chat:
        turn = Turn(None, "What [b]else[/b]?", datetime.now(UTC), state=TurnState.BROKEN, text="It \x1b[2Jsank",
                    error="left before it was finished")  # fmt: skip
        await chat.screen.conversation.put([turn])
        await chat.pilot.pause()
        await chat.until(lambda: "Incomplete" in chat.flat)
        assert "> What [b]else[/b]? It \\x1b[2Jsank Incomplete: left before it was finished." in chat.flat


async def test_the_order_of_reading_is_that_of_the_screen(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(QUESTION)
        chain = [widget.id or type(widget).__name__ for widget in chat.screen.focus_chain]
        assert chain == ["conversation", "AnswerView", "document", "composer"]


@pytest.mark.parametrize("size", [(40, 12), (20, 8), (200, 60)])
async def test_any_size(library: Library, size: tuple[int, int]) -> None:
    async with library.open(size=size) as chat:
        await chat.ask(NOWHERE)
        await chat.ask(QUESTION)
        assert chat.screen.query(AnswerView).last().places
        for key in ("f1", "f5", "f6", "f10", "ctrl+l"):
            await chat.press(key)
            await chat.pilot.pause(0.05)
            await chat.press("escape")
        assert chat.app.screen is chat.screen
