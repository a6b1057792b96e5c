"""The corpora and indexes that the benchmarks work on, made once in a work folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.index.embed import open_embedder
from assistant.index.onnx_embedder import OnnxEmbedder
from scripts.bench.pages import PageWriter, write_pages

if TYPE_CHECKING:
    from assistant.protocols import Vectors

ASSISTANT = (sys.executable, "-m", "assistant")


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of pages with the home of its index."""

    pages: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """For processes that work on this corpus."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASSISTANT_", "OPENAI_"))}
        return kept | {"ASSISTANT_HOME": str(self.home), "ASSISTANT_CORPUS": str(self.pages), "NO_COLOR": "1"}

    def index(self) -> None:
        """Runs `assistant index`."""
        command = [*ASSISTANT, "index"]
        subprocess.run(command, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def passages(self) -> list[tuple[str, str]]:
        """Document and text of every indexed passage."""
        from assistant import Assistant

        with Assistant.open(self.pages, home=str(self.home)) as assistant:
            snapshot = assistant.snapshot
            return [
                (info.path, passage.text)
                for info in snapshot.documents()
                for passage in snapshot.passages_of(info.path)
            ]


def news(work: Path, count: int) -> Corpus:
    """`count` synthetic pages, indexed."""
    corpus = Corpus(work / f"pages-{count}", work / f"home-{count}")
    if not corpus.pages.is_dir():
        write_pages(corpus.pages, count)
    corpus.index()
    return corpus


def seeds(work: Path) -> Corpus:
    """The five pages of the repository, indexed."""
    corpus = Corpus(Path(__file__).parents[2] / "seeds", work / "home-seeds")
    corpus.index()
    return corpus


def texts_file(work: Path, corpus: Corpus) -> Path:
    """The texts of all passages as a JSON list."""
    file = work / f"texts-{corpus.pages.name}.json"
    file.write_text(json.dumps([text for _, text in corpus.passages()]), encoding="utf-8")
    return file


class NearRealEmbedder(OnnxEmbedder):
    """The shipped embedder's identity and queries, with passage vectors that cost nothing.

    A passage gets the vector of one of a few real passages, moved by random noise to a cosine of about 0.7, so that
    100,000 passages lie as clustered as news does and are indexed in minutes instead of ten.
    """

    def __init__(self, sample: Sequence[str]) -> None:
        shipped = open_embedder()
        super().__init__(shipped.files, dimension=384)
        self._centres = shipped.embed(sample)

    def embed_batches(self, texts: Sequence[str]) -> Generator[tuple[list[int], Vectors], None, None]:
        """As `OnnxEmbedder.embed_batches`; equal texts have equal vectors within one call."""
        import numpy as np

        rng = np.random.default_rng(len(texts))
        for start in range(0, len(texts), 64):
            places = list(range(start, min(start + 64, len(texts))))
            centres = self._centres[rng.integers(len(self._centres), size=len(places))]
            noise = rng.standard_normal(centres.shape, dtype=np.float32) / np.sqrt(centres.shape[1], dtype=np.float32)
            vectors = centres + noise
            yield places, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def large(work: Path, passages: int) -> tuple[Corpus, PageWriter]:
    """About `passages` passages: synthetic pages, indexed through the program's own `sync` with `NearRealEmbedder`."""
    from assistant.index.sync import sync
    from assistant.settings import Settings
    from assistant.wiring import index_location, stages

    count = passages * 2 // 11  # 5.5 passages a page
    corpus = Corpus(work / f"pages-{count}", work / f"home-{count}")
    writer = PageWriter()
    done = work / f"home-{count}.done"
    if not done.is_file():
        shutil.rmtree(corpus.pages, ignore_errors=True)
        write_pages(corpus.pages, count)
        sample = [writer.page(number)[200:1200] for number in range(500)]
        settings = Settings.load(corpus=corpus.pages, home=str(corpus.home))
        sync(corpus.pages, index_location(settings), NearRealEmbedder(sample), stages())
        done.touch()
    return corpus, writer
