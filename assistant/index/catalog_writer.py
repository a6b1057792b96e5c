"""Writes the catalogue of a new generation, once, in order of path.

Rows are numbered by that order, whatever the history of the index, so that equal corpora make equal catalogues.
Documents that have not changed are copied from the old catalogue without being looked at.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from assistant.domain import Article, Attribution, Document, Passage, Skipped
from assistant.index import fingerprint
from assistant.index.catalog import read_only
from assistant.index.records import vector_key
from assistant.index.rows import INDICES, TABLES, attribution_row, blocks_row, document_row, source_row
from assistant.protocols import Casing

_COPY_DOCUMENT = """
INSERT INTO documents SELECT ?2, path, sha256, format, encoding, text, characters, pages, declared, override,
    ?3, articles, ?4, passages FROM old.documents WHERE document = ?1
"""
_COPY_ARTICLES = """
INSERT INTO articles SELECT article + ?3, ?2, ordinal, "start", "end", title, outlet, author, published, url, blocks,
    header, outlet_key FROM old.articles WHERE document = ?1 ORDER BY article
"""
_COPY_PASSAGES = """
INSERT INTO passages SELECT "row" + ?4, id, ?2, article + ?3, "start", "end", text, sentences, key
    FROM old.passages WHERE "row" >= ?5 AND "row" < ?5 + ?6 ORDER BY "row"
"""
_COPY_ATTRIBUTIONS = """
INSERT INTO attributions SELECT NULL, ?2, article + ?3, ordinal, "start", "end", sentence_start, sentence_end, speaker,
    speaker_last, speaker_as_written, speaker_role, cue, cue_class, manner
    FROM old.attributions WHERE document = ?1 ORDER BY attribution
"""


class CatalogWriter:
    """One transaction that ends with `finish`."""

    def __init__(self, file: Path, embedder: str, old: Path | None) -> None:
        # Nothing looks at the file before it is complete and flushed, so SQLite need not guard it against a crash.
        self._db = sqlite3.connect(f"file:{quote(file.as_posix())}", uri=True, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        if old is not None:
            self._db.execute("ATTACH ? AS old", [read_only(old)])
        self._db.executescript(TABLES)
        self._db.execute("BEGIN")
        self._embedder = embedder
        self._documents = self._articles = self._rows = 0
        self._path = ""

    def _next(self, path: str) -> None:
        if path <= self._path and self._documents:
            raise AssertionError(f"{path} comes after {self._path}: documents are written in order of path")
        self._path = path

    def copy(self, path: str) -> None:
        """Takes over a document from the old catalogue with everything that was derived from it."""
        self._next(path)
        old, first_article, articles, first_row, passages = self._db.execute(
            "SELECT document, first_article, articles, first_row, passages FROM old.documents WHERE path = ?", [path]
        ).fetchone()
        shift, row_shift = self._articles - first_article, self._rows - first_row
        self._db.execute(_COPY_DOCUMENT, [old, self._documents, self._articles, self._rows])
        self._db.execute(_COPY_ARTICLES, [old, self._documents, shift])
        self._db.execute(_COPY_PASSAGES, [old, self._documents, shift, row_shift, first_row, passages])
        self._db.execute(_COPY_ATTRIBUTIONS, [old, self._documents, shift])
        self._documents += 1
        self._articles += articles
        self._rows += passages

    def add(
        self,
        document: Document,
        articles: Sequence[Article],
        headers: Sequence[str],
        passages: Sequence[Passage],
        attributions: Sequence[Attribution],
    ) -> None:
        """Adds a document with its articles (and the header of each), passages and attributions."""
        self._next(document.path)
        ordered = sorted(passages, key=lambda one: (one.article, one.start, one.end))
        said = sorted(attributions, key=lambda one: (one.start, one.end))
        row = document_row(document)
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                self._documents,
                *row[:5],
                len(document.text),
                *row[5:],
                self._articles,
                len(articles),
                self._rows,
                len(ordered),
            ],
        )
        numbers = {article.ordinal: self._articles + place for place, article in enumerate(articles)}
        self._db.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                [
                    numbers[one.ordinal],
                    self._documents,
                    one.ordinal,
                    one.start,
                    one.end,
                    *source_row(one.source),
                    blocks_row(one.blocks),
                    header,
                    one.source.outlet.casefold() if one.source.outlet is not None else None,
                ]
                for one, header in zip(articles, headers, strict=True)
            ],
        )
        self._db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                [
                    row,
                    one.id,
                    self._documents,
                    numbers[one.article],
                    one.start,
                    one.end,
                    one.text,
                    json.dumps(one.sentences, separators=(",", ":")),
                    vector_key(self._embedder, one.text),
                ]
                for row, one in enumerate(ordered, self._rows)
            ],
        )
        self._db.executemany(
            "INSERT INTO attributions VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [[self._documents, numbers[one.article], *attribution_row(one)] for one in said],
        )
        self._documents += 1
        self._articles += len(articles)
        self._rows += len(ordered)

    def finish(
        self,
        made: Mapping[str, str],
        dimension: int,
        server: str | None,
        casing: Mapping[str, Casing],
        skipped: Iterable[Skipped],
    ) -> str:
        """Writes what concerns the whole, makes the indices, closes the file, and gives the fingerprint."""
        self._db.executemany(
            "INSERT INTO casing VALUES (?, ?, ?)", [[word, *counts] for word, counts in sorted(casing.items())]
        )
        self._db.executemany(
            "INSERT INTO skipped VALUES (?, ?)", sorted({one.path: one.reason for one in skipped}.items())
        )
        identity = self._fingerprint(made)
        meta = {
            "made": json.dumps(made, sort_keys=True),
            "fingerprint": identity,
            "dimension": str(dimension),
            "passages": str(self._rows),
            "server": server or "",
        }
        self._db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        self._db.execute("COMMIT")
        self._db.executescript(INDICES)
        self._db.executescript("ANALYZE main")
        self._db.close()
        return identity

    def _fingerprint(self, made: Mapping[str, str]) -> str:
        documents = self._db.execute("SELECT path, sha256 FROM documents ORDER BY document")
        passages = self._db.execute('SELECT id FROM passages ORDER BY "row"')
        articles = self._db.execute(
            "SELECT document, ordinal, title, outlet, author, published, url FROM articles ORDER BY article"
        )
        return fingerprint.contents(
            made,
            documents,
            (one for (one,) in passages),
            (json.dumps(row) for row in articles),
        )

    def close(self) -> None:
        """Gives the file up."""
        self._db.close()
