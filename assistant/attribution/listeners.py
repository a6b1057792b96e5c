"""Past those who are spoken to: "told reporters that", "said to the BBC that"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.clauses import is_finite
from assistant.attribution.tokens import is_capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Token

_TO_LISTENER = frozenset(
    [
        "reporters",
        "journalists",
        "lawmakers",
        "parliament",
        "congress",
        "the",
        "a",
        "his",
        "her",
        "their",
        "us",
        "me",
        "him",
        "them",
        "media",
        "cnn",
        "bbc",
        "reuters",
        "afp",
        "state",
        "fox",
        "nbc",
        "cbs",
        "abc",
    ]
)
_LISTENERS = frozenset("reporters journalists police lawmakers parliament congress investigators jurors media".split())
_OUTLETS = frozenset("news television tv radio channel".split())


def past_recipient(tokens: Sequence[Token], at: int) -> int:
    """Past the listener in "told reporters that", "told Lavrov Washington was", "told the BBC"."""
    if at >= len(tokens) or tokens[at].kind == "q" or tokens[at].low in {",", ".", ":", "that"}:
        return at
    if tokens[at].low in {"of", "against", "about"}:
        return at
    if tokens[at].low in {"him", "her", "them", "us", "me", "you", "it"} | _LISTENERS:
        return at + 1
    here = at
    limit = min(len(tokens), at + 9)
    capital = is_capital(tokens[at])
    while here < limit:
        token = tokens[here]
        low = token.low
        if here > at and is_finite(tokens, here):
            return at
        if token.kind in "qp" or low in words.PREPOSITIONS or low in words.SUBORDINATORS or low in words.TIME_WORDS:
            return here
        if here > at and (low in words.DETERMINERS or low in words.SUBJECT_PRONOUNS) and low != "it":
            return here
        if here > at and capital and not is_capital(token) and low not in words.ORG_NOUNS | _OUTLETS:
            return here
        if here > at and not capital and is_capital(token) and tokens[at].low not in words.DETERMINERS:
            return here
        here += 1
    return at


def past_listener(tokens: Sequence[Token], at: int) -> int:
    """Past "to reporters" and the like."""
    if at + 1 >= len(tokens) or tokens[at].low != "to" or tokens[at + 1].low not in _TO_LISTENER:
        return at
    here = at + 1
    while here < len(tokens) and here < at + 5:
        low = tokens[here].low
        if tokens[here].kind in "qp" or low == "that" or (low in words.PREPOSITIONS and here > at + 1):
            return here
        here += 1
    return at
