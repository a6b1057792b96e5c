"""BM25: same scores whatever the history, safe queries, read-only folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import Stemmer
import tantivy

from assistant.index import lexical
from assistant.index.lexical import MAX_TERMS, Lexical
from assistant.retrieve.terms import tokens

ROWS = [
    (0, "Harbour · Post · 2022-01-14", "The strike ended. It had been long.", "2022-01-14", "post", "a.txt"),
    (1, "Harbour · Post · 2022-01-14", "The strike ended. It had been long.", "2022-01-14", "post", "a.txt"),
    (2, "Storm", "A strike of lightning ended the game.", None, None, "b.txt"),
]


@pytest.fixture
def index(tmp_path: Path) -> Lexical:
    lexical.build(tmp_path / "lexical", ROWS)
    return Lexical(tmp_path / "lexical")


def test_equal_scores_come_in_the_order_of_the_rows(index: Lexical) -> None:
    found = index.search("long", 5)
    assert [row for row, _ in found] == [0, 1]
    assert found[0][1] == found[1][1]
    assert [row for row, _ in index.search("long", 1)] == [0]


def test_an_index_is_one_segment(tmp_path: Path) -> None:
    lexical.build(tmp_path / "lexical", ((row, "", f"word{row} common", None, None, "a") for row in range(3000)))
    assert tantivy.Index.open(str(tmp_path / "lexical")).searcher().num_segments == 1
    assert [row for row, _ in Lexical(tmp_path / "lexical").search("common", 7)] == list(range(7))


def test_terms_are_stems_each_once_and_bounded(index: Lexical) -> None:
    assert index.terms("Running runs RUN and the run's") == ["run", "and", "the", "s"]
    assert index.terms(" ".join(f"x{number}" for number in range(2000)))[-1] == f"x{MAX_TERMS - 1}"
    assert index.terms("a" * 41) == []


def test_stems_are_those_of_the_snowball_library(index: Lexical) -> None:
    """The reader computes them on its side and asks `document_frequency` for them."""
    words = "agreed caresses ponies university generously skies dying national communism early news succeed".split()
    assert index.terms(" ".join(words)) == Stemmer.Stemmer("english").stemWords(words)


def test_accents_are_indexed_as_they_are_typed(tmp_path: Path) -> None:
    lexical.build(tmp_path / "lexical", [(0, "Nausėda", "A ﬁne day in Łódź.", None, None, "a.txt")])
    index = Lexical(tmp_path / "lexical")
    assert [[row for row, _ in index.search(name, 5)] for name in ("Nauseda", "Nausėda", "fine")] == [[0], [0], [0]]
    assert index.document_frequency([token.key for token in tokens("Łódź Lodz")]) == {"lodz": 1}


def test_damage_is_a_value_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="directory"):
        Lexical(tmp_path / "nowhere")


def test_a_read_only_folder_is_read_from_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lexical.build(tmp_path / "lexical", ROWS)

    class ReadOnly:
        """What tantivy does with an index whose folder it cannot lock."""

        @staticmethod
        def open(path: str) -> tantivy.Index:
            if Path(path) == tmp_path / "lexical":
                raise ValueError("Failed to acquire Lockfile: IoError(Os { code: 30, kind: ReadOnlyFilesystem })")
            return tantivy.Index.open(path)

    class Module:
        Index = ReadOnly

        def __getattr__(self, name: str) -> Any:
            return getattr(tantivy, name)

    monkeypatch.setitem(__import__("sys").modules, "tantivy", Module())
    assert [row for row, _ in Lexical(tmp_path / "lexical").search("lightning", 5)] == [2]
