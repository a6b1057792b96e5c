"""What the lines above an article's first paragraph tell: title, author, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from assistant.corpus.boundaries import continues_title, could_be_title
from assistant.corpus.clean import Piece
from assistant.corpus.dates import date_line, is_update, parse_date
from assistant.corpus.furniture import Role, byline
from assistant.corpus.lines import Marker

_LABELLED = re.compile(r"publish|posted|updated|modified|\bdate\b", re.IGNORECASE)
_OPENING_DATE = re.compile(
    r"(?:date|published|posted|publication date)(?:\s+on)?\s*:?\s+(?:\d{4}-\d\d-\d\d(?:T\S+)?|\d{1,2} \w+ \d{4}|"
    r"[A-Z]\w+ \d{1,2}, \d{4})\s+(?=[\"“‘A-Z])",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"[\W_]+")


class Head(NamedTuple):
    """What stands above an article's text. `title` and `page_date` are places among the pieces."""

    title: tuple[int, ...]
    end: int
    """The first piece of running text."""
    author: str | None
    published: date | None
    above: date | None
    """A date that stands above the title: of a page's first article it is the page's date."""


def read_head(pieces: Sequence[Piece], known_title: str | None, *, titled: bool = True) -> Head:
    """Reads one article's pieces; `known_title` is the title that the file's metadata tells.

    With `titled` False the article is known to have no headline.
    """
    end = next((at for at, piece in enumerate(pieces) if piece.body and not _asks(pieces, at)), len(pieces))
    title = _title(pieces, end, known_title) if titled else ()
    authors = [names for piece in pieces if piece.role is Role.BYLINE and (names := byline(piece.unit.text))]
    above: date | None = None
    own: date | None = None
    updated: date | None = None
    for at, piece in enumerate(pieces):
        if piece.role is not Role.DATE:
            continue
        text = piece.unit.text.strip("*_ ")
        day = date_line(text)
        if is_update(text):
            # Above the title it is the site that was updated.
            updated = updated or (day if title and title[0] < at <= end + 1 else None)
        elif at < end and title and at < title[0]:
            above = above or day
        elif at < end or _LABELLED.search(text):
            own = own or day
    if own is None:
        own = next(
            (day for piece in pieces[:end] if piece.role is Role.BYLINE and (day := parse_date(piece.unit.text))), None
        )
    if own is None and end < len(pieces):
        own = opening_date(pieces[end].unit.text)[0]
    if own is None and above is None:
        own = updated
    return Head(title, end, authors[0] if authors else None, own, above)


def keeps_date(pieces: Sequence[Piece], at: int, head: Head) -> bool:
    """Whether a date line is a heading of the text ("15 January 2022" in a diary) and not the article's date."""
    return pieces[at].role is Role.DATE and at > head.end and not _LABELLED.search(pieces[at].unit.text)


def opening_date(text: str) -> tuple[date | None, int]:
    """The labelled date that some pages run into their first sentence, and its length ("date 2022-01-14 The …")."""
    match = _OPENING_DATE.match(text)
    day = parse_date(match.group()) if match else None
    return (day, match.end()) if match and day else (None, 0)


def _asks(pieces: Sequence[Piece], at: int) -> bool:
    return (
        pieces[at].unit.text[-1] in "?!"
        and could_be_title(pieces[at])
        and not any(p.role is Role.TEXT for p in pieces[:at])
    )


def _title(pieces: Sequence[Piece], end: int, known: str | None) -> tuple[int, ...]:
    able = [at for at in range(end) if could_be_title(pieces[at], words=2)]
    if known:
        wanted = _bare(known)
        same = [at for at in able if _bare(pieces[at].unit.text) == wanted]
        if same:
            return (same[0],)
    marked = [at for at in able if pieces[at].unit.marker is Marker.HEADING]
    if marked and marked[0] == able[0]:
        return (marked[0],) if pieces[marked[0]].unit.level <= 2 or len(able) == 1 else ()
    if end == len(pieces) or not able:
        return ()
    long = [at for at in able if pieces[at].unit.words >= 4]
    if not long and len(able) > 1:
        return ()
    first = (long or able)[0]
    title = [first]
    while title[-1] + 1 < end and continues_title(pieces[title[-1]], pieces[title[-1] + 1]):
        title.append(title[-1] + 1)
    return tuple(title)


def _bare(text: str) -> str:
    return _PUNCTUATION.sub(" ", text).strip().casefold()
