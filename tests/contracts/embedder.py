"""What every Embedder must do. Subclass it and give `build`."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
import pytest

from assistant.index.embedding import BatchEmbedder

TEXTS = [
    "The harbour is shut.",
    "A storm closed the strait for two days, and no boat left the harbour before Friday.",
    "",
    "Ąžuolas 東京 🚢",
    "The harbour is shut.",
]


class EmbedderContract:
    """Behaviour of `assistant.protocols.Embedder`, and of handing out batches."""

    @classmethod
    @abstractmethod
    def build(cls) -> BatchEmbedder:
        """The embedder; the same each time."""

    @pytest.fixture(scope="class")
    @classmethod
    def embedder(cls) -> BatchEmbedder:
        return cls.build()

    def test_vectors_are_unit_rows_in_the_order_of_the_texts(self, embedder: BatchEmbedder) -> None:
        vectors = embedder.embed(TEXTS)
        assert vectors.shape == (len(TEXTS), embedder.dimension)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-4)
        assert np.array_equal(vectors[0], vectors[4])
        assert not np.allclose(vectors[0], vectors[1])

    def test_a_vector_does_not_depend_on_the_texts_beside_it(self, embedder: BatchEmbedder) -> None:
        together = embedder.embed(TEXTS)
        for row, text in enumerate(TEXTS):
            assert np.array_equal(embedder.embed([text])[0], together[row])

    def test_nothing_gives_an_empty_matrix(self, embedder: BatchEmbedder) -> None:
        assert embedder.embed([]).shape == (0, embedder.dimension)
        assert list(embedder.embed_batches([])) == []

    def test_batches_give_every_place_once(self, embedder: BatchEmbedder) -> None:
        texts = [f"{text} {number}" for number in range(8) for text in TEXTS]
        whole = embedder.embed(texts)
        places = []
        for rows, vectors in embedder.embed_batches(texts):
            assert np.array_equal(vectors, whole[rows])
            places += rows
        assert sorted(places) == list(range(len(texts)))

    def test_tokens_are_counted(self, embedder: BatchEmbedder) -> None:
        counts = embedder.count_tokens(TEXTS)
        assert counts[2] == 0
        assert 0 < counts[0] < counts[1] <= embedder.max_tokens
        assert embedder.count_tokens([]) == []

    def test_it_names_itself_the_same_way_each_time(self, embedder: BatchEmbedder) -> None:
        assert embedder.id
        assert embedder.id == self.build().id
