"""Indexes a folder too large to embed in a benchmark: `python -m scripts.bench.large PAGES HOME`.

Everything but the vectors comes about as it does in `assistant index`; who said what is left out, as no search
reads it.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.index.embed import open_embedder
from assistant.index.onnx_embedder import OnnxEmbedder
from assistant.index.sync import sync
from assistant.pipeline import stages
from assistant.settings import Settings
from assistant.wiring import index_location

if TYPE_CHECKING:
    from assistant.protocols import Vectors

_SAMPLE = 500


class NearRealEmbedder(OnnxEmbedder):
    """The shipped embedder's identity and queries, with passage vectors that cost nothing.

    A passage gets the vector of one of a few real passages, moved by random noise to a cosine of about 0.7, so that
    100,000 passages lie as clustered as news does and are indexed in minutes instead of ten.
    """

    def __init__(self, sample: Iterable[str]) -> None:
        shipped = open_embedder()
        super().__init__(shipped.files, dimension=384)
        self._calls = 0
        self._centres = shipped.embed(list(sample))

    def embed_batches(self, texts: Iterable[str]) -> Generator[tuple[list[int], Vectors], None, None]:
        """As `OnnxEmbedder.embed_batches`."""
        self._calls += 1
        rng = np.random.default_rng(self._calls)
        numbered = enumerate(texts)
        while places := [place for place, _ in islice(numbered, 64)]:
            centres = self._centres[rng.integers(len(self._centres), size=len(places))]
            noise = rng.standard_normal(centres.shape, dtype=np.float32) / np.sqrt(centres.shape[1], dtype=np.float32)
            vectors = centres + noise
            yield places, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def main(pages: str, home: str) -> None:
    """Indexes the folder."""
    files = sorted(Path(pages).rglob("*.txt"))[:_SAMPLE]
    embedder = NearRealEmbedder(file.read_text(encoding="utf-8")[200:1200] for file in files)
    settings = Settings.load(corpus=Path(pages), home=Path(home))
    plain = replace(stages(), attribute=lambda document, article: ())  # noqa: ARG005 the names are the contract
    sync(settings.corpus, index_location(settings), embedder, plain)


if __name__ == "__main__":
    main(*sys.argv[1:])
