"""The chat over a small corpus in memory, with a reader that says what a test wants, and hands on its keys."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from textual.pilot import Pilot
from textual.widgets import Static

from assistant.api import Assistant
from assistant.protocols import Reader
from assistant.reading.extractive import ExtractiveReader
from assistant.reading.llm.prompts import load
from assistant.reading.llm.reader import LanguageModelReader
from assistant.reading.llm.seam import Message, Piece
from assistant.settings import Settings
from assistant.tui.app import ChatApp
from assistant.tui.screens.chat import ChatScreen
from assistant.tui.session import Progress, Session
from assistant.wiring import Parts
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot
from tests.support.stages import articles, attribute, header, make_document, split

PAGES = {
    "ferry.txt": """# Ferry sinks | Harbour News | 2022-01-15

The ferry carried 341 people. Ida Moen said: "We had no warning at all, and the sea was calm". It sank at noon.

Lars Berg denied: "The hull was never repaired". Damage came to $125 million. The owner paid in March 2021.
""",
    "mayor.txt": """# Mayor resigns | City Post | 2022-02-01

The mayor of Oslo resigned on 31 January. Marianne Borgen said: "I leave with a light heart".
""",
    "storm.txt": """# Storm closes harbour | Harbour News | 2022-03-03

A storm closed the harbour. Ida Moen said: "The harbour opens on Monday".
""",
}
QUESTION = "How many people did the ferry carry?"
SAID = "What did Ida Moen say?"
NOWHERE = "Who is the president of France?"
WIDE = (120, 40)


def write_pages(folder: Path, pages: dict[str, str] | None = None) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in (pages or PAGES).items():
        (folder / name).write_text(text, encoding="utf-8")


class Held:
    """A model that says some words, waits to be let go, and says the rest."""

    name = "scripted:held"
    window = 128_000
    metered = False

    def __init__(self, first: str, rest: str = "", *, error: Exception | None = None) -> None:
        self.go = threading.Event()
        self._first, self._rest, self._error = first, rest, error

    def prepare(self) -> None:
        pass

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:  # noqa: ARG002 the seam names it
        for word in self._first.split(" "):
            if word:
                yield Piece(f"{word} ")
        self.go.wait(20)
        if self._error is not None:
            raise self._error
        yield Piece(self._rest)
        yield Piece(finish="stop")


@lru_cache(maxsize=8)
def _snapshot(pages: tuple[tuple[str, str], ...]) -> MemorySnapshot:
    documents = [make_document(name, text) for name, text in pages]
    return MemorySnapshot.build(documents, HashEmbedder(), articles, split, attribute, header)


class MemorySession(Session):
    """Opens the corpus in memory; everything else is the product's."""

    def __init__(
        self, settings: Settings, model: Any = None, opening: Callable[[], None] = lambda: None, go_on: bool = False
    ) -> None:
        super().__init__(settings, go_on=go_on)
        self._model = model
        self._before = opening

    def _build(self, progress: Progress) -> Assistant:  # noqa: ARG002 as the product's
        self._before()
        pages = {file.name: file.read_text(encoding="utf-8") for file in sorted(self.settings.corpus.glob("*.txt"))}
        embedder = HashEmbedder()
        reader: Reader = ExtractiveReader(embedder, self.settings.refuse_below)
        if self._model is not None:
            reader = LanguageModelReader(self._model, load("answer"), cast("ExtractiveReader", reader))
        snapshot = _snapshot(tuple(pages.items()))
        parts = Parts(self.settings, cast("Any", embedder), cast("Any", snapshot), reader)
        return Assistant(parts)


@dataclass
class Library:
    """A folder of pages, and where its state is kept."""

    folder: Path
    home: Path
    settings: dict[str, Any] = field(default_factory=dict)

    def session(
        self, model: Any = None, opening: Callable[[], None] = lambda: None, go_on: bool = False
    ) -> MemorySession:
        settings = Settings.load(corpus=self.folder, home=self.home, **self.settings)
        return MemorySession(settings, model, opening, go_on)

    @asynccontextmanager
    async def open(
        self, model: Any = None, size: tuple[int, int] = WIDE, session: Session | None = None, wait: bool = True
    ) -> AsyncIterator[Driver]:
        """The running chat, its corpus open."""
        session = session or self.session(model)
        app = ChatApp(session.settings, session)
        async with app.run_test(size=size, notifications=True) as pilot:
            driver = Driver(app, pilot)
            if wait:
                await driver.until(lambda: session.ready and not driver.busy)
            yield driver
        session.close()


class Driver:
    """Types, waits, and reads the screen."""

    def __init__(self, app: ChatApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def screen(self) -> ChatScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, ChatScreen)
        return screen

    @property
    def busy(self) -> bool:
        return any(not worker.is_finished for worker in self.app.workers)

    async def until(self, holds: Callable[[], object], seconds: float = 60) -> None:
        """Waits until something holds, and the screen shows it."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"still not so; the screen shows:\n{self.text}"
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    async def idle(self) -> None:
        await self.until(lambda: not self.busy and not self.screen.answering)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Puts text where the cursor is, as a terminal's paste does."""
        from textual.events import Paste

        self.app.post_message(Paste(text))
        await self.pilot.pause()

    async def ask(self, question: str) -> None:
        """Sends a question and waits for the answer."""
        self.screen.composer.focus()
        await self.type(question)
        await self.press("enter")
        await self.idle()

    @property
    def lines(self) -> list[str]:
        """What the screen shows."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        assert len(strips) == height
        return ["".join(segment.text for segment in strip).ljust(width) for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)

    def within(self, selector: str) -> str:
        """What a part of the screen shows, its lines joined."""
        part = self.app.screen.query_one(selector).region
        rows = self.lines[part.y : part.bottom]
        return " ".join(" ".join(row[part.x : part.right] for row in rows).split())

    @property
    def flat(self) -> str:
        """What the conversation shows, its lines joined; on other screens all that they show."""
        if isinstance(self.app.screen, ChatScreen):
            return self.within("#conversation")
        return " ".join(self.text.split())

    @property
    def source(self) -> str:
        """What the source beside the conversation shows, its lines joined."""
        return self.within("#source")

    @property
    def told(self) -> list[str]:
        """The messages that went by."""
        return [one.message for one in self.app._notifications]

    def static(self, selector: str) -> str:
        return str(self.app.screen.query_one(selector, Static).content)
