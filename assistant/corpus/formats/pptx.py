"""Presentations (.pptx): the text of each slide, in order; `pages` are the slides."""

from __future__ import annotations

import re

from assistant.corpus.formats.container import Container, opened
from assistant.corpus.formats.docx import core_properties
from assistant.corpus.formats.extracted import Extracted, bounded
from assistant.errors import CorpusError

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def extract(data: bytes) -> Extracted:
    """The text of a presentation; slide titles carry `##`."""
    with opened(data, "a presentation") as container:
        slides = [_slide(container, name) for name in _order(container)]
        pages: list[int] = []
        text = ""
        for slide in slides:
            pages.append(len(text))
            text = bounded(text + slide + "\n\n") if slide else text
        declared = core_properties(container, text)
    if not text.strip():
        raise CorpusError("holds no text", "If its slides are pictures, run text recognition on it first.")
    return Extracted(text.rstrip(), pages=tuple(min(page, len(text.rstrip())) for page in pages), declared=declared)


def _order(container: Container) -> list[str]:
    """Slides as they are shown, which need not be the order of their numbers."""
    presentation = container.xml("ppt/presentation.xml")
    relations = container.xml("ppt/_rels/presentation.xml.rels")
    if presentation is not None and relations is not None:
        targets = {relation.get("Id"): relation.get("Target") or "" for relation in relations}
        shown = [targets.get(item.get(f"{_R}id"), "") for item in presentation.iter(f"{_P}sldId")]
        names = [f"ppt/{target.lstrip('/').removeprefix('ppt/')}" for target in shown if target]
        if names and all(name in container.names for name in names):
            return names
    numbered = [(int(match[1]), name) for name in container.names if (match := _SLIDE.fullmatch(name))]
    return [name for _, name in sorted(numbered)]


def _slide(container: Container, name: str) -> str:
    root = container.xml(name)
    blocks: list[str] = []
    for shape in [] if root is None else root.iter(f"{_P}sp", f"{_A}tbl"):
        kind = shape.find(f".//{_P}nvPr/{_P}ph")
        title = kind is not None and kind.get("type") in ("title", "ctrTitle")
        for paragraph in shape.iter(f"{_A}p"):
            line = "".join(piece.text or "" for piece in paragraph.iter(f"{_A}t")).strip()
            if line:
                blocks.append(f"## {line}" if title else f"- {line}")
    return "\n\n".join(blocks)
