"""The catalogue's tables, and how the domain types become rows and come back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
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
    Span,
)

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    document INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, format TEXT NOT NULL, encoding TEXT,
    text TEXT NOT NULL, characters INTEGER NOT NULL, pages TEXT NOT NULL, declared TEXT NOT NULL,
    override TEXT NOT NULL, first_article INTEGER NOT NULL, articles INTEGER NOT NULL, first_row INTEGER NOT NULL,
    passages INTEGER NOT NULL
);
CREATE TABLE articles (
    article INTEGER PRIMARY KEY, document INTEGER NOT NULL, ordinal INTEGER NOT NULL, "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL, title TEXT, outlet TEXT, author TEXT, published TEXT, url TEXT, blocks TEXT NOT NULL,
    header TEXT NOT NULL, outlet_key TEXT
);
CREATE TABLE passages (
    "row" INTEGER PRIMARY KEY, id TEXT NOT NULL, document INTEGER NOT NULL, article INTEGER NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, sentences TEXT NOT NULL, key BLOB NOT NULL
);
CREATE TABLE attributions (
    attribution INTEGER PRIMARY KEY, document INTEGER NOT NULL, article INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL, speaker TEXT, speaker_last TEXT, speaker_as_written TEXT, speaker_role TEXT,
    cue TEXT, cue_class TEXT NOT NULL, manner TEXT NOT NULL
);
CREATE TABLE casing (
    word TEXT PRIMARY KEY, capitalised INTEGER NOT NULL, lower INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE skipped (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
"""

INDICES = """
CREATE UNIQUE INDEX documents_path ON documents (path);
CREATE UNIQUE INDEX passages_id ON passages (id);
CREATE INDEX passages_article ON passages (article);
CREATE INDEX articles_document ON articles (document);
CREATE INDEX attributions_speaker ON attributions (speaker_last);
CREATE INDEX attributions_document ON attributions (document);
"""
"""Made after the rows, which is faster."""

DOCUMENT = "path, sha256, format, encoding, text, pages, declared, override"
ARTICLE = 'd.path, a.ordinal, a."start", a."end", a.title, a.outlet, a.author, a.published, a.url, a.blocks'
PASSAGE = (
    'p.id, d.path, a.ordinal, p."start", p."end", p.text, p.sentences, a.title, a.outlet, a.author, a.published, a.url'
)
ATTRIBUTION = (
    'd.path, s.ordinal, s."start", s."end", s.sentence_start, s.sentence_end, s.speaker, s.speaker_as_written,'
    " s.speaker_role, s.cue, s.cue_class, s.manner"
)
"""Columns in the order that the readers below take them."""


def last_word(name: str) -> str:
    """What a speaker is looked up by: the last word of a name."""
    words = name.split()
    return words[-1] if words else ""


def source_row(source: Provenance) -> list[str | None]:
    """Title, outlet, author, date and URL."""
    day = source.published.isoformat() if source.published else None
    return [source.title, source.outlet, source.author, day, source.url]


def read_source(row: Sequence[Any]) -> Provenance:
    """The inverse of `source_row`."""
    title, outlet, author, day, url = row
    return Provenance(title, outlet, author, date.fromisoformat(day) if day else None, url)


def document_row(document: Document) -> list[Any]:
    """The columns `DOCUMENT`."""
    return [
        document.path,
        document.sha256,
        document.format,
        document.encoding,
        document.text,
        json.dumps(document.pages),
        json.dumps(source_row(document.declared)),
        json.dumps(source_row(document.override)),
    ]


def read_document(row: Sequence[Any]) -> Document:
    """A document from the columns `DOCUMENT`."""
    path, sha256, form, encoding, text, pages, declared, override = row
    return Document(
        path=path,
        sha256=sha256,
        text=text,
        format=form,
        encoding=encoding,
        pages=tuple(json.loads(pages)),
        declared=read_source(json.loads(declared)),
        override=read_source(json.loads(override)),
    )


def blocks_row(blocks: Sequence[Block]) -> str:
    """Blocks as JSON."""
    return json.dumps([[block.start, block.end, block.kind.value] for block in blocks], separators=(",", ":"))


def read_article(row: Sequence[Any]) -> Article:
    """An article from the columns `ARTICLE`."""
    path, ordinal, start, end, *source, blocks = row
    return Article(
        document=path,
        ordinal=ordinal,
        start=start,
        end=end,
        source=read_source(source),
        blocks=tuple(Block(start, end, BlockKind(kind)) for start, end, kind in json.loads(blocks)),
    )


def read_passage(row: Sequence[Any]) -> Passage:
    """A passage from the columns `PASSAGE`; its source is its article's."""
    identity, path, article, start, end, text, sentences, *source = row
    return Passage(
        id=identity,
        document=path,
        article=article,
        start=start,
        end=end,
        text=text,
        sentences=tuple(Span(*span) for span in json.loads(sentences)),
        source=read_source(source),
    )


def attribution_row(one: Attribution) -> list[Any]:
    """All columns of an attribution after `document` and `article`."""
    return [
        one.article,
        one.start,
        one.end,
        one.sentence_start,
        one.sentence_end,
        one.speaker,
        last_word(one.speaker) if one.speaker is not None else None,
        one.speaker_as_written,
        one.speaker_role,
        one.cue,
        one.cue_class.value,
        one.manner.value,
    ]


def read_attribution(row: Sequence[Any]) -> Attribution:
    """An attribution from the columns `ATTRIBUTION`."""
    path, ordinal, start, end, sentence_start, sentence_end, speaker, written, role, cue, cue_class, manner = row
    return Attribution(
        document=path,
        article=ordinal,
        start=start,
        end=end,
        sentence_start=sentence_start,
        sentence_end=sentence_end,
        speaker=speaker,
        speaker_as_written=written,
        speaker_role=role,
        cue=cue,
        cue_class=CueClass(cue_class),
        manner=Manner(manner),
    )
