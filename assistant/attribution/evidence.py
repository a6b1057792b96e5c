"""Whether what follows a cue are said words at all, or the object of an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.clauses import is_finite
from assistant.attribution.cues import (
    DECIDES,
    DEEDS,
    NEEDS_CLAUSE,
    NEEDS_EXPLICIT,
    NEEDS_QUOTE,
    NEEDS_THAT,
    SPOKEN,
    Form,
)
from assistant.attribution.tokens import is_capital
from assistant.domain import CueClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.content import Tail
    from assistant.attribution.sources import Source
    from assistant.attribution.tokens import Token
    from assistant.attribution.verbgroup import Group


_STUDIES = frozenset(
    "study studies report reports survey surveys poll polls research researchers scientists review inquiry "
    "investigation analysis audit commission committee panel authors figures statistics inspectors auditors".split()
)
"""Who "found" or "showed" something even without "that"."""
_RESULTS = ("ful", "ous", "ive", "less", "ble", "ical", "ent", "ant", "ary", "ish")
"""Endings of the adjectives that end a judgement ("called the attack shameful")."""
_VERDICTS = frozenset(
    "wrong false illegal unfair racist absurd cruel fake corrupt weak mad crazy stupid dead key vital crucial "
    "essential historic heroic tragic toxic fair great good bad right necessary".split()
)


def are_said(tokens: Sequence[Token], form: Form, source: Source, behind: Tail, group: Group) -> bool:
    """Whether the tail of a finite cue holds said words; the tail is not empty."""
    quoted = is_quoted(tokens, behind)
    if form.cue_class is CueClass.ATTITUDE:
        wished = form.lemma in {"want", "expect"} and _wishes(tokens, behind)
        return (behind.clause or quoted or wished) and not group.modal
    if form.lemma in NEEDS_THAT and behind.clause and _is_study(tokens, source):
        return True
    told = by_lemma(tokens, form, behind)
    if told is not None:
        return told or quoted
    if form.lemma in NEEDS_CLAUSE or group.modal or group.infinitive:
        return behind.clause or quoted
    return True


def _wishes(tokens: Sequence[Token], behind: Tail) -> bool:
    """As in "wants diplomats to sign"."""
    return any(token.low == "to" for token in tokens[behind.first + 1 : min(behind.last, behind.first + 9)])


def is_quoted(tokens: Sequence[Token], behind: Tail) -> bool:
    """Whether a quotation is among the words behind a cue."""
    return any(token.kind == "q" for token in tokens[behind.first : behind.last])


def _is_study(tokens: Sequence[Token], source: Source) -> bool:
    return any(token.low in _STUDIES or token.low == "it" for token in tokens[source.first : source.last])


def by_lemma(tokens: Sequence[Token], form: Form, behind: Tail) -> bool | None:
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
    if lemma in {"add", "find"} and first.kind == "n":
        return False
    if lemma == "say" and form.tense == "base" and first.low == "about":
        return False
    if lemma == "call":
        return _calls(tokens, behind)
    if lemma == "refer":
        return first.low == "to" or None
    if lemma in {"confirm", "question"} and not behind.clause and is_capital(first):
        return False
    if lemma in DECIDES and not behind.clause:
        return _decides(tokens, lemma, behind)
    return _by_object(tokens, lemma, behind)


def _decides(tokens: Sequence[Token], lemma: str, behind: Tail) -> bool | None:
    """False where the object is no words: "rejected a bill", "welcomed him", "dismissed the manager"."""
    said = tokens[behind.first : behind.last]
    head = _head(said)
    if any(token.low == "as" for token in said[1:14]):
        return True
    if lemma == "dismiss":
        return head in SPOKEN
    if lemma == "welcome":
        guest = said[0].low in {"him", "her", "them", "us", "me"} or head in words.ROLES
        follows = said[_head_at(said) + 1].low if _head_at(said) + 1 < len(said) else ""
        return False if guest or follows in {"to", "at", "into", "home"} else None
    return False if head in DEEDS else None


_PARTICLES = frozenset("out off up down away back".split())


def _head_at(said: Sequence[Token]) -> int:
    at = 0
    while at + 1 < len(said):
        token = said[at + 1]
        if (
            token.kind not in "wn"
            or token.low in _PARTICLES | words.PREPOSITIONS | words.SUBORDINATORS | words.COORDINATORS
        ):
            break
        verb = is_finite(said, at + 1) and said[at].low not in words.DETERMINERS
        if verb or token.low in words.TIME_WORDS or token.low in words.RELATIVES:
            break
        at += 1
    return at


def _head(said: Sequence[Token]) -> str:
    """The noun that the object is about: its last word before a preposition, a verb or a comma."""
    return said[_head_at(said)].low


_WON = frozenset(
    "set title game match lives life point points wicket wickets crown prize medal gold silver victory win place seat "
    "seats award trophy record".split()
)
"""What is won or lost, not said ("claimed the set", "claimed eight lives")."""


def _by_object(tokens: Sequence[Token], lemma: str, behind: Tail) -> bool | None:
    first = tokens[behind.first].low
    if lemma == "argue" and first in {"for", "against"}:
        return True
    if lemma == "blast":
        said = tokens[behind.first : behind.last]
        return _head(said) in SPOKEN or any(token.low in {"for", "over", "as"} for token in said)
    if lemma == "claim":
        if first in {"victory", "second", "third", "first"} or _head(tokens[behind.first : behind.last]) in _WON:
            return False
        return True if first in {"responsibility", "credit", "to"} or behind.last - behind.first > 5 else None
    asks = lemma in {"ask", "urge", "demand"}
    reach = tokens[behind.first + 1 : min(behind.last, behind.first + 9)]
    return True if asks and any(token.low == "to" for token in reach) else None


def _calls(tokens: Sequence[Token], behind: Tail) -> bool | None:
    """As in "called for talks" or "called it a lie"; not in "elections called for in May"."""
    said = tokens[behind.first : behind.last]
    named = 1
    while named < len(said) and is_capital(said[named]):
        named += 1
    ends = named == len(said) or said[named].low in {"and", ","}
    if named > 1 and ends and said[0].low in {"him", "her", "it", "them"}:
        return False
    if tokens[behind.first].low not in {"for", "on"}:
        return _judges(tokens[behind.first : behind.last])
    return None if tokens[behind.first + 1].low not in words.PREPOSITIONS else False


def _judges(said: Sequence[Token]) -> bool:
    """As in "called him a liar", "called the ruling a mistake"; not in "called a meeting", "called Clinton"."""
    if len(said) < 2 or all(is_capital(token) or token.kind in "qp" for token in said):
        return False
    at = _head_at(said)
    if said[0].low in {"him", "her", "it", "them", "himself", "herself", "themselves", "this", "that", "these"}:
        at = 0
    for here in range(1, len(said)):
        low = said[here].low
        if low in words.ARTICLES and said[here - 1].low not in words.PREPOSITIONS | words.COORDINATORS:
            return said[here - 1].low != "," and not (low == "the" and said[0].low in {"a", "an"})
        if low in {",", "that", "who", "which", "because", "when"} or low in words.TIME_WORDS:
            break
    behind = said[at + 1] if at + 1 < len(said) else None
    if at == 0:
        return (
            behind is not None and behind.kind == "w" and behind.low not in words.PREPOSITIONS | {"and", "or", "after"}
        )
    last = said[at].low
    return last.endswith(_RESULTS) or last in _VERDICTS
