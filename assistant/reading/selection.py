"""Which sentences make the answer: as few as needed, the rest of a list or explanation, and what disagrees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.domain import Nearest, Passage, Span
from assistant.reading import marks
from assistant.reading.features import Candidate, Features
from assistant.reading.leads import Role, shown_with
from assistant.retrieve.query import TYPED, Kind, Query
from assistant.retrieve.terms import canonical, is_content, tokens

SECOND_WITHIN = 1.0
"""A second sentence joins a fact if its score is this near to the first: answer shown 81.3 -> 85.9 % at 1.24
sentences on SQuAD."""
MORE_WITHIN = 2.0
"""Sentences of the best passage join an explanation: precision .68, recall .59 at 2.5 sentences on clapnq."""
MOST = 4
LIST_WITHIN = 3.0
LIST_MOST = 8
OTHER_DOCUMENT_WITHIN = 7.0
"""Another document's best sentence is looked at for another answer. On ramdocs, questions whose documents give several
answers have all of them shown in 20 % of cases at 3, 27 % at 7, no more at 9; one answer is called a disagreement in
0 and 4 %: measured without SAME_QUESTION, which lowers both."""
SAME_QUESTION = 0.85
"""Share of the question's words in the best sentence (by idf) that another document's sentence must hold too. Without
it two articles that merely mention the same alliance and some year "differ"."""
ALIKE = 0.5
"""Two sentences of different documents that share this much of their content words (Jaccard) tell the same thing; if
they differ in a name or number, they contradict each other."""

_ANAPHORA = re.compile(
    r"[“\"‘'(]?(?:(?:and|but|so|yet|then|however|nevertheless|meanwhile|still|also|instead),?\s+)?"
    r"(?:he|she|it|they|this|these|that|those|such|his|her|their|its|the (?:latter|former|two|pair|duo))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features and score."""

    candidate: Candidate
    features: Features
    score: float


