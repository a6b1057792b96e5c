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
from assistant.tui.texts import searched
from assistant.tui.widgets.turn import AnswerView, TurnView
from assistant.tui.widgets.welcome import Welcome

AT_ONCE = 12
"""Turns that are built at a time, as one scrolls to them."""
MOST = 36
"""Turns that stand built: each key and each scrolled line costs 0.1 ms a turn (1,000 of them half a second)."""

_TITLES = {command.name: command.title for command in COMMANDS}


class ConversationView(VerticalScroll):
    """Scrolls over a window of the turns, which moves along; while it has the focus, letters are commands."""

    BINDINGS: ClassVar = [
        Binding(keys, f"screen.{name}", _TITLES[name], show=False, id=f"reading.{name}")
        for name, keys in LETTERS.items()
    ]

    def __init__(self) -> None:
        super().__init__(id="conversation")
        self._past: list[Turn] = []
        self._first = 0
        self._moving = False
        self.following = True
        """Whether the view goes along with what grows: from a question on, until one scrolls up."""
        self._found: int | None = None
        self._pattern: re.Pattern[str] | None = None

    @property
    def turns(self) -> list[TurnView]:
        """Those that are built, in order."""
        return list(self.query_children(TurnView))

    @property
    def last_question(self) -> str | None:
        """The question of the last turn."""
        turns = self.turns
        if self._last < len(self._past) or not turns:
            return self._past[-1].question if self._past else None
        return turns[-1].question

    @property
    def _last(self) -> int:
        """The past turn after the last that is built."""
        return self._first + sum(view.turn is not None for view in self.turns)

    # Welcome

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

    # Turns

    async def begin(self, question: str) -> TurnView:
        """A further turn at the end."""
        await self.query(Welcome).remove()
        if self._last < len(self._past):
            await self._build(len(self._past) - AT_ONCE)
        turn = TurnView(question)
        await self.mount(turn)
        self.following = True
        self.call_after_refresh(self.scroll_end, animate=False)
        return turn

    async def settle(self, view: TurnView, past: Sequence[Turn]) -> None:
        """A turn is over, and the conversation is now this; a turn whose place it took goes."""
        view.turn = past[-1] if past else None
        kept = {turn.id if turn.id is not None else id(turn) for turn in past}
        for one in self.turns:
            if one.turn is not None and (one.turn.id if one.turn.id is not None else id(one.turn)) not in kept:
                await one.remove()
        self._past = list(past)
        built = [one for one in self.turns if one.turn is not None]
        self._first = len(self._past) - len(built)
        if len(built) > MOST:
            await self.remove_children(built[:AT_ONCE])
            self._first += AT_ONCE

    async def put(self, turns: Sequence[Turn]) -> None:
        """Shows a conversation, from its end."""
        self._past = list(turns)
        await self._build(len(self._past) - AT_ONCE)
        self.call_after_refresh(self.call_after_refresh, self.scroll_end, animate=False)

    async def _build(self, first: int) -> None:
        """Builds the window that begins with this turn, and no other."""
        self._first = max(0, first)
        async with self.batch():
            await self.remove_children()
            await self.mount_all(self._views(self._first, self._first + AT_ONCE))
        self._moving = True
        self.call_after_refresh(self.call_after_refresh, self._moved)

    def _moved(self) -> None:
        """The window is laid out: from now on one's scrolling moves it."""
        self._moving = False

    def _views(self, first: int, last: int) -> list[TurnView]:
        return [TurnView.of(turn, self._pattern) for turn in self._past[first:last]]

    async def more(self, by: int) -> bool:
        """Moves the window on by some turns, earlier (-1) or later (1); whether there are any."""
        views = self.turns
        first, last = self._first, self._last
        if (by < 0 and first == 0) or (by > 0 and last >= len(self._past)) or not views:
            return False
        still = views[0] if by < 0 else views[-1]
        offset = still.virtual_region.y - self.scroll_y
        self._moving = True
        async with self.batch():
            if by < 0:
                self._first = max(0, first - AT_ONCE)
                await self.mount_all(self._views(self._first, first), before=views[0])
                await self.remove_children([view for view in self.turns[MOST:] if view.turn is not None])
            else:
                await self.mount_all(self._views(last, last + AT_ONCE))
                gone = self.turns[:-MOST]
                await self.remove_children(gone)
                self._first += len(gone)

        def keep(left: int) -> None:
            self.scroll_to(y=still.virtual_region.y - offset, animate=False, force=True, immediate=True)
            if left:
                self.call_after_refresh(keep, left - 1)
            else:
                self._moving = False

        # The layout may take more than one refresh to settle.
        self.call_after_refresh(keep, 3)
        return True

    # Scrolling

    def watch_virtual_size(self, old: Size, new: Size) -> None:
        """Follows what grows. Textual's anchor would stick short contents to the bottom."""
        if new.height > old.height and self.following and not self._moving:
            self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        if self.following:
            self.scroll_end(animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Builds more turns before one arrives at them."""
        super().watch_scroll_y(old_value, new_value)
        at_end = new_value >= self.max_scroll_y - 1 and self._last >= len(self._past)
        self.following = at_end or (self.following and new_value > old_value)
        if self._moving:
            return
        near = self.size.height
        if new_value < old_value and new_value < near and self._first > 0:
            self._move(-1)
        elif new_value > old_value and new_value > self.max_scroll_y - near and self._last < len(self._past):
            self._move(1)

    def _move(self, by: int) -> None:
        self._moving = True
        self.run_worker(self.more(by), exclusive=True, exit_on_error=False, group="window")

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
            self._show(turn.virtual_region.y + view.virtual_region.y + row)

    def _show(self, y: int) -> None:
        self.scroll_to_region(Region(0, max(0, y - 2), 1, 5), animate=False, force=True)

    # Finding

    async def find(self, words: str, step: int) -> tuple[int, int]:
        """Goes to the next (1), previous (-1) or first (0) turn with these words: its number from 1, and how many."""
        self._pattern = None
        if words.strip():
            self._pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.IGNORECASE)
        pattern = self._pattern
        for view in self.turns:
            view.mark(pattern)
        holding = [n for n, turn in enumerate(self._past) if pattern and pattern.search(searched(turn))]
        if not holding:
            self._found = None
            return 0, 0
        if step == 0 or self._found not in holding:
            place = 0 if step >= 0 else len(holding) - 1
        else:
            place = (holding.index(self._found) + step) % len(holding)
        self._found = holding[place]
        if not self._first <= self._found < self._last:
            await self._build(self._found - AT_ONCE // 3)
        views = [view for view in self.turns if view.turn is not None]
        self.call_after_refresh(self.call_after_refresh, self._show_found, views[self._found - self._first])
        return place + 1, len(holding)

    def _show_found(self, view: TurnView) -> None:
        self._show(view.virtual_region.y + view.found_row())
