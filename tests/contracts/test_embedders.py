"""The shipped embedder and the double are Embedders alike."""

from __future__ import annotations

from assistant.index.embed import open_embedder
from assistant.index.embedding import BatchEmbedder
from tests.contracts.embedder import EmbedderContract
from tests.support.embedders import HashEmbedder


class TestHashEmbedder(EmbedderContract):
    @classmethod
    def build(cls) -> BatchEmbedder:
        return HashEmbedder()


class TestShippedEmbedder(EmbedderContract):
    @classmethod
    def build(cls) -> BatchEmbedder:
        return open_embedder()
