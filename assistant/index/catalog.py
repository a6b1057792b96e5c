"""The catalogue: an SQLite file that holds everything of an index but its vectors and its word lists.

It belongs to one generation and never changes once that is complete, so it is opened immutable: no lock, no journal,
nothing written, on a read-only disk as well.
"""
# ruff: noqa: S608 - queries are put together from constants of this package; every value is bound

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from assistant.domain import Article, Attribution, Document, Filter, Passage, Provenance, Skipped
from assistant.errors import CorpusError, IndexBrokenError
from assistant.index.location import REBUILD, Generation
from assistant.index.rows import (
    ARTICLE,
    ATTRIBUTION,
    DOCUMENT,
    PASSAGE,
    last_word,
    read_article,
    read_attribution,
    read_document,
    read_passage,
    read_source,
)
from assistant.protocols import Casing, DocumentInfo, Speaker

_PASSAGES = (
    f"SELECT {PASSAGE} FROM passages p JOIN articles a USING (article) JOIN documents d ON d.document = p.document"
)
_ARTICLES = f"SELECT {ARTICLE} FROM articles a JOIN documents d USING (document)"


def read_only(file: Path) -> str:
    """The SQLite address of a file that nobody changes."""
    return f"file:{quote(file.as_posix())}?mode=ro&immutable=1"


