"""Exact nearest neighbours over a generation's vectors, mapped into memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.domain import Filter
from assistant.index.catalog import Catalog
from assistant.index.records import open_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.protocols import Vectors

    Rows = NDArray[np.int64]

_DECIMALS = 6
"""Of a cosine: float32 sums of the same vectors differ beyond that with the order in which they are added up."""
_GATHER = 8
"""Below this share (1 in …) of all rows, copying the wanted ones is faster than computing all."""

_REMEMBERED = 8
"""Filters whose rows are kept (0.8 MB each at 100,000 passages)."""


class ExactSearch:
    """All cosines of a query vector with the passages."""

    def __init__(self, file: Path, dimension: int, count: int) -> None:
        """Maps the vectors; IndexBrokenError unless there are `count` of them."""
        self._matrix = open_vectors(file, dimension, count).matrix
        self._sizes: Rows | None = None
        self._allowed: dict[Filter, Rows] = {}

    def cosines(self, vector: Vectors, rows: Sequence[int]) -> list[float]:
        """Cosines of some rows, in their order."""
        return [float(score) for score in self._scores(vector, self._array(rows))]

    def nearest(self, vector: Vectors, k: int, allowed: Rows | None = None) -> list[tuple[int, float]]:
        """The k best rows with their cosines, equal ones by row; among `allowed` (ascending) if given."""
        scores = self._scores(vector, allowed)
        if len(scores) > k:
            worst = np.partition(scores, len(scores) - k)[len(scores) - k]
            places = np.flatnonzero(scores >= worst)
        else:
            places = np.arange(len(scores))
        best = places[np.argsort(-scores[places], kind="stable")][:k]
        rows = best if allowed is None else allowed[best]
        return [(int(row), float(score)) for row, score in zip(rows, scores[best], strict=True)]

    def allowed(self, catalog: Catalog, where: Filter) -> Rows:
        """The rows that pass a filter, ascending; remembered, since a conversation asks under the same one."""
        remembered = self._allowed.get(where)
        if remembered is not None:
            return remembered
        if self._sizes is None:
            self._sizes = self._array(catalog.article_sizes())
        passing = np.zeros(len(self._sizes), dtype=np.bool_)
        passing[self._array(catalog.articles_where(where))] = True
        rows = np.flatnonzero(np.repeat(passing, self._sizes))
        if len(self._allowed) >= _REMEMBERED:
            self._allowed.clear()
        self._allowed[where] = rows
        return rows

    def sorted_rows(self, rows: Iterable[int]) -> Rows:
        """Rows as `nearest` takes them."""
        return np.sort(self._array(list(rows)))

    def _array(self, rows: Sequence[int]) -> Rows:
        return np.array(rows, dtype=np.int64)

    def _scores(self, vector: Vectors, rows: Rows | None) -> NDArray[np.float64]:
        query = np.asarray(vector, dtype=np.float32).ravel()
        if rows is None:
            scores = self._matrix @ query
        elif len(rows) * _GATHER < len(self._matrix):
            scores = self._matrix[rows] @ query
        else:
            scores = (self._matrix @ query)[rows]
        return np.asarray(np.round(scores.astype(np.float64), _DECIMALS), dtype=np.float64)
