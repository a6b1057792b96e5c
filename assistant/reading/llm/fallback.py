"""Readers in order of preference: where one's provider fails, the next answers, and the answer says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Event

from assistant.domain import Answer, Delta, Filter, Hit
from assistant.errors import ModelError
from assistant.protocols import Reader, Snapshot
from assistant.reading.compose import markdown


class FallbackReader:
    """Implements `protocols.Reader` by the first of several readers that can answer."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        self._readers = tuple(readers)

    @property
    def preferred(self) -> Reader:
        """The first of them."""
        return self._readers[0]

    @property
    def name(self) -> str:
        """The preferred reader; the answer names the one that answered."""
        return self._readers[0].name

    def read(
        self,
        question: str,
        hits: Sequence[Hit],
        snapshot: Snapshot,
        where: Filter | None = None,
        stop: Event | None = None,
    ) -> Iterator[Delta | Answer]:
        """As the first reader that does not fail reads. One that fails after its first text is kept, incomplete.

        Raises:
            ModelError: all failed; the message tells what became of each.
        """
        failed: list[ModelError] = []
        for reader in self._readers:
            try:
                for piece in reader.read(question, hits, snapshot, where, stop):
                    yield _told(piece, failed) if isinstance(piece, Answer) else piece
            except ModelError as error:
                failed.append(error)
            else:
                return
        raise ModelError("; ".join(error.message for error in failed), failed[-1].remedy)


def _told(answer: Answer, failed: Sequence[ModelError]) -> Answer:
    """The answer with a note on those that failed before."""
    if not failed:
        return answer
    fell = f"{answer.reader} answers instead: " + "; ".join(error.message for error in failed) + "."
    note = " ".join(part for part in (fell, answer.note) if part)
    text = markdown(answer.statements, answer.heading, note) if answer.statements else answer.answer
    return replace(answer, note=note, answer=text)