class Catalog:
    """Reads a catalogue; may be used from several threads."""

    def __init__(self, file: Path) -> None:
        """Opens a catalogue.

        Raises:
            IndexBrokenError: it is missing or is not a catalogue.
        """
        self._lock = threading.Lock()
        try:
            self._db = sqlite3.connect(read_only(file), uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise _unreadable(error) from error
        try:
            self.meta: dict[str, str] = dict(self._all("SELECT name, value FROM meta"))
            self.made: dict[str, str] = json.loads(self.meta["made"])
            self.fingerprint = self.meta["fingerprint"]
            self.dimension = int(self.meta["dimension"])
            self.passage_count = int(self.meta["passages"])
            self.server: str | None = self.meta["server"] or None
        except (IndexBrokenError, KeyError, ValueError) as error:
            self._db.close()
            raise error if isinstance(error, IndexBrokenError) else _unreadable(error) from error

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock:
            try:
                return self._db.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise _unreadable(error) from error

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents by path."""
        query = "SELECT path, sha256, format, encoding, characters, articles, passages FROM documents ORDER BY document"
        return tuple(DocumentInfo(*row) for row in self._all(query))

    def states(self) -> dict[str, tuple[str, Provenance]]:
        """Path → content hash and override: what tells whether a document must be read again."""
        rows = self._all("SELECT path, sha256, override FROM documents")
        return {path: (sha256, read_source(json.loads(override))) for path, sha256, override in rows}

    def document(self, path: str) -> Document:
        """One document; CorpusError if unknown."""
        rows = self._all(f"SELECT {DOCUMENT} FROM documents WHERE path = ?", [path])
        if not rows:
            raise CorpusError(f"No document {path!r} in the index", "`assistant sources` lists what there is")
        return read_document(rows[0])

    def skipped(self) -> tuple[Skipped, ...]:
        """Files that were not read."""
        return tuple(Skipped(*row) for row in self._all("SELECT path, reason FROM skipped ORDER BY path"))

    def articles(self, path: str | None = None) -> tuple[Article, ...]:
        """Articles of one document or of all, in order."""
        where, values = (" WHERE d.path = ?", [path]) if path is not None else ("", [])
        return tuple(read_article(row) for row in self._all(f"{_ARTICLES}{where} ORDER BY a.article", values))

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Passages by id, in the order asked for; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        rows = self._all(f"{_PASSAGES} WHERE p.id IN (SELECT value FROM json_each(?))", [json.dumps(wanted)])
        found = {row[0]: read_passage(row) for row in rows}
        return {one: found[one] for one in wanted if one in found}

    def passages_of(self, path: str, article: int | None = None) -> tuple[Passage, ...]:
        """Passages of a document or one of its articles, in text order."""
        where = "d.path = ?"
        values: list[Any] = [path]
        if article is not None:
            where += " AND a.ordinal = ?"
            values.append(article)
        query = (
            f"SELECT {PASSAGE} FROM documents d JOIN articles a ON a.document = d.document"
            f' JOIN passages p ON p.article = a.article WHERE {where} ORDER BY p."row"'
        )
        return tuple(read_passage(row) for row in self._all(query, values))

    def rows(self, ids: Sequence[str]) -> dict[str, int]:
        """The vector row of each known passage."""
        query = 'SELECT id, "row" FROM passages WHERE id IN (SELECT value FROM json_each(?))'
        found: dict[str, int] = dict(self._all(query, [json.dumps(list(ids))]))
        return {one: found[one] for one in ids if one in found}

    def ids(self, rows: Sequence[int]) -> list[str]:
        """The passage ids of vector rows that exist, in the order given."""
        query = 'SELECT "row", id FROM passages WHERE "row" IN (SELECT value FROM json_each(?))'
        found: dict[int, str] = dict(self._all(query, [json.dumps(list(rows))]))
        return [found[row] for row in rows]

    def all_ids(self) -> list[str]:
        """Every passage id in the order of the rows."""
        return [one for (one,) in self._all('SELECT id FROM passages ORDER BY "row"')]

    def article_sizes(self) -> list[int]:
        """How many passages each article has, in order."""
        query = (
            "SELECT count(p.article) FROM articles a LEFT JOIN passages p ON p.article = a.article"
            " GROUP BY a.article ORDER BY a.article"
        )
        return [size for (size,) in self._all(query)]

    def articles_where(self, where: Filter) -> list[int]:
        """The places, in the order of all articles, of those that pass a filter."""
        conditions, values = _conditions(where)
        query = "SELECT a.article FROM articles a JOIN documents d USING (document)"
        return [article for (article,) in self._all(f"{query} WHERE {conditions or '1'} ORDER BY a.article", values)]

    def attributions(
        self, speaker: str | None = None, document: str | None = None, where: Filter | None = None
    ) -> tuple[Attribution, ...]:
        """Who said what, in order of path and offset."""
        filters, values = _conditions(where or Filter())
        conditions = [filters] if filters else []
        if speaker is not None:
            conditions.append("s.speaker_last = ?")
            values.append(last_word(speaker))
        if document is not None:
            conditions.append("d.path = ?")
            values.append(document)
        query = (
            f"SELECT {ATTRIBUTION} FROM attributions s JOIN documents d ON d.document = s.document"
            f" JOIN articles a ON a.article = s.article {'WHERE ' if conditions else ''}{' AND '.join(conditions)}"
            " ORDER BY s.attribution"
        )
        return tuple(read_attribution(row) for row in self._all(query, values))

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """Resolved speakers by name; a pass over all attributions, so it is made once."""
        query = (
            "SELECT speaker, speaker_role, count(*) AS n FROM attributions WHERE speaker IS NOT NULL"
            " GROUP BY speaker, speaker_role ORDER BY speaker, n DESC, speaker_role"
        )
        speakers = []
        for name, rows in groupby(self._all(query), key=itemgetter(0)):
            counts = [(role, count) for _, role, count in rows]
            roles = tuple(role for role, _ in counts if role)
            speakers.append(Speaker(name, roles, sum(count for _, count in counts)))
        return tuple(speakers)

    def casing(self, words: Sequence[str]) -> dict[str, Casing]:
        """Casing counts of the words as given."""
        query = "SELECT word, capitalised, lower FROM casing WHERE word IN (SELECT value FROM json_each(?))"
        rows = self._all(query, [json.dumps([word.lower() for word in words])])
        found = {word: Casing(capitalised, lower) for word, capitalised, lower in rows}
        return {word: found.get(word.lower(), Casing(0, 0)) for word in words}

    def all_casing(self) -> dict[str, Casing]:
        """The whole table of casing counts."""
        rows = self._all("SELECT word, capitalised, lower FROM casing")
        return {word: Casing(capitalised, lower) for word, capitalised, lower in rows}

    def vector_keys(self) -> list[bytes]:
        """The key of each passage's vector, by row."""
        return [key for (key,) in self._all('SELECT key FROM passages ORDER BY "row"')]

    def texts(self, rows: Sequence[int]) -> list[str]:
        """The texts of some rows, in the order given."""
        query = 'SELECT "row", text FROM passages WHERE "row" IN (SELECT value FROM json_each(?))'
        found: dict[int, str] = dict(self._all(query, [json.dumps(list(rows))]))
        return [found[row] for row in rows]

    def lexical_rows(self) -> Iterator[tuple[int, str, str, str | None, str | None, str]]:
        """Row, header, text, ISO date, outlet key and path of each passage, by row; for one pass by one thread."""
        yield from self._db.execute(
            'SELECT p."row", a.header, p.text, a.published, a.outlet_key, d.path FROM passages p'
            ' JOIN articles a USING (article) JOIN documents d ON d.document = p.document ORDER BY p."row"'
        )

    def damage(self) -> str | None:
        """What SQLite's own check finds wrong with the file; None if it is sound."""
        try:
            (first,) = self._all("PRAGMA integrity_check(1)")[0]
        except IndexBrokenError as error:
            return error.message
        return None if first == "ok" else str(first)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()


def collection_of(generation: Generation, catalog: Catalog) -> str:
    """The name of this index's collection on a server, where vectors of different embedders cannot share one."""
    embedder = hashlib.sha256(catalog.made["embedder"].encode()).hexdigest()[:8]
    return f"{generation.index}-{embedder}"


def _unreadable(error: Exception) -> IndexBrokenError:
    return IndexBrokenError(f"The catalogue of the index cannot be read ({error})", REBUILD)


def _conditions(where: Filter) -> tuple[str, list[Any]]:
    """A filter as SQL over `articles a` and `documents d`."""
    parts: list[tuple[str, Any]] = []
    if where.since is not None:
        parts.append(("coalesce(a.published >= ?, 0)", where.since.isoformat()))
    if where.until is not None:
        parts.append(("coalesce(a.published <= ?, 0)", where.until.isoformat()))
    if where.outlet is not None:
        parts.append(("coalesce(a.outlet_key = ?, 0)", where.outlet.casefold()))
    if where.document is not None:
        parts.append(("d.path = ?", where.document))
    return " AND ".join(condition for condition, _ in parts), [value for _, value in parts]
