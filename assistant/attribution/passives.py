"""Passive cues: "was quoted as saying", "is denied by"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.choice import said_before
from assistant.attribution.content import content_end, tail
from assistant.attribution.cues import AFTER_QUOTE_ONLY, Form
from assistant.attribution.patterns import Match
from assistant.attribution.sources import Reach, Source, left_source
from assistant.attribution.tokens import is_capital
from assistant.attribution.verbgroup import Group
from assistant.domain import CueClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Token


# Actively they are sayings; what is maintained, observed, concluded or added by somebody mostly is not said at all.
_ACTS = frozenset(["maintain", "observe", "conclude", "add"])
NO_SOURCE = Source(Reach.NONE, 0, 0, -1)


def passive(tokens: Sequence[Token], at: int, form: Form, group: Group, start: int) -> Match | None:
    """As in "was quoted by Y as saying", "is denied by Y", "it was reported that"."""
    behind = tokens[at + 1 : at + 16]
    lows = [token.low for token in behind]
    if form.lemma in {"quote", "report", "cite"} and "saying" in lows:
        return _quoted_as(tokens, at, group, at + 1 + lows.index("saying"), start)
    if not lows:
        return None
    if lows[0] == "by" and group.left >= 0 and tokens[group.left].low == "it" and "that" in lows:
        return _told_by(tokens, at, form, at + 1 + lows.index("that"))
    impersonal = group.left >= 0 and tokens[group.left].low == "it" and lows[0] == "that"
    if lows[0] == "by":
        return _by_agent(tokens, at, form, group, start)
    if impersonal and form.cue_class is CueClass.SAYING:
        stop = content_end(tokens, at + 2)
        return Match(form.lemma, form.cue_class, at, NO_SOURCE, at + 2, stop, stop) if stop > at + 2 else None
    return None


def _told_by(tokens: Sequence[Token], at: int, form: Form, that: int) -> Match | None:
    """As in "it was revealed by X that …"."""
    stop = content_end(tokens, that + 1) if that + 1 < len(tokens) else that
    if stop <= that + 1 or form.cue_class is CueClass.ATTITUDE or not _agent_speaks(tokens, at + 2, that):
        return None
    return Match(form.lemma, form.cue_class, at, Source(Reach.PHRASE, at + 2, that, at), that + 1, stop, stop)


def _quoted_as(tokens: Sequence[Token], at: int, group: Group, saying: int, start: int) -> Match | None:
    source = left_source(tokens, group)
    if source.reach is Reach.NONE:
        return None
    form = Form("quote", CueClass.SAYING, "past")
    behind = tail(tokens, saying, Form("say", CueClass.SAYING, "ing"))
    if behind.last > behind.first and not behind.comma:
        return Match(form.lemma, form.cue_class, at, source, behind.first, behind.last, behind.last)
    return said_before(tokens, at, form, source, start, saying + 1)


def _by_agent(tokens: Sequence[Token], at: int, form: Form, group: Group, start: int) -> Match | None:
    first = at + 2
    last = first
    while last < len(tokens) and tokens[last].kind == "w" and tokens[last].low not in words.RELATIVES:
        low = tokens[last].low
        if low in words.TIME_WORDS or low in {"on", "in", "as", "for", "during", "after", "at", "over", "when"}:
            break
        last += 1
    while last > first and tokens[last - 1].low in words.COORDINATORS:
        last -= 1
    subject = left_source(tokens, group)
    if last == first or subject.reach not in {Reach.PHRASE, Reach.RELATIVE} or subject.first < start:
        return None
    if (
        form.cue_class is CueClass.ATTITUDE
        or form.lemma in _ACTS | AFTER_QUOTE_ONLY
        or not _agent_speaks(tokens, first, last)
    ):
        return None
    source = Source(Reach.PHRASE, first, last, at)
    if last + 1 < len(tokens) and tokens[last].low == "as" and tokens[last + 1].kind == "q":
        stop = content_end(tokens, last + 1)
        return Match(form.lemma, form.cue_class, at, source, last + 1, stop, stop)
    return Match(form.lemma, form.cue_class, at, source, subject.first, subject.last, last)


def _agent_speaks(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(is_capital(tokens[at]) or tokens[at].low in words.ROLES for at in range(first, last))
