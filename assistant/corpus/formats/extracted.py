"""What every format module gives back, and the limits that all of them keep."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.domain import Provenance
from assistant.errors import CorpusError

MAX_BYTES = 100 * 1024 * 1024
"""Largest file that is read."""

MAX_CHARACTERS = 20_000_000
"""Longest text that one file may give: some 7,000 printed pages. More is a broken or a hostile file."""

_GENERIC = re.compile(
    r"(?:python-docx|administrator|admin|user|owner|author|default|unknown|microsoft(?: office)?(?: user)?|"
    r"windows user|office|guest|pc|root|test|scanner|\W*)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|rtf|odt|txt|html?|pptx?|xlsx?|qxd|tex|dvi|ps)$|^microsoft \w+ - |[\\/]", re.IGNORECASE
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text of a file; `pages` are start offsets, `declared` is what its metadata says."""

    text: str
    encoding: str | None = None
    pages: tuple[int, ...] = ()
    declared: Provenance = field(default_factory=Provenance)


def bounded(text: str) -> str:
    """The text; CorpusError if it is longer than any honest file's."""
    if len(text) > MAX_CHARACTERS:
        raise CorpusError(f"holds more than {MAX_CHARACTERS:,} characters of text", "Split it into smaller files.")
    return text


def person(name: str | None) -> str | None:
    """A name from document properties; None for what programs and templates put there."""
    cleaned = " ".join((name or "").split())
    return None if not cleaned or len(cleaned) > 100 or _GENERIC.fullmatch(cleaned) or "@" in cleaned else cleaned


def told_title(title: str | None, text: str) -> str | None:
    """A title from document properties, if the text begins with it or soon says it.

    Templates and older versions of a file leave titles behind that are not its own.
    """
    cleaned = " ".join((title or "").split())
    words = _WORD.findall(cleaned.casefold())
    if len(words) < 2 or len(cleaned) > 300 or _FILE_NAME.search(cleaned):
        return None
    opening = " ".join(_WORD.findall(text[:5000].casefold()))
    return cleaned if " ".join(words) in opening else None
