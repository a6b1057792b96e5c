"""The stages before the index, as the index calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assistant.domain import Article, Attribution, Document, Passage, Provenance, Skipped


class Found(NamedTuple):
    """A file of the corpus folder that some loader can read."""

    path: str
    """Relative to the folder, with forward slashes."""
    file: Path
    override: Provenance
    """What `metadata.toml` says of it."""


CountTokens = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class Stages:
    """load, clean and split, and who said what: given to the index, which knows none of them."""

    versions: Mapping[str, str]
    """Name and version of each; a change of any derives all documents anew."""
    scan: Callable[[Path], tuple[Sequence[Found], Sequence[Skipped]]]
    """The files of a folder that can be read, and the others with the reason; CorpusError if it is no folder."""
    load: Callable[[Found], Document]
    """CorpusError with the reason if it cannot be read."""
    articles: Callable[[Document], Sequence[Article]]
    split: Callable[[Document, Sequence[Article], CountTokens], Sequence[Passage]]
    header: Callable[[Provenance, str], str]
    """Title, outlet, date and the document's path as BM25 sees them."""
    attribute: Callable[[Document, Article], Sequence[Attribution]]
