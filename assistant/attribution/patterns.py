"""Cues that are no verbs: "according to", "as noted by", "in his opinion", "X's claim that", a colon, a dash."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assistant.attribution import words
from assistant.attribution.clauses import dateline_end, is_adjunct_clause, is_break, is_finite
from assistant.attribution.content import content_end
from assistant.attribution.cues import NOUNS, cue_forms
from assistant.attribution.sources import Reach, Source, clause_subject
from assistant.attribution.tokens import is_capital, is_possessive
from assistant.domain import CueClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Token

_OPINION = frozenset({"opinion", "view", "words", "telling", "estimation"})
_NOUN_LINKS = frozenset({"that", "about"})
_CLAIM_OF = frozenset(["claim", "accusation", "allegation", "warning", "insinuation"])


class Match(NamedTuple):
    """A cue at `cue`, its source, and the said tokens `first:last`; scanning goes on at `resume`."""

    lemma: str
    cue_class: CueClass
    cue: int
    source: Source
    first: int
    last: int
    resume: int


def match_pattern(tokens: Sequence[Token], at: int, start: int) -> Match | None:
    """The pattern cue at this token, if any; `start` is where the text not yet consumed begins."""
    low = tokens[at].low
    if low == "according":
        return _according(tokens, at, start)
    if low == "as" and at + 2 < len(tokens) and tokens[at + 2].low == "by":
        return _as_by(tokens, at, start)
    if low in {"in", "by"} and _starts_clause(tokens, at):
        return _in_opinion(tokens, at)
    if low in NOUNS:
        return _noun(tokens, at)
    if low == ":" and at + 1 < len(tokens) and tokens[at + 1].kind == "q":
        return _colon(tokens, at, start)
    return None


def _starts_clause(tokens: Sequence[Token], at: int) -> bool:
    """At the sentence's start or behind a comma or "and"; the text before that may hold the words too."""
    return at == 0 or tokens[at - 1].low in {",", "and", "but", "–", "—"}


def _opens_sentence(tokens: Sequence[Token], at: int, start: int) -> bool:
    """Whether the words of an adverbial cue can only stand behind it ("…, but, according to Hansen, …")."""
    if at in {0, start} or tokens[at - 1].low in words.COORDINATORS:
        return True
    return at > 1 and tokens[at - 1].low == "," and tokens[at - 2].low in words.COORDINATORS | {"that", "because"}


def _according(tokens: Sequence[Token], at: int, start: int) -> Match | None:
    first = at + 2
    if first >= len(tokens) or tokens[at + 1].low != "to" or tokens[first].low in words.PLAN_WORDS:
        return None
    if tokens[first].low == "what":
        return _according_to_what(tokens, at, start)
    last = _source_end(tokens, first)
    if last == first:
        return None
    return _around(tokens, "according to", at, first, last, start)


def _according_to_what(tokens: Sequence[Token], at: int, start: int) -> Match | None:
    """As in "according to what a senior official announced"."""
    first = at + 3
    for here in range(first + 1, min(len(tokens), first + 14)):
        form = cue_forms().get(tokens[here].low)
        if form is not None and form.tense in {"past", "s"} and tokens[here].low == tokens[here].text:
            return _around(tokens, "according to", at, first, here, start)
    return None


def _source_end(tokens: Sequence[Token], first: int) -> int:
    """The end of a source phrase that runs to a comma; a name between commas behind a description is taken in."""
    if tokens[first].low in {"him", "her", "them"}:
        return first + 1
    at = _to_comma(tokens, first)
    if at < len(tokens) and tokens[at].low == ",":
        name = _to_comma(tokens, at + 1)
        named = name > at + 1 and all(
            is_capital(tokens[here]) or tokens[here].low in words.NAME_PARTICLES for here in range(at + 1, name)
        )
        closed = name < len(tokens) and tokens[name].low in {",", "."}
        if named and closed and name - at <= 5 and not is_capital(tokens[at - 1]):
            return name
    return at


def _to_comma(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens):
        token = tokens[at]
        if token.low == "," or is_break(token) or token.kind == "q" or token.low in {"who", "which"}:
            break
        if token.low in words.SUBORDINATORS and token.low not in words.PREPOSITIONS:
            break
        at += 1
    return at


def _around(tokens: Sequence[Token], lemma: str, cue: int, first: int, last: int, start: int) -> Match | None:
    """The said words around an adverbial cue: behind its comma at a clause start, else before it."""
    end = last
    while end < len(tokens) and tokens[end].kind != "q" and tokens[end].low != "," and end < last + 25 and last > first:
        if tokens[end].low in {".", ";"}:
            break
        end += 1
    source = _as_source(tokens, first, last, cue - 1)
    if _opens_sentence(tokens, cue, start):
        begin = end + 1 if end < len(tokens) and tokens[end].low == "," else end
        begin = _past_apposition(tokens, begin)
        if begin >= len(tokens):
            return None
        stop = content_end(tokens, begin)
        return Match(lemma, CueClass.SAYING, cue, source, begin, stop, stop) if stop > begin else None
    stop = cue
    while stop > start and tokens[stop - 1].low in {",", "-", "–", "—", "("}:
        stop -= 1
    if end + 2 < len(tokens) and tokens[end].low == "," and is_adjunct_clause(tokens, start, stop):
        close = content_end(tokens, end + 1)
        return Match(lemma, CueClass.SAYING, cue, source, end + 1, close, close) if close > end + 1 else None
    whole = end + 2 >= len(tokens) and start <= dateline_end(tokens) + 1
    if stop > start and (stop - start > 4 or whole or _holds_verb(tokens, start, stop)):
        return Match(lemma, CueClass.SAYING, cue, source, start, stop, last)
    if end + 2 < len(tokens):
        close = content_end(tokens, end + 1)
        return Match(lemma, CueClass.SAYING, cue, source, end + 1, close, close) if close > end + 1 else None
    return None


