"""Participle cues: "…, adding that", "a statement saying", "with X saying"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.clauses import is_finite
from assistant.attribution.content import Tail, tail
from assistant.attribution.cues import AFTER_QUOTE_ONLY, NEEDS_CLAUSE, Form
from assistant.attribution.evidence import by_lemma, is_quoted
from assistant.attribution.found import Found
from assistant.attribution.patterns import Match
from assistant.attribution.sources import Reach, Source, clause_subject
from assistant.domain import CueClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Token


DOCUMENTS = frozenset(
    ["statement", "report", "release", "readout", "article", "transcript", "communique", "communiqué", "document"]
)


_MESSAGES = frozenset(
    [
        "statements",
        "reports",
        "letter",
        "email",
        "e-mail",
        "tweet",
        "message",
        "memo",
        "note",
        "ad",
        "advert",
        "advertisement",
        "video",
        "post",
        "essay",
        "op-ed",
        "column",
        "speech",
        "interview",
    ]
)


_ISSUED = frozenset(["issued", "released", "published", "posted", "put", "sent", "wrote", "made", "gave", "delivered"])


def participle(tokens: Sequence[Token], at: int, form: Form, found: list[Found]) -> Match | None:
    """As in "…, adding that", "by accusing Russia of", "a statement saying"."""
    if form.cue_class is CueClass.ATTITUDE or form.lemma in {"cite", "back", "express", "oppose", "answer"}:
        return None
    before = tokens[at - 1].low if at else ""
    here = at - 1
    while here >= 0 and (tokens[here].low in words.ADVERBS or tokens[here].low.endswith("ly")):
        here -= 1
    if here >= 0:
        before = tokens[here].low
    words_after = tail(tokens, at, form)
    if words_after.comma or words_after.last <= words_after.first or not _says(tokens, form, words_after):
        return None
    source = _participle_source(tokens, at, here, before, found)
    if source is None:
        return None
    if before == "," and source.last == here:
        words_after = _to_comma(tokens, words_after)
    return Match(form.lemma, form.cue_class, at, source, words_after.first, words_after.last, words_after.last)


def _to_comma(tokens: Sequence[Token], behind: Tail) -> Tail:
    """As in "Smith, blaming Jones for the delay, left": the words end where the main clause goes on."""
    for at in range(behind.first + 1, behind.last - 1):
        if tokens[at].low == ",":
            return behind._replace(last=at)
    return behind


def _says(tokens: Sequence[Token], form: Form, behind: Tail) -> bool:
    """Whether the words behind a participle are said ones for this verb."""
    quoted = is_quoted(tokens, behind)
    if form.lemma in AFTER_QUOTE_ONLY:
        return quoted
    told = by_lemma(tokens, form, behind)
    if told is not None:
        return told or quoted
    return behind.clause or quoted or form.lemma not in NEEDS_CLAUSE


def _participle_source(tokens: Sequence[Token], at: int, here: int, before: str, found: list[Found]) -> Source | None:
    if before in DOCUMENTS or before in _MESSAGES:
        return _document_source(tokens, here)
    with_source = _with_source(tokens, here)
    if with_source is not None:
        return with_source
    if before not in {",", "and", "but", "while", "by", "–", "—"} and tokens[here].kind != "q":
        return None
    if here < 0:
        return None
    if found:
        return Source(Reach.SHARED, at, at, at - 1)
    source = clause_subject(tokens, at)
    if source.reach is Reach.NONE:
        return None
    return source


def _with_source(tokens: Sequence[Token], here: int) -> Source | None:
    """As in "with the Taliban saying that …"."""
    for at in range(here, max(-1, here - 7), -1):
        token = tokens[at]
        if token.low == "with":
            return Source(Reach.PHRASE, at + 1, here + 1, at) if at < here else None
        if token.kind != "w" or is_finite(tokens, at) or token.low in words.COORDINATORS:
            return None
    return None


def _document_source(tokens: Sequence[Token], here: int) -> Source | None:
    """As in "X issued a statement saying": X; "intelligence reports stating": the reports."""
    for at in range(max(0, here - 5), here):
        if tokens[at].low in _ISSUED:
            source = clause_subject(tokens, at)
            return None if source.reach is Reach.NONE else source
    first = here
    while first > 0 and tokens[first - 1].kind == "w" and tokens[first - 1].low not in words.PREPOSITIONS:
        first -= 1
    return Source(Reach.PHRASE, first, here + 1, first - 1)
