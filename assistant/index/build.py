"""Writes the parts of a new generation; the old one is read, never changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.errors import IndexBrokenError
from assistant.index.catalog import Catalog
from assistant.index.changes import Progress
from assistant.index.faults import storage
from assistant.index.location import Generation
from assistant.index.records import Journal, VectorCache, VectorFile, pack
from assistant.protocols import Embedder, VectorStore

if TYPE_CHECKING:
    from assistant.protocols import Vectors

_CHUNK = 2048
"""Passages whose texts or vectors are in memory at a time (3 MB of vectors of 384 numbers)."""
_FRESH = 0.3
"""Share of stale vectors from which on Chroma's folder is made anew: its graph keeps what was deleted as dead ends."""


class BatchEmbedder(Embedder, Protocol):
    """An embedder that hands out vectors as they are done."""

    def embed_batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        """Yields (places in `texts`, their vectors) until every place was given once."""
        ...


def embed(
    catalog: Catalog, embedder: BatchEmbedder, journal_file: Path, earlier: Sequence[Path], progress: Progress
) -> tuple[VectorCache, int]:
    """Makes sure that there is a vector for every passage, and tells how many had to be made.

    Each batch is in the journal before the next is asked for: whatever ends this process, the next one goes on there.
    """
    files = [*earlier, journal_file]
    with storage(journal_file.parent):
        cache = VectorCache(files, embedder.dimension)
        missing: dict[bytes, int] = {}
        for row, key in enumerate(catalog.vector_keys()):
            if key not in cache:
                missing.setdefault(key, row)
    if not missing:
        return cache, 0
    keys, rows = list(missing), list(missing.values())
    progress("embedding passages", 0, len(keys))
    with storage(journal_file.parent):
        journal = Journal(journal_file, embedder.dimension)
    done = 0
    try:
        for start in range(0, len(keys), _CHUNK):
            texts = catalog.texts(rows[start : start + _CHUNK])
            for places, vectors in embedder.embed_batches(texts):
                with storage(journal_file.parent):
                    journal.append([keys[start + place] for place in places], vectors)
                done += len(places)
                progress("embedding passages", done, len(keys))
    finally:
        journal.close()
    with storage(journal_file.parent):
        return VectorCache(files, embedder.dimension), done


def write_vectors(catalog: Catalog, cache: VectorCache, file: Path) -> None:
    """One record a passage, in the order of the rows."""
    keys = catalog.vector_keys()
    with file.open("xb") as stream:
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            stream.write(pack(chunk, np.stack([cache[key] for key in chunk])))


def write_chroma(generation: Generation, old: Generation | None, catalog: Catalog, known: Sequence[str]) -> None:
    """Chroma's folder: the old one copied and brought in line, or made anew where that is not possible or not worth it.

    Args:
        generation: the new one, which has its vectors already.
        old: one whose vectors are of the same embedder; None for none.
        catalog: the new one.
        known: the passages of `old`.
    """
    from assistant.index.vectors import open_folder

    ids = catalog.all_ids()
    matrix = VectorFile(generation.vectors, catalog.dimension).matrix
    stale = set(known).difference(ids)
    if old is not None and len(stale) <= _FRESH * len(known) and (old.chroma / "chroma.sqlite3").is_file():
        shutil.copytree(old.chroma, generation.chroma)
        try:
            store = open_folder(generation.chroma)
            try:
                align(store, ids, matrix)
                if store.count() == len(ids):
                    return
            finally:
                store.close()
        except IndexBrokenError:
            pass  # a damaged copy of a damaged folder: it is made anew below
        shutil.rmtree(generation.chroma)
    store = open_folder(generation.chroma, create=True)
    try:
        align(store, ids, matrix)
    finally:
        store.close()


def align(store: VectorStore, ids: Sequence[str], matrix: Vectors) -> None:
    """Removes what is not in `ids`, and adds what is missing, row by row of `matrix`."""
    stored = store.ids()
    store.delete(sorted(stored.difference(ids)))
    rows = [row for row, one in enumerate(ids) if one not in stored]
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        store.add([ids[row] for row in chunk], np.ascontiguousarray(matrix[chunk]))
