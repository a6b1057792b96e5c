"""Passages found by both searches."""

import pytest

from assistant.domain import Filter
from assistant.retrieve.context import article_sentences, neighbours
from assistant.retrieve.hybrid import names_outlet, search
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot
from tests.support.stages import articles, attribute, header, make_document, split

PAGES = {
    "a.txt": "# Harbour reopens | The Courier | 2022-01-14\n\nThe harbour opened again.\n\n"
    "Ships came in. Crews cheered.\n\n"
    "A band played.\n",
    "b.txt": "# Harbour reopens | Daily Post | 2021-06-01\n\nThe harbour opened again.\n",
    "c.txt": "# Weather | Daily Post | 2021-06-02\n\nIt rained on the fields.\n",
}
EMBEDDER = HashEmbedder()


@pytest.fixture(scope="module")
def snapshot() -> MemorySnapshot:
    documents = [make_document(path, text) for path, text in PAGES.items()]
    return MemorySnapshot.build(documents, EMBEDDER, articles=articles, split=split, attribute=attribute, header=header)


def test_the_best_passage_comes_first_and_ranks_count_from_one(snapshot: MemorySnapshot) -> None:
    hits = search("Who cheered when ships came in?", snapshot, EMBEDDER)
    assert hits[0].passage.text == "Ships came in. Crews cheered."
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_named_outlet_decides_between_equals(snapshot: MemorySnapshot) -> None:
    assert search("harbour opened again", snapshot, EMBEDDER, 1)[0].passage.document == "a.txt"
    assert search("harbour opened again in the Daily Post", snapshot, EMBEDDER, 1)[0].passage.document == "b.txt"


def test_a_named_month_decides_between_equals(snapshot: MemorySnapshot) -> None:
    assert search("harbour opened again, June 2021", snapshot, EMBEDDER, 1)[0].passage.document == "b.txt"


def test_a_filter_holds_for_both_searches(snapshot: MemorySnapshot) -> None:
    hits = search("harbour", snapshot, EMBEDDER, 10, Filter(document="c.txt"))
    assert {hit.passage.document for hit in hits} == {"c.txt"}


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_a_blank_question_finds_nothing(question: str, snapshot: MemorySnapshot) -> None:
    assert search(question, snapshot, EMBEDDER) == ()


@pytest.mark.parametrize("question", ["what is it", "谁卖了导弹", "harbour " * 12_500, '"(harbour: AND *^~'])
def test_any_other_question_finds_something(question: str, snapshot: MemorySnapshot) -> None:
    assert len(search(question, snapshot, EMBEDDER, 3)) == 3


def test_an_empty_index_has_no_hits() -> None:
    assert search("harbour", MemorySnapshot.build([], EMBEDDER, articles, split, attribute, header), EMBEDDER) == ()


def test_the_same_question_gives_the_same_hits(snapshot: MemorySnapshot) -> None:
    assert search("harbour band", snapshot, EMBEDDER) == search("harbour band", snapshot, EMBEDDER)


def test_outlets_are_whole_words_with_or_without_the() -> None:
    assert names_outlet("what did the courier write", "The Courier")
    assert not names_outlet("what did couriers carry", "The Courier")


def test_what_stands_around_a_passage(snapshot: MemorySnapshot) -> None:
    first, middle, last = snapshot.passages_of("a.txt")
    assert neighbours(snapshot, middle) == (first, middle, last)
    assert neighbours(snapshot, first) == (first, middle)
    assert [s.text for s in article_sentences(snapshot, middle)] == [
        "The harbour opened again.",
        "Ships came in.",
        "Crews cheered.",
        "A band played.",
    ]
