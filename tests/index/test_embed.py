from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import CorpusError, IndexBrokenError
from assistant.index import embed
from assistant.index.embed import open_embedder
from assistant.index.onnx_embedder import OnnxEmbedder
from assistant.index.tokens import TokenCounter
from tests.support.tiny_onnx import write_tiny_model

SHIPPED = Path(embed.__file__).parent / "minilm"
TEXTS = [
    "What did Sullivan claim?",
    "Jake Sullivan said Russia is laying the groundwork for a pretext for an invasion.",
    "The bakery sells fresh bread every morning.",
    "Lithuania will buy missiles from the United States.",
    "Vilnius signs a deal for American weapons.",
]
# Cosines of each text with the others, from the published float32 weights run by torch 2.13.
FLOAT32_COSINES = [
    [1.0, 0.3739, 0.0045, 0.0085, 0.0239],
    [0.3739, 1.0, -0.0066, 0.2046, 0.2707],
    [0.0045, -0.0066, 1.0, 0.0899, 0.0139],
    [0.0085, 0.2046, 0.0899, 1.0, 0.6813],
    [0.0239, 0.2707, 0.0139, 0.6813, 1.0],
]


@pytest.fixture(scope="module")
def minilm() -> OnnxEmbedder:
    return open_embedder()


@pytest.fixture(scope="module")
def counter() -> TokenCounter:
    return TokenCounter((SHIPPED / "tokenizer.json").read_bytes())


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    write_tiny_model(tmp_path / "tiny")
    return tmp_path / "tiny"


def test_the_shipped_model_is_the_pinned_one(minilm: OnnxEmbedder) -> None:
    for name, sha256 in embed._PINNED.items():
        assert hashlib.sha256((SHIPPED / name).read_bytes()).hexdigest() == sha256
    assert "Apache License" in (SHIPPED / "LICENSE").read_text()
    assert "scripts/build_model.py" in (SHIPPED / "NOTICE").read_text()
    assert (minilm.id, minilm.dimension, minilm.max_tokens) == ("minilm-fbdc95c7c4f2", 384, 254)


def test_vectors_mean_what_the_published_weights_mean(minilm: OnnxEmbedder) -> None:
    vectors = minilm.embed(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (5, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(vectors @ vectors.T, FLOAT32_COSINES, atol=0.03)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_a_vector_depends_on_its_text_alone(minilm: OnnxEmbedder, threads: int) -> None:
    texts = [f"{text} {number}" * (1 + number % 7) for number in range(8) for text in TEXTS]
    together = open_embedder(threads=threads).embed(texts)
    alone = np.concatenate([minilm.embed([text]) for text in texts])
    assert np.array_equal(together, alone)


@pytest.mark.parametrize("count", [0, 1, 2, 31, 100])
def test_batches_are_small_and_in_order(tiny: Path, count: int) -> None:
    texts = ["east" if number % 3 else "unknown" for number in range(count)]
    embedder = open_embedder(str(tiny), threads=2)
    batches = list(embedder.embed_batches(texts))
    assert [place for places, _ in batches for place in places] == list(range(count))
    assert all(len(places) == len(vectors) <= 64 for places, vectors in batches)
    assert embedder.embed(texts).shape == (count, 2)


def test_texts_are_taken_as_they_are_needed(tiny: Path) -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield "east"

    batches = open_embedder(str(tiny), threads=2).embed_batches(texts())
    assert next(batches)[0] == list(range(16))
    assert taken == 5 * 16
    assert sum(len(places) for places, _ in batches) == 1000 - 16


def test_leaving_the_batches_early_leaves_no_thread_behind(tiny: Path) -> None:
    batches = open_embedder(str(tiny), threads=2).embed_batches(["east"] * 1000)
    assert next(batches)[0] == list(range(16))
    batches.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("embed")]


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("half \ud83d a pair \udc00", "half \ufffd a pair \ufffd"),
        ("nul\0 inside", "nul inside"),
        (" \n\t ", ""),
        ("word " * 200_000, "word " * 254),
        ("word " * 254 + "and more", "word " * 254),
        ("x" * 1_000_000, "y" * 101),  # a word of more than 100 letters is unknown to the model
    ],
    ids=["surrogates", "nul", "blank", "megabyte", "cut", "one long word"],
)
def test_odd_texts(minilm: OnnxEmbedder, text: str, same_as: str) -> None:
    assert np.array_equal(minilm.embed([text]), minilm.embed([same_as]))


def test_empty_text_has_a_unit_vector(minilm: OnnxEmbedder) -> None:
    assert np.linalg.norm(minilm.embed([""])) == pytest.approx(1, abs=1e-6)


def test_counts_leave_special_tokens_out(minilm: OnnxEmbedder) -> None:
    assert minilm.count_tokens(["What did Sullivan claim?", "", "unverifiable", "a \udc00 b"]) == [5, 0, 4, 2]
    assert minilm.count_tokens([]) == []


