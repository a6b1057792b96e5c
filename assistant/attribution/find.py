"""Verb cues: from one sentence's tokens to said words with their source phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.content import Tail, content_end, span_of, tail
from assistant.attribution.cues import (
    AFTER_QUOTE_ONLY,
    INVERTS,
    NEEDS_CLAUSE,
    NEEDS_EXPLICIT,
    NEEDS_THAT,
    TRANSITIVE,
    Form,
    cue_forms,
)
from assistant.attribution.found import Found
from assistant.attribution.patterns import Match, match_pattern
from assistant.attribution.sources import (
    Group,
    Reach,
    Source,
    clause_subject,
    dateline_end,
    is_finite,
    left_source,
    right_source,
    verb_group,
)
from assistant.attribution.tokens import is_capital, is_possessive
from assistant.domain import BlockKind, CueClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Sentence, Token

_NO_SOURCE = Source(Reach.NONE, 0, 0, -1)
_PHRASAL = {"call": frozenset({"off", "into", "in", "up", "back", "out"}), "back": frozenset({"down", "out", "up"})}
_PHRASAL_CUES = frozenset("point points pointed pointing sum sums summed summing make makes made making".split())
_DOCUMENTS = frozenset("statement report release readout article transcript communique communiqué document".split())
_MESSAGES = frozenset(
    "statements reports letter email e-mail tweet message memo note ad advert advertisement video post essay op-ed "
    "column speech interview".split()
)
_LEADING = frozenset("as although though while since because if when even whereas after before".split())
_PREPOSITIONAL = frozenset("say tell write warn insist call refer".split())
_ISSUED = frozenset("issued released published posted put sent wrote made gave delivered".split())


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
    """ "A White House statement said Sullivan welcomed …": the statement's words report Sullivan's."""
    return any(token.low in _DOCUMENTS for token in phrase)


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
    if form.tense == "ing":
        match = _participle(tokens, at, form, found)
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
        if tokens[at].kind == "q" or (tokens[at].kind == "p" and tokens[at].low != ",") or is_finite(tokens, at):
            return None
    return None


def cue_form(sentence: Sentence, at: int) -> Form | None:
    """The cue verb at this token; None if the word is no cue where it stands."""
    tokens = sentence.tokens
    token = tokens[at]
    form = cue_forms().get(token.low)
    if form is None and token.low in _PHRASAL_CUES:
        form = _phrasal(tokens, at)
    if form is None:
        return None
    if token.text != token.low and sentence.kind is BlockKind.BODY and at > 0:
        return None
    if not _verb_here(tokens, at, form):
        return None
    return form


def _phrasal(tokens: Sequence[Token], at: int) -> Form | None:
    low = tokens[at].low
    follows = [token.low for token in tokens[at + 1 : at + 3]]
    tense = "base" if low in {"point", "sum", "make"} else "s"
    if low.endswith(("ed", "ing")) or low == "made":
        tense = "ing" if low.endswith("ing") else "past"
    if low.startswith("point") and follows[:1] == ["out"]:
        return Form("point", CueClass.SAYING, tense)
    if low.startswith("sum") and follows[:1] == ["up"]:
        return Form("sum", CueClass.SAYING, tense)
    if low.startswith("ma") and "clear" in follows:
        return Form("make", CueClass.SAYING, tense)
    return None


def _verb_here(tokens: Sequence[Token], at: int, form: Form) -> bool:
    """Noun or verb, by the neighbours."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and after.low in _PHRASAL.get(form.lemma, frozenset()):
        return False
    if before is not None and _noun_before(before, form):
        return False
    if form.tense == "past" and form.lemma in TRANSITIVE and after is not None:
        return not _reduced(tokens, at, after)
    if form.tense in {"base", "s"}:
        return _present(tokens, at, form, before, after)
    return True


