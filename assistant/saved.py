"""An answer as the JSON object of the contract, and back: what `--json` prints, history keeps and `verify` reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.domain import (
    Answer,
    Citation,
    Hit,
    Json,
    Manner,
    Nearest,
    Outcome,
    Passage,
    Provenance,
    Span,
    Statement,
    Support,
    Usage,
)
from assistant.errors import UsageError

SCHEMA_VERSION = 1
"""Of the JSON object; raised when a field changes its meaning or goes."""
DIGITS = 4
"""Decimal places of the scores in the object."""


def to_json(answer: Answer) -> Json:
    """The object that `--json` prints, history keeps and `verify` reads."""
    return {
        "schema_version": SCHEMA_VERSION,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "outcome": answer.outcome.value,
        "answer": answer.answer,
        "heading": answer.heading,
        "note": answer.note,
        "incomplete": answer.incomplete,
        "citations": [_citation(c) for c in answer.citations],
        "passages": [hit_to_json(h) for h in answer.passages],
        "nearest": [
            {
                "document": n.document,
                "start": n.start,
                "end": n.end,
                "quote": n.quote,
                **_source(n.source),
                "why": n.why,
            }
            for n in answer.nearest
        ],
        "statements": [
            {
                "text": s.text,
                "markers": list(s.markers),
                "support": s.support.value,
                "marks": [list(mark) for mark in s.marks],
            }
            for s in answer.statements
        ],
        "reader": answer.reader,
        "prompt": answer.prompt,
        "index": answer.index,
        "usage": asdict(answer.usage) if answer.usage else None,
        "timings_ms": answer.timings_ms,
    }


def hit_to_json(hit: Hit) -> Json:
    """One entry of `passages`, in `ask --json` and `search --json` alike."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, DIGITS),
        "document": passage.document,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        **_source(passage.source),
        "id": passage.id,
        "article": passage.article,
        "sentences": [list(sentence) for sentence in passage.sentences],
        "cosine": round(hit.cosine, DIGITS),
        "bm25": round(hit.bm25, DIGITS),
    }


def _citation(citation: Citation) -> Json:
    return {
        "marker": citation.marker,
        "document": citation.document,
        "sha256": citation.sha256,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        **_source(citation.source),
        "speaker": citation.speaker,
        "speaker_role": citation.speaker_role,
        "speaker_as_written": citation.speaker_as_written,
        "manner": citation.manner.value if citation.manner else None,
        "said": list(citation.said) if citation.said else None,
        "said_on": citation.said_on.isoformat() if citation.said_on else None,
        "line": citation.line,
        "page": citation.page,
        "verified": citation.verified,
    }


def _source(source: Provenance) -> Json:
    return {
        "title": source.title,
        "outlet": source.outlet,
        "author": source.author,
        "published": source.published.isoformat() if source.published else None,
        "url": source.url,
    }


def from_json(data: Mapping[str, Any]) -> Answer:
    """The answer that `to_json` wrote; its scores have `DIGITS` decimal places, everything else is as it was.

    Raises:
        UsageError: the object is not a saved answer, or is one of another schema version.
    """
    try:
        if data["schema_version"] != SCHEMA_VERSION:
            raise UsageError(
                f"This answer was saved in form {data['schema_version']}, this program reads form {SCHEMA_VERSION}",
                "Use the version of the program that saved it.",
            )
        return Answer(
            question=data["question"],
            standalone_question=data["standalone_question"],
            outcome=Outcome(data["outcome"]),
            answer=data["answer"],
            citations=tuple(_citation_from(one) for one in data["citations"]),
            statements=tuple(
                Statement(
                    one["text"],
                    tuple(one["markers"]),
                    Support(one["support"]),
                    tuple(_span(mark) for mark in one["marks"]),
                )
                for one in data["statements"]
            ),
            passages=tuple(_hit_from(one) for one in data["passages"]),
            nearest=tuple(
                Nearest(one["document"], one["start"], one["end"], one["quote"], _source_from(one), one["why"])
                for one in data["nearest"]
            ),
            reader=data["reader"],
            index=data["index"],
            heading=data["heading"],
            note=data["note"],
            incomplete=data["incomplete"],
            prompt=data["prompt"],
            usage=Usage(**data["usage"]) if data["usage"] else None,
            timings_ms=dict(data["timings_ms"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError("This is not a saved answer", "Give what `assistant ask --json` wrote.") from error


def _citation_from(data: Mapping[str, Any]) -> Citation:
    return Citation(
        marker=data["marker"],
        document=data["document"],
        sha256=data["sha256"],
        start=data["start"],
        end=data["end"],
        quote=data["quote"],
        source=_source_from(data),
        speaker=data["speaker"],
        speaker_role=data["speaker_role"],
        speaker_as_written=data["speaker_as_written"],
        manner=Manner(data["manner"]) if data["manner"] else None,
        said=_span(data["said"]) if data["said"] else None,
        said_on=_day(data["said_on"]),
        line=data["line"],
        page=data["page"],
        verified=data["verified"],
    )


def _hit_from(data: Mapping[str, Any]) -> Hit:
    passage = Passage(
        id=data["id"],
        document=data["document"],
        article=data["article"],
        start=data["start"],
        end=data["end"],
        text=data["text"],
        sentences=tuple(_span(sentence) for sentence in data["sentences"]),
        source=_source_from(data),
    )
    return Hit(data["rank"], data["score"], passage, data["cosine"], data["bm25"])


def _source_from(data: Mapping[str, Any]) -> Provenance:
    return Provenance(data["title"], data["outlet"], data["author"], _day(data["published"]), data["url"])


def _span(data: Any) -> Span:
    start, end = data
    return Span(start, end)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
