"""The core: a question to typed events. The command line, the terminal chat and the evaluation all consume it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.domain import Answer, Delta, Event, Filter, Finished, Hit, Outcome, Retrieved
from assistant.errors import CorpusError
from assistant.protocols import Embedder, Reader, Snapshot
from assistant.question import checked
from assistant.reading.compose import markdown
from assistant.retrieve.hybrid import MEASURED, Blend, search
from assistant.verify import Files, verify


class Answering:
    """Answers questions from one state of an index with one reader."""

    def __init__(
        self,
        snapshot: Snapshot,
        embedder: Embedder,
        reader: Reader,
        files: Files,
        top_k: int,
        blend: Blend = MEASURED,
    ) -> None:
        self._snapshot = snapshot
        self._embedder = embedder
        self._reader = reader
        self._files = files
        self._top_k = top_k
        self._blend = blend

    def search(self, question: str, where: Filter | None = None, top_k: int | None = None) -> tuple[Hit, ...]:
        """The passages that may answer, best first."""
        return search(checked(question), self._snapshot, self._embedder, top_k or self._top_k, where, self._blend)

    def events(
        self,
        question: str,
        where: Filter | None = None,
        top_k: int | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[Event]:
        """Retrieved, then Deltas, then Finished with the verified answer.

        Setting `stop` from elsewhere ends a slow reading early: what came is verified and marked incomplete.

        Raises:
            UsageError: the question is empty or far too long.
            CorpusError: every citation failed because the files changed since they were indexed.
            ModelError: the model's provider failed before any text came.
        """
        started = time.perf_counter()
        asked = checked(question)
        hits = search(asked, self._snapshot, self._embedder, top_k or self._top_k, where, self._blend)
        retrieved = time.perf_counter()
        yield Retrieved(hits)
        answer: Answer | None = None
        for piece in self._reader.read(asked, hits, self._snapshot, where, stop):
            if isinstance(piece, Delta):
                yield piece
            else:
                answer = piece
        if answer is None:
            raise RuntimeError(f"The reader {self._reader.name} ended without an answer")
        read = time.perf_counter()
        answer = keep_verified(verify(answer, self._files))
        done = time.perf_counter()
        timings = {
            "retrieve": _ms(retrieved - started),
            "read": _ms(read - retrieved),
            "verify": _ms(done - read),
            "total": _ms(done - started),
        }
        yield Finished(replace(answer, question=question, timings_ms=timings | answer.timings_ms))


def keep_verified(answer: Answer) -> Answer:
    """The answer without citations that do not stand in their files, and without statements left with none.

    Raises:
        CorpusError: nothing is left of an answer that had citations.
    """
    failed = {c.marker: c.document for c in answer.citations if not c.verified}
    if not failed:
        return answer
    changed = ", ".join(sorted(set(failed.values())))
    statements = tuple(
        replace(s, markers=kept)
        for s in answer.statements
        if (kept := tuple(m for m in s.markers if m not in failed)) or not s.markers
    )
    if not any(s.markers for s in statements) and answer.outcome is Outcome.ANSWERED:
        raise CorpusError(f"Changed since it was indexed: {changed}", "Run `assistant index` and ask again.")
    gone = len(answer.statements) - len(statements)
    note = f"{gone} left out because the file changed since it was indexed: {changed}."
    notes = " ".join(part for part in (answer.note, note) if part)
    return replace(
        answer,
        citations=tuple(c for c in answer.citations if c.verified),
        statements=statements,
        note=notes,
        answer=markdown(statements, answer.heading, notes),
    )


def last_answer(events: Sequence[Event] | Iterator[Event]) -> Answer:
    """The answer that a stream of events ends with."""
    for event in events:
        if isinstance(event, Finished):
            return event.answer
    raise RuntimeError("The events ended without an answer")


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
