"""Full-text search over turns: what is indexed, how a query is read, and what of a text is shown."""

from __future__ import annotations

import re

MARK_START, MARK_END = "\x02", "\x03"
"""Around what was searched for in a snippet; taken out of every text that is searched."""
WORDS = 24
"""Length of a snippet."""
AROUND = 60
"""Characters on each side of what was found by its letters."""

_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_ALNUM = re.compile(r"[^\W_]")
_ITEM = re.compile(r"^- ", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!|~&])")


def searchable(text: str) -> str:
    """A text, or an answer's Markdown, as it is indexed: no list marks, no escapes, nothing that marks a snippet."""
    plain = _ESCAPED.sub(r"\1", _ITEM.sub("", text))
    return plain.replace(MARK_START, " ").replace(MARK_END, " ").replace("\0", " ").encode("utf-8", "replace").decode()


def matching(query: str) -> str:
    """The query for FTS5: every word, or words in double quotes as they stand together; empty if there is no word.

    Each piece is quoted, so that none of it is taken for an operator.
    """
    pieces = [phrase or word for phrase, word in _PIECE.findall(searchable(query))]
    return " ".join('"' + piece.replace('"', '""') + '"' for piece in pieces if _ALNUM.search(piece))


def excerpt(text: str, letters: str) -> str | None:
    """The place of a text where letters stand, whatever their case, marked; None if they don't."""
    found = re.search(re.escape(letters), text, re.IGNORECASE)
    if found is None or not letters:
        return None
    start, end = max(0, found.start() - AROUND), min(len(text), found.end() + AROUND)
    before = ("…" if start else "") + text[start : found.start()]
    after = text[found.end() : end] + ("…" if end < len(text) else "")
    return f"{before}{MARK_START}{found[0]}{MARK_END}{after}"
