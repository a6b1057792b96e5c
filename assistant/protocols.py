"""The seams: what one stage needs of another, and nothing more.

Each Protocol has one contract-test class in `tests/contracts/` that every implementation passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from assistant.domain import Article, Attribution, Document, Filter, Hit, Passage, Skipped

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    import numpy as np
    from numpy.typing import NDArray

    from assistant.domain import Answer, Delta

    Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def id(self) -> str:
        """Name and content hash of the model, part of the index fingerprint."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """Longest input, in the embedder's own tokens; longer texts are cut."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens left out."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, L2 norm 1, in the order of `texts`."""
        ...


class VectorStore(Protocol):
    """Passage vectors by id; cosine similarity."""

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Adds or replaces."""
        ...

    def delete(self, ids: Sequence[str]) -> None:
        """Removes; unknown ids are no error."""
        ...

    def query(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The k nearest ids with their cosine, best first."""
        ...

    def ids(self) -> set[str]:
        """Every stored id."""
        ...

    def count(self) -> int:
        """How many are stored."""
        ...

    def close(self) -> None:
        """Releases files and threads."""
        ...


class Ranked(NamedTuple):
    """A passage id with a score."""

    id: str
    score: float


class Casing(NamedTuple):
    """How often a word stands in the corpus capitalised away from a sentence start, and in lower case."""

    capitalised: int
    lower: int


class DocumentInfo(NamedTuple):
    """A document as the catalogue lists it, without its text."""

    path: str
    sha256: str
    format: str
    encoding: str | None
    characters: int
    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody to whom the corpus attributes words, with the role words seen with the name, most frequent first."""

    name: str
    roles: tuple[str, ...]
    count: int


class Snapshot(Protocol):
    """The last complete state of an index, read-only. All reading at question time goes through it."""

    @property
    def fingerprint(self) -> str:
        """Identifies corpus state, embedder, cleaner and splitter: equal for equal contents and settings."""
        ...

    @property
    def passage_count(self) -> int:
        """Passages in this state."""
        ...

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents by path."""
        ...

    def skipped(self) -> tuple[Skipped, ...]:
        """Files that were not read, and why."""
        ...

    def document(self, path: str) -> Document:
        """The document with its text; CorpusError if unknown."""
        ...

    def articles(self, path: str | None = None) -> tuple[Article, ...]:
        """Articles of one document, or of all, in order of path and ordinal."""
        ...

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages with these ids; ids that are not in this state are left out."""
        ...

    def passages_of(self, path: str, article: int | None = None) -> tuple[Passage, ...]:
        """The passages of a document (or of one of its articles) in text order."""
        ...

    def attributions(
        self, *, speaker: str | None = None, document: str | None = None, where: Filter | None = None
    ) -> tuple[Attribution, ...]:
        """Who said what, in order of path and offset.

        `speaker` keeps those whose resolved speaker's last word equals the last word of `speaker` (case-sensitive).
        """
        ...

    def speakers(self) -> tuple[Speaker, ...]:
        """All resolved speakers by name."""
        ...

    def nearest(self, vector: Vectors, k: int, where: Filter | None = None) -> list[Ranked]:
        """The k passages nearest to a query vector, by cosine."""
        ...

    def bm25(self, query: str, k: int, where: Filter | None = None) -> list[Ranked]:
        """The k best passages by BM25 over header (title, outlet, date) and text; any query text is safe."""
        ...

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """Exact cosines of the given passages to a query vector."""
        ...

    def document_frequency(self, stems: Sequence[str]) -> dict[str, int]:
        """In how many passages (text only) each Snowball-English stem occurs."""
        ...

    def casing(self, words: Sequence[str]) -> dict[str, Casing]:
        """Corpus casing counts of words, looked up by their lower-case form."""
        ...

    def close(self) -> None:
        """Releases files."""
        ...


class Reader(Protocol):
    """Turns a question and its passages into an answer."""

    @property
    def name(self) -> str:
        """`extractive`, `openai:…`: shown with every answer."""
        ...

    def read(
        self,
        question: str,
        hits: Sequence[Hit],
        snapshot: Snapshot,
        where: Filter | None = None,
        stop: Event | None = None,
    ) -> Iterator[Delta | Answer]:
        """Pieces of text as they come, then the whole Answer (its citations not yet verified).

        Setting `stop` from elsewhere ends a slow reading early: the Answer then holds what came, and says so.
        """
        ...


class Loader(Protocol):
    """Reads one kind of file."""

    formats: Mapping[str, str]
    """File suffix (".pdf") to format name ("pdf")."""

    def load(self, file: Path, path: str) -> Document:
        """The decoded document; CorpusError with the reason if it cannot be read."""
        ...
