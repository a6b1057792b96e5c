"""The application: settings, theme, keys, and one screen."""

from __future__ import annotations

import difflib
from pathlib import Path

from textual.app import App

from assistant.errors import UsageError
from assistant.settings import Settings
from assistant.tui.screens.chat import ChatScreen
from assistant.tui.session import Session


class ChatApp(App[None]):
    """Quits with Ctrl+Q and has its palette at Ctrl+P, as every Textual application."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    TITLE = "assistant"
    BINDING_GROUP_TITLE = "Program"

    def __init__(self, settings: Settings, session: Session | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.session = session or Session(settings)
        if settings.theme:
            self.theme = self._known(settings.theme)
        self.set_keymap(dict(settings.keys))

    def _known(self, theme: str) -> str:
        """The theme, if there is one of this name; else UsageError with the nearest."""
        if theme not in self.available_themes:
            near = difflib.get_close_matches(theme, self.available_themes, n=1, cutoff=0)[0]
            raise UsageError(f"There is no theme {theme!r}", f"The nearest is {near!r}.")
        return theme

    def get_default_screen(self) -> ChatScreen:
        """The conversation."""
        return ChatScreen(self.session)

    def on_unmount(self) -> None:
        """Threads end soon; what came of an answer is written by then."""
        self.session.leave()


def run(settings: Settings, *, go_on: bool = False) -> int | None:
    """Runs the chat in this terminal until it is quit; its exit code."""
    session = Session(settings, go_on=go_on)
    app = ChatApp(settings, session)
    try:
        app.run()
    finally:
        session.close()
    return app.return_code
