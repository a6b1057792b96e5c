"""Indexing processes that can be killed, and a corpus that changes under them.

`python -m tests.index.kill_loop --kills 500` runs the test's loop for longer, by hand.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from collections.abc import Iterator, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.index.check import check
from assistant.index.location import Location, locate
from assistant.index.snapshot import open_snapshot
from assistant.index.sync import sync
from tests.support.embedders import HashEmbedder
from tests.support.stages import make_stages

if TYPE_CHECKING:
    from assistant.protocols import Vectors


class SlowEmbedder(HashEmbedder):
    """Takes its time, so that a kill can fall between two batches."""

    def __init__(self) -> None:
        super().__init__(dimension=16, batch=2)

    def embed_batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        for batch in super().embed_batches(texts):
            time.sleep(0.002)
            yield batch


def index_once(folder: Path, home: Path) -> None:
    sync(folder, locate(folder, home), SlowEmbedder(), make_stages())


def start(folder: Path, home: Path) -> BaseProcess:
    """A process that indexes; forked from one that has everything imported, so that it is at work at once."""
    if sys.platform == "win32":
        process: BaseProcess = multiprocessing.get_context("spawn").Process(target=index_once, args=(folder, home))
    else:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.support.killing", "chromadb", "tantivy", "filelock"])
        process = context.Process(target=index_once, args=(folder, home))
    process.start()
    return process


def article(rng: random.Random) -> str:
    title = f"# {words(rng, 4)} | {rng.choice(['Morning Post', 'Evening Star'])} | 2022-01-{rng.randint(1, 28):02d}\n\n"
    body = [f"The {words(rng, 20)}. Harbour {words(rng, 10)}." for _ in range(rng.randint(1, 4))]
    return title + "\n\n".join([*body, f'Ona {words(rng, 1).title()} said: "{words(rng, 6)}."']) + "\n"


def words(rng: random.Random, count: int) -> str:
    return " ".join(f"w{min(int(rng.expovariate(0.05)), 400)}" for _ in range(count))


def change(folder: Path, rng: random.Random) -> None:
    """Adds, edits, renames and deletes some files."""
    for _ in range(rng.randint(1, 3)):
        files = sorted(folder.glob("*.txt"))
        kind = rng.choice(["add", "add", "edit", "rename", "delete"])
        if kind == "add" or len(files) < 6:
            (folder / f"{rng.randrange(10**6):06d}.txt").write_text(article(rng))
        elif kind == "edit":
            rng.choice(files).write_text(article(rng))
        elif kind == "rename":
            rng.choice(files).rename(folder / f"{rng.randrange(10**6):06d}.txt")
        else:
            rng.choice(files).unlink()


def kill_often(root: Path, kills: int, seed: int) -> tuple[Location, Location, int]:
    """Changes a corpus and kills its indexing, again and again; then lets one run through.

    Returns the index that went through all that, a fresh one of the same folder, and how many runs were cut short.
    After every kill what can be opened must be whole.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret is made
    folder, home = root / "corpus", root / "home"
    folder.mkdir()
    for _ in range(8):
        change(folder, rng)
    location = locate(folder, home)
    for measured in ("warm up", "measured"):
        began = time.monotonic()
        first = start(folder, root / measured)
        first.join()
        whole = time.monotonic() - began
    cut = 0
    for _ in range(kills):
        change(folder, rng)
        process = start(folder, home)
        process.join(rng.uniform(0.0, whole))
        if process.is_alive():
            process.kill()
            process.join()
            cut += 1
        else:
            assert process.exitcode == 0
        if location.current() is not None:
            assert check(location) == ()
            open_snapshot(location).close()
    index_once(folder, home)
    index_once(folder, root / "fresh")
    return location, locate(folder, root / "fresh"), cut
