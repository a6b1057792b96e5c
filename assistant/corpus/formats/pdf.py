"""PDF files, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.corpus.formats.extracted import MAX_CHARACTERS, Extracted, person, told_title
from assistant.domain import Provenance
from assistant.errors import CorpusError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PAGES = 5000
_DAMAGED = "Open it in a PDF viewer and save or print it to a new file."
_HYPHEN = "\x02"
"""Where PDFium joined a word that was divided at the end of a line."""
_NOT_CHARACTERS = "\ufffe\uffff"
"""What PDFium gives for glyphs without a meaning."""
_TRANSLATED = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\0": " "}
    | dict.fromkeys(_HYPHEN + _NOT_CHARACTERS, "")
)


def extract(data: bytes) -> Extracted:
    """The text of a PDF; `pages` holds where each page starts, empty pages included."""
    # 60 ms to import.
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    if b"%PDF-" not in data[:1024]:
        raise CorpusError("is not a PDF", "Give it the suffix of its format.")
    try:
        document = PdfDocument(data)
        try:
            count = len(document)
            if count > MAX_PAGES:
                raise CorpusError(f"has {count:,} pages, more than {MAX_PAGES:,}", "Split it into smaller files.")
            text, pages = _pages(document)
            declared = _declared(document, text)
        finally:
            document.close()
    except PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise CorpusError("is protected by a password", "Save it again without a password.") from error
        raise CorpusError("is a damaged PDF", _DAMAGED) from error
    if sum(map(str.isalnum, text)) < max(10, count):
        raise CorpusError("holds no text, only pictures of pages", "Run text recognition (OCR) on it first.")
    return Extracted(text, pages=pages, declared=declared)


def _pages(document: PdfDocument) -> tuple[str, tuple[int, ...]]:
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for found in _texts(document):
        starts.append(length)
        part = "\n".join(line.rstrip() for line in re.split(r"\r\n|[\n\r]", found)).strip("\n")
        part += "\n\n" if part else ""
        parts.append(part)
        length += len(part)
        if length > MAX_CHARACTERS:
            raise CorpusError(f"holds more than {MAX_CHARACTERS:,} characters of text", "Split it into smaller files.")
    text = "".join(parts).rstrip("\n")
    return text, tuple(min(start, len(text)) for start in starts)


def _texts(document: PdfDocument) -> Iterator[str]:
    for page in document:
        content = page.get_textpage()
        yield content.get_text_bounded().translate(_TRANSLATED)
        content.close()
        page.close()


def _declared(document: PdfDocument, text: str) -> Provenance:
    """Title and author from the properties; when a file was made is not when its text was published."""
    meta = document.get_metadata_dict()
    return Provenance(title=told_title(meta.get("Title"), text), author=person(meta.get("Author")))
