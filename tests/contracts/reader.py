"""What every reader does, whoever words the answer."""

from __future__ import annotations

from abc import ABC, abstractmethod

import pytest

from assistant.domain import Answer, Delta, Outcome, Support
from assistant.protocols import Reader
from assistant.retrieve.hybrid import search
from tests.support import stages
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot

PAGE = """# Ferry sinks | Harbour News | 2022-01-15

The ferry carried 341 people. Ida Moen said: "We had no warning at all". It sank at noon on Thursday.

The owner paid 20 percent of the damage.
"""
QUESTION = "How many people did the ferry carry?"
EMBEDDER = HashEmbedder()


class ReaderContract(ABC):
    """Subclass it and build the reader."""

    @classmethod
    @abstractmethod
    def reader(cls) -> Reader:
        """A reader that has something to say about the ferry."""

    @pytest.fixture
    def snapshot(self) -> MemorySnapshot:
        document = stages.make_document("ferry.txt", PAGE)
        parts = (stages.articles, stages.split, stages.attribute, stages.header)
        return MemorySnapshot.build([document], EMBEDDER, *parts)

    def read(self, snapshot: MemorySnapshot, question: str = QUESTION) -> tuple[list[Delta], Answer]:
        hits = search(question, snapshot, EMBEDDER, 3, None)
        *deltas, answer = self.reader().read(question, hits, snapshot)
        assert isinstance(answer, Answer)
        assert answer.passages == hits
        return [delta for delta in deltas if isinstance(delta, Delta)], answer

    def test_text_comes_first_and_one_answer_last(self, snapshot: MemorySnapshot) -> None:
        deltas, answer = self.read(snapshot)
        assert "".join(delta.text for delta in deltas).strip()
        assert (answer.question, answer.index) == (QUESTION, snapshot.fingerprint)

    def test_the_answer_names_its_reader(self, snapshot: MemorySnapshot) -> None:
        assert self.read(snapshot)[1].reader == self.reader().name

    def test_every_citation_stands_and_is_not_yet_verified(self, snapshot: MemorySnapshot) -> None:
        citations = self.read(snapshot)[1].citations
        assert len(citations) > 0
        for number, citation in enumerate(citations, 1):
            document = snapshot.document(citation.document)
            assert document.text[citation.start : citation.end] == citation.quote
            assert (citation.marker, citation.sha256, citation.verified) == (number, document.sha256, False)

    def test_a_statement_is_supported_if_and_only_if_it_cites(self, snapshot: MemorySnapshot) -> None:
        answer = self.read(snapshot)[1]
        assert answer.outcome is Outcome.ANSWERED
        known = {citation.marker for citation in answer.citations}
        for statement in answer.statements:
            assert set(statement.markers) <= known
            assert bool(statement.markers) is (statement.support is not Support.UNSUPPORTED)

    def test_without_passages_it_refuses(self, snapshot: MemorySnapshot) -> None:
        *_, answer = self.reader().read(QUESTION, (), snapshot)
        assert isinstance(answer, Answer)
        assert (answer.outcome, answer.citations, answer.statements) == (Outcome.REFUSED, (), ())
        assert answer.answer

    def test_the_same_question_gets_the_same_answer(self, snapshot: MemorySnapshot) -> None:
        first, second = self.read(snapshot)[1], self.read(snapshot)[1]
        assert (first.statements, first.citations, first.note) == (second.statements, second.citations, second.note)
