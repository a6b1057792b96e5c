"""Every way in which a server can fail, over a real connection: each has one outcome."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event, Timer

import pytest

from assistant.domain import Answer, Delta, Hit, Outcome, Support
from assistant.errors import ExitCode, ModelError
from assistant.reading.extractive import ExtractiveReader
from assistant.reading.llm import stream as streaming
from assistant.reading.llm.prices import Price, table
from assistant.reading.llm.prompts import load
from assistant.reading.llm.providers import Request, open_model
from assistant.reading.llm.reader import MOST_CHARACTERS, LanguageModelReader, Options
from assistant.reading.llm.stream import Patience
from assistant.retrieve.hybrid import search
from tests.support import openai_server as server
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot
from tests.support.openai_server import Behaviour, OpenAIServer

QUESTION = "How many people did the ferry carry?"
GOOD = "The ferry carried 341 people [1]."
PATIENT = Patience(first=20, between=20, retries=2, longest_wait=0.2)
HASTY = Patience(first=0.3, between=20, retries=2)
UNSTEADY = Patience(first=20, between=0.3, retries=2)
"""Where waiting is not what a test is about, a busy machine must not fail it."""

pytestmark = pytest.mark.usefixtures("loopback", "_quick")


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "FIRST_WAIT", 0.01)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-key-123456")


@dataclass
class Asked:
    """What came of a question."""

    deltas: list[str]
    answer: Answer | None = None
    error: ModelError | None = None


class Asking:
    """Asks one question of a server."""

    def __init__(self, corpus: MemorySnapshot, embedder: HashEmbedder, quoting: ExtractiveReader) -> None:
        self.corpus, self.quoting = corpus, quoting
        self.hits: tuple[Hit, ...] = search(QUESTION, corpus, embedder, 3, None)

    def __call__(
        self,
        url: str,
        monkeypatch: pytest.MonkeyPatch,
        stop: Event | None = None,
        patience: Patience = PATIENT,
    ) -> Asked:
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        model = open_model("openai:test-model", Request(timeout=20))
        reader = LanguageModelReader(model, load("answer"), self.quoting, Options(patience=patience))
        asked = Asked([])
        try:
            for piece in reader.read(QUESTION, self.hits, self.corpus, stop=stop):
                if isinstance(piece, Delta):
                    asked.deltas.append(piece.text)
                else:
                    asked.answer = piece
        except ModelError as error:
            asked.error = error
        return asked


@pytest.fixture
def asking(corpus: MemorySnapshot, embedder: HashEmbedder, quoting: ExtractiveReader) -> Asking:
    return Asking(corpus, embedder, quoting)


@pytest.fixture
def served() -> Iterator[OpenAIServer]:
    with OpenAIServer(server.says(GOOD)) as running:
        yield running


def test_a_good_server_answers(served: OpenAIServer, asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asking(served.url, monkeypatch)
    assert asked.answer is not None
    assert asked.deltas == ["The", " ferry", " carried", " 341", " people", " [1]."]
    assert [(s.text, s.markers, s.support) for s in asked.answer.statements] == [
        ("The ferry carried 341 people.", (1,), Support.QUOTED)
    ]
    assert asked.answer.reader == "openai:test-model"
    assert asked.answer.usage is not None
    assert (asked.answer.usage.input_tokens, asked.answer.usage.output_tokens) == (100, 20)
    assert asked.answer.usage.cost_usd is None
    assert 0 < asked.answer.timings_ms["first_token"] < 2000
    request = served.requests[0]
    assert (request["model"], request["temperature"], request["stream_options"]) == (
        "test-model", 0.0, {"include_usage": True},
    )  # fmt: skip
    assert [m["role"] for m in request["messages"]] == ["system", "user"]
    assert served.headers[0]["authorization"] == "Bearer sk-secret-key-123456"


def status(code: int, message: str = "no", headers: dict[str, str] | None = None, kind: str | None = None) -> Behaviour:
    return server.fails(code, message, headers, kind)


FINAL: list[tuple[str, Behaviour, str, int]] = [
    ("401", status(401, "Incorrect API key provided: sk-secret-key-123456"),
     "{at} refuses the API key for openai:test-model (401). Check OPENAI_API_KEY.", 1),
    ("403", status(403, "Not in your plan."),
     "{at} does not let this API key use openai:test-model (403): Not in your plan. "
     "Choose another model, or ask for access.", 1),
    ("404", status(404, "no such model"),
     "{at} has no model test-model (404). Check the name after --model, and OPENAI_BASE_URL.", 1),
    ("400", status(400, "bad \x1b[2J field\nX"),
     "{at} refuses the request to openai:test-model (400): bad [2J field X. docs/models.md may help.", 1),
    ("408", status(408),
     "{at} did not get to openai:test-model (408), 3 times in a row. Try again in a while.", 3),
    ("429 without Retry-After", status(429),
     "{at} limits how often it may be asked (429), 3 times in a row. Try again in a while.", 3),
    ("429 with a short Retry-After", status(429, headers={"Retry-After": "0.05"}),
     "{at} limits how often it may be asked (429), 3 times in a row. Try again in a while.", 3),
    ("429 with a long Retry-After", status(429, headers={"Retry-After": "3600"}),
     "{at} limits how often it may be asked (429) and asks to wait 3,600 s. Try again in a while.", 1),
    ("429 with no credit", status(429, "You exceeded your current quota", kind="insufficient_quota"),
     "The account for openai:test-model has no credit left (429). Add credit with the provider.", 1),
    ("500", status(500),
     "{at} has a fault of its own with openai:test-model (500), 3 times in a row. "
     "Try again in a while, or use another model.", 3),
    ("503", status(503),
     "{at} has a fault of its own with openai:test-model (503), 3 times in a row. "
     "Try again in a while, or use another model.", 3),
    ("closes without a word", server.drops,
     "{at} closed the connection to openai:test-model, 3 times in a row. Try again.", 3),
    ("slow first token", server.silent,
     "openai:test-model sent nothing for 0.3 s. Try again, or raise model_timeout or model_stall.", 1),
    ("keep-alive comments only", server.keeps_alive,
     "openai:test-model sent nothing for 0.3 s. Try again, or raise model_timeout or model_stall.", 1),
    ("malformed frame", server.sends(b"data: {not json\n\n"),
     "{at} sent something that is not the protocol (JSONDecodeError). Check OPENAI_BASE_URL: it has to be a server "
     "that speaks OpenAI's protocol, and usually ends in /v1.", 1),
    ("frame of another protocol", server.sends(b'data: {"choices": [{"text": "old"}]}\n\n', server.DONE),
     "{at} sent something that is not the protocol (ValueError). Check OPENAI_BASE_URL: it has to be a server "
     "that speaks OpenAI's protocol, and usually ends in /v1.", 1),
    ("invalid UTF-8", server.sends(b'data: {"choices": [{"delta": {"content": "\xff\xfe"}}]}\n\n'),
     "{at} sent something that is not the protocol (UnicodeDecodeError). Check OPENAI_BASE_URL: it has to be a server "
     "that speaks OpenAI's protocol, and usually ends in /v1.", 1),
    ("an error inside the stream", server.sends(b'data: {"error": {"message": "overloaded"}}\n\n'),
     "{at} broke off the answer of openai:test-model: overloaded. Try again.", 1),
    ("empty choices only", server.sends(server.chunk(), server.chunk(), server.chunk({}, "stop"), server.DONE),
     "openai:test-model sent an empty answer. Ask again, or use another model.", 1),
    ("content filter before any text", server.sends(server.chunk({}, "content_filter"), server.DONE),
     "The content filter of openai:test-model withheld the answer. Ask in other words, or use another model.", 1),
    ("only thinking", server.sends(*server.words("<think>hm hm"), server.chunk({}, "length"), server.DONE),
     "openai:test-model used up all its tokens before it answered. Raise answer_tokens.", 1),
    ("a tool call nobody asked for", server.sends(
        server.chunk({"role": "assistant", "tool_calls": [
            {"index": 0, "id": "c", "type": "function", "function": {"name": "rm", "arguments": "{}"}}]}),
        server.chunk({}, "tool_calls"), server.DONE),
     "openai:test-model asked for a tool instead of answering. Use another model: no tools are offered here.", 1),
]  # fmt: skip


@pytest.mark.parametrize(("behaviour", "line", "tries"), [row[1:] for row in FINAL], ids=[row[0] for row in FINAL])
def test_failing_before_any_text_is_one_line_and_exit_code_5(
    behaviour: Behaviour, line: str, tries: int, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = HASTY if behaviour in (server.silent, server.keeps_alive) else PATIENT
    with OpenAIServer(behaviour) as running:
        asked = asking(running.url, monkeypatch, patience=patience)
        at = running.url.removeprefix("http://").removesuffix("/v1")
    assert asked.error is not None
    assert str(asked.error) == line.format(at=at)
    assert asked.error.exit_code is ExitCode.MODEL
    assert (len(running.requests), asked.deltas) == (tries, [])
    assert "secret" not in str(asked.error)


@pytest.mark.parametrize("behaviour", [status(429), status(503), status(408), server.drops], ids=str)
def test_a_passing_fault_is_retried(behaviour: Behaviour, asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenAIServer(behaviour, behaviour, server.says(GOOD)) as running:
        asked = asking(running.url, monkeypatch)
    assert asked.answer is not None
    assert (asked.answer.outcome, len(running.requests)) == (Outcome.ANSWERED, 3)


def test_retry_after_is_respected(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenAIServer(status(429, headers={"Retry-After": "0.15"}), server.says(GOOD)) as running:
        started = time.monotonic()
        asked = asking(running.url, monkeypatch)
        assert time.monotonic() - started >= 0.15
    assert asked.answer is not None


def test_a_prompt_too_long_is_asked_again_with_half_the_passages(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = status(400, "This model's maximum context length is 10 tokens", kind="context_length_exceeded")
    with OpenAIServer(long, server.says(GOOD)) as running:
        asked = asking(running.url, monkeypatch)
    assert asked.answer is not None
    assert asked.answer.note == "1 of 3 passages had room in the model's window."
    prompts = [request["messages"][1]["content"] for request in running.requests]
    assert ["passage 2 · key" in prompt for prompt in prompts] == [True, False]
    with OpenAIServer(long) as running:
        asked = asking(running.url, monkeypatch)
    assert str(asked.error) == (
        "The prompt is longer than openai:test-model takes. Set model_window to what it takes, or lower top_k."
    )
    assert len(running.requests) == 2


KEPT: list[tuple[str, Behaviour, str]] = [
    ("stalls", server.stalls(GOOD), "openai:test-model stopped sending and was silent for 0.3 s"),
    ("cut mid-stream", server.sends(*server.words(GOOD)),
     "{at} closed the connection before the answer of openai:test-model was whole"),
    ("malformed mid-stream", server.sends(*server.words(GOOD), b"data: {oops\n\n"),
     "{at} sent something that is not the protocol (JSONDecodeError)"),
    ("an error mid-stream", server.sends(*server.words(GOOD), b'data: {"error": {"message": "gone"}}\n\n'),
     "{at} broke off the answer of openai:test-model: gone"),
    ("content filter", server.sends(*server.words(GOOD), server.chunk({}, "content_filter"), server.DONE),
     "cut off by the provider's content filter"),
    ("length", server.sends(*server.words(GOOD), server.chunk({}, "length"), server.DONE),
     "cut off at the longest answer that answer_tokens or the server allows"),
]  # fmt: skip


@pytest.mark.parametrize(("behaviour", "why"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT])
def test_failing_after_the_first_text_keeps_what_came(
    behaviour: Behaviour, why: str, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = UNSTEADY if "silent" in why else PATIENT
    with OpenAIServer(behaviour) as running:
        asked = asking(running.url, monkeypatch, patience=patience)
        at = running.url.removeprefix("http://").removesuffix("/v1")
    assert asked.answer is not None
    assert asked.answer.incomplete == why.format(at=at)
    assert asked.answer.note == f"Incomplete: {why.format(at=at)}."
    assert [(s.text, s.markers) for s in asked.answer.statements] == [("The ferry carried 341 people.", (1,))]
    assert "".join(asked.deltas) == GOOD
    assert len(running.requests) == 1
    assert asked.answer.usage is not None
    assert asked.answer.usage.output_tokens > 0


def test_an_answer_of_ten_megabytes_is_cut(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    page = server.chunk({"content": "Waves and more waves came in. " * 300})
    with OpenAIServer(server.repeats([page], 1_200)) as running:
        started = time.monotonic()
        asked = asking(running.url, monkeypatch)
        assert running.hung_up.wait(5)
    assert asked.answer is not None
    assert asked.answer.incomplete == f"cut off after {MOST_CHARACTERS:,} characters"
    assert sum(len(text) for text in asked.deltas) < 1.1 * MOST_CHARACTERS
    assert time.monotonic() - started < 10


def test_empty_choices_among_good_ones_are_passed_over(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [server.chunk(), *server.words(GOOD), server.chunk(), server.chunk({}, "stop"), server.DONE]
    with OpenAIServer(server.sends(*frames)) as running:
        asked = asking(running.url, monkeypatch)
    assert asked.answer is not None
    assert (asked.answer.incomplete, "".join(asked.deltas)) == ("", GOOD)
    assert asked.answer.usage is not None
    assert asked.answer.usage.output_tokens == 9, "counted here, since the server did not report"


def test_a_refused_connection_is_not_retried(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenAIServer(server.silent) as running:
        url = running.url
    started = time.monotonic()
    asked = asking(url, monkeypatch)
    at = url.removeprefix("http://").removesuffix("/v1")
    assert str(asked.error) == (f"No server answers at {at} for openai:test-model. Start it, or check OPENAI_BASE_URL.")
    assert time.monotonic() - started < 2


def test_a_server_without_tls(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenAIServer(server.says(GOOD)) as running:
        asked = asking(running.url.replace("http:", "https:"), monkeypatch)
        at = running.url.removeprefix("http://").removesuffix("/v1")
    assert str(asked.error) == (
        f"No secure connection to {at} for openai:test-model: it does not speak TLS. "
        "Check OPENAI_BASE_URL; a server of your own may need http:// instead of https://."
    )


@pytest.mark.parametrize("behaviour", [server.silent, server.stalls("The ferry ")], ids=["silent", "stalled"])
def test_a_stop_takes_effect_at_once(behaviour: Behaviour, asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Event()
    Timer(0.1, stop.set).start()
    with OpenAIServer(behaviour) as running:
        started = time.monotonic()
        asked = asking(running.url, monkeypatch, stop)
        assert time.monotonic() - started < 1.5
    assert asked.answer is not None
    assert asked.answer.incomplete == "stopped by you"
    assert asked.answer.prompt is not None


def test_no_key_and_no_server_is_said_before_anything_is_imported(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    asked = asking("", monkeypatch)
    assert str(asked.error) == (
        "openai:test-model needs an API key. "
        "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, or use --model extractive."
    )


def test_a_server_of_ones_own_needs_no_key(
    served: OpenAIServer, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    assert asking(served.url, monkeypatch).answer is not None
    assert served.headers[0]["authorization"] == "Bearer none"


def test_nothing_is_traced_although_the_environment_asks_for_it(
    served: OpenAIServer, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenAIServer(server.says("seen")) as tracer:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "key")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.url)
        assert asking(served.url, monkeypatch).answer is not None
        assert tracer.requests == []


def test_the_price_table_is_dated_and_holds_the_default_model() -> None:
    prices = table()
    assert isinstance(prices["openai:gpt-5.6-luna"], Price)
    assert all(price.seen.year >= 2026 for price in prices.values())