def _noun_before(before: Token, form: Form) -> bool:
    low = before.low
    if low in words.ARTICLES or low in words.POSSESSIVE_PRONOUNS or is_possessive(before):
        return low not in {"it's", "he's", "she's"}
    if form.tense == "ing":
        return False
    if form.tense == "past" and low.endswith("ing") and low not in {"meeting", "briefing", "hearing", "filing"}:
        return True
    if low in {"some", "many", "all", "one", "another"} and form.tense == "s":
        return True
    if low in words.DETERMINERS and low not in {
        "both",
        "all",
        "one",
        "many",
        "some",
        "this",
        "that",
        "these",
        "another",
    }:
        return True
    if low in {"this", "that"}:
        return form.tense == "base"
    return low in words.PREPOSITIONS and low not in {"on", "since", "before", "after"} and low != "to"


def _reduced(tokens: Sequence[Token], at: int, after: Token) -> bool:
    """ "leaders accused of fraud": a participle, not what the leaders said."""
    if at == 0:
        return True
    low = after.low
    if low not in {"by", "as", "of", "in", "for", "to", "with", "on", "at", "against"}:
        return False
    group = verb_group(tokens, at)
    return not group.passive


def _present(tokens: Sequence[Token], at: int, form: Form, before: Token | None, after: Token | None) -> bool:
    if before is None:
        return False
    if form.lemma == "state":
        return form.tense == "s" and after is not None and (after.low in {"that", ":"} or after.kind == "q")
    if after is not None and form.cue_class is not CueClass.SAYING and after.low in words.PREPOSITIONS:
        return form.lemma in {"refer", "rail", "call"}
    if form.tense == "base":
        return _base_here(tokens, at, before, after)
    if after is None or after.low in {".", ","} or after.kind == "q":
        return before.kind != "p" or before.low in {",", "–", "—"}
    follows = after.low
    if follows in words.AUXILIARIES or (follows == "of" and form.lemma != "warn"):
        return False
    if follows in {"and", "or", "were", "made", "came", "from"}:
        return False
    if follows in words.PREPOSITIONS and form.lemma not in _PREPOSITIONAL:
        return False
    return True


def _base_here(tokens: Sequence[Token], at: int, before: Token, after: Token | None) -> bool:
    low = before.low
    if after is not None and (after.low == "of" or after.low in words.AUXILIARIES):
        return False
    if low in {"they", "we", "i", "you", "who", "others", "some", "many", "critics", "both"} or low in {"to", "not"}:
        return True
    if low in words.AUXILIARIES or low.endswith("ly") or low in {"also", "then", "still", "now"}:
        return True
    return _is_plural(before) or _plural_head(tokens, at)


def _is_plural(token: Token) -> bool:
    low = token.low
    if low in {"police", "people", "staff", "families", "officials"}:
        return True
    return token.kind == "w" and low.endswith("s") and not low.endswith(("ss", "us", "is")) and not is_possessive(token)


def _plural_head(tokens: Sequence[Token], at: int) -> bool:
    """ "Police in Karachi say", "Smith and Jones say"."""
    for here in range(at - 1, max(0, at - 9), -1):
        low = tokens[here].low
        if low in {"in", "at", "from", "of", "near", "on", "for", "with"}:
            return _is_plural(tokens[here - 1])
        if low == "and":
            return is_capital(tokens[here - 1]) and is_capital(tokens[at - 1])
        if tokens[here].kind != "w" or is_finite(tokens, here):
            return False
    return False


def _participle(tokens: Sequence[Token], at: int, form: Form, found: list[Found]) -> Match | None:
    """ "…, adding that", "by accusing Russia of", "a statement saying"."""
    if form.cue_class is CueClass.ATTITUDE or form.lemma in {"cite", "back", "express", "oppose", "answer"}:
        return None
    before = tokens[at - 1].low if at else ""
    here = at - 1
    while here >= 0 and (tokens[here].low in words.ADVERBS or tokens[here].low.endswith("ly")):
        here -= 1
    if here >= 0:
        before = tokens[here].low
    words_after = tail(tokens, at, form)
    if words_after.comma or words_after.last <= words_after.first:
        return None
    if form.lemma in NEEDS_CLAUSE and not words_after.clause:
        return None
    if form.lemma in NEEDS_THAT and tokens[words_after.first - 1].low != "that":
        return None
    source = _participle_source(tokens, at, here, before, found)
    if source is None:
        return None
    return Match(form.lemma, form.cue_class, at, source, words_after.first, words_after.last, words_after.last)


