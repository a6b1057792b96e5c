"""Headings that name their source behind a dash ("Russia ‘fabricating a pretext’ – White House")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.attribution.clauses import is_finite
from assistant.attribution.found import Found
from assistant.domain import BlockKind, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Sentence
    from assistant.domain import Block

_BEHIND_DASH = re.compile(r"(?P<words>\S.{8,200}?)\s[–—]\s(?P<name>(?:[^\W\d_a-z]\S*\s?){1,4})$")
_BEFORE_COLON = re.compile(r"(?P<name>(?:[^\W\d_a-z][\w’'.-]*\s?){1,4}):\s(?P<words>\S.{8,200})$")


def _is_told(sentence: Sentence) -> bool:
    """Whether a quotation or a verb stands in the heading: "Ada Lovelace: Queen of Engines" is no statement."""
    tokens = sentence.tokens
    return any(token.kind == "q" or is_finite(tokens, at) for at, token in enumerate(tokens))


def find_in_heading(
    text: str, sentences: Sequence[Sentence], blocks: Sequence[Block], outlet: str | None
) -> list[Found]:
    """Headings "words – Name" and "Name: words" whose name the body knows."""
    found: list[Found] = []
    body: str | None = None
    for sentence in sentences:
        if sentence.kind is BlockKind.BODY:
            continue
        block = blocks[sentence.block]
        if sentence.start != block.start or block.end - block.start > 300:
            continue
        line = text[block.start : block.end]
        match = _BEHIND_DASH.match(line) or _BEFORE_COLON.match(line)
        if match is None or (match.re is _BEFORE_COLON and not _is_told(sentence)):
            continue
        if body is None:
            body = " ".join(text[one.start : one.end] for one in blocks if one.kind is BlockKind.BODY)
        name = match["name"].strip()
        if name == outlet or re.search(rf"\b{re.escape(name)}\b", body) is None:
            continue
        words = Span(block.start + match.start("words"), block.start + match.end("words"))
        written = Span(block.start + match.start("name"), block.start + match.start("name") + len(name))
        found.append(Found.labelled(sentence.index, written, name, words, None))
    return found
