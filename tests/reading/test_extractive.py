from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answering, last_answer
from assistant.domain import Answer, Provenance
from assistant.index.embed import open_embedder
from assistant.reading.extractive import ExtractiveReader
from assistant.verify import Files
from tests.support.memory import MemorySnapshot
from tests.support.stages import make_document

FERRY = """Ferry sank after warning

The ferry Aurora sank off Odra on Monday with 212 people on board. Everybody was saved within two hours.

“The pumps had failed twice this year. We wrote to the owner in March, and nobody answered,” \
Captain Ida Moen said. “I will not sail for them again.”

The owner, Nordline, bought the ferry in 1998 for 12 million crowns.
"""


@pytest.fixture(scope="module")
def snapshot() -> MemorySnapshot:
    document = make_document("ferry.txt", FERRY, Provenance(outlet="Harbour News", published=date(2024, 3, 5)))
    return MemorySnapshot.build([document], open_embedder())


def ask(question: str, snapshot: MemorySnapshot, tmp_path: Path) -> Answer:
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")
    embedder = open_embedder()
    answering = Answering(snapshot, embedder, ExtractiveReader(embedder), Files(tmp_path), 10)
    return last_answer(answering.events(question))


def test_a_fact_is_one_sentence_with_its_value_marked(snapshot: MemorySnapshot, tmp_path: Path) -> None:
    answer = ask("How many people were on board the Aurora?", snapshot, tmp_path)
    (statement,) = answer.statements
    assert statement.text == "The ferry Aurora sank off Odra on Monday with 212 people on board."
    assert [statement.text[mark.start : mark.end] for mark in statement.marks] == ["212"]
    assert [(c.verified, c.said_on) for c in answer.citations] == [(True, date(2024, 3, 4))]


def test_half_a_quotation_is_shown_whole_with_its_speaker(snapshot: MemorySnapshot, tmp_path: Path) -> None:
    answer = ask("When was the letter about the pumps written to the owner?", snapshot, tmp_path)
    first = answer.citations[0]
    assert first.quote.startswith("“The pumps had failed twice this year. We wrote to the owner in March")
    assert first.speaker == "Ida Moen"


def test_what_nothing_tells_is_refused_with_receipts(snapshot: MemorySnapshot, tmp_path: Path) -> None:
    answer = ask("What is the capital of Mongolia?", snapshot, tmp_path)
    assert answer.outcome.value == "refused"
    assert answer.statements == ()
    assert answer.answer.startswith("No document mentions “Mongolia”.")
    assert "1 document was searched for: capital (nowhere), Mongolia (nowhere)." in answer.note
