"""HTML and XHTML pages."""

from __future__ import annotations

import re

from assistant.corpus.formats import markup, page_metadata
from assistant.corpus.formats.extracted import Extracted, bounded
from assistant.corpus.formats.text import decode
from assistant.errors import CorpusError

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def extract(data: bytes) -> Extracted:
    """The content of a page as text, and what the page declares about itself."""
    declared = _CHARSET.search(data[:8192])
    label = (declared[1] or declared[2]).decode("ascii") if declared else None
    source, encoding = decode(data, label)
    root = markup.parse(_DECLARATION.sub("", bounded(source)).replace("\0", ""))
    text = markup.render(root) if root is not None else ""
    if root is None or not text.strip():
        raise CorpusError(
            "holds no text", "It may be a page that a script fills; save it from the browser as a complete page."
        )
    return Extracted(bounded(text), encoding, declared=page_metadata.read(root))
