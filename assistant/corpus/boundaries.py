"""Where on a page a new article begins, judged by the lines between two paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from assistant.corpus.clean import Piece
from assistant.corpus.furniture import Role, dateline_length, is_section_name
from assistant.corpus.lines import Marker

BOUNDARY_SCORE = 3.0
"""What the signs of a new article must add up to. A byline below a headline suffices, a date nearly; a heading with a
picture below it, as chapters of one article have, does not."""

MIN_WORDS = 25
"""Running text that an article must hold; less is a teaser."""

_GREETING = re.compile(r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|to whom)\b", re.IGNORECASE)
_PART = re.compile(
    r"(?:chapter|part|section|book|act|scene|volume|canto|letter|appendix|annex)\b.{0,12}|contents|introduction|abstract|preface|"
    r"prologue|foreword|summary|background|conclusions?|references|methods|results|discussion",
    re.IGNORECASE,
)
_ENDS = frozenset([Role.FURNITURE, Role.COMMENTS, Role.RELATED, Role.RULE])
_TITLE_MARKERS = (Marker.NONE, Marker.HEADING)


def could_be_title(piece: Piece, words: int = 3) -> bool:
    """Whether a piece has the looks of a headline of at least so many words."""
    unit = piece.unit
    if piece.role is not Role.TEXT or unit.marker not in _TITLE_MARKERS:
        return False
    if unit.marker is Marker.HEADING:
        return unit.words <= 40
    asks = unit.text[-1] in "?!" and len(unit.text) <= 120 and not re.search(r"[.!?]\s", unit.text)
    if not (piece.short or asks) or not words <= unit.words <= 30:
        return False
    first = next((char for char in unit.text if char.isalnum()), "a")
    if first.islower() or unit.text[-1] in ".:;," or _GREETING.match(unit.text):
        return False
    return not is_section_name(unit.text) and not _PART.fullmatch(unit.text)


def continues_title(before: Piece, piece: Piece) -> bool:
    """Whether a headline was broken into two lines before this piece."""
    text = piece.unit.text
    return (
        piece.short
        and piece.unit.marker is before.unit.marker is Marker.NONE
        and text[0].islower()
        and piece.unit.words <= 15
        and not before.unit.terminal
    )


def boundaries(pieces: Sequence[Piece]) -> list[int]:
    """The pieces at which an article other than the first begins: its headline, or the date line above that."""
    gaps = [two.unit.gap for one, two in pairwise(pieces) if one.body and two.body]
    usual = median_low(gaps) if gaps else 1
    found: list[int] = []
    at = next((place for place, piece in enumerate(pieces) if piece.body), len(pieces))
    while at < len(pieces):
        if pieces[at].body:
            at += 1
            continue
        end = at
        while end < len(pieces) and not pieces[end].body:
            end += 1
        if end < len(pieces):
            title = _headline(pieces, at, end)
            if title is not None and _score(pieces, at, title, end, usual) >= BOUNDARY_SCORE:
                found.append(title - 1 if title > at and pieces[title - 1].role is Role.DATE else title)
        at = end
    if found and not _holds_text(pieces, 0, found[0]):
        # What stands above is a notice or a teaser of this very article.
        found.pop(0)
    stops = [*found, len(pieces)]
    return [at for place, at in enumerate(found) if _holds_text(pieces, at, stops[place + 1])]


def _holds_text(pieces: Sequence[Piece], start: int, end: int) -> bool:
    return sum(piece.unit.words for piece in pieces[start:end] if piece.body) >= MIN_WORDS


def _headline(pieces: Sequence[Piece], start: int, end: int) -> int | None:
    """The headline among the lines between two paragraphs, if there is one."""
    able = [at for at in range(start, end) if could_be_title(pieces[at])]
    signed = next(
        (at for at in range(start, end) if pieces[at].role is Role.BYLINE and any(t < at for t in able)), None
    )
    lists = [at for at in range(start, end) if pieces[at].role is Role.RELATED]
    if lists and signed is not None and signed > lists[-1]:
        # Behind a list of other headlines the one above the byline is the next article's.
        return max(at for at in able if at < signed)
    ends = [at for at in range(start, end) if pieces[at].role in (Role.COMMENTS, Role.RELATED)]
    if ends:
        able = [at for at in able if at > ends[-1]]
    return able[0] if able else None


def _score(pieces: Sequence[Piece], start: int, title: int, end: int, usual: int) -> float:
    head = pieces[title]
    below = list(pieces[title + 1 : end])
    while below and continues_title(head, below[0]):
        below.pop(0)
    # Further down a date or a name belongs to something else.
    roles = {piece.role for piece in below[:3]}
    above = [piece.role for piece in pieces[start:title]]
    dated = Role.DATE in roles or Role.DATELINE in roles
    apart = head.unit.gap > usual and head.unit.gap >= 2
    signs = (
        (Role.BYLINE in roles, 3),
        (dated, 2.75),
        (not dated and above[-1:] == [Role.DATE], 2),
        (dateline_length(pieces[end].unit.text) > 0, 2),
        (Role.CREDIT in roles, 1),
        (any(could_be_title(piece) for piece in below[:2]), 1),
        (apart, 1.5),
        (not apart and usual == 0 and head.unit.gap > 0, 0.5),
        (not _ENDS.isdisjoint(above), 1.5),
        (head.unit.words >= 6, 0.5),
    )
    return sum(weight for sign, weight in signs if sign)
