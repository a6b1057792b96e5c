"""The stages from a file to what is indexed.

Each is imported when it first runs: together they take 0.3 s, and a question needs no more of them than their versions.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.attribution import ATTRIBUTION_VERSION
from assistant.corpus import CLEANER_VERSION, SPLITTER_VERSION
from assistant.domain import Provenance
from assistant.index.stages import CountTokens, Found, Stages

if TYPE_CHECKING:
    from assistant.domain import Article, Attribution, Document, Passage, Skipped


def stages() -> Stages:
    """load, clean, split and attribute, with their versions."""
    return Stages(
        versions={"cleaner": CLEANER_VERSION, "splitter": SPLITTER_VERSION, "attribution": ATTRIBUTION_VERSION},
        scan=_scan,
        load=_load,
        articles=_articles,
        split=_split,
        header=_header,
        attribute=_attribute,
    )


def _scan(folder: Path) -> tuple[list[Found], list[Skipped]]:
    from assistant.corpus.load import scan
    from assistant.corpus.metadata import read_metadata

    found = scan(folder)
    overrides = read_metadata(folder, {one.path for one in found.files})
    files = [Found(one.path, one.file, overrides.get(one.path, Provenance())) for one in found.files]
    return files, list(found.skipped)


def _load(found: Found) -> Document:
    from assistant.corpus.load import load

    return load(found.file, found.path, found.override)


def _articles(document: Document) -> Sequence[Article]:
    from assistant.corpus.articles import articles

    return articles(document)


def _split(document: Document, articles: Sequence[Article], count_tokens: CountTokens) -> Sequence[Passage]:
    from assistant.corpus.split import split

    return split(document, articles, count_tokens)


def _header(source: Provenance, path: str) -> str:
    from assistant.corpus.split import header

    return header(source, path)


def _attribute(document: Document, article: Article) -> Sequence[Attribution]:
    from assistant.attribution.attribute import attribute

    return attribute(document, article)
