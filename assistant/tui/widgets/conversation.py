"""The turns of a conversation, the latest at the bottom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.geometry import Region, Size

from assistant.domain import Turn
from assistant.tui.keymap import COMMANDS, LETTERS
from assistant.tui.widgets.turn import AnswerView, TurnView
from assistant.tui.widgets.welcome import Welcome

AT_ONCE = 30
"""Turns that are built at a time: a long conversation is opened from its end, and further up as one scrolls there."""

_TITLES = {command.name: command.title for command in COMMANDS}


class ConversationView(VerticalScroll):
    """Scrolls; while it has the focus, letters are commands."""

    BINDINGS: ClassVar = [
        Binding(keys, f"screen.{name}", _TITLES[name], show=False, id=f"reading.{name}")
        for name, keys in LETTERS.items()
    ]

    def __init__(self) -> None:
        super().__init__(id="conversation")
        self._above: list[Turn] = []
        self._building = False
        self._found = -1

    @property
    def turns(self) -> list[TurnView]:
        """Those that are built, in order."""
        return list(self.query_children(TurnView))

    @property
    def last_question(self) -> str | None:
        """The question of the last turn."""
        turns = self.turns
        return turns[-1].question if turns else None

    async def greet(self, welcome: Welcome) -> None:
        """Shows a welcome while there is nothing else."""
        if not self.turns:
            await self.query(Welcome).remove()
            await self.mount(welcome)

    def welcome(self) -> None:
        """The corpus is open: the welcome suggests questions."""
        for one in self.query(Welcome):
            one.opened()

    def welcome_fails(self, why: str) -> None:
        """The corpus cannot be opened."""
        for one in self.query(Welcome):
            one.failed(why)

    def progress(self, stage: str, done: int, total: int) -> None:
        """How far the first indexing is."""
        for one in self.query(Welcome):
            one.progress(stage, done, total)

    async def begin(self, question: str) -> TurnView:
        """A further turn, which the view follows as it grows, until one scrolls away."""
        await self.query(Welcome).remove()
        turn = TurnView(question)
        await self.mount(turn)
        self.call_after_refresh(self.scroll_end, animate=False)
        return turn

    async def put(self, turns: Sequence[Turn]) -> None:
        """Shows a conversation, from its end."""
        self._above = list(turns[:-AT_ONCE])
        async with self.batch():
            await self.remove_children()
            await self.mount_all([TurnView.of(one) for one in turns[-AT_ONCE:]])
        self.call_after_refresh(self.scroll_end, animate=False)

    async def build_all(self) -> None:
        """Builds the turns that nobody has scrolled to yet."""
        while self._above:
            await self._build()

    async def _build(self) -> None:
        more, self._above = self._above[-AT_ONCE:], self._above[:-AT_ONCE]
        before = self.virtual_size.height
        first = self.turns[0] if self.turns else None
        async with self.batch():
            await self.mount_all([TurnView.of(one) for one in more], before=first)

        def keep() -> None:
            self.scroll_to(y=self.scroll_y + self.virtual_size.height - before, animate=False, force=True)
            self._building = False

        self.call_after_refresh(keep)

    def watch_virtual_size(self, old: Size, new: Size) -> None:
        """Follows what grows, as long as one is at the end. Textual's anchor would stick short contents to the bottom."""
        if new.height > old.height and self.scroll_y >= old.height - self.size.height - 1 and not self._building:
            self.call_after_refresh(self.scroll_end, animate=False)

    @property
    def at_end(self) -> bool:
        """Whether the last row is in view."""
        return self.scroll_y >= self.max_scroll_y - 1

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Builds more turns at the top."""
        super().watch_scroll_y(old_value, new_value)
        if new_value < self.size.height and new_value < old_value and self._above and not self._building:
            self._building = True
            self.run_worker(self._build(), exclusive=True, exit_on_error=False, group="build")

    async def drop_before(self, turn: TurnView) -> None:
        """Removes the turn whose place this one takes."""
        turns = self.turns
        at = turns.index(turn)
        if at > 0:
            await turns[at - 1].remove()

    def show_from_start(self, turn: TurnView) -> None:
        """An answer longer than the view is read from its beginning."""

        def scroll() -> None:
            end = turn.virtual_region.bottom - self.scrollable_content_region.height
            self.scroll_to(y=min(turn.virtual_region.y, max(0, end)), animate=False, force=True)

        # After the scrolling that follows what grew, which is after the layout.
        self.call_after_refresh(self.call_after_refresh, scroll)

    def show_row(self, view: AnswerView, row: int) -> None:
        """Brings a row of an answer into view."""
        turn = view.parent
        if isinstance(turn, TurnView):
            y = turn.virtual_region.y + view.virtual_region.y + row
            self.scroll_to_region(Region(0, max(0, y - 1), 1, 3), animate=False, force=True)

    def find(self, words: str, step: int) -> tuple[int, int]:
        """Goes to the next (1), previous (-1) or first (0) place with these words: its number from 1, and how many."""
        pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.IGNORECASE)
        places: list[tuple[TurnView, int]] = []
        for turn in self.turns:
            places += turn.find(pattern if words.strip() else None)
        if not places:
            self._found = -1
            return 0, 0
        self._found = (self._found + step) % len(places) if step else 0
        turn, row = places[self._found]
        y = turn.virtual_region.y + row
        self.scroll_to_region(Region(0, max(0, y - 2), 1, 5), animate=False, force=True)
        return self._found + 1, len(places)
