"""A document cut into rows of a width: offsets only, so that a long one costs little."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from rich.cells import cell_len

from assistant.domain import Span
from assistant.show.safe import sanitize

_WORD = re.compile(r"\s*\S+")
TAB = 4
"""Columns that a tab takes."""


def shown(text: str) -> str:
    """A part of a line as it stands on the screen."""
    return sanitize(text).replace("\t", " " * TAB)


def rows(text: str, width: int) -> list[Span]:
    """The rows of a text at most `width` cells wide, each without its line break; long words are broken."""
    width = max(4, width)
    found: list[Span] = []
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        last = stop - 1 if stop > start and text[stop - 1] == "\r" else stop
        _wrap(text, start, last, width, found)
        if end < 0:
            break
        start = end + 1
    return found


def row_at(found: Sequence[Span], offset: int) -> int:
    """The row that holds an offset."""
    return max(0, bisect_right(found, (offset, len(found) and found[-1].end + 1)) - 1)


def _wrap(text: str, start: int, end: int, width: int, found: list[Span]) -> None:
    line = text[start:end]
    if len(line) <= width and line.isascii() and line.isprintable():
        found.append(Span(start, end))
        return
    begin, used = start, 0
    for word in _WORD.finditer(text, start, end):
        cells = cell_len(shown(word[0]))
        if used and used + cells > width:
            found.append(Span(begin, word.start()))
            begin = word.end() - len(word[0].lstrip())
            used, cells = 0, cell_len(shown(word[0].lstrip()))
        if used + cells > width:
            begin, used = _broken(text, begin, word.end(), width, found)
        else:
            used += cells
    found.append(Span(begin, end))


def _broken(text: str, start: int, end: int, width: int, found: list[Span]) -> tuple[int, int]:
    """Cuts a word that is wider than a row; where its last row begins, and how wide that is so far."""
    begin, used = start, 0
    for at in range(start, end):
        cells = cell_len(shown(text[at]))
        if used and used + cells > width:
            found.append(Span(begin, at))
            begin, used = at, 0
        used += cells
    return begin, used
