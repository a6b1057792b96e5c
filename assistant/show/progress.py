"""How far indexing is: a bar on a terminal, a plain line now and then elsewhere. Always stderr, never stdout."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, TextIO

from assistant.show.safe import one_line

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

EVERY = 10.0
"""Seconds between two plain lines: a short run says nothing, a long one shows that it lives."""


class Progress:
    """Called with a stage, how much of it is done and how much there is; shows nothing until called."""

    def __init__(self, stream: TextIO, color: Literal["auto", "always", "never"] = "auto") -> None:
        self._stream = stream
        self._color = color
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._stage = ""
        self._said = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`total` 0 means that it is not known yet."""
        if self._stream.isatty():
            self._draw(one_line(stage), done, total)
        elif time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            self._stream.write(f"{one_line(stage)}: {done:,}" + (f" of {total:,}\n" if total else "\n"))
            self._stream.flush()

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = self._start()
        if self._task is None or stage != self._stage:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._stage, self._task = stage, self._bar.add_task(stage, total=total or None)
        self._bar.update(self._task, completed=done, total=total or None)

    def _start(self) -> Bar:
        # 60 ms to import: only a run that has something to index on a terminal pays for it.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        plain = self._color == "never"
        console = Console(file=self._stream, no_color=True if plain else None, markup=False, highlight=False)
        bar = Bar(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        bar.start()
        return bar
