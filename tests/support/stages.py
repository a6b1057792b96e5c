"""Stages as plain as can be, so that the index is tested without the real cleaner and splitter.

A file is articles that start with `# Title | Outlet | 2022-01-14` (outlet and date may be missing); paragraphs lie
between blank lines, each is a passage, and `Somebody said: "…"` is an attribution.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assistant.domain import (
    Article,
    Attribution,
    Block,
    BlockKind,
    CueClass,
    Document,
    Manner,
    Passage,
    Provenance,
    Skipped,
    Span,
)
from assistant.errors import CorpusError
from assistant.index.stages import Found, Stages

_HEADLINE = re.compile(r"^# (.*)$", re.MULTILINE)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_SENTENCE = re.compile(r"\S[^.!?]*[.!?]*")
_SAID = re.compile(r"([A-Z]\w+(?: [A-Z]\w+)*) (said|denied): (\"[^\"]*\")")


def make_document(path: str, text: str, override: Provenance | None = None) -> Document:
    return Document(
        path=path,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest(),
        text=text,
        format="text",
        encoding="utf-8",
        override=override or Provenance(),
    )


def articles(document: Document) -> tuple[Article, ...]:
    starts = [match.start() for match in _HEADLINE.finditer(document.text)] or [0]
    found = []
    for ordinal, (start, end) in enumerate(zip(starts, [*starts[1:], len(document.text)], strict=True)):
        blocks = []
        title, outlet, published = None, None, None
        for match in _PARAGRAPH.finditer(document.text, start, end):
            if match.group().startswith("# "):
                fields = [part.strip() or None for part in match.group()[2:].split("|")] + [None, None]
                title, outlet = fields[0], fields[1]
                published = date.fromisoformat(fields[2]) if fields[2] else None
                blocks.append(Block(match.start(), match.end(), BlockKind.TITLE))
            else:
                blocks.append(Block(match.start(), match.end(), BlockKind.BODY))
        source = Provenance(
            title=document.override.title or title,
            outlet=document.override.outlet or outlet,
            published=document.override.published or published,
        )
        found.append(Article(document.path, ordinal, start, end, source, tuple(blocks)))
    return tuple(found)


def split(
    document: Document, found: Sequence[Article], count_tokens: Callable[[Sequence[str]], list[int]]
) -> tuple[Passage, ...]:
    passages = []
    for article in found:
        bodies = [block for block in article.blocks if block.kind is BlockKind.BODY]
        count_tokens([document.text[block.start : block.end] for block in bodies])
        for block in bodies:
            text = document.text[block.start : block.end]
            sentences = tuple(
                Span(match.start(), match.start() + len(match.group().rstrip()))
                for match in _SENTENCE.finditer(document.text, block.start, block.end)
            )
            key = f"{document.path}\0{block.start}\0{block.end}\0{text}\0{article.source}"
            passages.append(
                Passage(
                    id=hashlib.sha256(key.encode()).hexdigest()[:32],
                    document=document.path,
                    article=article.ordinal,
                    start=block.start,
                    end=block.end,
                    text=text,
                    sentences=sentences,
                    source=article.source,
                )
            )
    return tuple(passages)


def header(source: Provenance, path: str) -> str:  # noqa: ARG001 the contract names it
    day = source.published.isoformat() if source.published else None
    return " · ".join(part for part in (source.title, source.outlet, day) if part)


def attribute(document: Document, article: Article) -> tuple[Attribution, ...]:
    return tuple(
        Attribution(
            document=document.path,
            article=article.ordinal,
            start=match.start(3),
            end=match.end(3),
            sentence_start=match.start(),
            sentence_end=match.end(),
            speaker=match.group(1),
            speaker_as_written=match.group(1),
            speaker_role=None,
            cue={"said": "say", "denied": "deny"}[match.group(2)],
            cue_class=CueClass.SAYING,
            manner=Manner.DIRECT,
        )
        for match in _SAID.finditer(document.text, article.start, article.end)
    )


def scan(folder: Path) -> tuple[list[Found], list[Skipped]]:
    """Text files; images are named as such; `outlet.meta` names an outlet for all."""
    if not folder.is_dir():
        raise CorpusError(f"No folder {folder}", "Give one that exists")
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    names = {file: file.relative_to(folder).as_posix() for file in files}
    outlet = folder / "outlet.meta"
    override = Provenance(outlet=outlet.read_text().strip()) if outlet.exists() else Provenance()
    found = [Found(names[file], file, override) for file in files if file.suffix == ".txt"]
    return found, [Skipped(names[file], "an image") for file in files if file.suffix == ".jpg"]


def load(one: Found) -> Document:
    data = one.file.read_bytes()
    if data.startswith(b"BROKEN"):
        raise CorpusError(f"{one.path} is broken")
    return make_document(one.path, data.decode("utf-8", "surrogateescape"), one.override)


def make_stages(**changes: Any) -> Stages:
    """All of these as the index takes them."""
    own: dict[str, Any] = {
        "versions": {"cleaner": "1", "splitter": "1"},
        "scan": scan,
        "load": load,
        "articles": articles,
        "split": split,
        "header": header,
        "attribute": attribute,
    }
    return Stages(**{**own, **changes})
