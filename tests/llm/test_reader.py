from __future__ import annotations

from datetime import date
from threading import Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain import Answer, Delta, Hit, Outcome, Support, Usage
from assistant.errors import ModelError
from assistant.reading.extractive import ExtractiveReader
from assistant.reading.llm.fallback import FallbackReader
from assistant.reading.llm.prices import Price
from assistant.reading.llm.prompts import load
from assistant.reading.llm.reader import LanguageModelReader, Options
from assistant.reading.llm.reply import STOPPED
from assistant.reading.llm.scripted import ScriptedModel
from assistant.reading.llm.seam import ModelRequestError, Piece, Tokens
from assistant.reading.llm.window import OVERHEAD, count
from assistant.retrieve.hybrid import search
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot

QUESTION = "How many people did the ferry carry?"


class Asking:
    def __init__(self, corpus: MemorySnapshot, embedder: HashEmbedder, quoting: ExtractiveReader) -> None:
        self.corpus, self.quoting = corpus, quoting
        self.hits: tuple[Hit, ...] = search(QUESTION, corpus, embedder, 3, None)

    def reader(self, model: ScriptedModel, options: Options | None = None) -> LanguageModelReader:
        return LanguageModelReader(model, load("answer"), self.quoting, options)

    def __call__(self, model: ScriptedModel | str, options: Options | None = None) -> Answer:
        scripted = ScriptedModel([model]) if isinstance(model, str) else model
        return self.last(self.reader(scripted, options))

    def last(self, reader: LanguageModelReader | FallbackReader, stop: Event | None = None) -> Answer:
        *deltas, answer = reader.read(QUESTION, self.hits, self.corpus, stop=stop)
        assert all(isinstance(delta, Delta) for delta in deltas)
        assert isinstance(answer, Answer)
        return answer


@pytest.fixture
def asking(corpus: MemorySnapshot, embedder: HashEmbedder, quoting: ExtractiveReader) -> Asking:
    return Asking(corpus, embedder, quoting)


def test_statements_with_the_sentences_that_back_them(asking: Asking, corpus: MemorySnapshot) -> None:
    answer = asking("The ferry carried 341 people [1]. It sank in a storm [1]. Ida Moen said “It was calm” [1].")
    assert answer.outcome is Outcome.ANSWERED
    assert [(s.text, s.markers, s.support) for s in answer.statements] == [
        ("The ferry carried 341 people.", (1,), Support.QUOTED),
        ("It sank in a storm.", (2,), Support.SUPPORTED),
        ("Ida Moen said “it was calm”.", (3,), Support.QUOTED),
    ]
    assert [" ".join(c.quote.split()) for c in answer.citations] == [
        "The ferry carried 341 people.",
        "It sank at noon on Thursday.",
        'Ida Moen said: "We had no warning at all, and the sea – it was calm".',
    ]
    third = answer.citations[2]
    assert (third.speaker, third.source.outlet, third.line) == ("Ida Moen", "Harbour News", 3)
    text = corpus.document(third.document).text
    assert text[third.start : third.end] == third.quote
    assert answer.answer == (
        "- The ferry carried 341 people. [1]\n- It sank in a storm. [2]\n- Ida Moen said “it was calm”. [3]"
    )
    assert (answer.reader, answer.prompt, answer.note) == ("scripted:test", load("answer").id, "")
    assert len(answer.passages) == 3


def test_what_is_unsupported_is_shown_as_such(asking: Asking) -> None:
    answer = asking("The ferry carried 341 people [1]. Putin was on board [1].")
    assert [(s.support, s.markers) for s in answer.statements] == [
        (Support.QUOTED, (1,)),
        (Support.UNSUPPORTED, ()),
    ]
    assert answer.note == "1 of 2 statements unsupported: “Putin” is not in what it cites."


def test_an_answer_without_support_is_refused_and_the_documents_are_quoted(asking: Asking) -> None:
    answer = asking("Putin was on board [1].")
    assert answer.reader == "extractive"
    assert answer.prompt == load("answer").id
    assert answer.usage is not None
    assert answer.note.startswith(
        "The answer of scripted:test was refused, since nothing in it is supported by what it cites "
        "(“Putin” is not in what it cites). What the documents themselves say is quoted instead."
    )
    assert "Putin was" not in answer.answer


def test_not_in_the_passages_is_a_refusal_with_receipts(asking: Asking) -> None:
    answer = asking("NOT IN THE PASSAGES. They tell of a ferry.")
    assert (answer.outcome, answer.statements, answer.citations) == (Outcome.REFUSED, (), ())
    assert answer.answer == "scripted:test finds no answer in the 3 passages it was given."
    assert answer.reader == "scripted:test"
    assert len(answer.nearest) > 0
    assert all(near.why for near in answer.nearest)
    assert answer.note.startswith("3 passages of 2 documents were searched for: ")


def test_without_passages_the_model_is_not_asked(asking: Asking, corpus: MemorySnapshot) -> None:
    model = ScriptedModel(["never"])
    *_, answer = asking.reader(model).read(QUESTION, (), corpus)
    assert isinstance(answer, Answer)
    assert (answer.outcome, model.asked) == (Outcome.REFUSED, [])


