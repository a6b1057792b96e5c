from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.domain import Support
from assistant.reading.llm.drafts import Draft
from assistant.reading.llm.evidence import evidence_of
from assistant.reading.llm.passages import give
from assistant.reading.llm.support import Checked, check
from assistant.retrieve.hybrid import search
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot

Check = Callable[[str], Checked]
FIRST, SECOND, MAYOR = 1, 2, 3


@pytest.fixture
def checked(corpus: MemorySnapshot, embedder: HashEmbedder) -> Callable[..., Checked]:
    """Checks a sentence that cites passages: 1 and 2 are of the ferry, 3 of the mayor."""
    hits = sorted(search("ferry", corpus, embedder, 3, None), key=lambda h: (h.passage.document, h.passage.start))
    given = give(hits, corpus)
    evidence = {n: evidence_of(one, corpus) for n, one in enumerate(given, 1)}

    def run(text: str, *numbers: int) -> Checked:
        return check(Draft(text, numbers), evidence)

    return run


def quotes(corpus: MemorySnapshot, found: Checked) -> list[str]:
    return [corpus.document(p.document).text[p.span.start : p.span.end] for p in found.places]


@pytest.mark.parametrize(
    ("text", "numbers", "support", "cited"),
    [
        ("The ferry carried 341 people.", (FIRST,), Support.QUOTED, ["The ferry carried 341 people."]),
        ("There were 341 people carried by the ferry.", (FIRST,), Support.SUPPORTED, ["The ferry carried 341 people."]),
        ("Ida Moen said “we had no warning at all, and the sea—it was calm.”", (FIRST,), Support.QUOTED,
         ['Ida Moen said: "We had no warning at all,\nand the sea – it was calm".']),
        ("It sank on 13 January 2022.", (FIRST,), Support.SUPPORTED, ["It sank at noon on Thursday."]),
        ("The damage was $125m.", (SECOND,), Support.SUPPORTED, ["Damage came to $125 million."]),
        ("Lars Berg said the hull was not repaired.", (SECOND,), Support.SUPPORTED,
         ['Lars Berg denied: "The hull was never repaired".']),
        ("The owner paid 20% in 2021.", (SECOND,), Support.SUPPORTED,
         ["The owner paid 20 percent of it in March 2021."]),
        ("In the ferry that sank were 341 people.", (FIRST, MAYOR), Support.SUPPORTED,
         ["The ferry carried 341 people.", "It sank at noon on Thursday."]),
    ],
)  # fmt: skip
def test_what_holds_is_cited_by_the_very_sentences(
    text: str, numbers: tuple[int, ...], support: Support, cited: list[str],
    checked: Callable[..., Checked], corpus: MemorySnapshot,
) -> None:  # fmt: skip
    found = checked(text, *numbers)
    assert (found.support, found.why) == (support, "")
    assert [" ".join(q.split()) for q in quotes(corpus, found)] == [" ".join(q.split()) for q in cited]


@pytest.mark.parametrize(
    ("text", "numbers", "why"),
    [
        ("The ferry carried 341 people.", (), "it cites nothing"),
        ("The ferry carried 341 people.", (9,), "it cites [9], which it was not given"),
        ("The ferry carried 342 people.", (FIRST,), "342 is not in what it cites"),
        ("The ferry carried 341 people.", (MAYOR,), "341 is not in what it cites"),
        ("The damage was $125 billion.", (SECOND,), "125 billion is not in what it cites"),
        ("The damage was 125.", (SECOND,), "125 is not in what it cites"),
        ("The owner paid 20 of it.", (SECOND,), "20 is not in what it cites"),
        ("It sank on 14 January 2022.", (FIRST,), "its date is not in what it cites"),
        ("It sank on Friday.", (FIRST,), "its date is not in what it cites"),
        ("Lars Berg said the ferry carried 341 people to Riga.", (FIRST,), "“Riga” is not in what it cites"),
        ("Putin said the hull was never repaired.", (SECOND,), "“Putin” is not in what it cites"),
        ("Ida Moen said “we had a warning”.", (FIRST,), "“we had a warning” does not stand in what it cites"),
        ("“The ferry carried 341 … warning … people”.", (FIRST,),
         "“The ferry carried 341 … warning … people” does not stand in what it cites"),
        ("The ferry did not carry 341 people.", (FIRST,), "it denies what the cited sentences do not deny"),
        ("It was struck by lightning and burned.", (FIRST,), "most of its words are not in what it cites"),
        ("The ferry carried people, see http://x.example.", (FIRST,),
         "“http://x.example” is not in what it cites"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_told(
    text: str, numbers: tuple[int, ...], why: str, checked: Callable[..., Checked]
) -> None:
    found = checked(text, *numbers)
    assert (found.support, found.why, found.places) == (Support.UNSUPPORTED, why, ())


def test_a_name_may_stand_just_around_the_passage(checked: Callable[..., Checked]) -> None:
    assert checked("Ida Moen’s ferry: damage came to $125 million.", SECOND).support is Support.SUPPORTED


def test_a_title_may_be_quoted(checked: Callable[..., Checked]) -> None:
    found = checked("“Ferry sinks” in the “Harbour News” tells that it carried 341 people.", FIRST)
    assert (found.support, found.why) == (Support.SUPPORTED, "")


def test_quotations_are_given_back_as_the_document_writes_them(checked: Callable[..., Checked]) -> None:
    found = checked("She said “we had no warning at all , and the sea - it was calm,” twice.", FIRST)
    assert found.why == "“we had no warning at all , and the sea - it was calm,” does not stand in what it cites"
    found = checked('She said "we had no warning at all, and the sea - it was calm,” loud'.replace("”", '"'), FIRST)
    assert found.text == 'She said "We had no warning at all, and the sea – it was calm," loud'


def test_a_passage_that_says_nothing_of_it_is_no_longer_cited(checked: Callable[..., Checked]) -> None:
    found = checked("The ferry carried 341 people.", FIRST, MAYOR)
    assert [place.number for place in found.places] == [FIRST]
