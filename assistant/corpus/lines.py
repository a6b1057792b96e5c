"""Text to units: paragraphs, headings, list items and lone lines, each with its offsets.

Pasted pages, Markdown, e-mail and extracted PDF text differ in what a line break means. A unit is what a reader would
see as one piece: wrapped lines are put together, list items and headings stand alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

_LINE = re.compile(r"(?P<body>[^\n\r\u2028\u2029\x85\x0b\x0c]*)(?P<end>\r\n|[\n\r\u2028\u2029\x85\x0b\x0c]|$)")
_MARKER = re.compile(
    r"(?P<hash>#{1,6})(?=[ \t])|(?P<bullet>[•‣◦▪▫●○■□★☆➢➤►▶✓✔·∙–—*+-](?=[ \t\u00a0])|[•‣▪●■](?=\w))|"
    r"(?P<quote>>+(?!\w))|(?P<wiki>={2,6})(?=[^=].*[^=]={2,6}\s*$)"
)
_NUMBERED = re.compile(r"\(?(?:\d{1,3}[.)]|[a-zA-Z]\)|[ivx]{1,4}[.)])[ \t]")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_UNDERLINE = re.compile(r"\s{0,3}([=\-~^\"#*+])\1{2,}\s*")
_CLOSERS = "\"'”’»“)]}*_ \u200b"
_TERMINALS = ".!?…:;。\uff01\uff1f\uff61।؟\u06d4"
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")

WRAP_LIMIT = 120
"""Longest line that can be the product of a line wrap; longer ones are paragraphs of their own."""


class Marker(Enum):
    """What stands before a unit's text."""

    NONE = ""
    HEADING = "#"
    LIST = "•"
    QUOTE = ">"
    TABLE = "|"
    CODE = "```"


@dataclass(slots=True)
class Unit:
    """A piece of the page: `start:end` without markers and without white space at either end."""

    start: int
    end: int
    text: str
    """White space collapsed, invisible characters removed."""
    gap: int
    """Blank lines before it."""
    marker: Marker = Marker.NONE
    level: int = 0
    """Of a marked heading, 1 is the highest."""
    lines: int = 1
    words: int = 0
    terminal: bool = False
    """Ends the way a sentence ends."""
    paragraph: bool = False
    """Reads like running text."""


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    indent: int
    gap: int
    text: str
    marker: Marker
    level: int


def units(text: str) -> list[Unit]:
    """The units of a text, in order; every letter and digit of the text is in exactly one of them."""
    lines = _lines(text)
    width = _wrap_width(lines)
    result: list[Unit] = []
    group: list[_Line] = []
    for line in lines:
        if group and not _continues(group[-1], line, width):
            result.append(_unit(group))
            group = []
        group.append(line)
    if group:
        result.append(_unit(group))
    return result


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a full stop or its like, closing marks aside."""
    body = text.rstrip(_CLOSERS)
    return bool(body) and body[-1] in _TERMINALS


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    gap = 0
    fenced = False
    for match in _LINE.finditer(text):
        start, end = match.span("body")
        raw = text[start:end]
        body = raw.strip()
        if not body:
            gap += 1
            continue
        first = start + len(raw) - len(raw.lstrip())
        last = first + len(body)
        if _FENCE.match(raw):
            fenced = not fenced
        underline = _UNDERLINE.fullmatch(raw)
        if underline and gap == 0 and lines and lines[-1].marker is Marker.NONE and not fenced and len(body) >= 3:
            lines[-1].marker = Marker.HEADING
            lines[-1].level = 1 if underline[1] == "=" else 2
        line = _Line(first, last, first - start, gap, body, Marker.CODE if fenced else Marker.NONE, 0)
        if not fenced:
            _mark(line)
        lines.append(line)
        gap = 0
    return lines


def _mark(line: _Line) -> None:
    marked = _MARKER.match(line.text)
    if marked is None:
        if line.text[0] == "|" and line.text.count("|") > 1:
            line.marker = Marker.TABLE
        elif _NUMBERED.match(line.text):
            # The number stays in the text: "3. Any other business" is quoted with it.
            line.marker = Marker.LIST
        return
    kind = marked.lastgroup
    body = line.text[marked.end() :]
    if kind == "wiki":
        body = body.rstrip("= \t")
    elif kind == "hash":
        body = body.rstrip("# \t")
    stripped = body.strip()
    if not any(map(str.isalnum, stripped)):
        return
    line.start += marked.end() + len(body) - len(body.lstrip())
    line.end = line.start + len(stripped)
    line.text = stripped
    if kind in {"hash", "wiki"}:
        line.marker = Marker.HEADING
        line.level = len(marked.group())
    else:
        line.marker = Marker.QUOTE if kind == "quote" else Marker.LIST


def _wrap_width(lines: list[_Line]) -> int:
    """The width at which the text was wrapped; 0 if a line break ends a paragraph."""
    run = [
        (one, two)
        for one, two in pairwise(lines)
        if two.gap == 0
        and one.marker in (Marker.NONE, Marker.QUOTE, Marker.LIST)
        and two.marker in (Marker.NONE, Marker.QUOTE)
    ]
    if len(run) < 2:
        return 0
    lengths = sorted(one.end - one.start for one, _ in run)
    width = lengths[len(lengths) * 9 // 10]
    if not 30 <= width <= WRAP_LIMIT:
        return 0
    full = sum(one.end - one.start >= 0.7 * width for one, _ in run)
    broken = sum(not ends_sentence(one.text) for one, _ in run)
    return width if full >= 0.6 * len(run) and broken >= 0.5 * len(run) else 0


def _continues(before: _Line, line: _Line, width: int) -> bool:
    """Whether a line carries on the unit of the line before it."""
    if line.gap or Marker.TABLE in (before.marker, line.marker):
        return False
    if Marker.CODE in (before.marker, line.marker):
        return before.marker is line.marker
    if line.marker in (Marker.HEADING, Marker.LIST) or before.marker is Marker.HEADING:
        return False
    if line.marker is not before.marker and not (before.marker is Marker.LIST and line.marker is Marker.NONE):
        return False
    if not any(map(str.isalnum, before.text)) or not any(map(str.isalnum, line.text)):
        return False
    if len(line.text) <= 4 and line.text.isdigit():
        # The number of a page.
        return False
    if line.text[0].islower() and not ends_sentence(before.text) and len(before.text) >= 20:
        return True
    return width > 0 and _first_word(line.text) + before.end - before.start + 1 >= 0.75 * width


def _first_word(text: str) -> int:
    return len(text.split(None, 1)[0])


def _unit(group: list[_Line]) -> Unit:
    first, last = group[0], group[-1]
    collapsed = " ".join(_INVISIBLE.sub("", " ".join(line.text for line in group)).split())
    words = len(collapsed.split())
    terminal = ends_sentence(collapsed)
    plain = first.marker in (Marker.NONE, Marker.QUOTE, Marker.LIST)
    return Unit(
        start=first.start,
        end=last.end,
        text=collapsed,
        gap=first.gap,
        marker=first.marker,
        level=first.level,
        lines=len(group),
        words=words,
        terminal=terminal,
        paragraph=plain and ((terminal and len(collapsed) >= 45) or len(collapsed) >= 230),
    )
