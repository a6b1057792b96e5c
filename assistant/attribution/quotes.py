"""Quotation marks into quotations, over paragraph ends.

Newspapers leave a quotation open at a paragraph's end and open it anew in the next; machine-translated pages put every
sentence of a quotation into a paragraph of its own with no marks between. Without both cases 15 of 40 direct
quotations of the five measured pages were lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.attribution.cues import cue_forms
from assistant.domain import CueClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Block

MARKS = re.compile(r"[“”„«»‟\"‘’']|``")
_ANY_DOUBLE = re.compile(r"[“”„«»‟\"]|``")
CARRY_BLOCKS = 8
"""How many unmarked paragraphs a quotation may run on (the longest seen on real pages took six)."""
LONGEST = 4000
"""Characters; a longer "quotation" inside one block is a stray mark."""
SINGLE_STYLE_DOUBLES = 2
"""An article with more double marks than this uses single marks for nested quotations and apostrophes only."""

_CLOSES = {
    "“": '”"',
    "„": '“”"',
    "«": "»",
    "»": "«",
    '"': '"”',
    "‘": "’",
    "'": "'",
    "``": '”"',
}
_DECADE = re.compile(r"\d0s\b|(?:em|til|cause|tis|twas)\b")
_INCHES = re.compile(r"\d['’]\d{1,2}$")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation; `start:end` includes its marks."""

    start: int
    end: int
    block: int
    last_block: int
    closed: bool
    continues: bool
    """The same speaker goes on in the next quotation (newspaper convention)."""


class _Style:
    """Whether single marks may quote in this article."""

    __slots__ = ("single",)

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        doubles = 0
        for block in blocks:
            doubles += sum(text.count(mark, block.start, block.end) for mark in '“”"„«')
        self.single = doubles <= SINGLE_STYLE_DOUBLES


def find_quotes(text: str, blocks: Sequence[Block]) -> list[Quote]:
    """All quotations of the blocks, in order, none inside another."""
    if not blocks:
        return []
    style = _Style(text, blocks)
    found: list[Quote] = []
    resume = -1
    for number in range(len(blocks)):
        resume = _in_block(text, blocks, number, style, found, resume)
    return found


def _in_block(text: str, blocks: Sequence[Block], number: int, style: _Style, found: list[Quote], resume: int) -> int:
    """Adds the quotations that open in this block; returns where the search may go on."""
    block = blocks[number]
    at = max(block.start, resume)
    while at < block.end:
        opening = _next_opening(text, at, block, style)
        if opening is None:
            break
        close = _close_within(text, opening, block)
        if close is not None:
            end, anew = close
            found.append(Quote(opening.start(), end, number, number, closed=not anew, continues=anew))
            at = end
            continue
        quote = _open_ended(text, blocks, number, opening)
        if quote is None:
            at = opening.end()
            continue
        found.append(quote)
        return quote.end
    return resume


def _next_opening(text: str, at: int, block: Block, style: _Style) -> re.Match[str] | None:
    for match in MARKS.finditer(text, at, block.end):
        if _opens(text, match, block, style):
            return match
    return None


def _opens(text: str, match: re.Match[str], block: Block, style: _Style) -> bool:
    mark = match.group()
    before = text[match.start() - 1] if match.start() > block.start else " "
    after = text[match.end()] if match.end() < block.end else " "
    if mark in "“„":
        return not after.isspace() or match.start() == block.start
    if mark in "«``":
        return True
    if mark in "”»‟’":
        return mark == "»" and not before.isalnum() and after.isalpha() and before not in ".,!?"
    clean = not before.isalnum() and (after.isalnum() or after in "([$€£‘'…")
    if mark == '"':
        return clean
    if mark == "'" and not style.single:
        return False
    return clean and before not in ".,!?’" and _DECADE.match(text, match.end()) is None


