"""A text of paragraphs as a document with one article."""

from __future__ import annotations

import re

from assistant.attribution.attribute import attribute
from assistant.domain import Article, Attribution, Block, BlockKind, Document, Provenance

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")


def page(text: str, *, removed: tuple[str, ...] = (), headings: tuple[str, ...] = ()) -> tuple[Document, Article]:
    """Blocks are paragraphs (blank lines between); those in `removed` are no blocks, those in `headings` headings."""
    blocks = []
    for match in _PARAGRAPH.finditer(text):
        words = match.group().rstrip()
        if words in removed or not words:
            continue
        kind = BlockKind.HEADING if words in headings else BlockKind.BODY
        blocks.append(Block(match.start(), match.start() + len(words), kind))
    article = Article("page.txt", 0, 0, len(text), Provenance(), tuple(blocks))
    return Document("page.txt", "0" * 64, text, "text"), article


def found(text: str, *, removed: tuple[str, ...] = (), headings: tuple[str, ...] = ()) -> tuple[Attribution, ...]:
    """The attributions of a text."""
    return attribute(*page(text, removed=removed, headings=headings))


def said(text: str, **blocks: tuple[str, ...]) -> list[tuple[str | None, str]]:
    """Speaker and said words of each attribution."""
    return [(one.speaker, text[one.start : one.end]) for one in found(text, **blocks)]
