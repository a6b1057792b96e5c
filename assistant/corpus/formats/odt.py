"""OpenDocument texts (.odt)."""

from __future__ import annotations

from typing import Any

from assistant.corpus.formats.container import opened
from assistant.corpus.formats.extracted import Extracted, bounded, told_title
from assistant.domain import Provenance
from assistant.errors import CorpusError

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = frozenset(
    [f"{_TEXT}note", f"{_TEXT}tracked-changes", "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"]
)


def extract(data: bytes) -> Extracted:
    """The text of a document; headings carry `#`, list items `-`."""
    with opened(data, "an OpenDocument text") as container:
        root = container.xml("content.xml")
        if root is None:
            raise CorpusError("is not an OpenDocument text", "Open it in its program and save it again.")
        meta = container.xml("meta.xml")
    blocks: list[str] = []
    for element in root.iter(f"{_TEXT}p", f"{_TEXT}h"):
        if any(ancestor.tag in _SKIPPED for ancestor in element.iterancestors()):
            continue
        text = _text(element).strip()
        if text:
            blocks.append(_prefix(element) + text)
    text = bounded("\n\n".join(blocks))
    if not text:
        raise CorpusError("holds no text", "If its pages are pictures, run text recognition on it first.")
    title = None if meta is None else told_title(meta.findtext(f".//{_DC}title"), text)
    return Extracted(text, declared=Provenance(title=title))


def _prefix(element: Any) -> str:
    if element.tag == f"{_TEXT}h":
        level = element.get(f"{_TEXT}outline-level") or "1"
        return "#" * (min(6, int(level)) if level.isdigit() and level != "0" else 1) + " "
    return "- " if next(element.iterancestors(f"{_TEXT}list-item"), None) is not None else ""


def _text(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c") or "1"
            parts.append(" " * (min(int(count), 100) if count.isdigit() else 1))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