def _close_within(text: str, opening: re.Match[str], block: Block) -> tuple[int, bool] | None:
    """The end of the quotation, if it ends in its block, and whether the same words are opened anew there."""
    marks = _CLOSES[opening.group()]
    limit = min(block.end, opening.end() + LONGEST)
    if opening.group() in "‘'":
        end = _close_single(text, opening.end(), limit, marks)
        return None if end is None else (end, False)
    closers = _BACKTICK_CLOSERS if opening.group() == "``" else _CLOSERS[opening.group()]
    for match in closers.finditer(text, opening.end(), limit):
        if match.group() != '"':
            return match.end(), False
        if _INCHES.search(text, match.start() - 4, match.start()) or (
            text[match.start() - 1].isdigit() and text[match.end() : match.end() + 1].isalnum()
        ):
            continue
        if not _opens_anew(text, match, block):
            return match.end(), False
        return opening.end() + len(text[opening.end() : match.start()].rstrip()), True
    return None


def _opens_anew(text: str, mark: re.Match[str], block: Block) -> bool:
    """Whether a straight mark inside an open quotation begins its next paragraph (paragraph ends may be lost)."""
    before = text[max(block.start, mark.start() - 3) : mark.start()]
    after = text[mark.end() : min(block.end, mark.end() + 60)]
    if not before[-1:].isspace() or before.rstrip()[-1:] not in {".", "?", "!"} or not after[:1].isupper():
        return False
    return not _cue_soon(after, 5)


def _cue_soon(after: str, reach: int) -> bool:
    forms = cue_forms()
    return any(
        (form := forms.get(word.lower())) is not None and form.cue_class is not CueClass.ATTITUDE
        for word in _WORDS.findall(after)[:reach]
    )


_BACKTICK_CLOSERS = re.compile(r"[”\"]|''")
_CLOSERS = {mark: re.compile(f"[{re.escape(closes)}]") for mark, closes in _CLOSES.items()}


def _close_single(text: str, at: int, limit: int, mark: str) -> int | None:
    """Where a single-marked quotation ends: not inside a word, and not at "s’ word" while a better place follows."""
    doubtful: int | None = None
    place = text.find(mark, at, limit)
    while place != -1:
        before = text[place - 1]
        after = text[place + 1] if place + 1 < limit else " "
        joined = after.isalnum() and before.isalnum()
        if not joined and not before.isspace():
            if not (before == "s" and after == " " and text[place + 2 : place + 3].islower()):
                return place + 1
            doubtful = doubtful or place + 1
        if place - at > 600 and doubtful:
            break
        place = text.find(mark, place + 1, limit)
    return doubtful


def _open_ended(text: str, blocks: Sequence[Block], number: int, opening: re.Match[str]) -> Quote | None:
    """A quotation that its own block does not close; None for a stray mark."""
    block = blocks[number]
    start = opening.start()
    if opening.group() in "‘'":
        return None
    if block.end - start > LONGEST:
        return None
    kind = block.kind
    for later in range(number + 1, min(number + 1 + CARRY_BLOCKS, len(blocks))):
        following = blocks[later]
        if following.kind is not kind or _gap(text, blocks[later - 1], following):
            break
        first = _ANY_DOUBLE.search(text, following.start, following.end)
        if first is None:
            continue
        if first.start() == following.start and first.group() in '“"„«``':
            if later == number + 1:
                return Quote(start, block.end, number, number, closed=False, continues=True)
            break
        if _closes_carried(text, opening.group(), first, following):
            return Quote(start, first.end(), number, later, closed=True, continues=False)
        break
    if start == block.start:
        return Quote(start, block.end, number, number, closed=False, continues=False)
    return None


def _gap(text: str, left: Block, right: Block) -> bool:
    """Whether something that is no evidence (a caption) stands between the two."""
    between = text[left.end : right.start]
    return bool(between) and not between.isspace()


def _closes_carried(text: str, opened: str, mark: re.Match[str], block: Block) -> bool:
    """Whether this mark ends a quotation that was opened paragraphs ago."""
    if mark.group() not in _CLOSES[opened]:
        return False
    if mark.group() != '"':
        return True
    before = text[max(block.start, mark.start() - 40) : mark.start()]
    after = text[mark.end() : mark.end() + 120]
    if not after or not after[0].isalnum():
        return True
    forms = cue_forms()
    words_before = _WORDS.findall(before)
    if words_before and words_before[-1].lower() in forms:
        return False
    return _cue_soon(after, 14)
