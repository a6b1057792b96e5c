"""Sentences as tokens, with every quotation folded into one token.

Folding keeps the rules honest: no cue, no speaker and no boundary is ever looked for inside quoted words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.quotes import Quote
    from assistant.domain import BlockKind

_TOKEN = re.compile(
    r"(?:[A-Z]\.)+(?:[A-Z](?!\w))?"
    r"|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Prof|Rev|Hon|St|Jr|Sr|Capt|Maj|Adm|Messrs|Cmdr|Supt|"
    r"Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec)\."
    r"|(?:[RDI]-)?[A-Z][a-z]{1,6}\.(?=,)"
    r"|[^\W_]+\.(?:com|org|net|gov|edu)\b"
    r"|[^\W\d_]+(?:[-'’\u2011&][^\W_]+)*(?:(?<=s)[’'](?=\s+\w))?"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|k)?\b"
    r"|\.{2,}|--+|\S"
)


class Token(NamedTuple):
    """A word, number, punctuation mark or whole quotation; `low` has straight apostrophes."""

    text: str
    low: str
    start: int
    end: int
    kind: str
    """"w" word, "n" number, "p" punctuation, "q" quotation."""
    quote: int = -1
    """Which quotation, for kind "q"."""


@dataclass(slots=True)
class Sentence:
    """A sentence of a kept block."""

    index: int
    block: int
    kind: BlockKind
    start: int
    end: int
    tokens: list[Token]


def _kind(text: str) -> str:
    first = text[0]
    if first.isalpha():
        return "w"
    return "n" if first.isdigit() else "p"


def tokenize(text: str, start: int, end: int, quotes: Sequence[Quote], starts: Sequence[int]) -> list[Token]:
    """Tokens of `text[start:end]`; `starts` are the quotes' start offsets, ascending."""
    tokens: list[Token] = []
    at = start
    number = max(0, bisect_left(starts, start) - 1)
    while number < len(quotes) and quotes[number].start < end:
        quote = quotes[number]
        if quote.end > at:
            left = max(quote.start, at)
            _words(text, at, left, tokens)
            at = min(quote.end, end)
            tokens.append(Token(text[left:at], "“", left, at, "q", number))
        number += 1
    _words(text, at, end, tokens)
    return tokens


def _words(text: str, start: int, end: int, into: list[Token]) -> None:
    for match in _TOKEN.finditer(text, start, end):
        found = match.group()
        low = found.lower()
        if "’" in low:
            low = low.replace("’", "'")
        into.append(Token(found, low, match.start(), match.end(), _kind(found)))


def is_capital(token: Token) -> bool:
    """A word that begins with a capital letter."""
    return token.kind == "w" and token.text[0].isupper()


def is_possessive(token: Token) -> bool:
    """Whether the word owns what follows ("Russia's", "leaders'")."""
    return token.low.endswith(("'s", "s'"))


def bare(token: Token) -> str:
    """The word without its possessive ending, as written."""
    low = token.low
    if low.endswith("'s"):
        return token.text[:-2]
    return token.text[:-1] if low.endswith("'") else token.text
