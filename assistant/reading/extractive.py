"""The reader without a language model: it quotes the sentences that answer, and writes none of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Event

from assistant.domain import Answer, Attribution, Delta, Filter, Hit, Manner
from assistant.protocols import Embedder, Snapshot
from assistant.reading.compose import Piece, Reading, compose
from assistant.reading.facts import receipts, select
from assistant.reading.refusal import THRESHOLD
from assistant.reading.said import SaidReader
from assistant.reading.said_question import parse as parse_said
from assistant.reading.selection import Selected, Selection
from assistant.reading.who_is import who_is
from assistant.retrieve.query import Query
from assistant.retrieve.query import parse as parse_query

QUOTATION = 600
"""Characters up to which a quotation is shown whole when a sentence of it answers."""

_DIFFER = "The documents give different answers:"


class ExtractiveReader:
    """Implements `protocols.Reader` by quoting."""

    name = "extractive"

    def __init__(self, embedder: Embedder, threshold: float = THRESHOLD) -> None:
        """`threshold` is the confidence below which a question is refused."""
        self._embedder = embedder
        self._threshold = threshold
        self._said = SaidReader(embedder)

    def read(
        self,
        question: str,
        hits: Sequence[Hit],
        snapshot: Snapshot,
        where: Filter | None = None,
        stop: Event | None = None,  # noqa: ARG002 it is done in milliseconds: there is nothing to stop
    ) -> Iterator[Delta | Answer]:
        """The answer's text in one piece, then the answer."""
        reading = self._read(question, hits, snapshot, where)
        documents = {p.document: snapshot.document(p.document) for p in reading.pieces}
        answer = compose(question, reading, hits, documents, reader=self.name, index=snapshot.fingerprint)
        yield Delta(answer.answer)
        yield answer

    def refuse(
        self, question: str, hits: Sequence[Hit], snapshot: Snapshot, where: Filter | None = None, reason: str = ""
    ) -> Answer:
        """A refusal with receipts for a question that another reader found no answer to, for the reason it gives."""
        query = parse_query(question, snapshot)
        found = receipts(query, hits, snapshot, self._embedder, where)
        reading = _with_receipts(Reading(refusal=reason or found.reason, nearest=found.nearest), query, snapshot, where)
        return compose(question, reading, hits, {}, reader=self.name, index=snapshot.fingerprint)

    def _read(self, question: str, hits: Sequence[Hit], snapshot: Snapshot, where: Filter | None) -> Reading:
        person = who_is(question, snapshot, where)
        if person is not None:
            return person
        query = parse_query(question, snapshot)
        asked = parse_said(question)
        said = self._said.read(asked, query, hits, snapshot, where) if asked else None
        if said is not None and (said.pieces or said.nearest):
            return _with_receipts(said, query, snapshot, where)
        if said is not None:
            found = receipts(query, hits, snapshot, self._embedder, where)
            unheard_of = any(term.is_name and term.frequency == 0 for term in query.terms)
            reading = Reading(refusal=found.reason if unheard_of else said.refusal, nearest=found.nearest)
            return _with_receipts(reading, query, snapshot, where)
        selection = select(query, hits, snapshot, self._embedder, where, self._threshold)
        return _with_receipts(_reading(selection, snapshot), query, snapshot, where)


def _reading(selection: Selection, snapshot: Snapshot) -> Reading:
    if selection.refusal is not None:
        return Reading(refusal=selection.refusal.reason, nearest=selection.refusal.nearest)
    said = {path: snapshot.attributions(document=path) for path in {one.document for one in selection.selected}}
    pieces = _joined([_piece(one, said[one.document]) for one in selection.selected])
    return Reading(pieces=pieces, heading=_DIFFER if selection.disagreement else "")


def _piece(one: Selected, in_document: Sequence[Attribution]) -> Piece:
    start = min(one.start, one.lead_in.start) if one.lead_in else one.start
    said = _attributions(one, in_document)
    start, end = _whole_quotation(start, one.end, said)
    return Piece(one.document, start, end, one.passage.source, one.marks, said)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with overlapping ones made one, where the first of them stands: no sentence is shown twice."""
    joined: list[Piece] = []
    for piece in pieces:
        for place, other in enumerate(joined):
            if other.document == piece.document and other.start < piece.end and piece.start < other.end:
                joined[place] = replace(
                    other,
                    start=min(other.start, piece.start),
                    end=max(other.end, piece.end),
                    marks=tuple(sorted({*other.marks, *piece.marks})),
                    attributions=tuple(dict.fromkeys((*other.attributions, *piece.attributions))),
                )
                break
        else:
            joined.append(piece)
    return tuple(joined)


def _whole_quotation(start: int, end: int, said: Sequence[Attribution]) -> tuple[int, int]:
    """The span, grown to the quotation it is a part of: half a quotation misleads, unless the whole is a speech."""
    for a in said:
        first, last = min(start, a.sentence_start), max(end, a.sentence_end)
        if a.manner is Manner.DIRECT and last - first <= QUOTATION:
            return first, last
    return start, end


def _attributions(one: Selected, in_document: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Who says what the sentence tells, if somebody does."""
    return tuple(
        a for a in in_document if a.sentence_start < one.end and one.start < a.sentence_end and a.speaker is not None
    )


def _with_receipts(reading: Reading, query: Query, snapshot: Snapshot, where: Filter | None) -> Reading:
    """A refusal with what was looked for and how often each word occurs."""
    if reading.pieces:
        return reading
    looked = ", ".join(f"{term.text} ({_times(term.frequency)})" for term in query.terms[:12])
    passages, documents = snapshot.passage_count, len(snapshot.documents())
    searched = f"{passages:,} {'passage' if passages == 1 else 'passages'} of "
    searched += f"{documents:,} {'document was' if documents == 1 else 'documents were'} searched"
    note = f"{searched} for: {looked}." if looked else f"{searched}."
    if where:
        note += " Nothing outside the given dates, outlet or document counts as an answer."
    return replace(reading, note=note)


def _times(passages: int) -> str:
    return "nowhere" if passages == 0 else f"in {passages}"
