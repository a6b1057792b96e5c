"""What counts as a question."""

from __future__ import annotations

import unicodedata

from assistant.errors import UsageError

MAX_CHARACTERS = 4_000
"""Longer input is a document, not a question; the embedder reads 256 tokens of it, about 1,000 characters."""


def checked(question: str) -> str:
    """The question on one line, without invisible characters.

    Raises:
        UsageError: It is blank, longer than MAX_CHARACTERS, or holds control characters or broken text.
    """
    if len(question) > MAX_CHARACTERS:
        raise UsageError(
            f"The question has {len(question):,} characters, more than {MAX_CHARACTERS:,}", "Ask in a sentence or two."
        )
    line = " ".join(question.split())
    for character in line:
        category = unicodedata.category(character)
        if category == "Cc":
            raise UsageError(f"The question holds the control character U+{ord(character):04X}", "Type it as text.")
        if category == "Cs":
            raise UsageError("The question is not valid UTF-8 text", "Type it again or change the terminal's encoding.")
    line = "".join(c for c in line if unicodedata.category(c) != "Cf" or c in "\u200c\u200d").strip()
    if not any(c.isalnum() for c in line):
        raise UsageError("The question is empty", 'Ask in words, like: assistant ask "What did the minister say?"')
    return line
