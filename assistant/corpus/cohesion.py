"""Articles that follow each other without a headline between them, told apart by their words.

Some pages run several reports together. Where the names and words of what comes before and after a paragraph have next
to nothing in common, and the paragraph opens like a report does, another article begins. After M. Hearst, TextTiling
(Computational Linguistics 23, 1997): lexical similarity of two blocks, and how deep it dips between its neighbours.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.corpus.boundaries import could_be_title
from assistant.corpus.clean import Piece
from assistant.corpus.furniture import Role
from assistant.corpus.lines import Marker

WINDOW = 6
"""Paragraphs on each side that are compared."""

MIN_PARAGRAPHS = 5
"""Paragraphs that an article without headline must have, and that must lie before it."""

MIN_TITLED = 3
"""The same for an article that begins with a line that may be its headline."""

MAX_SHARED_NAMES = 0.12
"""Share of the names of the smaller side that the other side may know."""

MARKED_SIMILARITY = 0.08
"""Cosine below which a paragraph that is set off (a lone bullet, a drawn line) begins another article."""

MIN_GONE = 0.5
"""Share of the names told three times or more on one side of a paragraph that the whole other side must not know. The
people of one article come back at its end, however far its chapters lead away from them."""

UNMARKED_SIMILARITY = 0.1
UNMARKED_DEPTH = 0.2
"""A paragraph that is not set off needs a dip this deep as well: the sum of the drops from the peaks on both sides."""

_NAME = re.compile(r"(?<=[a-z,;‘“(] )[A-Z][\w-]+|^[A-Z][\w-]+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    "that with were have from they which will would their them said says been being also than then into over under "
    "after before about could should while when where what there these those more most other such only some this "
    "country people year week month the a an in on at but and his her he she it as for its one many".split()
)
_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_REPORTS = re.compile(r"\b(?:sa(?:id|ys)|announc\w+|told|report(?:ed|s)|confirm\w+|declar\w+|stat(?:ed|ement))\b")


class Break(NamedTuple):
    """Where an article begins, and whether with a headline."""

    at: int
    titled: bool


def breaks(pieces: Sequence[Piece], starts: Sequence[int], *, headlines: bool = True) -> list[Break]:
    """Where articles begin besides those at `starts`; with `headlines` also at lines that may be chapter headings."""
    cuts = [0, *(start for start in starts if start), len(pieces)]
    found: list[Break] = []
    for first, last in pairwise(cuts):
        places = [at for at in range(first, last) if pieces[at].body]
        if len(places) >= 2 * MIN_TITLED:
            found.extend(_within(pieces, places, headlines=headlines))
    return found


def _within(pieces: Sequence[Piece], places: list[int], *, headlines: bool) -> list[Break]:
    texts = [pieces[at].unit.text for at in places]
    names = [frozenset(name for name in _NAME.findall(text) if name.lower() not in _COMMON) for text in texts]
    found: list[Break] = []
    similarity: _Similarity | None = None
    floor = 0
    for at in range(MIN_TITLED, len(texts) - MIN_TITLED + 1):
        title = _headline(pieces, places, at) if headlines else None
        least = MIN_PARAGRAPHS if title is None else MIN_TITLED
        if at - floor < least or len(texts) - at < least:
            continue
        marked = title is not None or _set_off(pieces, places, at)
        if not (marked or _opens_report(texts, at)) or not _apart(names, floor, at):
            continue
        similarity = similarity or _Similarity(texts)
        here = similarity.at(at, floor)
        dips = not marked and here < UNMARKED_SIMILARITY and similarity.depth(at, floor) >= UNMARKED_DEPTH
        if here < MARKED_SIMILARITY if marked else dips:
            found.append(Break(places[at] if title is None else title, title is not None))
            floor = at
    return found


def _headline(pieces: Sequence[Piece], places: list[int], at: int) -> int | None:
    """The line above a paragraph that may be its article's headline; marked headings are chapters."""
    above = range(places[at - 1] + 1, places[at])
    return next(
        (
            place
            for place in above
            if pieces[place].unit.marker is Marker.NONE and could_be_title(pieces[place], words=5)
        ),
        None,
    )


def _apart(names: list[frozenset[str]], floor: int, at: int) -> bool:
    """Whether the names on both sides of a paragraph have next to nothing to do with each other."""
    return (
        _shared(names, floor, at) <= MAX_SHARED_NAMES
        and _missing(names[floor:at], names[at:]) >= MIN_GONE
        and _missing(names[at:], names[floor:at]) >= MIN_GONE
    )


def _set_off(pieces: Sequence[Piece], places: list[int], at: int) -> bool:
    """Whether a paragraph is a lone bullet between others, or stands behind a drawn line."""
    piece = pieces[places[at]]
    if any(other.role is Role.RULE for other in pieces[places[at - 1] + 1 : places[at]]):
        # Novels part their scenes that way.
        return _opens_report([pieces[near].unit.text for near in places], at)
    return piece.unit.marker is Marker.LIST and all(
        pieces[places[near]].unit.marker is not Marker.LIST for near in (at - 1, at + 1) if near < len(places)
    )


def _opens_report(texts: list[str], at: int) -> bool:
    """Whether a paragraph and the next tell who said something on which day, as the first ones of a report do."""
    opening = " ".join(texts[at : at + 2])
    return texts[at][0].isupper() and _DAY.search(opening) is not None and _REPORTS.search(opening) is not None


def _shared(names: list[frozenset[str]], floor: int, at: int) -> float:
    left = frozenset().union(*names[max(floor, at - WINDOW) : at])
    right = frozenset().union(*names[at : at + WINDOW])
    return len(left & right) / min(len(left), len(right)) if left and right else 1.0


def _missing(side: list[frozenset[str]], other: list[frozenset[str]]) -> float:
    """Share of the names that one side tells often and the other side never."""
    told = Counter(name for paragraph in side for name in paragraph)
    often = [name for name, count in told.items() if count >= 3]
    known = frozenset().union(*other)
    return sum(name not in known for name in often) / len(often) if often else 1.0


class _Similarity:
    """Cosine of the words of the paragraphs before and after a place; rare words weigh more."""

    def __init__(self, texts: list[str]) -> None:
        self._words = [
            Counter(word[:6] for word in map(str.lower, _WORD.findall(text)) if word not in _COMMON) for text in texts
        ]
        known = Counter(word for words in self._words for word in words)
        self._weights = {word: math.log(1 + len(texts) / count) for word, count in known.items()}

    def at(self, place: int, floor: int) -> float:
        left = self._vector(max(floor, place - WINDOW), place)
        right = self._vector(place, place + WINDOW)
        norm = math.hypot(*left.values()) * math.hypot(*right.values())
        # Sorted, because the sum of floats depends on their order and sets have none.
        return sum(left[word] * right[word] for word in sorted(left.keys() & right.keys())) / norm if norm else 1.0

    def depth(self, place: int, floor: int) -> float:
        here = self.at(place, floor)
        last = len(self._words) - 1
        left = [self.at(other, floor) for other in range(max(floor + 2, place - WINDOW), place)]
        right = [self.at(other, floor) for other in range(place + 1, min(last, place + WINDOW))]
        if not left or not right or here > min(left[-1], right[0]):
            return 0.0
        return max(left) - here + max(right) - here

    def _vector(self, start: int, end: int) -> dict[str, float]:
        total: Counter[str] = Counter()
        for words in self._words[start:end]:
            total.update(words)
        return {word: (1 + math.log(count)) * self._weights[word] for word, count in total.items()}
