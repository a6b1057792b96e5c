"""What a file's name says."""

from __future__ import annotations

import re


def name_words(path: str) -> str:
    """The words of a file's name; what holds a digit is a number or a hash."""
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return " ".join(word for word in re.split(r"[\W_]+", stem) if len(word) > 2 and word.isalpha())
