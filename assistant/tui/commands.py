"""The command palette's entries."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from assistant.tui.keymap import COMMANDS, Command, keys_of, spelled


class ChatCommands(Provider):
    """Every command of the keymap, with its keys."""

    async def discover(self) -> Hits:
        """All of them."""
        for command in COMMANDS:
            yield DiscoveryHit(command.title, self._does(command), help=self._help(command))

    async def search(self, query: str) -> Hits:
        """Those whose title or explanation fits."""
        matcher = self.matcher(query)
        for command in COMMANDS:
            score = max(matcher.match(command.title), matcher.match(command.help) / 2)
            if score > 0:
                yield Hit(score, matcher.highlight(command.title), self._does(command), help=self._help(command))

    def _does(self, command: Command) -> partial[Coroutine[Any, Any, None]]:
        return partial(self.screen.run_action, command.name)

    def _help(self, command: Command) -> str:
        settings = getattr(self.app, "settings", None)
        keys = spelled(keys_of(command, settings.keys if settings else {}))
        return f"{command.help} ({keys})" if keys else command.help
