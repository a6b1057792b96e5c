"""A list that narrows as one types."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from assistant.errors import AssistantError
from assistant.show.safe import flowing

MOST = 500
"""Entries shown at once; more are found by typing."""


class Entry(NamedTuple):
    """A line of the list; an empty id cannot be picked."""

    id: str
    text: Content


class PickScreen(ModalScreen[str | None]):
    """Entries are found in a thread, the latest search wins; the id of the picked one is the result."""

    BINDINGS: ClassVar = [Binding("escape", "leave", "Back")]
    CAPTION: ClassVar[str] = ""
    HINT: ClassVar[str] = "Enter opens · Esc goes back"
    NOTHING: ClassVar[str] = "Nothing fits."

    class Listed(Message):
        """What was found for a query."""

        def __init__(self, entries: Sequence[Entry], count: int) -> None:
            super().__init__()
            self.entries = entries
            self.count = count

    def __init__(self) -> None:
        super().__init__(classes="dialog pick")

    def find(self, query: str) -> Sequence[Entry]:
        """The entries for a query; called in a thread."""
        raise NotImplementedError

    def picked(self, entry: str) -> None:
        """An entry was picked."""
        self.dismiss(entry)

    def compose(self) -> ComposeResult:
        """Search above, entries below."""
        with Vertical(classes="box"):
            yield Label(Content(self.CAPTION), classes="caption")
            yield Input(placeholder="Type to search", id="query")
            yield OptionList(markup=False)
            yield Static(Content.styled(self.HINT, "dim"), classes="hint")

    def on_mount(self) -> None:
        """Everything at first."""
        self.search()

    def search(self) -> None:
        """Finds anew."""
        query = self.query_one("#query", Input).value
        self.run_worker(partial(self._search, query), thread=True, exclusive=True, exit_on_error=False, group="search")

    def _search(self, query: str) -> None:
        worker = get_current_worker()
        try:
            entries = self.find(query)
        except AssistantError as error:
            entries = [Entry("", Content(flowing(str(error))))]
        if not worker.is_cancelled:
            self.post_message(self.Listed(entries[:MOST], len(entries)))

    def on_pick_screen_listed(self, message: Listed) -> None:
        """Shows what was found."""
        options = self.query_one(OptionList)
        options.clear_options()
        entries = list(message.entries) or [Entry("", Content.styled(self.NOTHING, "dim"))]
        if message.count > len(message.entries):
            entries.append(Entry("", Content.styled(f"{message.count - MOST:,} more: type to find them.", "dim")))
        options.add_options([Option(one.text, id=one.id or None, disabled=not one.id) for one in entries])
        options.highlighted = next((n for n, one in enumerate(entries) if one.id), None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrows."""
        if event.input.id == "query":
            self.search()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter picks the highlighted entry."""
        if event.input.id == "query" and self.highlighted:
            self.picked(self.highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or click in the list."""
        if event.option.id:
            self.picked(event.option.id)

    @property
    def highlighted(self) -> str | None:
        """Id of the highlighted entry."""
        option = self.query_one(OptionList).highlighted_option
        return option.id if option else None

    def on_key(self, event: events.Key) -> None:
        """Up and down move in the list while one types."""
        if isinstance(self.focused, Input) and event.key in ("up", "down"):
            event.stop()
            options = self.query_one(OptionList)
            if event.key == "down":
                options.action_cursor_down()
            else:
                options.action_cursor_up()

    def action_leave(self) -> None:
        """Picks nothing."""
        self.dismiss(None)
