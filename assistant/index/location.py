"""Where the index of a corpus folder lives, and which of its states is the current one.

An index is a row of **generations**: folders that are written apart, named in the file `CURRENT` when they are
complete, and never changed after that. Readers therefore need no lock and see one state for as long as they look; a
killed writer leaves a folder that nobody names, and the next writer sweeps it away.

    <home>/indexes/seeds-1f2e3d4c5b6a/
        CURRENT                 the name of the current generation
        files.json              size and times of the files when they were last hashed
        pending-….vectors       vectors embedded for a generation that is not complete yet
        write.lock, writer.json
        generations/g00000001/  catalog.sqlite  passages.vectors  lexical/  chroma/
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CorpusError, IndexBrokenError

REBUILD = "Run `assistant index --rebuild`"
ANOTHER_HOME = "Set ASSISTANT_HOME to a folder that can be written"
_NAME = re.compile(r"g\d{8}")


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of an index; the paths of its parts."""

    root: Path

    @property
    def name(self) -> str:
        """`g00000001`, counting up."""
        return self.root.name

    @property
    def index(self) -> str:
        """Name of the index that it belongs to: `seeds-1f2e3d4c5b6a`."""
        return self.root.parent.parent.name

    @property
    def catalog(self) -> Path:
        """SQLite: documents, articles, passages, attributions, words."""
        return self.root / "catalog.sqlite"

    @property
    def vectors(self) -> Path:
        """One record a passage, in the order of the catalogue's rows."""
        return self.root / "passages.vectors"

    @property
    def lexical(self) -> Path:
        """The tantivy index."""
        return self.root / "lexical"

    @property
    def chroma(self) -> Path:
        """Chroma's own folder."""
        return self.root / "chroma"


@dataclass(frozen=True, slots=True)
class Location:
    """The folder that holds the index of one corpus folder."""

    root: Path
    corpus: Path

    @property
    def files(self) -> Path:
        """What the corpus files looked like when they were hashed."""
        return self.root / "files.json"

    def journal(self, embedder: str) -> Path:
        """The vectors that an embedder made for a generation that is not complete yet."""
        return self.root / f"pending-{hashlib.sha256(embedder.encode()).hexdigest()[:12]}.vectors"

    def current(self) -> Generation | None:
        """The current generation, None if there is no complete one yet.

        Raises:
            IndexBrokenError: `CURRENT` names nothing that exists.
            CorpusError: the state folder is no folder, or may not be looked into.
        """
        try:
            name = (self.root / "CURRENT").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            home = self.root.parent.parent
            raise CorpusError(f"The state folder {home} cannot be used: {reason}", ANOTHER_HOME) from error
        except UnicodeDecodeError:
            name = ""
        generation = self.generation(name)
        if not _NAME.fullmatch(name) or not generation.root.is_dir():
            raise IndexBrokenError(f"The index of {self.corpus} has lost its current state", REBUILD)
        return generation

    def newest(self) -> Generation | None:
        """The last generation that has vectors, complete or not."""
        folders = sorted((self.root / "generations").glob("g*"), reverse=True)
        return next((Generation(one) for one in folders if Generation(one).vectors.is_file()), None)

    def generation(self, name: str) -> Generation:
        """The generation of that name, whether it exists or not."""
        return Generation(self.root / "generations" / name)

    def next(self) -> Generation:
        """A new, empty generation after all that exist."""
        folder = self.root / "generations"
        make_private(folder)
        taken = [int(entry.name[1:]) for entry in folder.iterdir() if _NAME.fullmatch(entry.name)]
        generation = self.generation(f"g{max(taken, default=0) + 1:08d}")
        make_private(generation.root)
        return generation

    def switch(self, generation: Generation) -> None:
        """Makes a complete generation the current one: first its bytes to the disk, then its name, in one step."""
        for folder, _, names in os.walk(generation.root, topdown=False):
            for name in names:
                flush(Path(folder) / name)
            flush(Path(folder))
        flush(generation.root.parent)
        replace(self.root / "CURRENT", generation.name.encode())

    def sweep(self, keep: Generation | None) -> None:
        """Removes every generation but one. What an open reader holds on to (Windows) goes at the next sweep."""
        folder = self.root / "generations"
        if folder.is_dir():
            for entry in sorted(folder.iterdir()):
                if keep is None or entry.name != keep.name:
                    shutil.rmtree(entry, ignore_errors=True)


def locate(corpus: Path, home: Path) -> Location:
    """The index place of a corpus folder, keyed by its resolved path; nothing is created."""
    resolved = corpus.resolve()
    key = hashlib.sha256(os.fsencode(os.path.normcase(resolved))).hexdigest()[:12]
    slug = re.sub(r"[^a-z0-9]+", "-", resolved.name.lower()).strip("-")[:40] or "corpus"
    return Location(home / "indexes" / f"{slug}-{key}", resolved)


def make_private(folder: Path) -> None:
    """Creates a folder, with its parents, that only its owner can look into."""
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def replace(file: Path, data: bytes) -> None:
    """Writes a file in one step: other processes see the old bytes or the new ones."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    with fresh.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
    flush(file.parent)


def flush(path: Path) -> None:
    """Asks for a file's or folder's bytes to reach the disk; folders cannot be opened everywhere (Windows)."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
