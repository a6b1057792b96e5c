"""Pieces of documents to an answer: statements, citations and the Markdown that carries their markers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.corpus.dates import said_on
from assistant.domain import (
    Answer,
    Attribution,
    Citation,
    Document,
    Hit,
    Nearest,
    Outcome,
    Provenance,
    Span,
    Statement,
    Support,
)

_SPACE = re.compile(r"\s+")
_MARKDOWN = re.compile(r"([\\`*<]|(?<!\w)_|_(?!\w)|\[(?=\d+\])|\[(?=[^\]]*\]\())")
_LINE_START = re.compile(r"^(\d*)([.)#>+\-])(?=\s)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A place of a document that answers: one statement of the answer.

    `marks` are the asked values within it, as offsets into the document.
    """

    document: str
    start: int
    end: int
    source: Provenance
    marks: tuple[Span, ...] = ()
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found: pieces that answer, or why there are none."""

    pieces: tuple[Piece, ...] = ()
    heading: str = ""
    """A line above the statements that names the speaker or says that the sources differ; may be empty."""
    note: str = ""
    """A line below: what was left out or assumed; for a refusal, what was looked for. May be empty."""
    refusal: str = ""
    """The reason in one sentence, if there are no pieces."""
    nearest: tuple[Nearest, ...] = field(default=())


def compose(
    question: str,
    reading: Reading,
    hits: Sequence[Hit],
    documents: Mapping[str, Document],
    *,
    reader: str,
    index: str,
) -> Answer:
    """The answer that shows a reading; its citations are not verified yet.

    `documents` holds at least every document that a piece lies in.
    """
    citations = tuple(citation(n, piece, documents[piece.document]) for n, piece in enumerate(reading.pieces, 1))
    statements = tuple(_statement(c, piece) for c, piece in zip(citations, reading.pieces, strict=True))
    return Answer(
        question=question,
        standalone_question=question,
        outcome=Outcome.ANSWERED if statements else Outcome.REFUSED,
        answer=markdown(statements, reading.heading, reading.note) if statements else reading.refusal,
        citations=citations,
        statements=statements,
        passages=tuple(hits),
        nearest=reading.nearest,
        reader=reader,
        index=index,
        heading=reading.heading if statements else "",
        note=reading.note,
    )


def markdown(statements: Sequence[Statement], heading: str = "", note: str = "") -> str:
    """The answer as Markdown: a list where there are several statements, else one paragraph."""
    lines = [_one_line(s.text) + "".join(f" [{m}]" for m in s.markers) for s in statements]
    body = "\n".join(f"- {line}" for line in lines) if len(lines) > 1 else "".join(lines)
    return "\n\n".join(part for part in (escape(heading), body, escape(note)) if part)


def escape(text: str) -> str:
    """Text of a document as Markdown that shows it and does nothing else: no emphasis, link, HTML or marker."""
    return _LINE_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text))


def _one_line(text: str) -> str:
    return escape(_SPACE.sub(" ", text).strip())


def _statement(citation: Citation, piece: Piece) -> Statement:
    marks = tuple(
        Span(m.start - piece.start, m.end - piece.start)
        for m in piece.marks
        if piece.start <= m.start < m.end <= piece.end
    )
    return Statement(text=citation.quote, markers=(citation.marker,), support=Support.QUOTED, marks=marks)


def citation(marker: int, piece: Piece, document: Document) -> Citation:
    """The place of a piece as a citation, not verified yet; its first attribution tells who speaks."""
    text = document.text
    quote = text[piece.start : piece.end]
    first = piece.attributions[0] if piece.attributions else None
    return Citation(
        marker=marker,
        document=piece.document,
        sha256=document.sha256,
        start=piece.start,
        end=piece.end,
        quote=quote,
        source=piece.source,
        speaker=first.speaker if first else None,
        speaker_role=first.speaker_role if first else None,
        speaker_as_written=first.speaker_as_written if first else None,
        manner=first.manner if first else None,
        said=Span(first.start, first.end) if first else None,
        said_on=said_on(quote, piece.source.published),
        line=line_of(text, piece.start),
        page=page_of(document, piece.start),
    )


def line_of(text: str, offset: int) -> int:
    """1-based number of the line that holds an offset, counted as editors do."""
    head = text[:offset]
    return 1 + head.count("\n") + head.count("\r") - head.count("\r\n")


def page_of(document: Document, offset: int) -> int | None:
    """1-based page that holds an offset; None for formats without pages."""
    if not document.pages:
        return None
    return max(1, sum(1 for start in document.pages if start <= offset))
