"""An answer while it comes: shown on a terminal as it grows, and taken away again for the page with the checked one."""

from __future__ import annotations

import re
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from assistant.show.safe import sanitize

if TYPE_CHECKING:
    from rich.live import Live

EVERY = 0.06
"""Seconds between two drawings: faster is not read, and a slow terminal must not slow the answer down."""

_ESCAPED = re.compile(r"\\([\\`*_<\[#>+\-.)])")


class Growing:
    """Shows text that grows, if the stream is a terminal; on anything else it does nothing."""

    def __init__(self, stream: TextIO, *, color: bool) -> None:
        self._stream = stream
        self._color = color
        self._live: Live | None = None
        self._text = ""
        self._drawn = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def add(self, markdown: str) -> None:
        """A further piece, as Markdown that only escapes."""
        if not self._stream.isatty():
            return
        self._text += markdown
        if self._live is None:
            self._live = self._start()
        if time.monotonic() - self._drawn >= EVERY:
            self._draw()

    def clear(self) -> None:
        """Takes away what was shown."""
        if self._live is not None:
            self._live.stop()
            self._live = None
        self._text = ""

    def _start(self) -> Live:
        # 15 ms to import; only an answer that streams to a terminal pays for it.
        from rich.console import Console
        from rich.live import Live

        console = Console(file=self._stream, no_color=not self._color, markup=False, highlight=False, emoji=False)
        live = Live(console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False)
        live.start()
        return live

    def _draw(self) -> None:
        """The last lines of the text, as many as the terminal has room for."""
        from rich.text import Text

        live = self._live
        if live is None:
            return
        self._drawn = time.monotonic()
        console = live.console
        shown = Text(sanitize(_ESCAPED.sub(r"\1", self._text)), style="dim")
        lines = shown.wrap(console, max(10, console.width), overflow="fold")
        room = max(1, console.height - 2)
        live.update(Text("\n").join(lines[-room:]), refresh=True)
