"""Spellings that differ by accents only, made one: people type "Lodz", and documents write "Łódź"."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]+")
_LETTERS = dict(zip("øØłŁđĐħĦıðÐ", "oOlLdDhHidD", strict=True)) | {
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ß": "ss",
    "þ": "th",
    "Þ": "Th",
}
"""Letters that Unicode does not take apart."""
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")


def plain(text: str) -> str:
    """The text with Latin accents dropped and compatibility forms ("ﬁ", "²") written out; offsets are not kept."""
    if text.isascii():
        return text
    # Back to composed forms, so that Hangul stays in syllables (25 µs for 1,200 characters in all).
    composed = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))
    return _LETTER.sub(lambda letter: _LETTERS[letter[0]], composed)
