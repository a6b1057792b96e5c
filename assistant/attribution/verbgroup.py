"""What stands between a speaker and the cue verb: auxiliaries, adverbs, times, "went on to"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assistant.attribution import words
from assistant.attribution.clauses import (
    is_adverb,
    over_time,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Token


class Group(NamedTuple):
    """The verb group left of a cue: `left` is the last token before it."""

    left: int
    negated: bool
    declined: bool
    passive: bool
    infinitive: bool
    modal: bool


_MODALS = frozenset(["would", "could", "should", "may", "might", "must", "can", "shall"])


def verb_group(tokens: Sequence[Token], cue: int) -> Group:
    """Steps left over adverbs, auxiliaries, times and "went on to"."""
    negated = declined = passive = infinitive = modal = False
    at = before_bracket(tokens, cue - 1)
    while at >= 0:
        token = tokens[at]
        low = token.low
        if low in words.NEGATIONS or low.endswith("n't"):
            negated = True
        if low in words.AUXILIARIES:
            passive = passive or low in words.BE
            modal = modal or low in _MODALS
        elif low == "to":
            jump, declined = _before_to(tokens, at)
            if jump == at:
                infinitive = True
                break
            at = jump + 1
        elif not is_adverb(token):
            jump = over_time(tokens, at)
            if jump == at:
                break
            at = jump + 1
        at -= 1
    return Group(at, negated, declined, passive, infinitive, modal)


def before_bracket(tokens: Sequence[Token], at: int) -> int:
    """Past a short bracket behind the speaker ("the Australian Workers Union (AWU) says")."""
    if at > 1 and tokens[at].low == ")":
        for here in range(at - 1, max(0, at - 8), -1):
            if tokens[here].low == "(":
                return here - 1
    return at


def _before_to(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """From "to" in "declined to say", "went on to say": the token before the chain, and whether it declines."""
    if at == 0:
        return at, False
    low = tokens[at - 1].low
    if low in words.DECLINES:
        return at - 2, True
    if low == "on" and at > 1 and tokens[at - 2].low in {"went", "goes", "go", "gone"}:
        return at - 3, False
    if low in words.GOES_ON and low != "on":
        return at - 2, False
    return at, False
