"""Embeddings from a server: the contract, every way in which the server can fail, and a whole run over them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.cli.main import run
from assistant.errors import ExitCode, ModelError, UsageError
from assistant.index.embedding import BatchEmbedder, Embedding
from assistant.reading.llm import stream as streaming
from assistant.reading.llm.embeddings import OpenAIEmbedder
from assistant.reading.llm.stream import Patience, Stopped
from assistant.settings import Settings
from assistant.wiring import open_embedder
from tests.contracts.embedder import EmbedderContract
from tests.support import embedding_server as embedding
from tests.support import openai_server as server
from tests.support.command import python
from tests.support.openai_server import Behaviour, OpenAIServer

KEY = "sk-secret-key-123456"
PATIENT = Patience(first=20, between=20, retries=2, longest_wait=0.2)
HASTY = Patience(first=0.3, between=20, retries=2)

pytestmark = pytest.mark.usefixtures("loopback", "_quick")


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "FIRST_WAIT", 0.01)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def embedder_at(url: str, monkeypatch: pytest.MonkeyPatch, patience: Patience = PATIENT) -> OpenAIEmbedder:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    return OpenAIEmbedder("test-model", patience)


@pytest.fixture
def served() -> Iterator[OpenAIServer]:
    with OpenAIServer(embedding.embeds()) as running:
        yield running


class TestOpenAIEmbedder(EmbedderContract):
    @pytest.fixture(autouse=True)
    def _served(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with OpenAIServer(embedding.embeds()) as running:
            monkeypatch.setenv("OPENAI_BASE_URL", running.url)
            yield

    @pytest.fixture
    def embedder(self) -> BatchEmbedder:
        return self.build()

    @classmethod
    def build(cls) -> BatchEmbedder:
        return OpenAIEmbedder("test-model", PATIENT)


def test_what_is_sent_and_what_is_made_of_the_answer(served: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = embedder_at(served.url, monkeypatch)
    vectors = embedder.embed(["The harbour is shut.", "  ", "half a pair \ud800"])
    assert served.requests == [
        {"model": "test-model", "input": ["The harbour is shut.", ".", "half a pair ?"], "encoding_format": "float"}
    ]
    assert served.headers[0]["authorization"] == f"Bearer {KEY}"
    expected = np.array(embedding.rows_of(["The harbour is shut."])[0]) / 3
    assert vectors[0] == pytest.approx(expected, abs=1e-6)
    assert embedder.dimension == embedding.DIMENSION
    assert len(served.requests) == 1


def test_vectors_are_put_in_the_order_of_their_index(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["one", "two", "three"]
    backwards = embedding.embeds(change=lambda whole: {**whole, "data": whole["data"][::-1]})
    with OpenAIServer(embedding.embeds(), backwards) as running:
        embedder = embedder_at(running.url, monkeypatch)
        assert np.array_equal(embedder.embed(texts), embedder.embed(texts))


def test_without_usable_indexes_the_order_of_the_answer_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def forget(whole: dict[str, Any]) -> dict[str, Any]:
        return {**whole, "data": [{**one, "index": 0} for one in whole["data"]]}

    with OpenAIServer(embedding.embeds(), embedding.embeds(change=forget)) as running:
        embedder = embedder_at(running.url, monkeypatch)
        assert np.array_equal(embedder.embed(["one", "two"]), embedder.embed(["one", "two"]))


def test_requests_hold_as_many_texts_as_servers_take(served: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder_at(served.url, monkeypatch).embed([f"text {n}" for n in range(70)])
    assert [len(one["input"]) for one in served.requests] == [32, 32, 6]


def test_requests_to_openai_hold_what_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def asking(self: OpenAIEmbedder, client: object, texts: list[str]) -> Any:  # noqa: ARG001 its signature
        asked.append(list(texts))
        return np.ones((len(texts), 2), dtype=np.float32)

    monkeypatch.setattr(OpenAIEmbedder, "_asked", asking)
    embedder = OpenAIEmbedder("text-embedding-3-small", PATIENT)
    assert embedder.max_tokens == 8191
    embedder.embed(["short"] * 300 + ["word " * 5000] * 30 + ["word " * 10_000])
    assert [len(texts) for texts in asked] == [256, 44 + 11, 12, 7 + 1]
    assert embedder.count_tokens(asked[-1][-1:]) == [8191]


def test_a_text_is_cut_at_what_the_model_reads(served: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = embedder_at(served.url, monkeypatch)
    assert embedder.max_tokens == 425
    short, long = "東京 " * 200, "東京 " * 1000
    embedder.embed([short, long])
    sent = served.requests[0]["input"]
    assert sent[0] == short
    assert long.startswith(sent[1])
    assert 420 <= embedder.count_tokens(sent[1:])[0] <= 425


TOO_MUCH = [
    ("batch size 32 > maximum allowed batch size 10", 422),
    ("batch size is invalid, it should not be larger than 10.: input.contents", 400),
    ("Payload Too Large", 413),
    ("Requested 453357 tokens, max 300000 tokens per request", 400),
    ("The maximum request size is 300000 tokens per request.", 400),
]


@pytest.mark.parametrize(("message", "status"), TOO_MUCH)
def test_a_server_that_takes_fewer_texts_is_sent_fewer(
    message: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"text {n}" for n in range(32)]
    with OpenAIServer(embedding.takes(texts=10, status=status, message=message)) as running:
        vectors = embedder_at(running.url, monkeypatch).embed(texts)
    assert [len(one["input"]) for one in running.requests] == [32, 16, 8, 8, 16, 8, 8]
    assert vectors == pytest.approx(np.array(embedding.rows_of(texts)) / 3, abs=1e-6)


TOO_LONG = [
    ("input (400 tokens) is too large to process. increase the physical batch size (current batch size: 256)", 500),
    ("the input length exceeds the context length", 400),
    ("This model's maximum context length is 256 tokens. However, you requested 400 tokens", 400),
    ("Input validation error: `inputs` must have less than 256 tokens. Given: 400", 413),
    ("Invalid 'input[1]': maximum input length is 256 tokens.", 400),
]


@pytest.mark.parametrize(("message", "status"), TOO_LONG)
def test_a_text_that_is_too_long_is_cut_and_its_neighbours_are_not(
    message: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["The harbour is shut.", "word " * 300, "No boat left."]
    with OpenAIServer(embedding.takes(characters=900, status=status, message=message)) as running:
        embedder_at(running.url, monkeypatch).embed(texts)
    passed = [text for one in running.requests for text in one["input"] if max(map(len, one["input"])) <= 900]
    assert passed[0] == texts[0]
    assert passed[2] == texts[2]
    assert texts[1].startswith(passed[1])
    assert 600 < len(passed[1]) <= 900


def test_a_server_that_finds_everything_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenAIServer(server.fails(413, "too large")) as running:
        embedder = embedder_at(running.url, monkeypatch)
        with pytest.raises(ModelError) as error:
            embedder.embed(["word " * 100])
    assert str(error.value).endswith(
        "takes not even a short text for openai:test-model (413). Look into the server's log, or use another embedder."
    )
    assert len(running.requests) <= 6


def changed(**fields: Any) -> Behaviour:
    return embedding.embeds(change=lambda whole: {**whole, **fields})


def with_first(vector: Any) -> Behaviour:
    def change(whole: dict[str, Any]) -> dict[str, Any]:
        return {**whole, "data": [{**whole["data"][0], "embedding": vector}, *whole["data"][1:]]}

    return embedding.embeds(change=change)


USE = "Check that test-model is a model for embeddings, or use another one."
PROTOCOL = "Check OPENAI_BASE_URL: it has to be a server that speaks OpenAI's protocol, and usually ends in /v1."
FINAL: list[tuple[str, Behaviour, str, int]] = [
    ("401", server.fails(401, f"Incorrect API key provided: {KEY}"),
     "{at} refuses the API key for openai:test-model (401). Check OPENAI_API_KEY.", 1),
    ("403", server.fails(403, f"Key {KEY} may not."),
     "{at} does not let this API key use openai:test-model (403): Key … may not. "
     "Choose another model, or ask for access.", 1),
    ("404", server.fails(404, "no such model"),
     "{at} has no model test-model (404). Check the name in the setting embedder, and OPENAI_BASE_URL.", 1),
    ("400", server.fails(400, "this model does not support embeddings"),
     "{at} refuses the request to openai:test-model (400): this model does not support embeddings. "
     "docs/models.md may help.", 1),
    ("429 without Retry-After", server.fails(429, "Too many requests"),
     "{at} limits how often it may be asked (429), 3 times in a row. Try again in a while.", 3),
    ("429 with a short Retry-After", server.fails(429, "no", {"Retry-After": "0.05"}),
     "{at} limits how often it may be asked (429), 3 times in a row. Try again in a while.", 3),
    ("429 with a long Retry-After", server.fails(429, "no", {"Retry-After": "3600"}),
     "{at} limits how often it may be asked (429) and asks to wait 3,600 s. Try again in a while.", 1),
    ("429 with no credit", server.fails(429, "You exceeded your current quota", code="insufficient_quota"),
     "The account for openai:test-model has no credit left (429). Add credit with the provider.", 1),
    ("500", server.fails(500, "oops"),
     "{at} has a fault of its own with openai:test-model (500), 3 times in a row. "
     "Try again in a while, or use another model.", 3),
    ("503", server.fails(503, "loading"),
     "{at} has a fault of its own with openai:test-model (503), 3 times in a row. "
     "Try again in a while, or use another model.", 3),
    ("closes without a word", server.drops,
     "{at} closed the connection to openai:test-model, 3 times in a row. Try again.", 3),
    ("cut in the middle", embedding.sends(b'{"object": "list", "data": [{"emb', length=5000),
     "{at} closed the connection to openai:test-model, 3 times in a row. Try again.", 3),
    ("silent", server.silent,
     "openai:test-model sent nothing for 0.3 s. Try again, or raise model_timeout or model_stall.", 1),
    ("not JSON", embedding.sends(b"{not json"),
     "{at} sent something that is not the protocol (JSONDecodeError). " + PROTOCOL, 1),
    ("no data", embedding.replies({"object": "list"}),
     "{at} sent something that is not the protocol (TypeError). " + PROTOCOL, 1),
    ("a list", embedding.replies([1, 2]),
     "{at} sent something that is not the protocol (AttributeError). " + PROTOCOL, 1),
    ("no vectors", changed(data=[]), "{at} sent 0 vectors for 2 texts. " + USE, 1),
    ("one vector too few", embedding.embeds(change=lambda whole: {**whole, "data": whole["data"][:1]}),
     "{at} sent 1 vectors for 2 texts. " + USE, 1),
    ("NaN", with_first([float("nan")] * 32), "{at} sent a vector that holds something else than numbers. " + USE, 1),
    ("null", with_first([None] * 32), "{at} sent a vector that holds something else than numbers. " + USE, 1),
    ("infinity", with_first([1e999] * 32), "{at} sent a vector that holds something else than numbers. " + USE, 1),
    ("zeros", with_first([0.0] * 32), "{at} sent a vector of nothing but zeros. " + USE, 1),
    ("two lengths", with_first([1.0] * 31), "{at} sent something else than vectors of one length. " + USE, 1),
    ("empty vectors", changed(data=[{"index": n, "embedding": []} for n in range(2)]),
     "{at} sent something else than vectors of one length. " + USE, 1),
    ("base64", changed(data=[{"index": n, "embedding": "AACAPw=="} for n in range(2)]),
     "{at} sent something else than vectors of one length. " + USE, 1),
    ("nested", with_first([[1.0] * 32]), "{at} sent something else than vectors of one length. " + USE, 1),
]  # fmt: skip


@pytest.mark.parametrize(("behaviour", "message", "times"), [one[1:] for one in FINAL], ids=[one[0] for one in FINAL])
def test_each_fault_has_one_line(
    behaviour: Behaviour, message: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenAIServer(behaviour) as running:
        patience = HASTY if behaviour is server.silent else PATIENT
        embedder = embedder_at(running.url, monkeypatch, patience)
        with pytest.raises(ModelError) as error:
            embedder.embed(["one", "two"])
    assert str(error.value) == message.format(at=running.url.split("/")[2])
    assert error.value.exit_code is ExitCode.MODEL
    assert len(running.requests) == times
    assert KEY not in str(error.value)


def test_a_server_that_comes_back_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenAIServer(server.fails(503, "loading"), server.drops, embedding.embeds()) as running:
        assert embedder_at(running.url, monkeypatch).embed(["one"]).shape == (1, embedding.DIMENSION)
    assert len(running.requests) == 3


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenAIServer(embedding.embeds()) as running:
        url = running.url
    with pytest.raises(ModelError) as error:
        embedder_at(url, monkeypatch).embed(["one"])
    at = url.split("/")[2]
    assert str(error.value) == f"No server answers at {at} for openai:test-model. Start it, or check OPENAI_BASE_URL."


def test_another_dimension_than_before(monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenAIServer(embedding.embeds(32), embedding.embeds(16)) as running:
        embedder = embedder_at(running.url, monkeypatch)
        embedder.embed(["one"])
        with pytest.raises(ModelError, match="sent vectors of 16 numbers after some of 32"):
            embedder.embed(["one"])


def test_neither_key_nor_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    embedder = OpenAIEmbedder("text-embedding-3-small", PATIENT)
    assert embedder.id == "openai:text-embedding-3-small@api.openai.com"
    with pytest.raises(ModelError) as error:
        embedder.embed(["one"])
    assert str(error.value) == (
        "openai:text-embedding-3-small needs an API key. "
        "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, or the embedder to minilm."
    )


def test_the_id_names_model_and_host_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = []
    for url in ("https://me:hidden@one.example/v1", "https://two.example/v1", "http://localhost:11434/v1"):
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        ids.append(OpenAIEmbedder("m", PATIENT).id)
    assert ids == ["openai:m@one.example", "openai:m@two.example", "openai:m@localhost:11434"]


def test_a_name_that_is_none() -> None:
    with pytest.raises(UsageError, match="names no model"):
        open_embedder(Settings(embedder="openai: "))


def test_interrupting_ends_the_waiting_and_not_the_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[BaseException] = []
    with OpenAIServer(server.silent, embedding.embeds()) as running:
        embedder = embedder_at(running.url, monkeypatch)

        def wait() -> None:
            try:
                embedder.embed(["one"])
            except Stopped as stopped:
                ended.append(stopped)

        waiting = threading.Thread(target=wait)
        waiting.start()
        while not running.requests:
            time.sleep(0.01)
        embedder.interrupt()
        waiting.join(5)
        assert len(ended) == 1
        assert embedder.embed(["one"]).shape == (1, embedding.DIMENSION)


def test_leaving_while_the_server_is_silent_does_not_wait_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenAIServer(embedding.embeds(), server.silent) as running:
        began = time.monotonic()
        with Embedding(embedder_at(running.url, monkeypatch), tmp_path / "journal", []) as embeds:
            embeds.submit(["one"])
            while len(running.requests) < 2:
                time.sleep(0.01)
        assert time.monotonic() - began < 5


PAGE = """# Ferry sinks | Harbour News | 2022-01-15