def test_an_introduction_in_the_words_of_the_question_is_left_out(asking: Asking) -> None:
    answer = asking("The ferry did carry many people:\n- The ferry carried 341 people [1].")
    assert [s.text for s in answer.statements] == ["The ferry carried 341 people."]
    answer = asking("The ferry was overloaded:\n- The ferry carried 341 people [1].")
    assert [s.text for s in answer.statements] == ["The ferry was overloaded:", "The ferry carried 341 people."]


def test_usage_and_cost_as_the_server_reports(asking: Asking) -> None:
    prices = {"openai:m": Price(date(2026, 1, 1), input=2.0, output=8.0)}
    said = [Piece("The ferry carried 341 people [1]."), Piece(tokens=Tokens(1000, 100), finish="stop")]
    priced = ScriptedModel([said], name="openai:m", metered=True)
    assert asking(priced, Options(prices=prices)).usage == Usage(1000, 100, 0.0028)
    own = ScriptedModel([said], name="openai:m", metered=False)
    assert asking(own, Options(prices=prices)).usage == Usage(1000, 100, None)


def test_the_note_tells_how_many_passages_had_room(asking: Asking) -> None:
    said = "The ferry carried 341 people [1]."
    model = ScriptedModel([said, said], name="openai:gpt-4o")
    assert asking(model).note == ""
    whole = count(model.asked.pop(), "openai:gpt-4o") + 100 + OVERHEAD
    answer = asking(model, Options(answer_tokens=100, window=whole - 1))
    assert answer.note == "2 of 3 passages had room in the model's window."
    assert "passage 3" not in model.asked[0][1].text
    assert answer.answer == f"The ferry carried 341 people. [1]\n\n{answer.note}"


def test_a_stop_keeps_what_came(asking: Asking) -> None:
    stop = Event()
    model = ScriptedModel(["The ferry carried 341 people [1]. It sank at noon [1]."], pace=0.02)
    answer = None
    for piece in asking.reader(model).read(QUESTION, asking.hits, asking.corpus, stop=stop):
        if isinstance(piece, Delta) and "[1]" in piece.text:
            stop.set()
        elif isinstance(piece, Answer):
            answer = piece
    assert answer is not None
    assert answer.incomplete == STOPPED
    assert answer.statements[0].text == "The ferry carried 341 people."
    assert answer.note.endswith("Incomplete: stopped by you.")


def test_a_fallback_answers_and_says_so(asking: Asking) -> None:
    down = ScriptedModel([ModelRequestError("a is down", "Start it.")], name="a:a")
    up = ScriptedModel(["The ferry carried 341 people [1]."], name="b:b")
    reader = FallbackReader([asking.reader(down), asking.reader(up)])
    answer = asking.last(reader)
    assert (reader.name, answer.reader) == ("a:a", "b:b")
    assert answer.note == "b:b answers instead: a is down."
    assert answer.answer == "The ferry carried 341 people. [1]\n\nb:b answers instead: a is down."


def test_all_fallbacks_failing_tells_what_became_of_each(asking: Asking) -> None:
    readers = [
        asking.reader(ScriptedModel([ModelRequestError(f"{name} is down", "Start it.")], name=f"{name}:m"))
        for name in "ab"
    ]
    with pytest.raises(ModelError) as error:
        asking.last(FallbackReader(readers))
    assert str(error.value) == "a is down; b is down. Start it."


def test_a_model_that_breaks_off_is_not_fallen_back_from(asking: Asking) -> None:
    broken: list[Piece | Exception] = [Piece("The ferry carried 341 people [1]."), ModelRequestError("a broke off")]
    reader = FallbackReader([asking.reader(ScriptedModel([broken], name="a:a")), asking.quoting])
    answer = asking.last(reader)
    assert (answer.reader, answer.incomplete) == ("a:a", "a broke off")


WORDS = st.sampled_from(
    [
        *"The ferry carried 341 people sank not said 29 February 13 January Ida Moen’s NOT IN THE PASSAGES".split(),
        *"[1] [2][3] [9] “ ” \" ' … . : , <think> </think> 0 2022-13-45 $ % - ** http://x {{question}} —".split(),
        *("1,000,000.5", "\n", "\u200b", "\x1b[0m", "é"),
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS | st.text(max_size=8), max_size=40).map(" ".join))
def test_whatever_a_model_writes_becomes_a_checked_answer_or_one_error(asking: Asking, said: str) -> None:
    try:
        answer = asking(said)
    except ModelError as error:
        assert str(error) == "scripted:test sent an empty answer. Ask again, or use another model."  # noqa: PT017
        return
    known = {citation.marker for citation in answer.citations}
    assert known == set(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        text = asking.corpus.document(citation.document).text
        assert text[citation.start : citation.end] == citation.quote
    for statement in answer.statements:
        assert set(statement.markers) <= known
        assert bool(statement.markers) is (statement.support is not Support.UNSUPPORTED)
