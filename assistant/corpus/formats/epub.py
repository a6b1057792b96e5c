"""E-books (.epub): the chapters in reading order."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from assistant.corpus.dates import parse_date
from assistant.corpus.formats import markup
from assistant.corpus.formats.container import opened
from assistant.corpus.formats.extracted import Extracted, bounded, person
from assistant.corpus.formats.text import decode
from assistant.domain import Provenance
from assistant.errors import CorpusError

_DC = "{http://purl.org/dc/elements/1.1/}"


def extract(data: bytes) -> Extracted:
    """The text of a book, and what its package file declares."""
    with opened(data, "an e-book") as container:
        index = container.xml("META-INF/container.xml")
        roots = [] if index is None else [item.get("full-path") for item in index.iter("{*}rootfile")]
        package = container.xml(roots[0]) if roots and roots[0] else None
        if package is None:
            raise CorpusError("is not an e-book", "Open it in its program and save it again.")
        if "META-INF/rights.xml" in container.names:
            raise CorpusError("is protected against copying", "Get a copy without protection.")
        folder = posixpath.dirname(roots[0])
        paths = {item.get("id"): unquote(item.get("href") or "") for item in package.iter("{*}item")}
        chapters: list[str] = []
        for item in package.iter("{*}itemref"):
            part = container.read(posixpath.normpath(posixpath.join(folder, paths.get(item.get("idref"), ""))))
            root = markup.parse(_source(part)) if part else None
            if root is not None and (chapter := markup.render(root).strip()):
                chapters.append(chapter)
            bounded(chapters[-1] if chapters else "")
    text = bounded("\n\n".join(chapters))
    if not text:
        raise CorpusError("holds no text", "If its pages are pictures, run text recognition on it first.")
    told = {
        name: " ".join((package.findtext(f".//{_DC}{name}") or "").split())
        for name in ("title", "creator", "publisher")
    }
    return Extracted(
        text,
        declared=Provenance(
            title=told["title"] or None,
            outlet=told["publisher"] or None,
            author=person(told["creator"]),
            published=parse_date(package.findtext(f".//{_DC}date") or ""),
        ),
    )


def _source(part: bytes) -> str:
    text, _ = decode(part)
    # lxml refuses text that states an encoding of its own.
    return text.split("?>", 1)[1] if text.lstrip().startswith("<?xml") and "?>" in text else text
