"""Cheap deterministic embedders for tests."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from assistant.protocols import Vectors

_WORD = re.compile(r"\w+")


class HashEmbedder:
    """A bag of words: each word has a fixed random direction, a text is the normalised sum of its words."""

    def __init__(self, dimension: int = 32, batch: int = 8) -> None:
        self._dimension = dimension
        self._batch = batch

    @property
    def id(self) -> str:
        return f"hash-{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def max_tokens(self) -> int:
        return 256

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(_WORD.findall(text)) for text in texts]

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.lower()) or [""]:
                vectors[row] += _direction(word, self._dimension)
            vectors[row] /= np.linalg.norm(vectors[row]) or 1.0
        return vectors

    def embed_batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        order = sorted(range(len(texts)), key=lambda row: (len(texts[row]), row))
        for start in range(0, len(order), self._batch):
            rows = order[start : start + self._batch]
            yield rows, self.embed([texts[row] for row in rows])


@lru_cache(maxsize=50_000)
def _direction(word: str, dimension: int) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    direction = np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)
    return np.asarray(direction, dtype=np.float32)
