"""Where a noun phrase cannot reach further left: "as", "after" and an article that open something of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.clauses import LONGEST_SOURCE, is_break, is_finite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Token

_MOMENTS = frozenset("shortly soon just even minutes moments hours right".split())
_PAPERS = frozenset("statement report letter document memo decision findings figures results".split())
_BEFORE_AS = frozenset("such known role job work well successor predecessor same".split())


def subordinates(tokens: Sequence[Token], at: int) -> bool:
    """Whether "after", "as", "since" opens the cue's own clause rather than a phrase inside its subject."""
    low = tokens[at].low
    if low not in words.PREPOSITIONS:
        return True
    if low == "as":
        return _opens_clause(tokens, at) or not _within_phrase(tokens, at)
    if low not in {"after", "before", "since", "until"}:
        return False
    return at == 0 or _moment(tokens, at - 1) or _verb_before(tokens, at)


def _moment(tokens: Sequence[Token], at: int) -> bool:
    """What may stand before "after": "a few hours after …", "shortly after …", "passed after …"."""
    low = tokens[at].low
    if low.endswith("ed") and tokens[at].text == low:
        return at > 0 and tokens[at - 1].low not in _PAPERS
    return low in words.TIME_WORDS or low in _MOMENTS


def _within_phrase(tokens: Sequence[Token], at: int) -> bool:
    """As in "Republicans such as …", "a man known as …", "her role as minister"."""
    before = tokens[at - 1].low
    if before in _BEFORE_AS or before.endswith("ed"):
        return True
    here = at + 1
    while here < len(tokens) and tokens[here].low in words.DETERMINERS | words.ROLE_MODIFIERS:
        here += 1
    return here < len(tokens) and tokens[here].low in words.ROLES and not tokens[here].low.endswith("s")


def _verb_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether the clause left of here has its verb already."""
    for here in range(at - 1, max(-1, at - LONGEST_SOURCE), -1):
        if is_break(tokens[here]):
            return False
        if tokens[here].low in words.SUBJECT_PRONOUNS or is_finite(tokens, here):
            return True
    return False


def _opens_clause(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or tokens[at - 1].low == "," or tokens[at - 1].kind == "q"


def second_phrase(tokens: Sequence[Token], first: int, last: int) -> int:
    """As in "asked what was next the founder said": where an article opens a phrase of its own."""
    for at in range(first + 1, last):
        before = tokens[at - 1]
        if before.low in words.RELATIVES:
            break
        if tokens[at].low in words.ARTICLES and before.text.islower() and not _leads_on(tokens, at - 1):
            return at
    return first


def _leads_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word before an article belongs with it: "of the", "and the", "tasked with the", "citing the"."""
    low = tokens[at].low
    joined = words.PREPOSITIONS | words.COORDINATORS | words.DETERMINERS | words.AUXILIARIES
    return low in joined or low.endswith(("ing", "ed")) or is_finite(tokens, at)
