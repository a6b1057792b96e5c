"""Page to pieces: every unit of a page with what it is for, judged by its looks and by its neighbours."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.corpus.frontmatter import front_matter
from assistant.corpus.furniture import Role, is_section_name, is_weak_comments, role_of
from assistant.corpus.lines import Marker, Unit, units
from assistant.domain import Document, Provenance

REPEATED_SHARE = 0.7
"""Share of a line's content words that its neighbours must hold before it counts as a caption taken from the text."""

_CAPTION_WORDS = re.compile(
    r"\bin front of\b|\bpictured\b|\b(?:is|are) (?:seen|shown)\b|\bseen (?:here|in|at|on|carrying|during|with)\b|"
    r"\bshown (?:here|in)\b|"
    r"\((?:left|right|cent(?:re|er)|l|r|c|file|front|back)\)|\bposes? (?:for|with)\b|\bshakes? hands\b|"
    r"\bwalks? past\b|\bundated\b"
)
_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    "the and for that with was were are has had have this from they which will would their them its his her not but "
    "said says "
    "been being also than then into over under after before about".split()
)


@dataclass(slots=True)
class Piece:
    """A unit and its role."""

    unit: Unit
    role: Role

    @property
    def body(self) -> bool:
        """Running text that is kept."""
        return self.role is Role.TEXT and self.unit.paragraph

    @property
    def short(self) -> bool:
        """Kept, but no running text: a title, a heading, an item."""
        return self.role is Role.TEXT and not self.unit.paragraph


class Page(NamedTuple):
    """A document's pieces, and what its front matter says."""

    pieces: list[Piece]
    header: Provenance


def clean(document: Document) -> Page:
    """The pieces of a document in order, without front matter."""
    header, start = front_matter(document.text)
    pieces = [Piece(unit, role_of(unit)) for unit in units(document.text) if unit.start >= start]
    if document.pages:
        _running_heads(pieces, document.pages)
    _captions(pieces)
    _section_bars(pieces)
    return Page(pieces, header)


def drop_regions(pieces: list[Piece], boundaries: Sequence[int]) -> None:
    """Takes out the readers' comments and the lists of other articles, up to the next article."""
    stops = [*sorted(boundaries), len(pieces)]
    seen_words = 0
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        stop = stops[bisect_right(stops, at)] if at < stops[-1] else len(pieces)
        if at in stops:
            seen_words = 0
        at += 1
        if piece.role is Role.COMMENTS or (
            piece.short and is_weak_comments(piece.unit.text) and _like_comments(pieces, at)
        ):
            piece.role = Role.COMMENTS
            following = sum(pieces[place].unit.words for place in range(at, stop) if pieces[place].body)
            # A link to the comments above the article looks the same; then the text is still to come.
            if seen_words >= 40 and following <= 1.5 * seen_words:
                for place in range(at, stop):
                    pieces[place].role = Role.COMMENTS
                at = stop
        elif piece.role is Role.RELATED:
            at = _drop_related(pieces, at, stop, seen_words)
        elif piece.body:
            seen_words += piece.unit.words


def _drop_related(pieces: list[Piece], at: int, stop: int, seen_words: int) -> int:
    """Takes out what belongs to a list of other articles that starts before `at`; gives the place behind it."""
    if seen_words >= 40 and _only_teasers(pieces, at, stop, seen_words):
        for place in range(at, stop):
            if pieces[place].role is Role.TEXT:
                pieces[place].role = Role.RELATED
        return stop
    for place in range(at, stop):
        other = pieces[place]
        signed = place + 1 < stop and pieces[place + 1].role is Role.BYLINE
        if other.body or signed or (other.unit.marker is Marker.HEADING and place > at):
            return place
        if other.role is Role.TEXT:
            other.role = Role.RELATED
    return stop


def _only_teasers(pieces: list[Piece], at: int, stop: int, seen_words: int) -> bool:
    """Whether the rest of an article is shorter than its text, and half of it no running text."""
    short = long = words = 0
    for place in range(at, stop):
        piece = pieces[place]
        if piece.role is Role.TEXT:
            short += piece.short
            long += piece.body
            words += piece.unit.words
            if words > 0.6 * seen_words:
                return False
    return short > 0 and short >= long


def _like_comments(pieces: list[Piece], at: int) -> bool:
    """Whether what follows a line "Comments" are comments: names with dates, "says:", "reply"."""
    following = pieces[at : at + 8]
    signs = sum(
        other.role in (Role.DATE, Role.COMMENTS) or other.unit.text.endswith((" says:", " says", " ago", " wrote:"))
        for other in following
    )
    return signs >= 2


