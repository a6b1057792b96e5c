"""Word documents (.docx): paragraphs, headings, lists and tables in reading order."""

from __future__ import annotations

import re
from typing import Any

from assistant.corpus.formats.container import Container, opened
from assistant.corpus.formats.extracted import Extracted, bounded, person, told_title
from assistant.domain import Provenance
from assistant.errors import CorpusError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"heading\s*(\d)|(title)$", re.IGNORECASE)
_SKIPPED = frozenset([f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _MC_FALLBACK])
_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"


def extract(data: bytes) -> Extracted:
    """The text of a document; headings carry `#`, list items `-`."""
    with opened(data, "a Word document") as container:
        root = container.xml("word/document.xml")
        if root is None:
            raise CorpusError("is not a Word document", "Open it in its program and save it again.")
        names = _style_names(container)
        text = bounded("\n\n".join(_blocks(root, names)))
        declared = core_properties(container, text)
    if not text.strip():
        raise CorpusError("holds no text", "If its pages are pictures, run text recognition on it first.")
    return Extracted(text, declared=declared)


def core_properties(container: Container, text: str) -> Provenance:
    """Title and author as far as they can be trusted.

    The creator of a file made from a template is the template's author: it counts only where nobody else saved the
    file. When the file was made is not when its text was published.
    """
    core = container.xml("docProps/core.xml")
    if core is None:
        return Provenance()
    creator = person(core.findtext(f"{_DC}creator"))
    saved_by = person(core.findtext(f"{_CP}lastModifiedBy"))
    return Provenance(
        title=told_title(core.findtext(f"{_DC}title"), text),
        author=creator if creator is not None and saved_by in (None, creator) else None,
    )


def _style_names(container: Container) -> dict[str, str]:
    styles = container.xml("word/styles.xml")
    if styles is None:
        return {}
    named = ((style.get(f"{_W}styleId"), style.find(f"{_W}name")) for style in styles.iter(f"{_W}style"))
    return {key: name.get(f"{_W}val") or "" for key, name in named if key and name is not None}


def _blocks(root: Any, names: dict[str, str]) -> list[str]:
    blocks: list[str] = []
    rows_seen: set[Any] = set()
    for paragraph in root.iter(f"{_W}p"):
        row = next(paragraph.iterancestors(f"{_W}tr"), None)
        if row is not None:
            if row not in rows_seen:
                rows_seen.add(row)
                cells = [
                    " ".join(" ".join(_text(p) for p in cell.iter(f"{_W}p")).split())
                    for cell in row.iterchildren(f"{_W}tc")
                ]
                if any(cells):
                    blocks.append("| " + " | ".join(cells) + " |" if len(cells) > 1 else cells[0])
            continue
        text = _text(paragraph).strip()
        if text:
            blocks.append(_prefix(paragraph, names) + text)
    return blocks


def _prefix(paragraph: Any, names: dict[str, str]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    identifier = "" if style is None else style.get(f"{_W}val") or ""
    heading = _HEADING.match(names.get(identifier, identifier))
    if heading:
        return "# " if heading[2] else "#" * min(6, int(heading[1])) + " "
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None or names.get(identifier, "").lower().startswith("list")
    return "- " if listed else ""


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    skipped: Any = None
    for element in paragraph.iter():
        if skipped is not None and any(ancestor is skipped for ancestor in element.iterancestors()):
            continue
        skipped = element if element.tag in _SKIPPED else None
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag == f"{_W}tab":
            parts.append("\t")
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
    return "".join(parts)
