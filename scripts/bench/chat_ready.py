"""Starts the chat, or with `empty` a Textual application of nothing after the same imports, and ends when it is ready.

Ready: the first picture is drawn and what is typed would land. Ends without waiting for what loads behind it.
"""

from __future__ import annotations

import os
import sys

from textual.app import App

from assistant.settings import Settings
from assistant.tui import keymap
from assistant.tui.app import ChatApp
from assistant.tui.widgets.composer import Composer


class Chat(ChatApp):
    """The product, until it can be typed in."""

    def on_ready(self) -> None:
        """After the first layout."""
        self.call_after_refresh(self._end)

    def _end(self) -> None:
        os._exit(0 if isinstance(self.focused, Composer) else 1)


class Empty(App[None]):
    """As little as Textual can start."""

    def on_ready(self) -> None:
        """After the first layout."""
        self.call_after_refresh(os._exit, 0)


def main() -> None:
    """Runs one of the two."""
    if sys.argv[1:] == ["empty"]:
        Empty().run(headless=True)
    else:
        settings = Settings.load()
        keymap.checked(settings.keys)
        Chat(settings).run(headless=True)
    sys.exit("it ended before it was ready")


if __name__ == "__main__":
    main()
