"""Documents for the tests of this folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.corpus.load import load
from assistant.domain import Article, BlockKind, Document

SEEDS = Path(__file__).parents[2] / "seeds"


def page(text: str, **fields: Any) -> Document:
    return Document(path="page.txt", sha256="0" * 64, text=text, format="text", **fields)


def seed(start: str) -> Document:
    file = next(SEEDS.glob(f"{start}_*.txt"))
    return load(file, file.name)


def kept(document: Document, articles: tuple[Article, ...], *kinds: BlockKind) -> list[str]:
    """The text of the blocks of these kinds, of all kinds if none is named."""
    return [
        document.text[block.start : block.end]
        for article in articles
        for block in article.blocks
        if not kinds or block.kind in kinds
    ]