def _participle_source(tokens: Sequence[Token], at: int, here: int, before: str, found: list[Found]) -> Source | None:
    if before in _DOCUMENTS or before in _MESSAGES:
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
    """ "with the Taliban saying that …"."""
    for at in range(here, max(-1, here - 7), -1):
        token = tokens[at]
        if token.low == "with":
            return Source(Reach.PHRASE, at + 1, here + 1, at) if at < here else None
        if token.kind != "w" or is_finite(tokens, at) or token.low in words.COORDINATORS:
            return None
    return None


def _document_source(tokens: Sequence[Token], here: int) -> Source | None:
    """ "X issued a statement saying": X; "intelligence reports stating": the reports."""
    for at in range(max(0, here - 5), here):
        if tokens[at].low in _ISSUED:
            source = clause_subject(tokens, at)
            return None if source.reach is Reach.NONE else source
    first = here
    while first > 0 and tokens[first - 1].kind == "w" and tokens[first - 1].low not in words.PREPOSITIONS:
        first -= 1
    return Source(Reach.PHRASE, first, here + 1, first - 1)


def _finite(tokens: Sequence[Token], at: int, form: Form, start: int, found: list[Found]) -> Match | None:
    group = verb_group(tokens, at)
    if group.declined or (group.negated and form.lemma != "deny"):
        return None
    if group.passive and form.tense == "past":
        return _passive(tokens, at, form, group, start)
    after_quote = _quote_before(tokens, group.left)
    source = left_source(tokens, at, group)
    if source.reach is Reach.NONE or source.first < start:
        source = _inverted(tokens, at, form, source, after_quote=after_quote)
    if group.infinitive:
        return _infinitive(tokens, at, form, group)
    if source.reach is Reach.SHARED and not found:
        source = clause_subject(tokens, at)
    if source.reach is Reach.NONE or not _can_call(tokens, form, source):
        return None
    behind = _within_leading_clause(tokens, start, _behind(tokens, at, form, source))
    if source.reach is Reach.RELATIVE:
        behind = _within_relative(tokens, source, behind)
    return _choose(tokens, at, form, source, behind, start, group)


def _can_call(tokens: Sequence[Token], form: Form, source: Source) -> bool:
    """Whether the source is one that acts: "an explosive called TATP", "the name refers to" are no statements."""
    strict = form.cue_class is not CueClass.SAYING or form.lemma in NEEDS_CLAUSE | NEEDS_THAT
    if not strict or source.reach is not Reach.PHRASE:
        return True
    core = [token for token in tokens[source.first : source.last] if token.low not in words.DETERMINERS]
    return any(is_capital(token) or token.low in words.ROLES or token.low in words.ORG_NOUNS for token in core) or (
        bool(core) and _is_plural(core[-1])
    )


def _inverted(tokens: Sequence[Token], at: int, form: Form, source: Source, *, after_quote: bool) -> Source:
    comma = source.boundary >= 0 and tokens[source.boundary].low == ","
    if form.lemma in INVERTS and (after_quote or comma):
        right = right_source(tokens, at, after_quote=after_quote)
        if right.reach is not Reach.NONE:
            return right._replace(boundary=source.boundary if source.boundary >= 0 else at - 1)
    return _NO_SOURCE


