"""Holds a statement against the passages it cites. The program decides, not the model.

What it can see: whether quoted words stand there, whether numbers, dates and names occur there, and whether most of
the words do. What it cannot: a "not" left out, two people exchanged, a cause made up from two true halves.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.corpus.folding import find, fold, locate, quotations
from assistant.domain import Span, Support
from assistant.reading.llm.claims import claims_of
from assistant.reading.llm.drafts import Draft
from assistant.reading.llm.evidence import Evidence, SentenceStems, covered

COVERAGE = 0.5
"""Share of a statement's content words, names and numbers apart, that must occur in what it cites."""
CITED = 0.2
"""Share that a passage must hold alone to stay cited beside others."""
FURTHER = 0.15
"""Share of a statement's weight that a further sentence must add to be cited with the best one."""
MOST_SENTENCES = 3
"""Sentences of one passage cited for one statement."""
VERBATIM_WORDS = 4
"""Words from which a sentence without quotation marks counts as quoted if it stands in a passage as it is."""

_ADDRESS = re.compile(
    r"(?:\bhttps?:|\bwww\.|\bmailto:|\bdata:|\bjavascript:)[^\s)\]>]*[^\s)\]>.,;:!?]|\b[\w.+-]+@[\w-]+\.\w+",
    re.IGNORECASE,
)
"""Links and mail addresses: a model must not bring its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whole sentences of a given passage that back a statement; the span is in the document."""

    number: int
    document: str
    span: Span


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement and what was found. `why` tells what is missing, if it is unsupported."""

    text: str
    support: Support
    places: tuple[Place, ...] = ()
    why: str = ""


def check(draft: Draft, evidence: Mapping[int, Evidence]) -> Checked:
    """Looks up everything that can be looked up. `evidence` is by passage number."""
    cited = [evidence[n] for n in draft.numbers if n in evidence]
    if not cited:
        return Checked(draft.text, Support.UNSUPPORTED, why=_no_passage(draft))
    quoted = _quotations(draft.text, cited)
    missing = _missing(draft.text, quoted, cited)
    if missing:
        return Checked(draft.text, Support.UNSUPPORTED, why=missing)
    places = _places(draft.text, quoted, cited)
    if not places:
        return Checked(draft.text, Support.UNSUPPORTED, why="what it cites says nothing of it")
    verbatim = any(one.found for one in quoted) or _stands(draft.text, cited)
    return Checked(_mended(draft.text, quoted, cited), Support.QUOTED if verbatim else Support.SUPPORTED, places)


def _no_passage(draft: Draft) -> str:
    if not draft.numbers:
        return "it cites nothing"
    return "it cites " + ", ".join(f"[{n}]" for n in draft.numbers) + ", which it was not given"


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quotation of the statement and where it stands: per passage number the spans in the passage's text."""

    span: Span
    found: dict[int, tuple[Span, ...]]
    in_header: bool


def _quotations(text: str, cited: Sequence[Evidence]) -> list[_Quoted]:
    quoted = []
    for span in quotations(text):
        words = text[span.start : span.end]
        found = {one.given.number: spans for one in cited if (spans := locate(words, one.folded))}
        heads = [fold(h) for one in cited for h in (one.passage.source.title, one.passage.source.outlet) if h]
        quoted.append(_Quoted(span, found, any(find(words, head) for head in heads)))
    return quoted


def _missing(text: str, quoted: Sequence[_Quoted], cited: Sequence[Evidence]) -> str:
    """What the statement claims and none of the cited passages holds; empty if all is there."""
    rest = _without(text, [one.span for one in quoted])
    return next(filter(None, (_misquoted(text, quoted), _unknown(rest, cited), _untold(text, cited))), "")


def _misquoted(text: str, quoted: Sequence[_Quoted]) -> str:
    missing = next((one.span for one in quoted if not one.found and not one.in_header), None)
    return f"“{_short(text[missing.start : missing.end])}” does not stand in what it cites" if missing else ""


def _unknown(rest: str, cited: Sequence[Evidence]) -> str:
    """The first number, date, name or address outside quotations that no cited passage holds."""
    claims = claims_of(rest)
    unknown = [
        *(
            f"{number} {unit}".strip()
            for number, unit in sorted(claims.quantities)
            if not _any_quantity(cited, number, unit)
        ),
        *("its date" for when in claims.dates if not any(one.holds_date(when) for one in cited)),
        *(f"“{word.text}”" for word in claims.names if not any(one.holds_name(word) for one in cited)),
        *(
            f"“{_short(match[0])}”"
            for match in _ADDRESS.finditer(rest)
            if not any(find(match[0], one.folded) for one in cited)
        ),
    ]
    return f"{unknown[0]} is not in what it cites" if unknown else ""


def _any_quantity(cited: Sequence[Evidence], number: str, unit: str) -> bool:
    return any(one.holds_quantity((number, unit)) for one in cited)


def _untold(text: str, cited: Sequence[Evidence]) -> str:
    told = _told_of(text)
    known = frozenset().union(*(one.words() for one in cited))
    few = told and sum(covered(word, known) for word in told) < COVERAGE * len(told)
    return "most of its words are not in what it cites" if few else ""


def _told_of(text: str) -> frozenset[str]:
    """The content words that are neither names nor numbers: those say who is meant, these what is said of them."""
    claims = claims_of(text)
    named = {word.stem for word in claims.names}
    return frozenset(word for word in claims.content - named if not word[0].isdigit())


def _without(text: str, spans: Sequence[Span]) -> str:
    parts = []
    at = 0
    for span in spans:
        parts.append(text[at : span.start])
        at = span.end
    return " ".join([*parts, text[at:]])


def _places(text: str, quoted: Sequence[_Quoted], cited: Sequence[Evidence]) -> tuple[Place, ...]:
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


def _stands(text: str, cited: Sequence[Evidence]) -> bool:
    """Whether the sentence is the document's own, without quotation marks."""
    return len(text.split()) >= VERBATIM_WORDS and any(find(text, one.folded) for one in cited)


_CLOSING = re.compile(r"[\s.,;:!?…]*$")


def _mended(text: str, quoted: Sequence[_Quoted], cited: Sequence[Evidence]) -> str:
    """The statement with each unbroken quotation as the document writes it, character for character."""
    texts: dict[int, Evidence] = {one.given.number: one for one in cited}
    for one in sorted(quoted, key=lambda q: -q.span.start):
        for number, spans in one.found.items():
            if len(spans) == 1:
                written = " ".join(texts[number].passage.text[spans[0].start : spans[0].end].split())
                own = text[one.span.start : one.span.end]
                closing = _CLOSING.search(own)
                tail = closing[0].strip() if closing and not written.endswith(closing[0].strip() or "\0") else ""
                text = text[: one.span.start] + written + tail + text[one.span.end :]
                break
    return text


def _short(text: str, limit: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