@given(
    st.lists(st.text(st.sampled_from("abé漢,.'-\u2014\u0301\0\x1cĀ") | st.characters(), max_size=6), max_size=300),
    st.integers(3, 12),
)
def test_a_text_read_in_part_has_the_tokens_of_the_whole(counter: TokenCounter, words: list[str], limit: int) -> None:
    text = " ".join(words)
    whole = counter.encode(text, 1_000_000)
    assert counter.encode(text, limit) == [*whole[:-1][: limit + 1], whole[-1]]


def test_nothing_heavy_is_loaded_before_use() -> None:
    code = (
        "import sys; from assistant.index.embed import open_embedder; print(open_embedder().id);"
        "print(sorted({'numpy', 'onnxruntime', 'tokenizers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["minilm-fbdc95c7c4f2", "[]"]


def test_loading_in_the_background_is_silent_and_ready_when_used() -> None:
    embedder = open_embedder()
    embedder.load_in_background()
    embedder.load_in_background()
    assert np.array_equal(embedder.embed(TEXTS), open_embedder().embed(TEXTS))


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("early", [False, True])
def test_a_damaged_shipped_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, early: bool
) -> None:
    for file in ("model.onnx", "tokenizer.json"):
        (tmp_path / file).write_bytes((SHIPPED / file).read_bytes() + (b" " if file == name else b""))
    monkeypatch.setattr(embed, "_FOLDER", tmp_path)
    embedder = open_embedder()
    if early:
        embedder.load_in_background()
    with pytest.raises(IndexBrokenError) as caught:
        embedder.embed(["text"])
    assert str(caught.value) == (
        f"Embedder minilm: {name} is damaged. Install the package anew: pip install --force-reinstall corpus-assistant."
    )


def test_a_missing_shipped_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "_FOLDER", tmp_path)
    with pytest.raises(IndexBrokenError, match=r"^Embedder minilm: cannot read tokenizer.json \(No such file"):
        open_embedder().count_tokens(["text"])


def test_a_folder_of_ones_own(tiny: Path) -> None:
    embedder = open_embedder(str(tiny))
    assert (embedder.dimension, embedder.max_tokens) == (2, 4)
    assert embedder.count_tokens(["east east west"]) == [3]
    # [CLS] east [SEP]: the mean of (3, 4), (14, 0) and (3, 4) is (20, 8) / 3.
    np.testing.assert_allclose(embedder.embed(["east"]), np.array([[20, 8]]) / np.hypot(20, 8), rtol=1e-6)
    assert np.array_equal(embedder.embed(["east " * 9]), embedder.embed(["east " * 4]))


def test_a_folder_says_how_it_pools_and_how_much_it_reads(tiny: Path) -> None:
    before = open_embedder(str(tiny)).id
    (tiny / "1_Pooling").mkdir()
    (tiny / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    (tiny / "sentence_bert_config.json").write_text('{"max_seq_length": 10}')
    embedder = open_embedder(str(tiny))
    assert embedder.max_tokens == 8
    np.testing.assert_allclose(embedder.embed(["east"]), [[0.6, 0.8]], rtol=1e-6)
    assert before.startswith("tiny-")
    assert embedder.id.startswith("tiny-")
    assert embedder.id != before


def test_the_model_may_lie_in_a_folder_of_its_own(tiny: Path) -> None:
    (tiny / "onnx").mkdir()
    (tiny / "model.onnx").rename(tiny / "onnx" / "model.onnx")
    assert open_embedder(str(tiny)).dimension == 2


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / "model.onnx").unlink(), "has no model.onnx"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "has no tokenizer.json"),
        (lambda folder: (folder / "model.onnx").write_bytes(b"PK"), "Embedder tiny: model.onnx cannot be used ("),
        (lambda folder: (folder / "tokenizer.json").write_text("{}"), "Embedder tiny: tokenizer.json cannot be used ("),
        (lambda folder: (folder / "sentence_bert_config.json").write_text("{"), "Cannot read "),
        (
            lambda folder: write_tiny_model(folder, inputs=("pixel_values",)),
            "Embedder tiny: model.onnx asks for input 'pixel_values', which no text embedder has",
        ),
    ],
    ids=["no model", "no tokenizer", "not onnx", "not a tokenizer", "bad json", "not a text model"],
)
def test_a_folder_that_cannot_be_used(tiny: Path, spoil: object, message: str) -> None:
    assert callable(spoil)
    spoil(tiny)
    with pytest.raises(CorpusError) as caught:
        open_embedder(str(tiny)).embed(["east"])
    assert message in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.remedy == (
        'Set the embedder to "minilm", "openai:NAME", or a folder with model.onnx and tokenizer.json.'
    )


def test_no_such_embedder() -> None:
    with pytest.raises(CorpusError, match=r"^No embedder 'nowhere': it is neither 'minilm' nor a folder\. Set the "):
        open_embedder("nowhere")
