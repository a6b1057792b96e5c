"""Which sentences of the cited passages back a statement."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Span
from assistant.reading.llm.claims import claims_of
from assistant.reading.llm.evidence import Evidence, SentenceStems, covered

CITED = 0.2
"""Share that a passage must hold alone to stay cited beside others."""
FURTHER = 0.15
"""Share of a statement's weight that a further sentence must add to be cited with the best one."""
MOST_SENTENCES = 3
"""Sentences of one passage cited for one statement."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whole sentences of a given passage that back a statement; the span is in the document."""

    number: int
    document: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of the statement and where it stands: per passage number the spans in the passage's text."""

    span: Span
    found: dict[int, tuple[Span, ...]]
    in_header: bool


def places_of(text: str, quoted: Sequence[Quoted], cited: Sequence[Evidence]) -> tuple[Place, ...]:
    """For each cited passage the sentences that say it, neighbouring ones as one place; passages that say little go."""
    content = claims_of(text).content
    quantities = claims_of(text).quantities
    weights = _weights(content, cited)
    total = sum(weights.values()) or 1.0
    places: list[Place] = []
    for one in cited:
        spans = [span for quotation in quoted for span in quotation.found.get(one.given.number, ())]
        chosen = _chosen(one, spans, weights, quantities)
        gain = _weight(frozenset().union(*(s.stems for s in chosen)), weights) / total if chosen else 0.0
        if chosen and (spans or gain >= CITED or len(cited) == 1):
            places += _joined(one, chosen)
    return tuple(dict.fromkeys(places))


def _weights(content: frozenset[str], cited: Sequence[Evidence]) -> dict[str, float]:
    """Rare words of the cited passages tell more about which sentence is meant than those that run through all."""
    sentences = [sentence for one in cited for sentence in one.sentences]
    return {
        word: math.log(1 + len(sentences) / (1 + sum(covered(word, s.stems) for s in sentences))) for word in content
    }


def _weight(stems: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weight for word, weight in weights.items() if covered(word, stems))


def _chosen(
    one: Evidence, quoted: Sequence[Span], weights: Mapping[str, float], quantities: frozenset[tuple[str, str]]
) -> list[SentenceStems]:
    """The sentences that hold the quotations, then those that add most of what is still open."""
    start = one.passage.start
    chosen = [
        s for s in one.sentences if any(s.span.start < start + q.end and start + q.start < s.span.end for q in quoted)
    ]
    total = sum(weights.values()) or 1.0
    while len(chosen) < MOST_SENTENCES:
        held = frozenset().union(*(s.stems for s in chosen))
        counted = frozenset().union(*(s.quantities for s in chosen))
        open_words = {word: weight for word, weight in weights.items() if not covered(word, held)}
        rest = [s for s in one.sentences if s not in chosen]
        if not rest:
            break
        best = max(rest, key=lambda s: (_added(s, open_words, (quantities - counted) & s.quantities), -s.span.start))
        gain = _weight(best.stems, open_words) / total
        numbers = (quantities - counted) & best.quantities
        if gain <= 0 or (chosen and gain < FURTHER and not numbers):
            break
        chosen.append(best)
    return chosen


def _added(sentence: SentenceStems, open_words: Mapping[str, float], numbers: frozenset[tuple[str, str]]) -> float:
    return _weight(sentence.stems, open_words) + len(numbers)


def _joined(one: Evidence, chosen: Sequence[SentenceStems]) -> list[Place]:
    """Sentences that follow each other in the passage are one place."""
    order = {s.span: n for n, s in enumerate(one.sentences)}
    spans = sorted(s.span for s in chosen)
    runs: list[Span] = []
    for span in spans:
        if runs and order[span] > 0 and one.sentences[order[span] - 1].span.end == runs[-1].end:
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
    return [Place(one.given.number, one.passage.document, run) for run in runs]
