"""What every VectorStore must do. Subclass it and give `build`."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.protocols import VectorStore

if TYPE_CHECKING:
    from assistant.protocols import Vectors

IDS = ["east", "north", "north-east", "west"]


def unit(*rows: tuple[float, ...]) -> Vectors:
    matrix = np.array(rows, dtype=np.float32)
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), dtype=np.float32)


VECTORS = unit((1, 0, 0), (0, 1, 0), (1, 1, 0), (-1, 0, 0))
EAST = VECTORS[0]


class VectorStoreContract:
    """Behaviour of `assistant.protocols.VectorStore`."""

    @abstractmethod
    def build(self, place: Path) -> VectorStore:
        """An empty store; `place` is a folder for whatever it needs on disk."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[VectorStore]:
        store = self.build(tmp_path)
        yield store
        store.close()

    def test_an_empty_store_finds_nothing(self, store: VectorStore) -> None:
        assert store.query(EAST, 5) == []
        assert (store.count(), store.ids()) == (0, set())

    def test_the_nearest_come_first_with_their_cosines(self, store: VectorStore) -> None:
        store.add(IDS, VECTORS)
        found = store.query(EAST, 3)
        assert [one for one, _ in found] == ["east", "north-east", "north"]
        assert [cosine for _, cosine in found] == pytest.approx([1.0, 0.5**0.5, 0.0], abs=1e-5)

    def test_more_than_there_are_gives_all(self, store: VectorStore) -> None:
        store.add(IDS, VECTORS)
        assert [one for one, _ in store.query(EAST, 50)] == ["east", "north-east", "north", "west"]
        assert store.query(EAST, 0) == []

    def test_a_query_may_be_a_row_or_a_matrix_of_one(self, store: VectorStore) -> None:
        store.add(IDS, VECTORS)
        assert store.query(VECTORS[:1], 2) == store.query(EAST, 2)

    def test_adding_again_replaces(self, store: VectorStore) -> None:
        store.add(IDS, VECTORS)
        store.add(["west"], unit((0, 0, 1)))
        assert store.count() == 4
        assert store.query(unit((0, 0, 1)), 1)[0][0] == "west"

    def test_deleting_removes_and_minds_no_unknown_id(self, store: VectorStore) -> None:
        store.add(IDS, VECTORS)
        store.delete(["north", "nowhere"])
        store.delete([])
        assert store.ids() == {"east", "north-east", "west"}
        assert store.count() == 3
        assert [one for one, _ in store.query(EAST, 9)] == ["east", "north-east", "west"]

    def test_adding_nothing_is_no_error(self, store: VectorStore) -> None:
        store.add([], np.zeros((0, 3), dtype=np.float32))
        assert store.count() == 0

    def test_many_are_added_and_removed(self, store: VectorStore) -> None:
        rng = np.random.default_rng(0)
        vectors = unit(*rng.standard_normal((2500, 8)).tolist())
        ids = [f"id{number}" for number in range(2500)]
        store.add(ids, vectors)
        assert store.count() == 2500
        assert store.query(vectors[2321], 1)[0][0] == "id2321"
        store.delete(ids[:2100])
        assert store.ids() == set(ids[2100:])
