"""What a refusal says was searched."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.domain import Answer, Filter
from assistant.reading.extractive import ExtractiveReader
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot
from tests.support.stages import articles, attribute, header, make_document, split

PAGE = "# Storm closes roads | Daily Post | 2021-11-02\n\nA storm closed four roads in Westmark on Monday night.\n"
NOWHERE = "searched for: met (nowhere), Ada (nowhere), Lovelace (nowhere)."
NOTHING_ELSE = " Nothing outside the given dates, outlet or document counts as an answer."


def refused(pages: int, where: Filter | None) -> Answer:
    documents = [make_document(f"{number}.txt", PAGE) for number in range(pages)]
    snapshot = MemorySnapshot.build(documents, HashEmbedder(), articles, split, attribute, header)
    return ExtractiveReader(HashEmbedder()).refuse("Who met Ada Lovelace?", (), snapshot, where)


@pytest.mark.parametrize(
    ("pages", "where", "note"),
    [
        (1, None, f"1 passage of 1 document was {NOWHERE}"),
        (2, None, f"2 passages of 2 documents were {NOWHERE}"),
        (
            1,
            Filter(since=date(2022, 1, 1)),
            f"1 passage of 1 document was {NOWHERE}{NOTHING_ELSE}",
        ),
    ],
)
def test_the_note_of_a_refusal(pages: int, where: Filter | None, note: str) -> None:
    assert refused(pages, where).note == note
