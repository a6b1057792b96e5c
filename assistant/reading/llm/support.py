"""Holds a statement against the passages it cites. The program decides, not the model.

What it can see: whether quoted words stand there, whether numbers, dates and names occur there, and whether most of
the words do. What it cannot: a "not" left out, two people exchanged, a cause made up from two true halves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.corpus.folding import find, fold, locate, quotations
from assistant.domain import Span, Support
from assistant.reading.llm.claims import claims_of
from assistant.reading.llm.drafts import Draft
from assistant.reading.llm.evidence import Evidence, covered
from assistant.reading.llm.places import Place, Quoted, places_of

COVERAGE = 0.5
"""Share of a statement's content words, names and numbers apart, that must occur in what it cites."""
VERBATIM_WORDS = 4
"""Words from which a sentence without quotation marks counts as quoted if it stands in a passage as it is."""

_DENIAL = r"(?:not|no|never|none|nor|neither|nothing|nobody|nowhere|cannot|without)\b|\w*n[’']t\b"
_DENIES = re.compile(rf"\b(?:{_DENIAL})", re.IGNORECASE)
_DENIED = re.compile(
    rf"\b(?:{_DENIAL}|(?:fail|refus|declin|reject|lack|dismiss)\w*|den(?:y|ie)\w*|unable\b|yet to\b)",
    re.IGNORECASE,
)
"""A statement that denies has to rest on a sentence that does, in these words or others: 172 of 204 sentences with a
"not" put in are caught, and none of 27 that rightly have one is lost (CLAP NQ). The other way round, a "not" left out
is not looked for: it would cost 3 % of the good sentences, in which the "not" belongs to something else."""
_ADDRESS = re.compile(
    r"(?:\bhttps?:|\bwww\.|\bmailto:|\bdata:|\bjavascript:)[^\s)\]>]*[^\s)\]>.,;:!?]|\b[\w.+-]+@[\w-]+\.\w+",
    re.IGNORECASE,
)
"""Links and mail addresses: a model must not bring its own."""


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
    places = places_of(draft.text, quoted, cited)
    if not places:
        return Checked(draft.text, Support.UNSUPPORTED, why="what it cites says nothing of it")
    if _denies(_without(draft.text, [one.span for one in quoted])) and not any(_denied(p, evidence) for p in places):
        return Checked(draft.text, Support.UNSUPPORTED, why="it denies what the cited sentences do not deny")
    verbatim = any(one.found for one in quoted) or _stands(draft.text, cited)
    return Checked(_mended(draft.text, quoted, cited), Support.QUOTED if verbatim else Support.SUPPORTED, places)


def _no_passage(draft: Draft) -> str:
    if not draft.numbers:
        return "it cites nothing"
    return "it cites " + ", ".join(f"[{n}]" for n in draft.numbers) + ", which it was not given"


def _quotations(text: str, cited: Sequence[Evidence]) -> list[Quoted]:
    quoted = []
    for span in quotations(text):
        words = text[span.start : span.end]
        found = {one.given.number: spans for one in cited if (spans := locate(words, one.folded))}
        heads = [fold(h) for one in cited for h in (one.passage.source.title, one.passage.source.outlet) if h]
        quoted.append(Quoted(span, found, any(find(words, head) for head in heads)))
    return quoted


def _missing(text: str, quoted: Sequence[Quoted], cited: Sequence[Evidence]) -> str:
    """What the statement claims and none of the cited passages holds; empty if all is there."""
    rest = _without(text, [one.span for one in quoted])
    return next(filter(None, (_misquoted(text, quoted), _unknown(rest, cited), _untold(text, cited))), "")


def _misquoted(text: str, quoted: Sequence[Quoted]) -> str:
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


def _denies(text: str) -> bool:
    return _DENIES.search(text) is not None


def _denied(place: Place, evidence: Mapping[int, Evidence]) -> bool:
    passage = evidence[place.number].passage
    return _DENIED.search(passage.text, place.span.start - passage.start, place.span.end - passage.start) is not None


def _stands(text: str, cited: Sequence[Evidence]) -> bool:
    """Whether the sentence is the document's own, without quotation marks."""
    return len(text.split()) >= VERBATIM_WORDS and any(find(text, one.folded) for one in cited)


_CLOSING = re.compile(r"[\s.,;:!?…]*$")


def _mended(text: str, quoted: Sequence[Quoted], cited: Sequence[Evidence]) -> str:
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