def _quote_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether a quotation ends right before, comma or dash between allowed."""
    while at >= 0 and tokens[at].low in {",", "-", "–", "—", "--"}:
        at -= 1
    return at >= 0 and tokens[at].kind == "q"


def _behind(tokens: Sequence[Token], at: int, form: Form, source: Source) -> Tail:
    if source.first > at:
        last = source.last
        while last < len(tokens) and tokens[last].kind != "q" and tokens[last].low not in {":", "."}:
            last += 1
        if last + 1 < len(tokens) and tokens[last].low == ":":
            return Tail(last + 1, content_end(tokens, last + 1), clause=True, comma=False)
        return Tail(last, last, clause=False, comma=False)
    return tail(tokens, at, form)


def _within_leading_clause(tokens: Sequence[Token], start: int, behind: Tail) -> Tail:
    """ "As members called for X, others waited": the words end with the leading clause."""
    if behind.comma or start >= len(tokens) or tokens[start].low not in _LEADING:
        return behind
    for at in range(behind.first, behind.last):
        if tokens[at].low == ",":
            return behind._replace(last=at)
    return behind


def _within_relative(tokens: Sequence[Token], source: Source, behind: Tail) -> Tail:
    """ "Smith, who said the plan was bad, left": the words end where the main clause goes on."""
    if behind.comma or source.boundary < 0 or tokens[source.boundary].low != ",":
        return behind
    for at in range(behind.first, behind.last - 1):
        if tokens[at].low == "," and any(is_finite(tokens, here) for here in range(at + 1, min(at + 4, behind.last))):
            return behind._replace(last=at)
    return behind


def _choose(
    tokens: Sequence[Token], at: int, form: Form, source: Source, behind: Tail, start: int, group: Group
) -> Match | None:
    """Said words before or behind the cue."""
    boundary = source.boundary
    quoted = _quote_before(tokens, boundary)
    empty = behind.last <= behind.first
    end = max(at + 1, source.last if source.first > at else 0)
    if quoted and not (behind.clause and tokens[behind.first - 1].low == "that" and not behind.comma):
        return _before(tokens, at, form, source, start, end)
    if form.lemma in AFTER_QUOTE_ONLY and not quoted:
        return None
    comma = boundary >= start and boundary >= 0 and tokens[boundary].low == ","
    if comma and (empty or behind.comma or source.first > at):
        return _parenthetical(tokens, at, form, source, behind, start, end)
    if boundary >= 0 and tokens[boundary].low == "as" and (empty or behind.comma):
        if boundary > start:
            return _before(tokens, at, form, source, start, end)
        return None if empty else Match(form.lemma, form.cue_class, at, source, *behind[:2], behind.last)
    if empty or not _enough(tokens, form, behind, group):
        return None
    return Match(form.lemma, form.cue_class, at, source, behind.first, behind.last, behind.last)


def _enough(tokens: Sequence[Token], form: Form, behind: Tail, group: Group) -> bool:
    """Whether what follows is said words for this verb."""
    quoted = any(token.kind == "q" for token in tokens[behind.first : behind.last])
    if form.cue_class is CueClass.ATTITUDE:
        return (behind.clause or quoted) and not group.modal
    if form.lemma == "attack":
        return quoted
    if form.lemma == "call" and tokens[behind.first].low not in {"for", "on"}:
        return _calls(tokens[behind.first : behind.last])
    if form.lemma in NEEDS_EXPLICIT:
        low = tokens[behind.first].low
        return quoted or tokens[behind.first - 1].low == "that" or low in words.SUBJECT_PRONOUNS or low == "with"
    if form.lemma == "add" and tokens[behind.first].kind == "n":
        return False
    if form.lemma in NEEDS_THAT:
        return tokens[behind.first - 1].low == "that"
    if form.lemma == "claim" and (
        tokens[behind.first].low in {"responsibility", "credit"} or behind.last - behind.first > 5
    ):
        return tokens[behind.first].low not in {"victory", "second", "third", "first"}
    if form.lemma in {"ask", "urge", "demand"} and any(
        token.low == "to" for token in tokens[behind.first + 1 : min(behind.last, behind.first + 9)]
    ):
        return True
    if form.lemma in NEEDS_CLAUSE or group.modal or group.infinitive:
        return behind.clause or quoted
    return behind.last > behind.first


def _calls(said: Sequence[Token]) -> bool:
    """ "called him a liar" judges; "a group called Durand Jirga", "called Clinton" do not."""
    return len(said) > 1 and not all(is_capital(token) or token.kind in "qp" for token in said)


def _before(tokens: Sequence[Token], at: int, form: Form, source: Source, start: int, end: int) -> Match | None:
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
    """ "A, he said." and "A, he said, B": the words before, or the longer part."""
    if form.cue_class is not CueClass.SAYING:
        if form.cue_class is CueClass.JUDGING or not _speaks_of_thought(form):
            return None
    before = _before(tokens, at, form, source, start, end)
    if behind.last <= behind.first or source.first > at:
        return before
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


def _infinitive(tokens: Sequence[Token], at: int, form: Form, group: Group) -> Match | None:
    """ "took to Twitter to say that …": the clause's subject, if a clause or quotation follows."""
    behind = tail(tokens, at, form)
    that = behind.first > 0 and tokens[behind.first - 1].low == "that"
    quoted = behind.first < len(tokens) and tokens[behind.first].kind == "q"
    if form.cue_class is not CueClass.SAYING or not (behind.clause and (that or quoted)) or group.left < 1:
        return None
    source = clause_subject(tokens, group.left)
    if source.reach is Reach.NONE or any(
        token.low == "," or token.low in words.SUBORDINATORS for token in tokens[source.last : group.left]
    ):
        return None
    return Match(form.lemma, form.cue_class, at, source, behind.first, behind.last, behind.last)


