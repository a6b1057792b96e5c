"""Questions about facts, over small pages, with the shipped embedder."""

import pytest

from assistant.index.embed import open_embedder
from assistant.protocols import Embedder
from assistant.reading.facts import select
from assistant.reading.selection import Selection
from assistant.retrieve.hybrid import search
from tests.support.memory import MemorySnapshot
from tests.support.stages import articles, attribute, header, make_document, split

PAGES = {
    "ferry.txt": """# New ferry for Norland | The Courier | 2022-01-14

Norland has bought a new ferry, the Aurora, for $40 million. It will carry 320 passengers to the island of Vik.

The first crossing is planned for 3 March 2022. Harbour master Greta Lind, 51, expects long queues.

She said the old ferry would be sold to a museum. Because the old engine leaked oil, the ministry had banned it.
""",
    "storm.txt": """# Storm closes roads | Daily Post | 2021-11-02

A storm closed four roads in Westmark on Monday night. Police chief Olaf Berg asked drivers to stay at home.

Crews cleared 12 kilometres of road by noon. Nobody was hurt.
""",
    "rival.txt": """# Ferry to start in spring | Evening News | 2022-01-15

The Aurora is a ferry built in Norland for the island of Vik. Its first crossing is planned for 9 April 2022.
""",
}


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedder("minilm")


@pytest.fixture(scope="module")
def snapshot(embedder: Embedder) -> MemorySnapshot:
    documents = [make_document(path, text) for path, text in PAGES.items()]
    return MemorySnapshot.build(documents, embedder, articles, split, attribute, header)


def ask(question: str, snapshot: MemorySnapshot, embedder: Embedder) -> Selection:
    return select(question, search(question, snapshot, embedder), snapshot, embedder)


def quotes(selection: Selection, snapshot: MemorySnapshot) -> list[str]:
    return [snapshot.document(one.document).text[one.start : one.end] for one in selection.selected]


def marked(selection: Selection, snapshot: MemorySnapshot) -> list[str]:
    return [snapshot.document(s.document).text[m.start : m.end] for s in selection.selected for m in s.marks]


@pytest.mark.parametrize(
    ("question", "quote", "marks"),
    [
        (
            "How many passengers will the ferry carry?",
            "It will carry 320 passengers to the island of Vik.",
            ["320"],
        ),
        (
            "How much did Norland pay for the new ferry?",
            "Norland has bought a new ferry, the Aurora, for $40 million.",
            ["$40 million"],
        ),
        ("How old is Greta Lind?", "Harbour master Greta Lind, 51, expects long queues.", ["51"]),
        ("Who is the police chief?", "Police chief Olaf Berg asked drivers to stay at home.", []),
        (
            "why was the old ferry banned",
            "Because the old engine leaked oil, the ministry had banned it.",
            [],
        ),
    ],
)
def test_the_sentence_that_answers_comes_first(
    question: str, quote: str, marks: list[str], snapshot: MemorySnapshot, embedder: Embedder
) -> None:
    selection = ask(question, snapshot, embedder)
    assert selection.refusal is None
    assert quote in quotes(selection, snapshot)[:2]
    assert marked(selection, snapshot)[:1] == marks


def test_documents_that_disagree_are_shown_side_by_side(snapshot: MemorySnapshot, embedder: Embedder) -> None:
    selection = ask("When is the first crossing of the Aurora planned?", snapshot, embedder)
    assert selection.disagreement
    assert sorted(marked(selection, snapshot)) == ["3 March 2022", "9 April 2022"]
    assert {one.document for one in selection.selected} == {"ferry.txt", "rival.txt"}


def test_a_sentence_about_she_brings_the_one_before(snapshot: MemorySnapshot, embedder: Embedder) -> None:
    selection = ask("What happens to the old ferry, is it sold to a museum?", snapshot, embedder)
    said = next(s for s in selection.selected if snapshot.document(s.document).text[s.start :].startswith("She said"))
    assert said.lead_in is not None
    assert snapshot.document(said.document).text[said.lead_in.start : said.lead_in.end].startswith("Harbour master")


@pytest.mark.parametrize(
    "question",
    [
        "How old is Olaf Berg?",
        "How much did the museum pay?",
        "What is the capital of Australia?",
        "How many passengers did the storm hurt in Eastmark?",
        "Who won the chess championship?",
    ],
)
def test_what_is_not_there_is_refused(question: str, snapshot: MemorySnapshot, embedder: Embedder) -> None:
    selection = ask(question, snapshot, embedder)
    assert selection.selected == ()
    assert selection.refusal is not None
    assert all(near.why for near in selection.refusal.nearest)
    for near in selection.refusal.nearest:
        assert snapshot.document(near.document).text[near.start : near.end] == near.quote


def test_the_refusal_names_who_is_unknown(snapshot: MemorySnapshot, embedder: Embedder) -> None:
    selection = ask("Where did Ada Lovelace live?", snapshot, embedder)
    assert selection.refusal is not None
    assert selection.refusal.reason == "No document mentions “Ada” or “Lovelace”."


def test_the_refusal_offers_the_likely_name(snapshot: MemorySnapshot, embedder: Embedder) -> None:
    selection = ask("Where did Gretta study chemistry?", snapshot, embedder)
    assert selection.refusal is not None
    assert "Did you mean Greta where you wrote Gretta?" in selection.refusal.reason


def test_the_refusal_says_the_language_is_another(snapshot: MemorySnapshot, embedder: Embedder) -> None:
    selection = ask("Wie hoch ist der Berg und wann wurde er zum ersten Mal bestiegen?", snapshot, embedder)
    assert selection.refusal is not None
    assert "German" in selection.refusal.reason


def test_a_question_without_a_word_is_refused(snapshot: MemorySnapshot, embedder: Embedder) -> None:
    selection = ask("what is it?", snapshot, embedder)
    assert selection.refusal is not None
    assert selection.refusal.reason == "The question has no word to look for."


def test_no_passage_no_answer(snapshot: MemorySnapshot, embedder: Embedder) -> None:
    selection = select("Who is Olaf Berg?", [], snapshot, embedder)
    assert selection.refusal is not None
    assert selection.refusal.reason == "No passage matches the question."


def test_the_same_question_reads_the_same(snapshot: MemorySnapshot, embedder: Embedder) -> None:
    question = "Who asked drivers to stay at home?"
    assert ask(question, snapshot, embedder) == ask(question, snapshot, embedder)
