"""All keys."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from assistant.tui.keymap import COMMANDS, FIXED, LETTERS, keys_of, spelled


class KeysScreen(ModalScreen[None]):
    """What the keys do, as they are set."""

    BINDINGS: ClassVar = [Binding("escape,f1,q", "dismiss", "Back")]

    def __init__(self, chosen: Mapping[str, str]) -> None:
        super().__init__(classes="dialog")
        self._keys = chosen

    def compose(self) -> ComposeResult:
        """One list by groups; it scrolls."""
        with VerticalScroll(classes="box"):
            yield Static(table(self._keys))

    def on_mount(self) -> None:
        """So that it scrolls by key."""
        self.query_one(VerticalScroll).focus()


def table(chosen: Mapping[str, str]) -> Content:
    """Groups of commands with their keys, then the letters."""
    lines: list[Content] = []
    for group, commands in groupby(COMMANDS, key=lambda command: command.group):
        lines.append(Content.styled(group, "bold"))
        for command in commands:
            keys = spelled(keys_of(command, chosen)) or "in the palette"
            lines.append(Content.assemble((f" {keys:<15}", "$text-accent"), command.title))
    lines.append(Content.styled("While the conversation has the focus", "bold"))
    titles = {command.name: command.title for command in COMMANDS}
    for name, keys in LETTERS.items():
        lines.append(Content.assemble((f" {spelled(keys):<15}", "$text-accent"), titles[name]))
    lines.append(Content.styled("Always", "bold"))
    for spelling, what in FIXED:
        lines.append(Content.assemble((f" {spelling:<15}", "$text-accent"), what))
    lines.append(Content.styled("Keys are set in assistant.toml under [keys]: docs/chat.md.", "dim"))
    return Content("\n").join(lines)
