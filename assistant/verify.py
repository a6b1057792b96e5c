"""Holds citations against the files they name. No model, no index: only the bytes on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from assistant.corpus.folding import find, fold, locate, quotations
from assistant.corpus.load import load
from assistant.domain import Answer, Citation, Document, Provenance
from assistant.errors import CorpusError, UsageError


class Finding(StrEnum):
    """What became of a citation."""

    VERIFIED = "verified"
    """`text[start:end]` is the quote."""
    MOVED = "moved"
    """The file holds the quote, but elsewhere."""
    GONE = "gone"
    """The file does not hold the quote."""
    NO_FILE = "no file"
    """There is no such file, or it cannot be read."""
    UNCITED = "uncited"
    """A statement is marked as quoted or supported but no verified citation holds it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One citation (or statement) and what was found."""

    marker: int
    document: str
    finding: Finding
    detail: str

    @property
    def ok(self) -> bool:
        """Whether the citation stands."""
        return self.finding is Finding.VERIFIED


class Quote(NamedTuple):
    """What a citation of a saved answer shows; `names` are the title and the outlet, which statements may quote too."""

    text: str
    names: tuple[str, ...]


class Files:
    """Texts of a corpus folder, each read at most once, never from outside the folder.

    `known` may give the text that the index holds for a file: it is used only while the bytes on disk still have the
    hash it was made from, and saves extracting a PDF again.
    """

    def __init__(self, folder: Path, known: Callable[[str], Document] | None = None) -> None:
        self._folder = folder.resolve()
        self._known = known
        self._texts: dict[str, str | None] = {}

    def text(self, path: str) -> str | None:
        """The decoded text of a file; None if it cannot be read or lies outside the folder."""
        if path not in self._texts:
            self._texts[path] = self._read(path)
        return self._texts[path]

    def _read(self, path: str) -> str | None:
        try:
            file = (self._folder / path).resolve()
            if not file.is_relative_to(self._folder) or not file.is_file():
                return None
            if self._known is not None:
                document = self._known(path)
                with file.open("rb") as stream:
                    if hashlib.file_digest(stream, "sha256").hexdigest() == document.sha256:
                        return document.text
            return load(file, path, Provenance()).text
        except (CorpusError, OSError, ValueError):
            return None


def verify(answer: Answer, files: Files) -> Answer:
    """The answer with each citation's `verified` set by looking at the file."""
    checked = tuple(replace(c, verified=check(c, files).ok) for c in answer.citations)
    return replace(answer, citations=checked)


def check(citation: Citation, files: Files) -> Verdict:
    """Looks one citation up in its file."""
    return _check(citation.marker, citation.document, citation.start, citation.end, citation.quote, files)


def verify_saved(data: Mapping[str, Any], folder: Path | Files) -> tuple[Verdict, ...]:
    """Re-checks a saved answer (the object that `ask --json` prints) against the files of a folder.

    Every citation is looked up, and every statement marked `quoted` must stand in a citation that it names. Given
    `Files`, several answers are looked up in one reading of the folder.

    Raises:
        UsageError: the object is not a saved answer.
    """
    files = folder if isinstance(folder, Files) else Files(folder)
    try:
        verdicts = [
            _check(int(c["marker"]), str(c["document"]), int(c["start"]), int(c["end"]), str(c["quote"]), files)
            for c in data["citations"]
        ]
        statements = [(str(s["text"]), [int(m) for m in s["markers"]], str(s["support"])) for s in data["statements"]]
        quotes = {
            int(c["marker"]): Quote(str(c["quote"]), tuple(str(c[key]) for key in ("title", "outlet") if c.get(key)))
            for c in data["citations"]
        }
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError("This is not a saved answer", "Give a file that `assistant ask --json` wrote.") from error
    verdicts += _check_statements(statements, quotes, {v.marker for v in verdicts if v.ok})
    return tuple(verdicts)


def _check_statements(
    statements: Iterable[tuple[str, list[int], str]], quotes: Mapping[int, Quote], verified: set[int]
) -> list[Verdict]:
    found = []
    for text, markers, support in statements:
        if support == "unsupported":
            continue
        standing = [m for m in markers if m in verified]
        if not standing or (support == "quoted" and not _quoted(text, [quotes[m] for m in standing])):
            marker = markers[0] if markers else 0
            found.append(Verdict(marker, "", Finding.UNCITED, f"no verified citation holds “{_short(text)}”"))
    return found


def _quoted(text: str, quotes: Sequence[Quote]) -> bool:
    """Whether a statement stands in what it cites, whole or with everything that it puts between quotation marks."""
    if any(text in one.text for one in quotes):
        return True
    cited = fold(" ".join(one.text for one in quotes))
    names = [fold(name) for one in quotes for name in one.names]
    spans = quotations(text)
    if not spans:
        return find(text, cited) is not None
    words = [text[span.start : span.end] for span in spans]
    return all(locate(one, cited) or any(find(one, name) for name in names) for one in words)


def _check(marker: int, document: str, start: int, end: int, quote: str, files: Files) -> Verdict:
    text = files.text(document)
    if text is None:
        return Verdict(marker, document, Finding.NO_FILE, "cannot be read")
    if quote and 0 <= start < end and text[start:end] == quote:
        return Verdict(marker, document, Finding.VERIFIED, f"stands at {start}-{end}")
    at = text.find(quote) if quote.strip() else -1
    if at >= 0:
        return Verdict(marker, document, Finding.MOVED, f"stands at {at}-{at + len(quote)}, not at {start}-{end}")
    return Verdict(marker, document, Finding.GONE, f"does not hold “{_short(quote)}”")


def _short(text: str, limit: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