def _passive(tokens: Sequence[Token], at: int, form: Form, group: Group, start: int) -> Match | None:
    """ "was quoted by Y as saying", "is denied by Y", "it was reported that"."""
    behind = tokens[at + 1 : at + 16]
    lows = [token.low for token in behind]
    if form.lemma == "quote" and "saying" in lows:
        return _quoted_as(tokens, at, group, at + 1 + lows.index("saying"), start)
    if not lows:
        return None
    if lows[0] == "by":
        return _by_agent(tokens, at, form, group, start)
    impersonal = group.left >= 0 and tokens[group.left].low == "it" and lows[0] == "that"
    if impersonal and form.cue_class is CueClass.SAYING:
        stop = content_end(tokens, at + 2)
        return Match(form.lemma, form.cue_class, at, _NO_SOURCE, at + 2, stop, stop) if stop > at + 2 else None
    return None


def _quoted_as(tokens: Sequence[Token], at: int, group: Group, saying: int, start: int) -> Match | None:
    source = left_source(tokens, at, group)
    if source.reach is Reach.NONE:
        return None
    form = Form("quote", CueClass.SAYING, "past")
    behind = tail(tokens, saying, Form("say", CueClass.SAYING, "ing"))
    if behind.last > behind.first and not behind.comma:
        return Match(form.lemma, form.cue_class, at, source, behind.first, behind.last, behind.last)
    return _before(tokens, at, form, source, start, saying + 1)


def _by_agent(tokens: Sequence[Token], at: int, form: Form, group: Group, start: int) -> Match | None:
    first = at + 2
    last = first
    while last < len(tokens) and tokens[last].kind == "w" and tokens[last].low not in words.RELATIVES:
        low = tokens[last].low
        if low in words.TIME_WORDS or low in {"on", "in", "as", "for", "during", "after", "at", "over", "when"}:
            break
        last += 1
    subject = left_source(tokens, at, group)
    if last == first or subject.reach not in {Reach.PHRASE, Reach.RELATIVE} or subject.first < start:
        return None
    if form.cue_class is CueClass.ATTITUDE or not _agent_speaks(tokens, first, last):
        return None
    source = Source(Reach.PHRASE, first, last, at)
    if last + 1 < len(tokens) and tokens[last].low == "as" and tokens[last + 1].kind == "q":
        stop = content_end(tokens, last + 1)
        return Match(form.lemma, form.cue_class, at, source, last + 1, stop, stop)
    return Match(form.lemma, form.cue_class, at, source, subject.first, subject.last, last)


def _agent_speaks(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(is_capital(tokens[at]) or tokens[at].low in words.ROLES for at in range(first, last))
