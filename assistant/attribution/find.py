"""Verb cues: from one sentence's tokens to said words with their source phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.choice import can_call, choose, quote_before, within_leading_clause, within_relative
from assistant.attribution.clauses import dateline_end, is_adverb
from assistant.attribution.content import Tail, content_end, span_of, tail
from assistant.attribution.cues import INVERTS, Form, cue_forms
from assistant.attribution.cuewords import cue_form
from assistant.attribution.found import Found
from assistant.attribution.inverted import right_source
from assistant.attribution.participles import DOCUMENTS, participle
from assistant.attribution.passives import NO_SOURCE, passive
from assistant.attribution.patterns import Match, match_pattern
from assistant.attribution.sources import Reach, Source, clause_subject, left_source
from assistant.attribution.tokens import is_capital
from assistant.attribution.verbgroup import Group, verb_group
from assistant.domain import CueClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Sentence, Token


def find_in_sentence(sentence: Sentence) -> list[Found]:
    """Every cue of the sentence with said words, outermost speakers only."""
    tokens = sentence.tokens
    found: list[Found] = []
    start = at = dateline_end(tokens)
    reported_until = 0
    while at < len(tokens):
        result = _at_token(sentence, at, start, found)
        if result is None or (at < reported_until and not _named(result[0])):
            at += 1
            continue
        found.append(result[0])
        start = max(at + 1, result[1])
        if _is_document(result[0].phrase) and at >= reported_until:
            reported_until = start
            start = at + 1
        at = max(at + 1, start)
    return found


def _is_document(phrase: Sequence[Token]) -> bool:
    """As in "A White House statement said Sullivan welcomed …": the statement's words report Sullivan's."""
    return any(token.low in DOCUMENTS for token in phrase)


def _named(found: Found) -> bool:
    return found.reach is Reach.PHRASE and any(is_capital(token) for token in found.phrase)


def _at_token(sentence: Sentence, at: int, start: int, found: list[Found]) -> tuple[Found, int] | None:
    tokens = sentence.tokens
    token = tokens[at]
    if token.kind == "q" or token.kind == "n":
        return None
    pattern = match_pattern(tokens, at, start)
    if pattern is not None:
        return _from_match(sentence, pattern), pattern.resume
    form = cue_form(sentence, at)
    if form is None:
        return None
    if form.tense == "ing" and not _is_progressive(tokens, at):
        match = participle(tokens, at, form, found)
    else:
        match = _finite(tokens, at, form, start, found)
    if match is None:
        return None
    made = _from_match(sentence, match)
    if match.source.reach is Reach.SHARED and found:
        made.reach, made.phrase = found[-1].reach, found[-1].phrase
    return made, match.resume


def _from_match(sentence: Sentence, match: Match) -> Found:
    tokens = sentence.tokens
    source = match.source
    made = Found(
        sentence=sentence.index,
        cue_start=tokens[match.cue].start,
        cue_end=max(tokens[match.cue].end, tokens[source.last - 1].end if source.last > source.first else 0),
        cue=match.lemma,
        cue_class=match.cue_class,
        reach=source.reach,
        phrase=tuple(tokens[source.first : source.last]),
        contents=[span_of(tokens, match.first, match.last)],
        quotes=[token.quote for token in tokens[match.first : match.last] if token.kind == "q"],
    )
    second = _second_part(tokens, match)
    if second is not None:
        made.contents.append(span_of(tokens, second, second + 1))
        made.quotes.append(tokens[second].quote)
    return made


def _second_part(tokens: Sequence[Token], match: Match) -> int | None:
    """The quotation that goes on behind `"A," he told Reuters, "B"`."""
    if tokens[match.last - 1].kind != "q" or match.first > match.cue:
        return None
    for at in range(match.resume, min(len(tokens) - 1, match.resume + 12)):
        if tokens[at].low in {",", ":"} and tokens[at + 1].kind == "q":
            return at + 1
        if tokens[at].kind == "q" or (tokens[at].kind == "p" and tokens[at].low != ","):
            return None
    return None


def _finite(tokens: Sequence[Token], at: int, form: Form, start: int, found: list[Found]) -> Match | None:
    group = verb_group(tokens, at)
    if group.declined or (group.negated and form.lemma != "deny"):
        return None
    if group.passive and form.tense == "past":
        return passive(tokens, at, form, group, start)
    after_quote = quote_before(tokens, group.left)
    source = left_source(tokens, group)
    if source.reach is Reach.NONE or source.first < start:
        source = _inverted(tokens, at, form, source, after_quote=after_quote)
    if group.infinitive:
        return _infinitive(tokens, at, form, group)
    if source.reach is Reach.SHARED and not found:
        source = clause_subject(tokens, at)
    if source.reach is Reach.NONE or not can_call(tokens, form, source) or _only_asked(tokens, source, form):
        return None
    behind = within_leading_clause(tokens, start, _behind(tokens, at, form, source))
    if source.reach is Reach.RELATIVE:
        behind = within_relative(tokens, source, behind)
    return choose(tokens, at, form, source, behind, start, group)


def _is_progressive(tokens: Sequence[Token], at: int) -> bool:
    """As in "is calling for", "are now urging"."""
    here = at - 1
    while here > 0 and is_adverb(tokens[here]):
        here -= 1
    return here > 0 and tokens[here].low in words.BE - {"be", "been", "being"}


def _only_asked(tokens: Sequence[Token], source: Source, form: Form) -> bool:
    """As in "if he said so", "did he say so?", "you say": nobody is told to have said it."""
    if source.first == source.last - 1 and tokens[source.first].low == "you":
        return True
    before = tokens[source.boundary].low if 0 <= source.boundary < len(tokens) else ""
    if source.boundary >= source.first:
        return False
    if form.cue_class is CueClass.ATTITUDE and source.reach is Reach.RELATIVE:
        return True
    asked = {"if", "unless", "whether", "do", "does", "did"}
    return before in asked or (before == "what" and form.lemma in {"say", "tell", "ask"})


def _inverted(tokens: Sequence[Token], at: int, form: Form, source: Source, *, after_quote: bool) -> Source:
    comma = source.boundary >= 0 and tokens[source.boundary].low == ","
    if form.lemma in INVERTS and (after_quote or comma):
        right = right_source(tokens, at, after_quote=after_quote)
        if right.reach is not Reach.NONE:
            return right._replace(boundary=source.boundary if source.boundary >= 0 else at - 1)
    return NO_SOURCE


def _behind(tokens: Sequence[Token], at: int, form: Form, source: Source) -> Tail:
    if source.first > at:
        last = source.last
        while last < len(tokens) and tokens[last].kind != "q" and tokens[last].low not in {":", "."}:
            last += 1
        if last + 1 < len(tokens) and tokens[last].low == ":":
            return Tail(last + 1, content_end(tokens, last + 1), clause=True, comma=False)
        return Tail(last, last, clause=False, comma=False)
    return tail(tokens, at, form)


def _infinitive(tokens: Sequence[Token], at: int, form: Form, group: Group) -> Match | None:
    """As in "took to Twitter to say that …": the clause's subject, if a clause or quotation follows."""
    behind = tail(tokens, at, form)
    that = behind.first > 0 and tokens[behind.first - 1].low == "that"
    quoted = behind.first < len(tokens) and tokens[behind.first].kind == "q"
    if form.cue_class is not CueClass.SAYING or not (behind.clause and (that or quoted)) or group.left < 1:
        return None
    source = clause_subject(tokens, group.left)
    if source.reach is Reach.NONE or any(
        token.low == "," or token.low in words.SUBORDINATORS or token.low in cue_forms()
        for token in tokens[source.last : group.left + 1]
    ):
        return None
    return Match(form.lemma, form.cue_class, at, source, behind.first, behind.last, behind.last)
