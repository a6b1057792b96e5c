"""Which words a cue introduces: those before it or those behind it, and whether they are words at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.clauses import is_adjunct_clause, is_finite
from assistant.attribution.content import Tail
from assistant.attribution.cues import (
    AFTER_QUOTE_ONLY,
    NEEDS_CLAUSE,
    NEEDS_THAT,
    Form,
)
from assistant.attribution.cuewords import is_plural
from assistant.attribution.evidence import are_said
from assistant.attribution.patterns import Match
from assistant.attribution.sources import Reach, Source
from assistant.attribution.tokens import is_capital
from assistant.attribution.verbgroup import Group
from assistant.domain import CueClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Token


_LEADING = frozenset(
    ["as", "although", "though", "while", "since", "because", "if", "when", "even", "whereas", "after", "before"]
)


def can_call(tokens: Sequence[Token], form: Form, source: Source) -> bool:
    """Whether the source is one that acts: "an explosive called TATP", "the name refers to" are no statements."""
    strict = form.cue_class is not CueClass.SAYING or form.lemma in NEEDS_CLAUSE | NEEDS_THAT
    if not strict or source.reach is not Reach.PHRASE:
        return True
    core = [token for token in tokens[source.first : source.last] if token.low not in words.DETERMINERS]
    return any(_acts(token) for token in core[: _head_end(core)]) or _plural_core(core)


def _acts(token: Token) -> bool:
    known = words.ROLES | words.ORG_NOUNS | words.PEOPLE
    return is_capital(token) or token.low in known or token.low.rsplit("-", 1)[-1] in words.ROLES


def _head_end(core: Sequence[Token]) -> int:
    """Where the phrase's head ends: "critical of the Government" has no actor in its head."""
    for at, token in enumerate(core):
        if at and token.low in words.PREPOSITIONS:
            return at
    return len(core)


def quote_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether a quotation ends right before, comma or dash between allowed."""
    while at >= 0 and tokens[at].low in {",", "-", "–", "—", "--"}:
        at -= 1
    return at >= 0 and tokens[at].kind == "q"


def within_leading_clause(tokens: Sequence[Token], start: int, behind: Tail) -> Tail:
    """As in "As members called for X, others waited": the words end with the leading clause."""
    if behind.comma or start >= len(tokens) or tokens[start].low not in _LEADING:
        return behind
    for at in range(behind.first, behind.last):
        if tokens[at].low == ",":
            return behind._replace(last=at)
    return behind


def within_relative(tokens: Sequence[Token], source: Source, behind: Tail) -> Tail:
    """As in "Smith, who said the plan was bad, left": the words end where the main clause goes on."""
    if behind.comma or source.boundary < 0 or tokens[source.boundary].low != ",":
        return behind
    for at in range(behind.first, behind.last - 1):
        if tokens[at].low == "," and any(is_finite(tokens, here) for here in range(at + 1, min(at + 4, behind.last))):
            return behind._replace(last=at)
    return behind


def _plural_core(core: Sequence[Token]) -> bool:
    """Whether the noun before the first preposition is plural ("members of the house")."""
    for at, token in enumerate(core):
        if at and token.low in words.PREPOSITIONS:
            return is_plural(core[at - 1])
    return bool(core) and is_plural(core[-1])


def choose(
    tokens: Sequence[Token], at: int, form: Form, source: Source, behind: Tail, start: int, group: Group
) -> Match | None:
    """Said words before or behind the cue."""
    boundary = source.boundary
    quoted = quote_before(tokens, boundary) and not (behind.clause and tokens[start].low in words.PREPOSITIONS)
    empty = behind.last <= behind.first or _says_nothing(tokens, form, behind)
    end = max(at + 1, source.last if source.first > at else 0)
    if quoted and not (behind.clause and tokens[behind.first - 1].low == "that" and not behind.comma):
        return said_before(tokens, at, form, source, start, end)
    if form.lemma in AFTER_QUOTE_ONLY and not quoted:
        return None
    comma = boundary >= start and boundary >= 0 and tokens[boundary].low == ","
    if source.reach is Reach.SHARED and empty:
        return None
    if comma and (empty or behind.comma or source.first > at):
        return _parenthetical(tokens, at, form, source, behind, start, end)
    if boundary >= 0 and tokens[boundary].low == "as" and (empty or behind.comma):
        if boundary > start:
            return said_before(tokens, at, form, source, start, end)
        return None if empty else Match(form.lemma, form.cue_class, at, source, *behind[:2], behind.last)
    if empty or not are_said(tokens, form, source, behind, group):
        return None
    return Match(form.lemma, form.cue_class, at, source, behind.first, behind.last, behind.last)


def _says_nothing(tokens: Sequence[Token], form: Form, behind: Tail) -> bool:
    """As in "told him so", "asked why"."""
    if behind.last > behind.first + 1 or form.lemma not in {"tell", "ask", "explain"}:
        return False
    return tokens[behind.first].low in {"so", "why", "how", "what", "this", "that", "it", "more", "otherwise"}


def said_before(tokens: Sequence[Token], at: int, form: Form, source: Source, start: int, end: int) -> Match | None:
    """The words before the cue's clause, from the start of what no cue has taken yet."""
    last = source.boundary
    while last >= start and (tokens[last].low in {",", "-", "–", "—", "--"} or tokens[last].low == "as"):
        last -= 1
    first = start
    while first < last and (tokens[first].kind == "p" or tokens[first].low in words.COORDINATORS):
        first += 1
    if last < first:
        return None
    return Match(form.lemma, form.cue_class, at, source, first, last + 1, end)


def _parenthetical(
    tokens: Sequence[Token], at: int, form: Form, source: Source, behind: Tail, start: int, end: int
) -> Match | None:
    """As in "A, he said." and "A, he said, B": the words before, or the longer part."""
    if form.cue_class is not CueClass.SAYING and not _speaks_of_thought(form):
        return None
    before = said_before(tokens, at, form, source, start, end)
    if behind.last <= behind.first or source.first > at:
        return before
    if before is not None and is_adjunct_clause(tokens, before.first, before.last):
        before = None
    if before is not None and _is_clause(tokens, before.first, before.last, behind):
        return before
    return Match(form.lemma, form.cue_class, at, source, behind.first, behind.last, behind.last)


def _is_clause(tokens: Sequence[Token], first: int, last: int, behind: Tail) -> bool:
    """Whether the words before the cue are the said clause rather than the start of the one behind it."""
    if last - first <= 3:
        return False
    low = tokens[behind.first].low
    if low in words.PREPOSITIONS or low in words.SUBORDINATORS or low.endswith("ing"):
        return last - first > 7 or tokens[first].low not in words.PREPOSITIONS
    return any(is_finite(tokens, at) for at in range(first + 1, last)) and tokens[first].low not in words.SUBORDINATORS


def _speaks_of_thought(form: Form) -> bool:
    return form.lemma in {"believe", "think", "hope", "fear", "feel"}
