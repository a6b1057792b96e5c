"""PDF files, page by page."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

from assistant.corpus.formats.extracted import MAX_CHARACTERS, Extracted, person, told_title
from assistant.domain import Provenance
from assistant.errors import CorpusError

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 5000
_DAMAGED = "Open it in a PDF viewer and save or print it to a new file."
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\0": " "}
)


def extract(data: bytes) -> Extracted:
    """The text of a PDF; `pages` holds where each page starts, empty pages included."""
    # 150 ms to import.
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    if b"%PDF-" not in data[:1024]:
        raise CorpusError("is not a PDF", "Give it the suffix of its format.")
    # pypdf logs a line for each irregularity; what counts for us is whether there is text.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CorpusError("is protected by a password", "Save it again without a password.")
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise CorpusError(f"has {count:,} pages, more than {MAX_PAGES:,}", "Split it into smaller files.")
        text, pages = _pages(reader)
        declared = _declared(reader, text)
    except DependencyError as error:
        raise CorpusError(
            "is encrypted in a way that needs another program", "Save it again without encryption."
        ) from error
    except (
        PyPdfError,
        RecursionError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        OverflowError,
        AssertionError,
    ) as error:
        # On damaged files pypdf fails in any of these ways, wherever it meets an object of an unexpected type.
        raise CorpusError("is a damaged PDF", _DAMAGED) from error
    if sum(map(str.isalnum, text)) < max(10, count):
        raise CorpusError("holds no text, only pictures of pages", "Run text recognition (OCR) on it first.")
    return Extracted(text, pages=pages, declared=declared)


def _pages(reader: PdfReader) -> tuple[str, tuple[int, ...]]:
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for page in reader.pages:
        starts.append(length)
        found = page.extract_text().translate(_LIGATURES)
        part = "\n".join(line.rstrip() for line in re.split(r"\r\n|[\n\r]", found)).strip("\n")
        # A paragraph may run on over the page; a form feed keeps the pages apart without ending it.
        part += "\n\n" if part else ""
        parts.append(part)
        length += len(part)
        if length > MAX_CHARACTERS:
            raise CorpusError(f"holds more than {MAX_CHARACTERS:,} characters of text", "Split it into smaller files.")
    text = "".join(parts).rstrip("\n")
    return text, tuple(min(start, len(text)) for start in starts)


def _declared(reader: PdfReader, text: str) -> Provenance:
    """Title and author from the properties; when a file was made is not when its text was published."""
    meta = reader.metadata
    if meta is None:
        return Provenance()
    title, author = meta.title, meta.author
    return Provenance(title=told_title(title, text), author=person(author))