@dataclass(frozen=True, slots=True)
class Selected:
    """A sentence that answers; `marks` are the asked values in it, as offsets into the document."""

    document: str
    start: int
    end: int
    passage: Passage
    score: float
    marks: tuple[Span, ...] = ()
    lead_in: Span | None = None
    """The sentence before, if this one needs it to be understood ("He said …"), or the line that it stands under."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered, and what came nearest."""

    reason: str
    nearest: tuple[Nearest, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """The sentences that answer a question, in the order to show them; or why there are none."""

    selected: tuple[Selected, ...] = ()
    confidence: float = 0.0
    """Log odds that the corpus answers; comparable over questions."""
    disagreement: bool = False
    """Whether documents give different values for what is asked."""
    refusal: Refusal | None = None


def choose(query: Query, ranked: Sequence[Scored]) -> tuple[list[Scored], bool]:
    """The sentences to show, best first, and whether documents disagree.

    `ranked` is sorted, best first, and not empty.
    """
    best = ranked[0]
    home = best.candidate.sentence.passage
    listed = _listed_with(query, best, ranked)
    if listed:
        return listed, False
    rivals = _contradictions(best, ranked)
    if query.kind in TYPED and not query.several:
        unnamed = query.kind is Kind.PERSON and query.focus and not best.features.role
        if not rivals and unnamed and (following := _next(best, ranked)):
            return [best, following], False
        others = [one for one in _other_answers(query, ranked) if one not in rivals]
        if rivals or others:
            return [best, *rivals, *others][:MOST], bool(rivals) or query.kind in _VALUED
        return _distinct(_with_value(query, [s for s in ranked[:2] if best.score - s.score <= SECOND_WITHIN])), False
    if rivals:
        return [best, *rivals], True
    if query.several:
        chosen = [s for s in ranked if best.score - s.score <= LIST_WITHIN and not s.features.fragment]
        chosen = chosen[:LIST_MOST]
        chosen = [best, *[s for s in chosen if s is not best]]
    else:
        chosen = [
            s for s in ranked if best.score - s.score <= MORE_WITHIN and s.candidate.sentence.passage.id == home.id
        ][:MOST]
    return _document_order(_distinct(chosen), best), False


def _listed_with(query: Query, best: Scored, ranked: Sequence[Scored]) -> list[Scored]:
    """The items under the best sentence if it announces them; its whole list if several things are asked for.

    The list must be what is asked about: more of the question stands above it than in the item. A question for one
    value gets the lead-in and the first item that holds one.
    """
    typed = query.kind in TYPED and not query.several
    if best.candidate.role is Role.LEAD_IN:
        lead = best.candidate.sentence
    elif best.candidate.role is Role.ITEM and query.several and best.features.ov_lead > best.features.ov:
        lead = best.candidate.above[-1]
    else:
        return []
    items = [one for one in ranked if one.candidate.role is Role.ITEM and one.candidate.above[-1:] == (lead,)]
    items.sort(key=lambda one: one.candidate.sentence.start)
    if typed:
        items = [one for one in items if one.features.typed_hit][:1]
    if not items:
        return []
    return [best, *items][: LIST_MOST + 1] if best.candidate.role is Role.LEAD_IN else items[:LIST_MOST]


def _with_value(query: Query, chosen: Sequence[Scored]) -> Sequence[Scored]:
    """Those that hold a value of the asked kind. Dates and numbers are found surely enough to pass over the best."""
    held = [one for one in chosen if one.features.typed_hit]
    return held if held and (held[0] is chosen[0] or query.kind in _VALUED) else chosen


_VALUED = frozenset({Kind.DATE, Kind.NUMBER, Kind.MONEY, Kind.AGE})


def _distinct(chosen: Sequence[Scored]) -> list[Scored]:
    """Each wording once: files may hold copies of one article."""
    seen: dict[str, Scored] = {}
    for one in chosen:
        seen.setdefault(" ".join(one.candidate.sentence.text.split()).lower(), one)
    return list(seen.values())


def _document_order(chosen: Sequence[Scored], best: Scored) -> list[Scored]:
    """The best sentence's document first, each document in its own order."""
    home = best.candidate.sentence.passage.document

    def place(one: Scored) -> tuple[bool, str, int]:
        sentence = one.candidate.sentence
        return (sentence.passage.document != home, sentence.passage.document, sentence.start)

    return sorted(chosen, key=place)


def _other_answers(query: Query, ranked: Sequence[Scored]) -> list[Scored]:
    """The best sentence of each other document, if it gives a value that none so far gives."""
    best = ranked[0]
    given = _values(query, best)
    if not given:
        return []
    seen = {best.candidate.sentence.passage.document}
    others: list[Scored] = []
    for one in ranked[1:]:
        document = one.candidate.sentence.passage.document
        if document in seen or best.score - one.score > OTHER_DOCUMENT_WITHIN or one.features.name_pass > 0:
            continue
        if one.features.ov < SAME_QUESTION * best.features.ov or one.features.typed_miss:
            continue
        seen.add(document)
        own = _values(query, one)
        if own and not own & given:
            others.append(one)
            given |= own
        if len(others) + 1 >= MOST:
            break
    return others


def _next(best: Scored, ranked: Sequence[Scored]) -> Scored | None:
    """The sentence after the best one: it often names whom the best one calls by a role ("the prime minister said")."""
    after = best.candidate.after
    if after is None:
        return None
    document = best.candidate.sentence.passage.document
    return next(
        (
            one
            for one in ranked
            if one.candidate.sentence.passage.document == document
            and one.candidate.sentence.start == after.start
            and one.features.typed_hit
        ),
        None,
    )


def _contradictions(best: Scored, ranked: Sequence[Scored]) -> list[Scored]:
    """Sentences of other documents that repeat the best one with another name or number."""
    told = [_content(best)]
    documents = {best.candidate.sentence.passage.document}
    rivals: list[Scored] = []
    for one in ranked[1:]:
        document = one.candidate.sentence.passage.document
        if document in documents or best.score - one.score > OTHER_DOCUMENT_WITHIN:
            continue
        own = _content(one)
        shared, all_words = len(own.keys() & told[0].keys()), len(own.keys() | told[0].keys())
        if all_words and shared / all_words >= ALIKE and all(_differ(own, other) for other in told):
            documents.add(document)
            rivals.append(one)
            told.append(own)
        if len(told) == MOST:
            break
    return rivals


def _content(one: Scored) -> dict[str, bool]:
    """Content stems of a sentence, with whether each is written as a name or number."""
    words = [word for word in one.candidate.words if is_content(word)]
    return {word.stem: word.text[0].isupper() or word.text[0].isdigit() for word in words}


def _differ(one: dict[str, bool], other: dict[str, bool]) -> bool:
    """Whether each has a name or number that the other lacks."""
    return any(one[stem] for stem in one.keys() - other.keys()) and any(
        other[stem] for stem in other.keys() - one.keys()
    )


def _values(query: Query, one: Scored) -> frozenset[str]:
    """What a sentence gives for the asked value, in comparable form: the words of numbers, dates or names."""
    asked = frozenset(term.stem for term in query.terms)
    text = one.candidate.sentence.text
    if query.kind in _VALUED:
        span = marks.mark(query, text, asked)
        return frozenset({_plain(text[span.start : span.end])}) if span else frozenset()
    found = marks.values(query, text, one.candidate.words, lambda _: False, asked)
    return frozenset(
        stem for span in found for stem in _plain(text[span.start : span.end]).split() if stem not in asked
    )


def _plain(value: str) -> str:
    return " ".join(canonical(word.text) for word in tokens(value))


def as_selected(query: Query, one: Scored) -> Selected:
    """The sentence as a place in its document, with the asked value marked where that is sure."""
    sentence = one.candidate.sentence
    span = marks.mark(query, sentence.text, frozenset(term.stem for term in query.terms))
    before = one.candidate.before
    lead = shown_with(sentence, one.candidate.above)
    if lead is None and before is not None and _ANAPHORA.match(sentence.text):
        lead = Span(before.start, before.end)
    return Selected(
        document=sentence.passage.document,
        start=sentence.start,
        end=sentence.end,
        passage=sentence.passage,
        score=one.score,
        marks=(Span(sentence.start + span.start, sentence.start + span.end),) if span else (),
        lead_in=lead,
    )


def each_once(chosen: Sequence[Selected]) -> tuple[Selected, ...]:
    """The same sentences; none is shown again as what stands before another."""
    kept: list[Selected] = []
    for n, one in enumerate(chosen):
        earlier = [((o.lead_in or o).start, o.end) for o in kept if o.document == one.document]
        later = [(o.start, o.end) for o in chosen[n + 1 :] if o.document == one.document]
        lead = one.lead_in
        if lead and any(start < one.start and lead.start < end for start, end in (*earlier, *later)):
            kept.append(replace(one, lead_in=None))
        else:
            kept.append(one)
    return tuple(kept)
