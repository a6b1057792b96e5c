"""Embedding beside everything else.

Vectors are nearly all of the time of indexing, so they are made in a thread of their own from the moment the first
document is split, while this one reads on, writes the catalogue and the word index, and imports Chroma. What embeds
leaves Python's lock alone while it computes.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

from assistant.index.changes import Progress
from assistant.index.faults import storage
from assistant.index.records import Journal, VectorCache, vector_key
from assistant.protocols import Embedder

if TYPE_CHECKING:
    from assistant.protocols import Vectors

_CHUNK = 2048
"""Most texts that the embedder is given at a time."""
_LOOK = 0.1
"""Seconds between two reports of progress."""


class BatchEmbedder(Embedder, Protocol):
    """An embedder that hands out vectors as they are done."""

    def embed_batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        """Yields (places in `texts`, their vectors) until every place was given once."""
        ...


class LoadingEmbedder(BatchEmbedder, Protocol):
    """An embedder that can get ready while something else is done."""

    def load_in_background(self) -> None:
        """Starts loading, if that takes long; the first use waits for it, and raises what went wrong."""
        ...


@runtime_checkable
class Interruptible(Protocol):
    """An embedder that waits for somebody else, so that its batch in hand may take a minute."""

    def interrupt(self) -> None:
        """Ends with an exception what another thread waits for."""
        ...


class Embedding:
    """Makes the vectors that are not known yet, and puts each batch into the journal before it asks for the next.

    A context manager: leaving it stops the work after the batch in hand. Whatever ends this process, the next one finds
    in the journal what was done.
    """

    def __init__(self, embedder: BatchEmbedder, journal: Path, earlier: Sequence[Path]) -> None:
        """Nothing is embedded before something is submitted.

        Args:
            embedder: asked from one thread.
            journal: appended to.
            earlier: files of vectors that are known already.
        """
        self._embedder = embedder
        self._file = journal
        self._files = [*earlier, journal]
        with storage(journal.parent):
            self._known = VectorCache(self._files, embedder.dimension)
        self._submitted: set[bytes] = set()
        self._waiting: deque[tuple[bytes, str]] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._stopped = False
        self._failure: BaseException | None = None
        self._thread: threading.Thread | None = None
        self.done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify()
        if self._thread is not None:
            if self._thread.is_alive() and isinstance(self._embedder, Interruptible):
                self._embedder.interrupt()
            self._thread.join()

    def knows(self, key: bytes) -> bool:
        """Whether the vector of this key is there or on its way."""
        return key in self._known or key in self._submitted

    def submit(self, texts: Sequence[str]) -> None:
        """Asks for the vectors of texts; raises what made earlier work fail."""
        pairs = [(vector_key(self._embedder.id, text), text) for text in texts]
        with self._changed:
            for key, text in pairs:
                if not self.knows(key):
                    self._submitted.add(key)
                    self._waiting.append((key, text))
            self._changed.notify()
        if self._failure is not None:
            raise self._failure
        if self._thread is None and self._waiting:
            self._thread = threading.Thread(target=self._run, name="embedding")
            self._thread.start()

    def finish(self, progress: Progress) -> VectorCache:
        """Waits for all that was submitted, and gives every vector that is known."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        while self._thread is not None and self._thread.is_alive():
            progress("embedding passages", self.done, len(self._submitted))
            self._thread.join(_LOOK)
        if self._failure is not None:
            raise self._failure
        if not self._submitted:
            return self._known
        progress("embedding passages", self.done, len(self._submitted))
        with storage(self._file.parent):
            return VectorCache(self._files, self._embedder.dimension)

    def _run(self) -> None:
        # Whatever goes wrong here, ^C in the embedder included, is raised again where the run was started.
        try:
            with storage(self._file.parent):
                journal = Journal(self._file, self._embedder.dimension)
            try:
                while chunk := self._next():
                    self._embed(chunk, journal)
            finally:
                journal.close()
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            self._failure = error

    def _next(self) -> list[tuple[bytes, str]]:
        """What waits, once there is something; empty when there is nothing more to come."""
        with self._changed:
            while not self._waiting and not self._closed and not self._stopped:
                self._changed.wait()
            if self._stopped:
                return []
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), _CHUNK))]

    def _embed(self, chunk: Sequence[tuple[bytes, str]], journal: Journal) -> None:
        batches = self._embedder.embed_batches([text for _, text in chunk])
        for places, vectors in batches:
            with storage(self._file.parent):
                journal.append([chunk[place][0] for place in places], vectors)
            self.done += len(places)
            if self._stopped:
                return
