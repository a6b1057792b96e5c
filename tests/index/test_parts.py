"""Small parts of the index: vector files, casing, fingerprints, and errors of the storage."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from assistant.domain import Article, Block, BlockKind, Passage, Provenance, Span
from assistant.errors import CorpusError, IndexBrokenError, IndexStaleError
from assistant.index import fingerprint
from assistant.index.casing import add_casing, body_sentences, count_casing
from assistant.index.exact import ExactSearch
from assistant.index.faults import ReadOnlyError, make_place, storage
from assistant.index.records import Journal, VectorCache, VectorFile, open_vectors, pack, vector_key
from assistant.protocols import Casing

KEYS = [bytes([number]) * 15 + b"\0" for number in range(5)]
VECTORS = np.arange(20, dtype=np.float32).reshape(5, 4)


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(pack(KEYS, VECTORS))
    records = VectorFile(tmp_path / "file", 4)
    assert records.keys() == KEYS
    assert np.array_equal(records.matrix, VECTORS)
    assert records.sound().all()


def test_a_damaged_record_is_told_and_left_out(tmp_path: Path) -> None:
    data = bytearray(pack(KEYS, VECTORS))
    size = len(data) // 5
    data[2 * size + 20] ^= 1
    (tmp_path / "file").write_bytes(data[:-1])
    assert VectorFile(tmp_path / "file", 4).sound().tolist() == [True, True, False, True]
    cache = VectorCache([tmp_path / "file", tmp_path / "missing"], 4)
    assert set(cache) == {KEYS[0], KEYS[1], KEYS[3]}
    assert cache[KEYS[3]].tolist() == VECTORS[3].tolist()


def test_a_file_of_another_dimension_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(pack(KEYS, VECTORS))
    assert len(VectorCache([tmp_path / "file"], 5)) == 0


def test_a_journal_goes_on_after_a_torn_record(tmp_path: Path) -> None:
    data = pack(KEYS, VECTORS)
    (tmp_path / "journal").write_bytes(data[: len(data) // 5 * 2 + 7])
    journal = Journal(tmp_path / "journal", 4)
    journal.append(KEYS[2:], VECTORS[2:])
    journal.close()
    assert (tmp_path / "journal").read_bytes() == data


def test_vectors_must_be_as_many_as_passages(tmp_path: Path) -> None:
    with pytest.raises(IndexBrokenError, match="has lost its vectors"):
        open_vectors(tmp_path / "file", 4, 5)
    (tmp_path / "file").write_bytes(pack(KEYS, VECTORS))
    with pytest.raises(IndexBrokenError, match="5 vectors for 6 passages"):
        open_vectors(tmp_path / "file", 4, 6)


def test_keys_tell_embedders_and_texts_apart() -> None:
    keys = {vector_key("a", "text"), vector_key("b", "text"), vector_key("a", "texts"), vector_key("a", "\ud800")}
    assert {len(key) for key in keys} == {16}
    assert len(keys) == 4


def test_exact_search_breaks_ties_by_row_at_any_k(tmp_path: Path) -> None:
    vectors = np.tile(np.array([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32), (40, 1))
    (tmp_path / "file").write_bytes(pack([vector_key("e", str(row)) for row in range(80)], vectors))
    search = ExactSearch(tmp_path / "file", 2, 80)
    query = np.array([1.0, 0.0], dtype=np.float32)
    assert search.nearest(query, 3) == [(0, 1.0), (2, 1.0), (4, 1.0)]
    assert search.nearest(query, 41)[-1] == (1, 0.6)
    for rows in ([7, 9, 60], list(range(5, 75))):
        allowed = search.sorted_rows(rows)
        assert [row for row, _ in search.nearest(query, 100, allowed)] == sorted(rows, key=lambda row: (row % 2, row))
    assert search.cosines(query, [1, 0]) == [0.6, 1.0]


def test_casing_leaves_out_words_that_open_something() -> None:
    text = 'Russia met NATO. "Talks with Moscow," he said: Then the talks ended. It said: “Peace” (Perhaps) X.'
    spans = [Span(0, 16), Span(17, 68), Span(69, len(text))]
    assert [text[start:end] for start, end in spans][1:] == [
        '"Talks with Moscow," he said: Then the talks ended.',
        "It said: “Peace” (Perhaps) X.",
    ]
    counts = count_casing(text, spans)
    capitalised = {word: count.capitalised for word, count in counts.items() if count.capitalised}
    assert capitalised == {"nato": 1, "moscow": 1}
    assert counts["talks"] == Casing(0, 1)
    assert counts["said"] == Casing(0, 2)


def test_headlines_do_not_count() -> None:
    blocks = (Block(0, 9, BlockKind.TITLE), Block(10, 20, BlockKind.BODY))
    article = Article("a", 0, 0, 20, Provenance(), blocks)
    sentences = (Span(0, 9), Span(10, 20))
    passage = Passage("id", "a", 0, 0, 20, "x" * 20, sentences, Provenance())
    assert body_sentences([article], [passage, passage]) == [Span(10, 20)]


def test_casing_is_taken_away_as_it_was_added() -> None:
    total = {"storm": Casing(1, 2)}
    add_casing(total, {"storm": Casing(0, 1), "harbour": Casing(1, 0)})
    assert total == {"storm": Casing(1, 3), "harbour": Casing(1, 0)}
    add_casing(total, {"storm": Casing(0, 1), "harbour": Casing(1, 0)}, sign=-1)
    assert total == {"storm": Casing(1, 2)}


def test_a_difference_is_named_part_by_part() -> None:
    stored = fingerprint.made_with("mini-1", {"cleaner": "1", "splitter": "3"})
    fingerprint.require_same(stored, dict(stored))
    with pytest.raises(IndexStaleError) as caught:
        fingerprint.require_same(stored, fingerprint.made_with("mini-2", {"cleaner": "1", "header": "1"}))
    assert caught.value.message == (
        "The index was made with other settings: embedder mini-1 → mini-2, header none → 1, splitter 3 → none"
    )


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), CorpusError, "The disk is full"),
        (sqlite3.OperationalError("database or disk is full"), CorpusError, "The disk is full"),
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), CorpusError, "The disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), ReadOnlyError, "cannot be written"),
        (PermissionError(errno.EACCES, "Permission denied"), ReadOnlyError, "cannot be written"),
        (sqlite3.OperationalError("attempt to write a readonly database"), ReadOnlyError, "cannot be written"),
        (sqlite3.DatabaseError("database disk image is malformed"), IndexBrokenError, "is damaged"),
        (FileNotFoundError(errno.ENOENT, "No such file"), IndexBrokenError, "is damaged"),
        (ValueError("Data corrupted"), IndexBrokenError, "is damaged"),
    ],
)
def test_storage_errors_say_what_to_do(tmp_path: Path, error: Exception, kind: type[CorpusError], message: str) -> None:
    with pytest.raises(CorpusError, match=message) as caught, storage(tmp_path):
        raise error
    assert type(caught.value) is kind
    assert caught.value.remedy


def test_a_place_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ReadOnlyError, match="cannot be written to") as caught:
        make_place(tmp_path / "file" / "index")
    assert caught.value.remedy == "Set ASSISTANT_HOME to a folder you may write to"


def test_our_own_errors_pass_through(tmp_path: Path) -> None:
    with pytest.raises(IndexStaleError, match=r"^as it was$"), storage(tmp_path):
        raise IndexStaleError("as it was")
