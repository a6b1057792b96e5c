"""A model's text to statements with the passages they name: markers, sentences, and what is no statement at all."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from assistant.corpus.folding import visible
from assistant.corpus.sentences import split_sentences

NOT_FOUND = "NOT IN THE PASSAGES"
"""What a model is told to write if the passages hold no answer."""
MOST_NUMBERS = 20
"""Passages that one marker may name."""

OPENING = "[【\uff3b\u3014"
_NUMBERS = r"\d{1,3}(?:\s*(?:[,;&–—-]|\band\b)\s*\^?#?\d{1,3})*"
MARKER = re.compile(
    rf"[{re.escape(OPENING)}]\s*(?:(?:passages?|sources?|docs?|documents?|refs?|p|no)\.?\s*)?\^?#?(?P<numbers>{_NUMBERS})"
    r"\s*(?:†[^\]】\uff3d\u3015]{0,40})?[\]】\uff3d\u3015]",
    re.IGNORECASE,
)
"""`[2]`, `[1, 3]`, `[2-4]`, `[passage 2]`, `[^2]`, `【2†source】`, and the same in full width."""
_RANGE = re.compile(r"(\d{1,3})(?:\s*([,;&–—-]|\band\b)\s*)?", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*+•–]|\d{1,2}[.)]|#{1,6}|>)\s+")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,600}?)(?<=\S)\1|(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])")
_CODE = re.compile(r"`([^`\n]+)`")
_RULE = re.compile(r"^\s*(?:[-*_=]{3,}|```.*)\s*$")
_THINKING = re.compile(r"^\s*<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x9b[0-?]*[ -/]*[@-~]")
"""Sequences that colour text, move the cursor or make links."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that a model wrote, without its markers.

    `numbers` are the passages it names, in order, each once. `borrowed`: it names none itself, and these are those of
    the sentence beside it in its paragraph.
    """

    text: str
    numbers: tuple[int, ...]
    borrowed: bool = False


def answer_of(text: str) -> str:
    """The part of a model's text that is its answer: no thinking aloud, nothing invisible, no terminal codes."""
    return visible(_TERMINAL.sub("", _THINKING.sub("", text, count=1))).strip()


def is_not_found(text: str) -> bool:
    """Whether the model says that the passages hold no answer."""
    bare = re.sub(r"[^A-Z ]", "", text.lstrip(" \n*_#>\"“'`")[: len(NOT_FOUND) + 8].upper())
    return " ".join(bare.split()).startswith(NOT_FOUND)


def drafts(text: str) -> tuple[Draft, ...]:
    """The sentences of an answer in order, with the passages they name."""
    found: list[Draft] = []
    for line in text.splitlines():
        if not _RULE.match(line):
            found += _borrowing(_of_line(line))
    return tuple(found)


def _of_line(line: str) -> list[Draft]:
    plain, markers = without_markers(_undecorated(line))
    cuts = sorted({0, *(cut for at, _ in markers if (cut := _cut(plain, at)) is not None), len(plain)})
    spans = [span for start, end in itertools.pairwise(cuts) for span in split_sentences(plain, start, end)]
    numbers: list[list[int]] = [[] for _ in spans]
    for at, named in markers:
        # Its sentence is the last one that begins before it; a marker that opens the line belongs to the first.
        owner = max((n for n, span in enumerate(spans) if span.start < at), default=0)
        if spans:
            numbers[owner].extend(named)
    made = [
        Draft(plain[span.start : span.end].strip(), tuple(dict.fromkeys(named)))
        for span, named in zip(spans, numbers, strict=True)
    ]
    return [draft for draft in made if any(c.isalnum() for c in draft.text)]


NEAR = 8
"""Characters beside a marker that tell whether a sentence ends there."""
_ENDED = re.compile(r"[.!?…][\"”’'»)\]]*$|[\"”»]$")
_ENDS = re.compile(r"[.!?…][\"”’'»)\]]*(?=\s|$)")


def _cut(plain: str, at: int) -> int | None:
    """Where the sentence of a marker ends, if one ends there: a marker behind it closes even a quotation."""
    if after := _ENDS.match(plain, at):
        return after.end()
    before, after_it = plain[max(0, at - NEAR) : at], plain[at : at + NEAR]
    if _ENDED.search(before) and after_it[:1].isspace() and not after_it.lstrip()[:1].islower():
        return at
    return None


def without_markers(text: str) -> tuple[str, list[tuple[int, tuple[int, ...]]]]:
    """The text without its markers, and for each the place in that text where it stood and the numbers in it."""
    parts: list[str] = []
    markers: list[tuple[int, tuple[int, ...]]] = []
    at = length = 0
    for match in MARKER.finditer(text):
        before = text[at : match.start()].rstrip(" \t")
        if not parts and not before.strip():
            before = ""
        parts.append(before)
        length += len(before)
        markers.append((length, numbers_of(match["numbers"])))
        at = match.end()
    parts.append(text[at:])
    return "".join(parts), markers


def numbers_of(text: str) -> tuple[int, ...]:
    """The numbers that a marker names, ranges written out."""
    numbers: list[int] = []
    ranged = False
    for match in _RANGE.finditer(text):
        number = int(match[1])
        if ranged and numbers and numbers[-1] < number <= numbers[-1] + MOST_NUMBERS:
            numbers.extend(range(numbers[-1] + 1, number + 1))
        else:
            numbers.append(number)
        ranged = match[2] is not None and match[2] in "–—-"
    return tuple(dict.fromkeys(numbers))[:MOST_NUMBERS]


def _undecorated(line: str) -> str:
    """The line without Markdown that only decorates. Links and images stay, as text."""
    line = _BULLET.sub("", line)
    for _ in range(2):
        line = _EMPHASIS.sub(lambda match: match[2] or match[3], line)
    return _CODE.sub(r"\1", line)


def _borrowing(line: list[Draft]) -> list[Draft]:
    """Writers put one marker behind several sentences: the others borrow it, the next one's before the last one's.

    What they borrow is checked like any other marker, so that a sentence gains nothing by standing beside a good one.
    """
    made = list(line)
    for n, draft in enumerate(line):
        if draft.numbers:
            continue
        after = next((d.numbers for d in line[n + 1 :] if d.numbers), ())
        before = next((d.numbers for d in reversed(line[:n]) if d.numbers), ())
        made[n] = replace(draft, numbers=after or before, borrowed=bool(after or before))
    return made
