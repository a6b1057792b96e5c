"""A source on a screen of its own: where the terminal is narrow, and for whole documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assistant.tui.places import Place
from assistant.tui.session import Session
from assistant.tui.widgets.source import SourcePane

if TYPE_CHECKING:
    from assistant.tui.screens.base import ConversationScreen


class DocumentScreen(Screen[None]):
    """One document."""

    BINDINGS: ClassVar = [Binding("escape,f2,q", "app.pop_screen", "Back", priority=True)]
    HINT: ClassVar[str] = "Esc goes back"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__()
        self._session = session
        self._place = place

    def compose(self) -> ComposeResult:
        """The source, and what the keys do."""
        yield SourcePane(self._session, "reading")
        yield Static(Content.styled(self.HINT, "dim"), classes="hint")

    def on_mount(self) -> None:
        """Once it has its width."""
        self.query_one(SourcePane).view.focus()
        self.call_after_refresh(self.show, self._place)

    def show(self, place: Place) -> None:
        """Another place."""
        self.query_one(SourcePane).show(place)


class SourceScreen(DocumentScreen):
    """The source of the selected citation, and of the next ones."""

    HINT = "n p next, previous · v editor · c citation · Esc back"
    BINDINGS: ClassVar = [
        Binding("n,f3,right", "step(1)", "Next citation", priority=True),
        Binding("p,f4,left", "step(-1)", "Previous citation", priority=True),
        Binding("v,ctrl+o", "desk('open_editor')", "Open in $EDITOR"),
        Binding("c,f9", "desk('copy_citation')", "Copy the citation"),
        Binding("f8", "desk('copy_quote')", "Copy the quote"),
        Binding("y,ctrl+y", "desk('copy_answer')", "Copy the answer"),
    ]

    def __init__(self, desk: ConversationScreen) -> None:
        place = desk.chosen
        assert place is not None  # noqa: S101 only opened when one is selected
        super().__init__(desk.session, place)
        self._desk = desk

    async def action_step(self, by: int) -> None:
        """The next or previous citation of the conversation."""
        await self._desk.step(by)
        if self._desk.chosen is not None:
            self.show(self._desk.chosen)

    async def action_desk(self, name: str) -> None:
        """What the conversation's screen does with the selected citation."""
        await self._desk.run_action(name)
