"""The corpora and indexes that the benchmarks work on, made once in a work folder."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.bench.pages import write_pages

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
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def passages_file(self, work: Path) -> Path:
        """[[document, text], …] of every indexed passage, as JSON."""
        file = work / f"passages-{self.pages.name}.json"
        command = [sys.executable, "-m", "scripts.bench.passages", str(self.pages), str(self.home), str(file)]
        subprocess.run(command, env=self.environment, check=True)
        return file


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


def large(work: Path, passages: int) -> Corpus:
    """About `passages` passages, with vectors that cost nothing (`scripts.bench.large`)."""
    count = passages * 3 // 16  # 5.33 passages a page
    corpus = Corpus(work / f"pages-{count}", work / f"home-{count}")
    done = work / f"home-{count}.done"
    if not done.is_file():
        if not corpus.pages.is_dir():
            write_pages(corpus.pages, count)
        command = [sys.executable, "-m", "scripts.bench.large", str(corpus.pages), str(corpus.home)]
        subprocess.run(command, env=corpus.environment, check=True)
        done.touch()
    return corpus
