"""Speakers that stand in a text's layout: transcripts, e-mails, and the name behind a dash."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.attribution.found import Found
from assistant.attribution.sources import Reach
from assistant.domain import BlockKind, CueClass, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Block

_NAME = r"[^\W\d_a-z][^\W\d_]*(?:[-'’.][^\W\d_]+)*\.?"
_LABEL = re.compile(
    rf"(?P<name>{_NAME}(?:[ ](?:{_NAME}|van|von|de|der|bin|al)){{0,4}}|Q|A)[ ]?"
    r"(?:\([^()\n]{1,40}\)[ ]?)?"
    r"(?P<mark>:|\.(?=[ ][A-Z]))[ ]+(?=\S)",
)
_NO_LABEL = re.compile(
    r"(?:note|notes|photo|photos|read more|see also|source|sources|date|subject|to|from|cc|bcc|sent|update|updated|"
    r"related|image|video|file|by|email|e-mail|phone|tel|fax|address|watch|listen|tags|category|topics|location|"
    r"where|when|what|who|why|how|time|place|author|title|abstract|keywords|summary|conclusion|background|"
    r"example|warning|tip|important|step|question|answer|here|credit|copyright|next|previous|more|also|"
    r"editor.s note|present|absent|attendees|in attendance|agenda|action|motion|vote|ayes|nays|noes|result|total|"
    r"price|cost)\b",
    re.IGNORECASE,
)
_TURNS = 2
"""Labelled turns that make a transcript; a single one is a dateline or a heading more often."""
_EMAIL = re.compile(
    r"^On [^\n]{5,80}?(?:,| at [^\n,]{3,15},?) *(?P<name>[A-Z][^\n<>,:]{1,50}?) *(?:<[^<>\n]*>)? *wrote:[ ]*$",
    re.MULTILINE,
)
_DASHED = re.compile(
    rf"[”\"»’][ ]?\s*(?:[—–―-]{{1,2}})\s?(?P<name>{_NAME}(?:[ ](?:{_NAME}|van|von|de|der|bin|al|of)){{0,5}})"
    r"(?P<rest>,[^\n“”\"]{1,120})?\.?\s*$"
)


def transcript_turns(text: str, blocks: Sequence[Block]) -> list[tuple[int, Found]]:
    """Labelled turns ("SMITH: words") with the number of their block, if the article has at least two."""
    turns: list[tuple[int, re.Match[str]]] = []
    for number, block in enumerate(blocks):
        if block.kind is not BlockKind.BODY:
            continue
        at = block.start
        while at < block.end:
            match = _LABEL.match(text, at, min(block.end, at + 140))
            if match is not None and _is_label(match):
                turns.append((number, match))
            at = text.find("\n", at, block.end) + 1 or block.end
    if len(turns) < _TURNS or not _looks_spoken(turns, len(blocks)):
        return []
    spoken = [
        (number, _turn(match, _turn_end(text, turns, place, blocks))) for place, (number, match) in enumerate(turns)
    ]
    if all(match["name"].isupper() and len(match["name"]) > 1 for _, match in turns):
        spoken.extend(_further_paragraphs(spoken, blocks))
    return spoken


def _further_paragraphs(spoken: Sequence[tuple[int, Found]], blocks: Sequence[Block]) -> list[tuple[int, Found]]:
    """The unlabelled paragraphs between two turns, said by the earlier speaker."""
    further: list[tuple[int, Found]] = []
    for (number, turn), (following, _) in pairwise(spoken):
        for between in range(number + 1, following):
            block = blocks[between]
            if block.kind is BlockKind.BODY:
                words = Span(block.start, block.end)
                one = Found.labelled(-1, words, turn.label or "", words, None)
                one.follows = turn
                one.verbatim = True
                further.append((between, one))
    return further


def _is_label(match: re.Match[str]) -> bool:
    name = match["name"]
    if match["mark"] == "." and name not in {"Q", "A"} and not (name.isupper() and len(name) > 3):
        return False
    return _NO_LABEL.match(name) is None


def _looks_spoken(turns: Sequence[tuple[int, re.Match[str]]], blocks: int) -> bool:
    """Speakers come back and fill a good part of the article; the labels of a list hardly do."""
    names = [match["name"] for _, match in turns]
    return len(set(names)) * 4 <= len(names) * 3 and len(names) * 4 >= blocks


def _turn_end(text: str, turns: Sequence[tuple[int, re.Match[str]]], place: int, blocks: Sequence[Block]) -> int:
    number, match = turns[place]
    end = blocks[number].end
    if place + 1 < len(turns) and turns[place + 1][0] == number:
        end = turns[place + 1][1].start()
    return match.end() + len(text[match.end() : end].rstrip())


def _turn(match: re.Match[str], end: int) -> Found:
    name = " ".join(match["name"].split())
    return Found(
        sentence=-1,
        cue_start=match.start(),
        cue_end=match.end(),
        cue=":",
        cue_class=CueClass.SAYING,
        reach=Reach.NONE,
        phrase=(),
        contents=[Span(match.end(), max(end, match.end()))],
        label=None if name in {"Q", "A"} else name,
        verbatim=True,
    )


def quoted_mail(text: str, blocks: Sequence[Block]) -> list[tuple[int, Found]]:
    """As in "On …, X wrote:" with the lines marked ">" behind it."""
    found: list[tuple[int, Found]] = []
    for number, block in enumerate(blocks):
        if text.find(" wrote:", block.start, block.end) == -1:
            continue
        for match in _EMAIL.finditer(text, block.start, block.end):
            span = _marked_lines(text, match.end(), blocks[-1].end)
            if span is not None:
                found.append((number, _mail(match, span)))
    return found


def _marked_lines(text: str, at: int, end: int) -> Span | None:
    lines = re.compile(r"\s*((?:^[ ]?>[^\n]*(?:\n|\Z))+)", re.MULTILINE)
    match = lines.match(text, at, end)
    if match is None or not match[1].strip("> \n"):
        return None
    return Span(match.start(1), match.start(1) + len(match[1].rstrip()))


def _mail(match: re.Match[str], span: Span) -> Found:
    return Found(
        sentence=-1,
        cue_start=match.start(),
        cue_end=match.end(),
        cue="write",
        cue_class=CueClass.SAYING,
        reach=Reach.NONE,
        phrase=(),
        contents=[span],
        label=" ".join(match["name"].split()),
        verbatim=True,
    )


def dashed_name(text: str, start: int, end: int) -> re.Match[str] | None:
    """A name behind a dash behind a quotation that ends the block: "“…” — Ada Lovelace, mathematician"."""
    return _DASHED.search(text, max(start, end - 220), end)