def _captions(pieces: list[Piece]) -> None:
    for at, piece in enumerate(pieces):
        unit = piece.unit
        if piece.role is Role.CREDIT:
            _caption_above(pieces, at)
        elif piece.role is Role.BYLINE and at + 1 < len(pieces):
            # Where the writer works, in the line below the name.
            below = pieces[at + 1]
            if below.short and below.unit.gap == 0 and below.unit.words <= 8 and below.unit.marker is Marker.NONE:
                below.role = Role.BYLINE
        elif piece.role is not Role.TEXT or unit.marker not in (Marker.NONE, Marker.LIST) or not 6 <= unit.words <= 45:
            continue
        elif not unit.terminal and at > 0 and (_CAPTION_WORDS.search(unit.text) or _repeats(pieces, at)):
            piece.role = Role.CAPTION


def _caption_above(pieces: list[Piece], at: int) -> None:
    """The lines that go with a credit: list items around it, or the other line of the same little block."""
    unit = pieces[at].unit
    if unit.marker is Marker.LIST:
        for other in reversed(pieces[max(0, at - 2) : at]):
            if other.unit.marker is not Marker.LIST or other.unit.paragraph:
                return
            if other.role is Role.TEXT:
                other.role = Role.CAPTION
        return
    if at == 0:
        return
    above = pieces[at - 1]
    if above.role is Role.TEXT and above.unit.words <= 45 and unit.text.startswith(above.unit.text):
        # Told twice: as the picture's name, and again with its maker.
        above.role = Role.CAPTION
    if unit.gap > 0:
        return
    if above.role is not Role.TEXT or above.unit.words > 45 or above.unit.marker is not Marker.NONE:
        return
    alone = above.unit.gap > 0 and (at + 1 == len(pieces) or pieces[at + 1].unit.gap > 0)
    if alone or (not above.unit.terminal and above.unit.gap == 0):
        above.role = Role.CAPTION


def _repeats(pieces: list[Piece], at: int) -> bool:
    own = _stems(pieces[at].unit.text)
    if len(own) < 6:
        return False
    for other in (at - 1, at + 1):
        # A caption told twice, as pages do that hold each picture in two sizes.
        if 0 < other < len(pieces) and pieces[other].role in (Role.TEXT, Role.CAPTION) and not pieces[other].body:
            theirs = _stems(pieces[other].unit.text)
            if len(own & theirs) >= REPEATED_SHARE * max(len(own), len(theirs)):
                return True
    # Between two paragraphs only: above an article the same words are its headline.
    if at + 1 == len(pieces) or not (pieces[at - 1].body and pieces[at + 1].body):
        return False
    for other in (at - 1, at + 1, at - 2, at + 2):
        if 0 <= other < len(pieces) and pieces[other].body and pieces[other].unit.terminal:
            shared = own & _stems(pieces[other].unit.text)
            if len(shared) >= REPEATED_SHARE * len(own):
                return True
    return False


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:5] for word in _WORD.findall(text.lower()) if len(word) > 2 and word not in _STOP)


def _section_bars(pieces: list[Piece]) -> None:
    """Three or more section names or other scraps in a row are a navigation bar."""
    at = 0
    while at < len(pieces):
        end = at
        names = 0
        while end < len(pieces) and _scrap(pieces[end]):
            names += 1
            end += 1
        if names >= 3:
            for piece in pieces[at:end]:
                piece.role = Role.FURNITURE
        at = max(end, at + 1)


def _scrap(piece: Piece) -> bool:
    if piece.unit.words > 3 or piece.unit.marker is Marker.HEADING:
        return False
    return piece.role is Role.FURNITURE or (piece.short and is_section_name(piece.unit.text))


def _running_heads(pieces: list[Piece], pages: tuple[int, ...]) -> None:
    """Headers and footers of a paged document: the same line, digits aside, on the edge of half of its pages."""
    if len(pages) < 3:
        return
    edges: Counter[str] = Counter()
    on_page: dict[int, list[Piece]] = {}
    page = 0
    for piece in pieces:
        while page + 1 < len(pages) and piece.unit.start >= pages[page + 1]:
            page += 1
        on_page.setdefault(page, []).append(piece)
    edge_pieces: list[tuple[str, Piece]] = []
    for found in on_page.values():
        edge = found[:2] + found[2:][-2:]
        for key, piece in {
            re.sub(r"\d+", "#", piece.unit.text): piece for piece in edge if piece.unit.words <= 20
        }.items():
            edges[key] += 1
            edge_pieces.append((key, piece))
    for key, piece in edge_pieces:
        if edges[key] >= max(3, len(on_page) // 2):
            piece.role = Role.FURNITURE
