from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import pytest
import tiktoken_ext.openai_public  # type: ignore[import-untyped]  # ships no types

from assistant.errors import ModelError
from assistant.reading.llm import tokens
from assistant.reading.llm.passages import Given, give, render
from assistant.reading.llm.seam import Message
from assistant.reading.llm.window import OVERHEAD, Fitted, count, fit
from assistant.retrieve.hybrid import search
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot

MODEL = "openai:gpt-4o"


@pytest.fixture
def given(corpus: MemorySnapshot, embedder: HashEmbedder) -> tuple[Given, ...]:
    return give(search("ferry", corpus, embedder, 3, None), corpus)


def build(given: Sequence[Given]) -> tuple[Message, Message]:
    return Message("system", "Answer."), Message("user", render(given, "?"))


def fitted(given: Sequence[Given], window: int, model: str = MODEL) -> Fitted:
    return fit(build, given, model, window, 50)


def test_whole_passages_are_dropped_from_the_tail(given: tuple[Given, ...]) -> None:
    sizes = [count(build(given[:kept]), MODEL) for kept in (1, 2, 3)]
    for kept, size in zip((1, 2, 3), sizes, strict=True):
        exact = size + 50 + OVERHEAD
        assert fitted(given, exact).given == given[:kept]
        assert fitted(given, exact).messages == build(given[:kept])
        assert fitted(given, exact).counted == size
        if kept > 1:
            assert fitted(given, exact - 1).given == given[: kept - 1]


def test_no_room_for_a_single_passage_is_an_error(given: tuple[Given, ...]) -> None:
    with pytest.raises(ModelError) as error:
        fitted(given, 100)
    assert error.value.message == (
        "The window of openai:gpt-4o, 100 tokens, has no room for a passage and an answer of 50"
    )


def test_a_large_window_is_not_counted(given: tuple[Given, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "encoding", lambda name: pytest.fail(f"{name} was loaded"))
    assert fitted(given, 100_000).counted is None


def test_an_unknown_vocabulary_gets_a_margin(given: tuple[Given, ...]) -> None:
    exact = count(build(given), MODEL) + 50 + OVERHEAD
    assert len(fitted(given, exact, "openai:qwen").given) < 3
    assert len(fitted(given, round(exact * tokens.OTHERS), "openai:qwen").given) == 3


@pytest.mark.parametrize(
    ("model", "encoding"),
    [
        ("gpt-5.6-luna", ("o200k_base", True)),
        ("gpt-4o-2024-08-06", ("o200k_base", True)),
        ("gpt-3.5-turbo", ("cl100k_base", True)),
        ("gpt-oss-20b", ("o200k_base", True)),
        ("qwen2.5:7b", ("o200k_base", False)),
        ("davinci", ("o200k_base", False)),
    ],
)
def test_the_encoding_of_a_model(model: str, encoding: tuple[str, bool]) -> None:
    assert tokens.encoding_of(model) == encoding


def test_tokens_are_counted_offline() -> None:
    assert tokens.encoding("o200k_base").encode("Russia is laying the groundwork.") == [
        103984, 382, 59127, 290, 193906, 13,
    ]  # fmt: skip
    assert tokens.encoding("cl100k_base").encode("hello world") == [15339, 1917]
    assert tokens.count("<|endoftext|> is text", "gpt-4o") == 9


@pytest.mark.parametrize("name", sorted(tokens.DEFINITIONS))
def test_the_shipped_encodings_are_tiktokens_own(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """tiktoken's own constructor pins the same file and adds the same pattern and special tokens."""
    ours = tokens.encoding(name)
    pinned: list[str] = []

    def load(_address: str, expected_hash: str) -> dict[bytes, int]:
        pinned.append(expected_hash)
        return ours._mergeable_ranks

    monkeypatch.setattr(tiktoken_ext.openai_public, "load_tiktoken_bpe", load)
    theirs = tiktoken_ext.openai_public.ENCODING_CONSTRUCTORS[name]()
    assert pinned == [tokens.DEFINITIONS[name].sha256]
    assert (ours._pat_str, ours._special_tokens) == (theirs["pat_str"], theirs["special_tokens"])


def test_damaged_ranks_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cl100k_base.tiktoken.gz").write_bytes(gzip.compress(b"AA== 0\n"))
    monkeypatch.setattr(tokens, "FOLDER", tmp_path)
    tokens.encoding.cache_clear()
    with pytest.raises(ValueError, match="not the file that belongs to this version"):
        tokens.encoding("cl100k_base")
