"""Clause ends, adverbials and finite verbs, told from word lists and neighbours alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.cues import cue_forms
from assistant.attribution.tokens import is_capital, is_possessive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Token


_STOPS = frozenset(";:()[]{}!?…|•*")


_DASHES = frozenset({"-", "–", "—", "--"})

_LEADERS = frozenset("after before while when if although though because since once until".split())
_PHRASE_LEADERS = frozenset("as during despite following unlike in at on".split())

LONGEST_SOURCE = 30
"""Tokens; what is longer is a clause, not a speaker."""


def is_adverb(token: Token) -> bool:
    """An adverb that may stand between a speaker and the verb."""
    low = token.low
    return token.kind == "w" and (low in words.ADVERBS or (low.endswith("ly") and not is_capital(token)))


def over_time(tokens: Sequence[Token], at: int) -> int:
    """From the last word of "on December 21", "earlier this week", to the token before it."""
    here = at
    if tokens[here].low in {"may", "march"}:
        return here - 2 if here and tokens[here - 1].low in {"in", "since", "until", "last", "this"} else at
    if tokens[here].kind == "n":
        if here == 0 or tokens[here - 1].low not in words.TIME_WORDS:
            return at
        here -= 1
    if tokens[here].low not in words.TIME_WORDS or is_possessive(tokens[here]):
        return at
    here -= 1
    while here >= 0 and (
        tokens[here].low in words.TIME_LEADS or tokens[here].low in words.TIME_WORDS or tokens[here].kind == "n"
    ):
        here -= 1
    return here


def is_break(token: Token) -> bool:
    """Punctuation that ends a clause, or a quotation that stands for itself."""
    if token.kind == "q":
        inner = token.text.rstrip("”\"’»“' ")
        return token.end - token.start > 40 or inner[-1:] in {",", ".", "?", "!", "…", "-", "—", "–"}
    return token.kind == "p" and (token.low in _STOPS or token.low in _DASHES or token.low == ".")


def is_finite(tokens: Sequence[Token], at: int) -> bool:
    """Whether this word is a finite verb, as far as word lists and neighbours tell."""
    token = tokens[at]
    low = token.low
    if low in words.AUXILIARIES or low in words.IRREGULAR_VERBS:
        return True
    form = cue_forms().get(low)
    if form is not None and form.tense == "past" and low == token.text:
        return not _attributive(tokens, at)
    if low.endswith("ed") and len(low) > 4 and low == token.text:
        return not _attributive(tokens, at)
    return False


def _attributive(tokens: Sequence[Token], at: int) -> bool:
    """Whether an -ed form stands where an adjective or a reduced relative clause stands."""
    if at == 0:
        return True
    before = tokens[at - 1]
    low = before.low
    if low in words.DETERMINERS or low in words.PREPOSITIONS or is_possessive(before) or before.kind == "n":
        return True
    if low in words.COORDINATORS or low.endswith("ly"):
        return at < 2 or low.endswith("ly")
    if low in words.AUXILIARIES or low in words.SUBJECT_PRONOUNS or low in words.RELATIVES:
        return False
    if is_capital(before):
        return False
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return after in words.PREPOSITIONS


def split_chunks(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, int]]:
    """The token ranges between the commas of `start:end`."""
    chunks: list[tuple[int, int]] = []
    first = start
    for at in range(start, end + 1):
        if at == end or tokens[at].low == ",":
            if at > first:
                chunks.append((first, at))
            first = at + 1
    return chunks


def is_adjunct(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a chunk between commas is a leading adverbial ("On Friday", "Speaking to reporters", "However")."""
    token = tokens[first]
    low = token.low
    if low in words.COORDINATORS and first + 1 < last:
        token = tokens[first + 1]
        low = token.low
    if low in words.PREPOSITIONS or low in words.SUBORDINATORS or is_adverb(token) or low == "to":
        return True
    if low in words.TIME_WORDS or low.endswith("ly"):
        return last - first <= 3
    if _tells_when(tokens, first, last):
        return True
    return low.endswith("ing") and first + 1 < last and not is_capital(tokens[first + 1])


def _tells_when(tokens: Sequence[Token], first: int, last: int) -> bool:
    """As in "A couple of months after the deal closed", "Three weeks later"."""
    for at in range(first + 1, min(last, first + 6)):
        if tokens[at].low in {"after", "before", "later", "earlier", "ago"}:
            return tokens[at - 1].low in words.TIME_WORDS
    return False


def is_adjunct_clause(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a range without commas only leads to a main clause ("After the hearing began", "As the deputy head")."""
    if first >= last or any(token.low == "," or token.kind == "q" for token in tokens[first:last]):
        return False
    token = tokens[first]
    if is_adverb(token) and first + 1 < last:
        token = tokens[first + 1]
    if token.low in _PHRASE_LEADERS:
        return not any(is_finite(tokens, at) for at in range(first + 1, last))
    return token.low in _LEADERS


def dateline_end(tokens: Sequence[Token]) -> int:
    """Where the sentence starts behind "KABUL, Afghanistan (AP) --"."""
    if not tokens or not tokens[0].text.isupper() or len(tokens[0].text) < 3:
        return 0
    for at in range(1, min(len(tokens) - 1, 14)):
        if tokens[at].low in _DASHES:
            return at + 1
        if tokens[at].kind == "w" and not is_capital(tokens[at]):
            return 0
    return 0
