"""The speaker behind an inverted verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.clauses import LONGEST_SOURCE, is_adverb, is_finite
from assistant.attribution.sources import Reach, Source
from assistant.attribution.tokens import is_capital, is_possessive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Token


_LINKS = frozenset(["of", "for", "at", "from"])


def right_source(tokens: Sequence[Token], cue: int, *, after_quote: bool) -> Source:
    """The source behind an inverted verb: `"…," said Jens Stoltenberg, the head …`."""
    nothing = Source(Reach.NONE, 0, 0, cue)
    first = cue + 1
    while first < len(tokens) and is_adverb(tokens[first]) and first < cue + 3:
        first += 1
    if first >= len(tokens) or tokens[first].kind != "w":
        return nothing
    token = tokens[first]
    low = token.low
    if low in words.HE_SHE or low in {"they", "i", "we"}:
        return Source(Reach.PRONOUN, first, first + 1, cue) if after_quote else nothing
    if low in words.TIME_WORDS or low in words.PREPOSITIONS or low in words.SUBORDINATORS:
        return nothing
    last = _right_end(tokens, first)
    if last == first or last - first > LONGEST_SOURCE:
        return nothing
    starts = is_capital(token) or low in words.DETERMINERS or low in words.ROLES or low in words.ROLE_MODIFIERS
    if not starts and not (after_quote and tokens[last - 1].low in words.ROLES):
        return nothing
    if not after_quote and not (_closed_right(tokens, last) and _could_speak(tokens, first, last)):
        return nothing
    return Source(Reach.PHRASE, first, last, cue)


def _could_speak(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a person or an organisation is in the phrase ("declared an end" has none)."""
    return any(
        is_capital(token) or token.low in words.ROLES or token.low in words.ORG_NOUNS or token.low in words.PEOPLE
        for token in tokens[first:last]
    )


def _right_end(tokens: Sequence[Token], first: int) -> int:
    at = first
    while at < len(tokens):
        token = tokens[at]
        low = token.low
        if token.kind == "q" or (token.kind == "p" and low not in {"'", "’", "&", "-", "/"}):
            break
        if low in words.RELATIVES or (low in words.SUBORDINATORS and low != "as" and at > first):
            break
        if low in words.PREPOSITIONS and low not in _LINKS and not (low in {"in", "to"} and _role_before(tokens, at)):
            break
        if low in words.TIME_WORDS and not is_possessive(token):
            break
        if is_adverb(token) and at > first:
            break
        if low in words.COORDINATORS and not (at + 1 < len(tokens) and is_capital(tokens[at + 1])):
            break
        if at > first and is_finite(tokens, at) and low in words.AUXILIARIES:
            break
        at += 1
    return at


def _role_before(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at - 1].low in words.ROLES


def _closed_right(tokens: Sequence[Token], last: int) -> bool:
    """Whether the phrase ends where a clause ends, so that no verb of its own follows."""
    if last >= len(tokens):
        return True
    low = tokens[last].low
    if low in words.PREPOSITIONS or low in words.TIME_WORDS:
        return not any(is_finite(tokens, at) for at in range(last, min(len(tokens), last + 12)))
    return low in {".", ",", ";", ")", "!", "?"}
