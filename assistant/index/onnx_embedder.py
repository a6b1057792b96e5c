"""An `Embedder` over an ONNX model: loads late or early, and keeps every core busy.

One text a run and one thread a run, with as many runs at a time as there are cores: no padding, no attention mask,
and the vector of a text depends on nothing but the text. Dynamic int8 takes one scale for a whole tensor, so that in
a batch a text's vector moves with its neighbours, and an index built in steps would differ from one built at once.
It costs nothing: docs/benchmarks.md has the figures.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.index.onnx_model import ModelFiles, OnnxModel

if TYPE_CHECKING:
    from assistant.protocols import Vectors

# Texts that a thread takes at a time: enough that handing them over costs nothing, few enough that no core idles for
# long at the end (16 passages take 0.15 s).
_UNIT = 16


class OnnxEmbedder:
    """Embeds with the model in `files`, on `threads` cores (default: all that this process may use).

    Raises, on first use, what `OnnxModel` raises.
    """

    def __init__(self, files: ModelFiles, *, threads: int | None = None, dimension: int | None = None) -> None:
        self.files = files
        self._threads = threads or _cores()
        self._known_dimension = dimension
        self._lock = threading.Lock()
        self._loader: threading.Thread | None = None
        self._model: OnnxModel | None = None

    @cached_property
    def id(self) -> str:
        """Name and content hash of the model; loads nothing for the shipped one."""
        return f"{self.files.name}-{self.files.content_hash()[:12]}"

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._known_dimension or int(self._ready().embed([""]).shape[1])

    @property
    def max_tokens(self) -> int:
        """Longest input in the embedder's own tokens, special tokens left out; longer texts are cut."""
        return self._ready().limit

    def load_in_background(self) -> None:
        """Starts loading in a thread; the first use waits for it, and raises what went wrong."""
        # Imported before the thread starts: two threads that import numpy at once can both fail.
        import numpy  # noqa: F401 - 45 ms

        with self._lock:
            if self._model is None and self._loader is None:
                self._loader = threading.Thread(target=self._load_quietly, name="embedder")
                self._loader.start()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens left out."""
        return self._ready().tokens.count(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, L2 norm 1, in the order of `texts`."""
        import numpy as np

        if len(texts) == 1:
            return self._ready().embed(texts)
        parts = [vectors for _, vectors in self.embed_batches(texts)]
        return np.concatenate(parts) if parts else np.empty((0, self.dimension), dtype=np.float32)

    def embed_batches(self, texts: Iterable[str]) -> Generator[tuple[list[int], Vectors], None, None]:
        """Yields (places in `texts`, their vectors) as they are done: in order, at most 16 texts at a time.

        Texts are taken only a few dozen ahead of what has been yielded, so that an iterator that makes them works
        while those before are being embedded. Closing the generator early stops the work after the texts in hand.
        """
        model = self._ready()
        share = len(texts) // (2 * self._threads) if isinstance(texts, Sized) else _UNIT
        units = _units(texts, max(1, min(_UNIT, share)))
        if self._threads == 1:
            for places, unit in units:
                yield places, model.embed(unit)
            return
        pending: deque[tuple[list[int], Future[Vectors]]] = deque()
        pool = ThreadPoolExecutor(self._threads, thread_name_prefix="embed")
        try:
            for places, unit in units:
                pending.append((places, pool.submit(model.embed, unit)))
                if len(pending) > 2 * self._threads:
                    done, future = pending.popleft()
                    yield done, future.result()
            for done, future in pending:
                yield done, future.result()
        finally:
            pool.shutdown(cancel_futures=True)

    def _ready(self) -> OnnxModel:
        if self._loader is not None:
            self._loader.join()
        with self._lock:
            if self._model is None:
                self._model = OnnxModel(self.files)
            return self._model

    def _load_quietly(self) -> None:
        # A failure is not lost: the first use finds no model, loads it again, and raises where it can be shown.
        try:
            self._model = OnnxModel(self.files)
        except AssistantError:
            self._model = None


def _units(texts: Iterable[str], size: int) -> Iterator[tuple[list[int], list[str]]]:
    numbered = enumerate(texts)
    while unit := list(islice(numbered, size)):
        yield [place for place, _ in unit], [text for _, text in unit]


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
