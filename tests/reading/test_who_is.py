from __future__ import annotations

import pytest

from assistant.domain import Provenance
from assistant.reading.who_is import who_is
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot
from tests.support.stages import make_document

DAM = """Dam may fail

The dam could fail this winter, Moen said.

Chief engineer Ida Moen told the council that the concrete was cracked. “Nobody listened,” she said.

“We will repair it,” said Ben Lund, the mayor of Odra.

The dam was built in 1954, Jon Berg said.
"""


@pytest.fixture(scope="module")
def snapshot() -> MemorySnapshot:
    return MemorySnapshot.build([make_document("dam.txt", DAM, Provenance(title="Dam may fail"))], HashEmbedder())


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is Ida Moen?", "Chief engineer Ida Moen told the council that the concrete was cracked."),
        ("who is moen", "Chief engineer Ida Moen told the council that the concrete was cracked."),
        ("Who's Ben Lund?", "“We will repair it,” said Ben Lund, the mayor of Odra."),
    ],
)
def test_a_person_is_told_where_the_office_stands(snapshot: MemorySnapshot, question: str, sentence: str) -> None:
    reading = who_is(question, snapshot)
    assert reading is not None
    assert [DAM[p.start : p.end] for p in reading.pieces] == [sentence]


@pytest.mark.parametrize("question", ["Who is Jon Berg?", "Who is the mayor?", "Who is Zoe?", "Who said it?", ""])
def test_anything_else_is_left_to_the_reader_of_facts(snapshot: MemorySnapshot, question: str) -> None:
    assert who_is(question, snapshot) is None
