"""`assistant chat`: the terminal chat, which plain `assistant` opens too."""

from __future__ import annotations

import os
import sys

import click

from assistant.cli import options
from assistant.errors import ExitCode, UsageError


@click.command("chat", short_help="Open the terminal chat.")
@options.corpus_option
@options.model_option
@click.option("-c", "--continue", "go_on", is_flag=True, help="Go on with the last conversation about this folder.")
def command(corpus: str | None, model: str | None, go_on: bool) -> int:
    """Open the chat: ask, follow up, and read the sources beside the answers. F1 shows the keys.

    It needs a terminal; `assistant ask` and the other commands do not.
    """
    require_terminal()
    settings = options.settings(corpus=corpus, model=model)

    from assistant.tui.keymap import checked

    checked(settings.keys)

    # 0.4 s to import.
    from assistant.tui.app import run

    return run(settings, go_on=go_on) or ExitCode.ANSWERED


def require_terminal() -> None:
    """Refuses where nothing can be drawn.

    Raises:
        UsageError: stdin or stdout is no terminal, or one that cannot move its cursor.
    """
    for stream, name in ((sys.stdin, "stdin"), (sys.stdout, "stdout")):
        if stream is None or not stream.isatty():
            raise UsageError(f"The chat needs a terminal, and {name} is none", _INSTEAD)
    if os.environ.get("TERM", "") in ("dumb", "unknown"):
        raise UsageError(f"The chat cannot draw on a terminal of type {os.environ['TERM']}", _INSTEAD)


_INSTEAD = 'Use: assistant ask "What did the minister say?", and -c to follow up.'