The ferry carried 341 people when it left the harbour of Bergen. It sank at noon on Thursday.

Ida Moen said: "We had no warning at all". Nobody knew why the hull broke.
"""


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "ferry.txt").write_text(PAGE)
    monkeypatch.setenv("ASSISTANT_CORPUS", str(folder))
    monkeypatch.setenv("ASSISTANT_EMBEDDER", "openai:test-model")
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    return folder


@pytest.mark.usefixtures("pages")
def test_index_and_ask(
    served: OpenAIServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", served.url)
    assert run(["index"]) == ExitCode.ANSWERED
    indexed = [text for one in served.requests for text in one["input"]]
    assert indexed[0] == "."
    assert any("341 people" in text for text in indexed[1:])
    served.requests.clear()
    assert run(["index"]) == ExitCode.ANSWERED
    assert served.requests == []
    capsys.readouterr()
    question = "How many people did the ferry carry?"
    assert run(["ask", "--json", question]) == ExitCode.ANSWERED
    answer = json.loads(capsys.readouterr().out)
    assert "341 people" in answer["citations"][0]["quote"]
    assert served.requests[0]["input"] == [question]
    assert len(served.requests) <= 4
    assert KEY not in json.dumps(answer)


@pytest.mark.usefixtures("pages")
def test_another_server_makes_the_index_stale(
    served: OpenAIServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", served.url)
    assert run(["index"]) == ExitCode.ANSWERED
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    assert run(["ask", "How many?"]) == ExitCode.CORPUS
    at = served.url.split("/")[2]
    assert (
        f"embedder openai:test-model@{at} → openai:test-model@127.0.0.1:1. Run `assistant index` to bring it up to date"
    ) in capsys.readouterr().err


@pytest.mark.usefixtures("pages")
def test_another_model_behind_the_same_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with OpenAIServer(embedding.embeds(32)) as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        assert run(["index"]) == ExitCode.ANSWERED
        running.behaviours[0] = embedding.embeds(16)
        assert run(["ask", "How many?"]) == ExitCode.CORPUS
        assert "dimension 32 → 16. Run `assistant index --rebuild`" in capsys.readouterr().err
        assert run(["index", "--rebuild"]) == ExitCode.ANSWERED
        assert run(["ask", "How many people did the ferry carry?"]) == ExitCode.ANSWERED


def test_another_dimension_when_a_file_is_added(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenAIServer(embedding.embeds(32)) as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        assert run(["index"]) == ExitCode.ANSWERED
        running.behaviours[0] = embedding.embeds(16)
        (pages / "mayor.txt").write_text("# Mayor resigns\n\nThe mayor of Oslo resigned on 31 January.\n")
        assert run(["index"]) == ExitCode.ANSWERED
        assert run(["ask", "How many people did the ferry carry?"]) == ExitCode.ANSWERED


def test_an_interrupted_run_goes_on_where_it_stopped(
    pages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(40):
        (pages / f"{number}.txt").write_text(f"# Page {number}\n\nBoat {number} left the harbour at noon.\n")
    fine = embedding.embeds()
    with OpenAIServer(fine, fine, server.fails(401, "no")) as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        assert run(["index"]) == ExitCode.MODEL
        at = running.url.split("/")[2]
        assert f"{at} refuses the API key for openai:test-model (401)" in capsys.readouterr().err
        first = {text for one in running.requests[1:2] for text in one["input"]}
        running.behaviours.append(fine)
        running.behaviours.popleft()
        running.requests.clear()
        assert run(["index"]) == ExitCode.ANSWERED
    second = [text for one in running.requests[1:] for text in one["input"]]
    assert first
    assert not first.intersection(second)
    assert len(first) + len(second) == 41


@pytest.mark.usefixtures("pages")
def test_no_key_is_one_line_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    assert run(["index"]) == ExitCode.MODEL
    (line,) = [one for one in capsys.readouterr().err.splitlines() if one.strip()]
    assert line.startswith("assistant: openai:test-model needs an API key. Set OPENAI_API_KEY,")


@pytest.mark.usefixtures("pages")
def test_nothing_of_openai_is_imported_before_the_first_text() -> None:
    code = (
        "import sys; from assistant.settings import Settings; from assistant.wiring import open_embedder;"
        "one = open_embedder(Settings.load()); one.id; one.load_in_background();"
        "print({m.partition('.')[0] for m in sys.modules} & {'openai', 'langchain', 'langchain_openai', 'numpy'})"
    )
    assert python("-c", code).out == "set()\n"