def _past_apposition(tokens: Sequence[Token], begin: int) -> int:
    """Past "a leading company," behind a source."""
    if begin >= len(tokens) or tokens[begin].low not in {"a", "an", "another"}:
        return begin
    for at in range(begin + 1, min(len(tokens) - 2, begin + 12)):
        if tokens[at].low == ",":
            return at + 1
        if is_finite(tokens, at) or is_break(tokens[at]):
            break
    return begin


def _holds_verb(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(is_finite(tokens, at) for at in range(first, last))


def _as_source(tokens: Sequence[Token], first: int, last: int, boundary: int) -> Source:
    low = tokens[first].low
    pronoun = last - first == 1 and low in {"him", "her", "them", "it", "his"}
    return Source(Reach.PRONOUN if pronoun else Reach.PHRASE, first, last, boundary)


def _as_by(tokens: Sequence[Token], at: int, start: int) -> Match | None:
    """As in "As noted by Landsbergis, …"."""
    form = cue_forms().get(tokens[at + 1].low)
    if form is None or form.tense != "past" or at + 3 >= len(tokens):
        return None
    last = _source_end(tokens, at + 3)
    return _around(tokens, form.lemma, at, at + 3, last, start) if last > at + 3 else None


def _in_opinion(tokens: Sequence[Token], at: int) -> Match | None:
    """As in "In his opinion, …", "In the minister's view, …"."""
    for here in range(at + 2, min(len(tokens) - 2, at + 9)):
        if tokens[here].low in _OPINION and tokens[here + 1].low == ",":
            owner = tokens[here - 1]
            if not (is_possessive(owner) or owner.low in words.POSSESSIVE_PRONOUNS):
                return None
            pronoun = owner.low in words.POSSESSIVE_PRONOUNS
            source = Source(Reach.PRONOUN if pronoun else Reach.PHRASE, at + 1, here, at - 1)
            stop = content_end(tokens, here + 2)
            return Match("opinion", CueClass.SAYING, at, source, here + 2, stop, stop)
        if tokens[here].kind in "qp":
            return None
    return None


def _noun(tokens: Sequence[Token], at: int) -> Match | None:
    """As in "Sullivan's claim that …", "insinuations by Sullivan about …"."""
    follows = tokens[at + 1].low if at + 1 < len(tokens) else "."
    lemma = NOUNS[tokens[at].low]
    if follows == "by" and lemma not in {"view", "charge", "opinion"}:
        return _noun_by(tokens, at, lemma)
    if at == 0 or not (follows in _NOUN_LINKS or (follows == "of" and lemma in _CLAIM_OF)):
        return None
    owner = tokens[at - 1]
    first = at - 1
    if owner.low in words.POSSESSIVE_PRONOUNS:
        source = Source(Reach.PRONOUN, first, at, first - 1)
    elif is_possessive(owner):
        while first > 0 and (is_capital(tokens[first - 1]) or tokens[first - 1].low in words.ARTICLES):
            first -= 1
        source = Source(Reach.PHRASE, first, at, first - 1)
    else:
        return None
    stop = _clause_end(tokens, at + 2)
    return Match(lemma, CueClass.SAYING, at, source, at + 2, stop, stop) if stop > at + 2 else None


def _clause_end(tokens: Sequence[Token], first: int) -> int:
    """The end of a that-clause inside a subject: before the verb of the clause around it."""
    last = content_end(tokens, first)
    finite = False
    for at in range(first, last):
        if tokens[at].low in words.COORDINATORS or tokens[at].low in words.SUBORDINATORS or tokens[at].low == ",":
            finite = False
        elif finite and tokens[at].low in words.AUXILIARIES and tokens[at - 1].low not in words.AUXILIARIES:
            return at
        elif is_finite(tokens, at):
            finite = True
    return last


def _noun_by(tokens: Sequence[Token], at: int, lemma: str) -> Match | None:
    first = at + 2
    last = first
    while last < len(tokens) and tokens[last].kind in "wn":
        low = tokens[last].low
        if low in _NOUN_LINKS or low in {"on", "against", "in", "to", "who", "which"} or is_finite(tokens, last):
            break
        last += 1
    if last <= first or last >= len(tokens) or tokens[last].low not in _NOUN_LINKS | {"of", "against", "on"}:
        return None
    stop = _clause_end(tokens, last + 1)
    source = Source(Reach.PHRASE, first, last, at)
    return Match(lemma, CueClass.SAYING, at, source, last + 1, stop, stop) if stop > last + 1 else None


def _colon(tokens: Sequence[Token], at: int, start: int) -> Match | None:
    """As in "The minister was blunt: “…”": the clause's subject, if it can speak."""
    if at + 2 < len(tokens) and tokens[at + 2].low in cue_forms():
        return None
    inside = tokens[at + 1].text.strip("“”\"‘’'«»„ ")
    if inside.isalnum() or (" " not in inside and inside[-1:].isalnum()):
        return None
    source = clause_subject(tokens, at)
    if source.reach is Reach.NONE or source.first < start:
        return None
    named = any(
        is_capital(tokens[here]) and tokens[here].low not in words.NOT_NAMES
        for here in range(source.first, source.last)
    )
    role = tokens[source.last - 1].low in words.ROLES
    if source.reach is not Reach.PRONOUN and not named and not role:
        return None
    if source.reach is Reach.PRONOUN and tokens[source.first].low not in words.HE_SHE:
        return None
    return Match(":", CueClass.SAYING, at, source, at + 1, at + 2, at + 2)
