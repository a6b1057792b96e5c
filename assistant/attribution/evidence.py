"""Whether what follows a cue are said words at all, or the object of an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.cues import NEEDS_CLAUSE, NEEDS_EXPLICIT, NEEDS_QUOTE, NEEDS_THAT, Form
from assistant.attribution.tokens import is_capital
from assistant.domain import CueClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.content import Tail
    from assistant.attribution.tokens import Token
    from assistant.attribution.verbgroup import Group


def are_said(tokens: Sequence[Token], form: Form, behind: Tail, group: Group) -> bool:
    """Whether the tail of a finite cue holds said words; the tail is not empty."""
    quoted = any(token.kind == "q" for token in tokens[behind.first : behind.last])
    if form.cue_class is CueClass.ATTITUDE:
        return (behind.clause or quoted) and not group.modal
    told = _by_lemma(tokens, form, behind)
    if told is not None:
        return told or quoted
    if form.lemma in NEEDS_CLAUSE or group.modal or group.infinitive:
        return behind.clause or quoted
    return True


def _by_lemma(tokens: Sequence[Token], form: Form, behind: Tail) -> bool | None:
    """What a verb of its own kind asks for; None for all others. A quotation always does."""
    lemma = form.lemma
    first = tokens[behind.first]
    that = tokens[behind.first - 1].low == "that"
    if lemma in NEEDS_QUOTE:
        return False
    if lemma in NEEDS_THAT:
        return that
    if lemma in NEEDS_EXPLICIT:
        return that or first.low in words.SUBJECT_PRONOUNS or first.low == "with"
    if lemma == "add" and first.kind == "n":
        return False
    if lemma == "call" and first.low not in {"for", "on"}:
        return _judges(tokens[behind.first : behind.last])
    if lemma in {"confirm", "question"} and not behind.clause and is_capital(first):
        return False
    return _by_object(tokens, lemma, behind)


def _by_object(tokens: Sequence[Token], lemma: str, behind: Tail) -> bool | None:
    first = tokens[behind.first].low
    if lemma == "argue" and first in {"for", "against"}:
        return True
    if lemma == "claim":
        if first in {"victory", "second", "third", "first"}:
            return False
        return True if first in {"responsibility", "credit", "to"} or behind.last - behind.first > 5 else None
    asks = lemma in {"ask", "urge", "demand"}
    reach = tokens[behind.first + 1 : min(behind.last, behind.first + 9)]
    return True if asks and any(token.low == "to" for token in reach) else None


def _judges(said: Sequence[Token]) -> bool:
    """As in "called him a liar"; not in "a group called Durand Jirga" or "called Clinton"."""
    return len(said) > 1 and not all(is_capital(token) or token.kind in "qp" for token in said)
