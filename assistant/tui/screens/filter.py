"""What a conversation is limited to."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Label, Static

from assistant.domain import Filter
from assistant.errors import UsageError
from assistant.period import day
from assistant.show.safe import flowing, one_line
from assistant.tui.session import Session


class FilterScreen(ModalScreen[Filter | None]):
    """Outlet, dates and document; what is empty limits nothing. None if it is left as it was."""

    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, session: Session) -> None:
        super().__init__(classes="dialog")
        self._session = session
        conversation = session.conversation
        self._where = conversation.where if conversation else Filter()
        self._outlets: dict[str, str] = {}
        self._documents: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """One line a condition."""
        where = self._where
        snapshot = self._session.snapshot
        names = sorted({a.source.outlet for a in snapshot.articles() if a.source.outlet})
        self._outlets = {one_line(name): name for name in names}
        self._documents = {one_line(info.path): info.path for info in snapshot.documents()}
        outlets = SuggestFromList(self._outlets, case_sensitive=False)
        documents = SuggestFromList(self._documents, case_sensitive=False)
        with VerticalScroll(classes="box", can_focus=False):
            yield Label("Answer this conversation's questions only from", classes="caption")
            yield Label("Outlet")
            yield Input(
                compact=True, value=one_line(where.outlet or ""), id="outlet", suggester=outlets, placeholder="any"
            )
            yield Label("Since (2022, 2022-01 or 2022-01-31)")
            yield Input(compact=True, value=str(where.since or ""), id="since", placeholder="any")
            yield Label("Until")
            yield Input(compact=True, value=str(where.until or ""), id="until", placeholder="any")
            yield Label("Document")
            yield Input(
                compact=True,
                value=one_line(where.document or ""),
                id="document",
                suggester=documents,
                placeholder="any",
            )
            yield Static("", classes="wrong")
            with Horizontal(classes="buttons"):
                yield Button("Apply", id="apply", variant="primary")
                yield Button("No limits", id="clear")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Apply, or limit nothing."""
        if event.button.id == "clear":
            self.dismiss(Filter())
        else:
            self._apply()

    def on_input_submitted(self) -> None:
        """Enter applies."""
        self._apply()

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _apply(self) -> None:
        try:
            self.dismiss(self._filter())
        except UsageError as error:
            self.query_one(".wrong", Static).update(Content.styled(flowing(str(error)), "bold $text-error"))

    def _filter(self) -> Filter:
        since = day(self._value("since"), last=False) if self._value("since") else None
        until = day(self._value("until"), last=True) if self._value("until") else None
        if since and until and since > until:
            raise UsageError(f"{since} is later than {until}", "Swap the two.")
        outlet = _known(self._value("outlet"), self._outlets, "outlet")
        document = _known(self._value("document"), self._documents, "document")
        return Filter(since, until, outlet, document)


def _known(value: str, known: dict[str, str], what: str) -> str | None:
    """The one that is meant: by its name in any case, or by the beginning of it.

    Raises:
        UsageError: there is none, or several.
    """
    if not value:
        return None
    wanted = value.casefold()
    exact = [name for shown, name in known.items() if shown.casefold() == wanted]
    near = exact or [name for shown, name in known.items() if shown.casefold().startswith(wanted)]
    if len(near) == 1:
        return near[0]
    if near:
        raise UsageError(f"{value} is the beginning of {len(near)} {what}s", "Write more of it.")
    raise UsageError(f"The corpus has no {what} {value!r}", "The corpus screen lists what it has.")
