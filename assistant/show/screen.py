"""How wide and how colourful the output may be, and the few lines of layout that every page shares."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import Literal, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

WIDEST = 100
"""Columns; longer lines are hard to read."""
NARROWEST = 20
_WORD = re.compile(r"\s*\S+\s*")


@dataclass(frozen=True, slots=True)
class Screen:
    """What the output goes to."""

    width: int = 80
    color: bool = False


def screen_for(stream: TextIO, color: Literal["auto", "always", "never"] = "auto") -> Screen:
    """The screen behind a stream; `COLUMNS`, `NO_COLOR` and a dumb terminal are respected."""
    columns = shutil.get_terminal_size(fallback=(80, 24)).columns
    width = max(NARROWEST, min(columns, WIDEST))
    if color != "auto":
        return Screen(width, color == "always")
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb" or not stream.isatty()
    return Screen(width, not plain)


def paragraph(
    text: Text, screen: Screen, indent: int = 0, hanging: int | None = None, *, whole_words: bool = False
) -> list[Text]:
    """The text wrapped to the screen, indented; `hanging` indents every line but the first differently.

    A word that is wider than the screen is broken (Chinese has no spaces), unless `whole_words`: a path must stay in
    one piece to be copied.
    """
    hanging = indent if hanging is None else hanging
    room = max(NARROWEST // 2, screen.width - max(indent, hanging))
    lines = text.divide(_ends(text.plain, room)) if whole_words else text.wrap(_console(screen), room, overflow="fold")
    for number, line in enumerate(lines):
        line.rstrip()
        line.pad_left(indent if number == 0 else hanging)
    return list(lines)


def _ends(text: str, room: int) -> list[int]:
    """Where lines of at most `room` cells end; a word that is wider has a line to itself."""
    ends: list[int] = []
    used = 0
    for word in _WORD.finditer(text):
        if used and used + cell_len(word[0].rstrip()) > room:
            ends.append(word.start())
            used = 0
        used += cell_len(word[0])
    return ends


def joined(parts: Iterable[str | None], separator: str = " · ") -> str:
    """The parts that are known, on one line."""
    return separator.join(part for part in parts if part)


def render(lines: Iterable[Text | str], screen: Screen) -> str:
    """Finished lines as one string that ends with a newline; ANSI codes only if the screen has colour."""
    console = _console(screen)
    for line in lines:
        console.print(Text(line) if isinstance(line, str) else line, no_wrap=True, overflow="ignore", crop=False)
    buffer = console.file
    assert isinstance(buffer, StringIO)  # noqa: S101 tells the type checker what _console gave it
    return buffer.getvalue()


def _console(screen: Screen) -> Console:
    return Console(
        file=StringIO(),
        width=screen.width,
        force_terminal=screen.color,
        color_system="standard" if screen.color else None,
        no_color=not screen.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
