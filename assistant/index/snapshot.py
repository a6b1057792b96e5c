"""The current generation of an index, opened for questions; nothing is written."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Self

from assistant.domain import Article, Attribution, Document, Filter, Passage, Provenance, Skipped
from assistant.errors import CorpusError, IndexStaleError
from assistant.index.catalog import Catalog
from assistant.index.faults import ReadOnlyError, storage
from assistant.index.fingerprint import require_same
from assistant.index.lexical import Lexical
from assistant.index.location import Generation, Location
from assistant.protocols import Casing, DocumentInfo, Ranked, Speaker, VectorStore

if TYPE_CHECKING:
    from assistant.index.exact import ExactSearch
    from assistant.protocols import Vectors

EXACT_LIMIT = 20_000
"""Passages up to which all cosines are computed (0.6 ms) instead of asking Chroma (1.4 ms, found 0.72 of the nearest 50
in the same hard synthetic data, and costs 0.5 s to import and open)."""
_ATTEMPTS = 5


class IndexSnapshot:
    """A `Snapshot` of the files of one generation; may be used from several threads."""

    def __init__(self, generation: Generation, exact_limit: int = EXACT_LIMIT) -> None:
        """Opens a generation.

        Args:
            generation: a complete one.
            exact_limit: up to how many passages vectors are searched exactly, and without Chroma.

        Raises:
            IndexBrokenError: a piece is missing or damaged.
        """
        self.generation = generation
        self._exact_limit = exact_limit
        self._opening = threading.Lock()
        self._exact: ExactSearch | None = None
        self._store: VectorStore | None = None
        self._refused = False
        self._catalog = Catalog(generation.catalog)
        try:
            with storage(generation.root):
                self._lexical = Lexical(generation.lexical)
        except CorpusError:
            self._catalog.close()
            raise

    @property
    def fingerprint(self) -> str:
        """Equal for equal contents and settings."""
        return self._catalog.fingerprint

    @property
    def made_with(self) -> Mapping[str, str]:
        """Embedder and versions of the stages, by name."""
        return self._catalog.made

    @property
    def passage_count(self) -> int:
        """Passages in this state."""
        return self._catalog.passage_count

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents by path."""
        return self._catalog.documents()

    def skipped(self) -> tuple[Skipped, ...]:
        """Files that were not read, and why."""
        return self._catalog.skipped()

    def states(self) -> dict[str, tuple[str, Provenance]]:
        """Path → content hash and override: what tells whether a document must be read again."""
        return self._catalog.states()

    def document(self, path: str) -> Document:
        """The document with its text; CorpusError if unknown."""
        return self._catalog.document(path)

    def articles(self, path: str | None = None) -> tuple[Article, ...]:
        """Articles of one document, or of all, in order of path and ordinal."""
        return self._catalog.articles(path)

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages with these ids; unknown ids are left out."""
        return self._catalog.passages(ids)

    def passages_of(self, path: str, article: int | None = None) -> tuple[Passage, ...]:
        """The passages of a document (or of one of its articles) in text order."""
        return self._catalog.passages_of(path, article)

    def attributions(
        self, *, speaker: str | None = None, document: str | None = None, where: Filter | None = None
    ) -> tuple[Attribution, ...]:
        """Who said what, in order of path and offset."""
        return self._catalog.attributions(speaker, document, where)

    def speakers(self) -> tuple[Speaker, ...]:
        """All resolved speakers by name."""
        return self._catalog.speakers

    def nearest(self, vector: Vectors, k: int, where: Filter | None = None) -> list[Ranked]:
        """The k passages nearest to a query vector, by cosine; equal ones in text order.

        Exact up to `exact_limit` passages and under a filter; beyond that Chroma names the candidates, and their
        cosines are computed here.
        """
        if k < 1 or not self.passage_count:
            return []
        exact = self._vectors(vector)
        if where:
            return self._named(exact.nearest(vector, k, exact.allowed(self._catalog, where)))
        store = self._chroma() if self.passage_count > self._exact_limit else None
        if store is None:
            return self._named(exact.nearest(vector, k))
        # Twice as many as asked for: what Chroma's graph search ranks too low gets its true place. A server may also
        # hold passages of the state before or after this one.
        wanted = 2 * k
        while True:
            found = [one for one, _ in store.query(vector, wanted)]
            rows = self._catalog.rows(found)
            if len(rows) >= min(k, self.passage_count) or len(found) < wanted:
                return self._named(exact.nearest(vector, k, exact.sorted_rows(rows.values())))
            wanted *= 2

    def bm25(self, query: str, k: int, where: Filter | None = None) -> list[Ranked]:
        """The k best passages by BM25 over header and text, equal ones in text order; any query text is safe."""
        with storage(self.generation.root):
            return self._named(self._lexical.search(query, k, where))

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """Exact cosines of the given passages to a query vector."""
        rows = self._catalog.rows(ids)
        scores = self._vectors(vector).cosines(vector, list(rows.values()))
        return dict(zip(rows, scores, strict=True))

    def document_frequency(self, stems: Sequence[str]) -> dict[str, int]:
        """In how many passages (text only) each Snowball-English stem occurs."""
        with storage(self.generation.root):
            return self._lexical.document_frequency(stems)

    def casing(self, words: Sequence[str]) -> dict[str, Casing]:
        """Corpus casing counts of words, looked up by their lower-case form."""
        return self._catalog.casing(words)

    def close(self) -> None:
        """Releases files."""
        self._catalog.close()
        if self._store is not None:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _named(self, found: Sequence[tuple[int, float]]) -> list[Ranked]:
        ids = self._catalog.ids([row for row, _ in found])
        return [Ranked(one, score) for one, (_, score) in zip(ids, found, strict=True)]

    def _vectors(self, query: Vectors) -> ExactSearch:
        """The vectors to hold a query's against; IndexStaleError if they are of another length."""
        if query.size != self._catalog.dimension:
            raise IndexStaleError(
                f"The index was made with other settings: dimension {self._catalog.dimension} → {query.size}",
                "Run `assistant index --rebuild` to bring it up to date",
            )
        with self._opening:
            if self._exact is None:
                from assistant.index.exact import ExactSearch  # numpy: 45 ms

                with storage(self.generation.root):
                    self._exact = ExactSearch(self.generation.vectors, self._catalog.dimension, self.passage_count)
            return self._exact

    def _chroma(self) -> VectorStore | None:
        """Chroma's store; None where it may not write to its folder, which it must do to open it."""
        with self._opening:
            if self._store is None and not self._refused:
                from assistant.index.vectors import open_store

                try:
                    self._store = open_store(self.generation, self._catalog)
                except ReadOnlyError:
                    self._refused = True
            return self._store


def open_snapshot(
    location: Location, expected: Mapping[str, str] | None = None, exact_limit: int = EXACT_LIMIT
) -> IndexSnapshot:
    """Opens the last complete state of an index.

    Args:
        location: where the index lives.
        expected: from `fingerprint.made_with`; None opens whatever there is.
        exact_limit: see `IndexSnapshot`.

    Raises:
        CorpusError: there is no index yet.
        IndexStaleError: it was made with other things than `expected`.
        IndexBrokenError: a piece is missing or damaged.
    """
    for attempt in range(_ATTEMPTS):
        generation = location.current()
        if generation is None:
            raise CorpusError(f"There is no index of {location.corpus} yet", "Run `assistant index`")
        try:
            snapshot = IndexSnapshot(generation, exact_limit)
        except CorpusError:
            # A writer may have moved on and swept this generation away while it was being opened.
            if attempt + 1 == _ATTEMPTS or location.current() == generation:
                raise
            continue
        if expected is not None:
            try:
                require_same(snapshot.made_with, expected)
            except CorpusError:
                snapshot.close()
                raise
        return snapshot
    raise AssertionError("the loop returns or raises")
