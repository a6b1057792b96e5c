"""Rich Text Format (.rtf)."""

from __future__ import annotations

import re

from assistant.corpus.formats.extracted import Extracted, bounded
from assistant.errors import CorpusError

_BLANK = re.compile(r"\n[ \t]*(?=\n)")


def extract(data: bytes) -> Extracted:
    """The text of a document, without pictures and formatting."""
    # 5 ms to import.
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise CorpusError("is not an RTF document", "Give it the suffix of its format.")
    # RTF itself is ASCII; bytes beyond it are escaped, or else in the code page that the file names.
    plain: str = rtf_to_text(data.decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call] # has no types
    text = bounded(_BLANK.sub("\n", plain).strip())
    if not text:
        raise CorpusError("holds no text", "If its pages are pictures, run text recognition on it first.")
    return Extracted(text)
