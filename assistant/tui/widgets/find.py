"""Finds words in the conversation."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static


class FindBar(Horizontal):
    """One line, hidden until it is wanted: Enter and ↓ go on, ↑ goes back, Esc closes it."""

    class Wanted(Message):
        """Words to find: from the first place (step 0), or the next (1) or previous (-1) one."""

        def __init__(self, words: str, step: int) -> None:
            super().__init__()
            self.words = words
            self.step = step

    def compose(self) -> ComposeResult:
        """The words and how many places hold them."""
        yield Input(placeholder="Find in this conversation", compact=True)
        yield Static("", classes="count")

    def on_mount(self) -> None:
        """Hidden at first."""
        self.display = False

    def show(self) -> None:
        """Opens the line."""
        self.display = True
        self.query_one(Input).focus()
        self._want(0)

    def hide(self) -> None:
        """Closes it, and marks nothing any more."""
        self.display = False
        self.post_message(self.Wanted("", 0))

    def found(self, number: int, count: int) -> None:
        """Shows which of how many places is in view."""
        words = self.query_one(Input).value.strip()
        self.query_one(".count", Static).update(f"{number} of {count}" if count else "nowhere" if words else "")

    def _want(self, step: int) -> None:
        self.post_message(self.Wanted(self.query_one(Input).value, step))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Finds while one types."""
        event.stop()
        self._want(0)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The next place."""
        event.stop()
        self._want(1)

    def on_key(self, event: events.Key) -> None:
        """Up and down."""
        if event.key in ("up", "down"):
            event.stop()
            self._want(1 if event.key == "down" else -1)
