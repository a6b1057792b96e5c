"""Everything that an index holds, in a form that can be compared."""

from __future__ import annotations

import sqlite3
from typing import Any

from assistant.index.location import Location
from assistant.index.records import VectorFile
from assistant.index.snapshot import IndexSnapshot
from assistant.index.vectors import open_folder

TABLES = ("meta", "documents", "articles", "passages", "attributions", "casing", "skipped")


def dump(location: Location, queries: tuple[str, ...] = ("the harbour storm", "union said 2022", "w1 w2 w3")) -> Any:
    """Rows of all tables, vectors in both stores, and what searches give, with their scores to the last bit."""
    generation = location.current()
    assert generation is not None
    database = sqlite3.connect(generation.catalog)
    try:
        tables = {name: database.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in TABLES}  # noqa: S608 - the names above
    finally:
        database.close()
    dimension = int(dict(tables["meta"])["dimension"])
    matrix = VectorFile(generation.vectors, dimension).matrix
    ids = [row[1] for row in tables["passages"]]
    store = open_folder(generation.chroma)
    try:
        stored = {one: vector.tolist() for one, vector in store.vectors(sorted(store.ids())).items()}
    finally:
        store.close()
    snapshot = IndexSnapshot(generation)
    try:
        words = {query: snapshot.bm25(query, 1000) for query in queries}
        near = {row: snapshot.nearest(matrix[row], 10) for row in range(0, len(ids), 7)}
    finally:
        snapshot.close()
    return {"tables": tables, "matrix": matrix.tolist(), "chroma": stored, "words": words, "near": near}
