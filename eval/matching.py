"""Whether a text says something, typography and case apart."""

from __future__ import annotations

import re
import unicodedata

from assistant.corpus import folding


def fold(text: str) -> str:
    """Lower case without accents; one kind of quotation mark, dash, bracket and space each."""
    plain = unicodedata.normalize("NFKD", folding.fold(text).text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def says(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase as whole words.

    A number is whole too: "341" is neither in "1341" nor in "341.5", nor "1.5" in "11.5".
    """
    wanted = fold(phrase)
    if not wanted:
        return False
    before = r"(?<!\w)(?<!\d[.,])" if wanted[0].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if wanted[-1].isalnum() else ""
    return re.search(f"{before}{re.escape(wanted)}{after}", fold(text)) is not None


def same_person(name: str | None, wanted: str) -> bool:
    """Whether two names share their last word, or one is within the other ("Sullivan", "Jake Sullivan")."""
    if not name:
        return False
    one, other = fold(name), fold(wanted)
    return one.split()[-1] == other.split()[-1] or says(one, other) or says(other, one)


def same_title(title: str | None, wanted: str) -> bool:
    """Whether two headlines are the same, typography apart."""
    return title is not None and fold(title) == fold(wanted)
