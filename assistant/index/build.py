"""Writes the vectors of a new generation; the old one is read, never changed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import IndexBrokenError
from assistant.index.catalog import Catalog, collection_of
from assistant.index.location import Generation
from assistant.index.records import VectorCache, VectorFile, pack
from assistant.protocols import VectorStore

if TYPE_CHECKING:
    from assistant.protocols import Vectors

_CHUNK = 2048
"""Passages whose texts or vectors are in memory at a time (3 MB of vectors of 384 numbers)."""
_FRESH = 0.3
"""Share of stale vectors from which on Chroma's folder is made anew: its graph keeps what was deleted as dead ends."""


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


def serve(generation: Generation, catalog: Catalog, *, prune: bool) -> None:
    """Brings the collection on the catalogue's server in line; it loses ids only with `prune`.

    A generation's passages are added before it becomes the current one, and those of the one before removed after that;
    what a reader does not know he does not see.
    """
    from assistant.index.vectors import open_server

    store = open_server(catalog.server or "", collection_of(generation, catalog), create=True)
    try:
        align(store, catalog.all_ids(), VectorFile(generation.vectors, catalog.dimension).matrix, prune=prune)
    finally:
        store.close()


def align(store: VectorStore, ids: Sequence[str], matrix: Vectors, *, prune: bool = True) -> None:
    """Adds what is missing, row by row of `matrix`, and with `prune` removes what is not in `ids`."""
    stored = store.ids()
    if prune:
        store.delete(sorted(stored.difference(ids)))
    rows = [row for row, one in enumerate(ids) if one not in stored]
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        store.add([ids[row] for row in chunk], np.ascontiguousarray(matrix[chunk]))
