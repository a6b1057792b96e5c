"""Passage vectors in Chroma; the only module that imports it.

Embedded by default: a folder of its own in each generation. `http(s)://host:port` instead means a server, for corpora
beyond one machine; there the collection is changed in place, and what the catalogue doesn't know is not seen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import CorpusError, IndexBrokenError, UsageError
from assistant.index.catalog import Catalog, collection_of
from assistant.index.faults import classify, denied
from assistant.index.location import REBUILD, Generation

if TYPE_CHECKING:
    from assistant.protocols import Vectors

COLLECTION = "passages"
"""Name of the embedded collection; Chroma wants three characters and more."""
HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200}
"""Twice Chroma's own effort at building and at searching: 1,800 adds a second, 1.8 ms a query at 100,000 passages."""
_BATCH = 2000
"""Passages handed over at a time; the most that Chroma takes is 5,461."""


class ChromaStore:
    """A `VectorStore` over one Chroma collection."""

    def __init__(self, client: Any, name: str, place: str, *, create: bool) -> None:
        """Use `open_folder` or `open_server`."""
        self._client = client
        self._place = place
        with self._faults():
            # No embedding function: vectors come from our own embedder, and Chroma's default would load a model.
            self._collection = (
                client.get_or_create_collection(name, embedding_function=None, configuration={"hnsw": HNSW})
                if create
                else client.get_collection(name, embedding_function=None)
            )

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Adds or replaces."""
        for start in range(0, len(ids), _BATCH):
            with self._faults():
                self._collection.upsert(
                    ids=list(ids[start : start + _BATCH]), embeddings=vectors[start : start + _BATCH]
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Removes; unknown ids are no error."""
        for start in range(0, len(ids), _BATCH):
            with self._faults():
                self._collection.delete(ids=list(ids[start : start + _BATCH]))

    def query(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The k nearest ids with their cosine, best first, equal ones by id."""
        if k < 1:
            return []
        with self._faults():
            found = self._collection.query(query_embeddings=vector.reshape(1, -1), n_results=k, include=["distances"])
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return sorted(((one, 1.0 - float(distance)) for one, distance in pairs), key=lambda pair: (-pair[1], pair[0]))

    def ids(self) -> set[str]:
        """Every stored id."""
        with self._faults():
            return set(self._collection.get(include=[])["ids"])

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The stored vectors of some ids; unknown ids are left out."""
        with self._faults():
            found = self._collection.get(ids=list(ids), include=["embeddings"])
        return dict(zip(found["ids"], found["embeddings"], strict=True))

    def count(self) -> int:
        """How many are stored."""
        with self._faults():
            return int(self._collection.count())

    def close(self) -> None:
        """Releases files, threads and connections."""
        servers = [client._server for client in (self._client, self._client._admin_client)]
        self._client.close()
        for server in servers:
            if hasattr(server, "_session"):  # Chroma 1.5.9 leaves the connections to its server open
                server._session.close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        with _chroma_faults(self._place):
            yield


def open_folder(folder: Path, *, create: bool = False) -> ChromaStore:
    """The collection in a folder.

    Args:
        folder: Chroma's own.
        create: make the folder and the collection if they are missing.

    Raises:
        IndexBrokenError: it is missing (without `create`) or damaged.
        CorpusError: the disk is full or read-only; to open a folder Chroma must write to it.
    """
    if not create and not (folder / "chroma.sqlite3").is_file():
        raise IndexBrokenError(f"The index has lost its Chroma folder {folder}", REBUILD)
    if not create and not os.access(folder, os.W_OK):
        raise denied(folder)
    import chromadb  # 0.4 to 1.3 s
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.errors import ChromaError

    if create:
        folder.mkdir(mode=0o700, exist_ok=True)
    with _chroma_faults(str(folder)):
        try:
            client = chromadb.PersistentClient(str(folder), _settings())
        except ChromaError:
            # Chroma 1.5.9 remembers what failed to start, and hands it out when the folder is opened again.
            SharedSystemClient._identifier_to_system.pop(str(folder), None)
            raise
    return ChromaStore(client, COLLECTION, str(folder), create=create)


def open_store(generation: Generation, catalog: Catalog) -> ChromaStore:
    """The collection of a complete generation: in its folder, or on the server that its catalogue names."""
    if catalog.server is None:
        return open_folder(generation.chroma)
    return open_server(catalog.server, collection_of(generation, catalog))


def warm_up() -> None:
    """Imports Chroma, which takes 0.4 to 1.3 s, at a time when that costs nothing."""
    import chromadb  # noqa: F401


def open_server(url: str, name: str, *, create: bool = False) -> ChromaStore:
    """A collection on a Chroma server at `http(s)://host:port`.

    Raises:
        UsageError: the address has another form.
        CorpusError: the server cannot be reached.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise UsageError("That is no address of a Chroma server", "Give it as http://host:port")
    import chromadb

    secure = parts.scheme == "https"
    with _chroma_faults(url):
        client = chromadb.HttpClient(
            parts.hostname,
            parts.port or (443 if secure else 8000),
            secure,
            settings=_settings(),
        )
    return ChromaStore(client, name, url, create=create)


def _settings() -> Any:
    from chromadb.config import Settings

    # Without `_env_file` Chroma reads `.env` of the working directory, and fails on keys that it does not know.
    return Settings(anonymized_telemetry=False, _env_file=None)  # type: ignore[call-arg]  # pydantic-settings takes it


@contextmanager
def _chroma_faults(place: str) -> Iterator[None]:
    import httpx  # chromadb has it loaded
    from chromadb.errors import ChromaError, NotFoundError

    remote = place.startswith("http")
    try:
        yield
    except NotFoundError as error:
        raise IndexBrokenError(f"There is no collection of this corpus in Chroma at {place}", REBUILD) from error
    except (ChromaError, ValueError, httpx.HTTPError) as error:
        if remote:
            message = f"The Chroma server at {place} failed ({' '.join(str(error).split())[:200]})"
            raise CorpusError(message, "Check that it runs and that the address is right") from error
        raise classify(Path(place), error) from error
