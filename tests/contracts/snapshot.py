"""What every Snapshot must do. Subclass it and give `build`."""

from __future__ import annotations

import math
import re
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.domain import Document, Filter, Skipped
from assistant.errors import CorpusError
from assistant.protocols import Casing, Snapshot
from tests.support.embedders import HashEmbedder
from tests.support.stages import header, make_document

if TYPE_CHECKING:
    from assistant.protocols import Vectors

HARBOUR = """# Port strike ends | Morning Post | 2022-01-14

The strike at the harbour ended on Friday. The Union accepted nine percent.

Jonas Petraitis said: "We got what we asked for."

# Older: strike begins | Morning Post

Harbour workers stopped work. Nobody from the Union spoke.
"""
STORM = """# Storm closes the strait | Evening Star | 2022-01-20

A storm closed the strait for two days.

Ona Petraitis denied: "Nobody was hurt." Rain fell. Ona Kazlauskas said: "One boat sank."
"""
BARE = "A note that tells no title, no outlet, no day.\n\nThe union of two lists is a list.\n"

DOCUMENTS = (
    make_document("news/harbour.txt", HARBOUR),
    make_document("news/storm.txt", STORM),
    make_document("bare.txt", BARE),
)


class SnapshotContract:
    """Behaviour of `assistant.protocols.Snapshot`."""

    embedder = HashEmbedder()

    @classmethod
    @abstractmethod
    def build(cls, documents: Sequence[Document], skipped: Sequence[Skipped], place: Path) -> Snapshot:
        """A snapshot of the documents, made with the stages of `tests.support.stages` and `cls.embedder`.

        `place` is an empty folder for whatever it needs on disk.
        """

    @pytest.fixture(scope="class")
    @classmethod
    def snapshot(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
        """One for all tests, which only read."""
        snapshot = cls.build(DOCUMENTS, [Skipped("photo.jpg", "an image")], tmp_path_factory.mktemp("snapshot"))
        yield snapshot
        snapshot.close()

    def vector(self, text: str) -> Vectors:
        return self.embedder.embed([text]).ravel()

    def everything(self, snapshot: Snapshot) -> dict[str, str]:
        """Passage id → text."""
        found = {one.path: snapshot.passages_of(one.path) for one in snapshot.documents()}
        return {passage.id: passage.text for passages in found.values() for passage in passages}

    def starts(self, snapshot: Snapshot, ids: Sequence[str]) -> list[str]:
        texts = self.everything(snapshot)
        return [" ".join(texts[one].split()[:2]) for one in ids]

    def test_lists_documents_by_path_with_their_counts(self, snapshot: Snapshot) -> None:
        assert [(one.path, one.articles, one.passages) for one in snapshot.documents()] == [
            ("bare.txt", 1, 2),
            ("news/harbour.txt", 2, 3),
            ("news/storm.txt", 1, 2),
        ]
        assert snapshot.passage_count == 7
        assert snapshot.documents()[0].characters == len(BARE)
        assert snapshot.skipped() == (Skipped("photo.jpg", "an image"),)

    def test_gives_a_document_as_it_was_read(self, snapshot: Snapshot) -> None:
        for document in DOCUMENTS:
            assert snapshot.document(document.path) == document

    def test_an_unknown_document_is_a_corpus_error(self, snapshot: Snapshot) -> None:
        with pytest.raises(CorpusError, match=r"nowhere\.txt"):
            snapshot.document("nowhere.txt")

    def test_articles_come_in_order_with_their_sources(self, snapshot: Snapshot) -> None:
        assert [(one.document, one.ordinal, one.source.outlet) for one in snapshot.articles()] == [
            ("bare.txt", 0, None),
            ("news/harbour.txt", 0, "Morning Post"),
            ("news/harbour.txt", 1, "Morning Post"),
            ("news/storm.txt", 0, "Evening Star"),
        ]
        assert snapshot.articles("news/storm.txt")[0].source.published == date(2022, 1, 20)
        assert snapshot.articles("nowhere.txt") == ()

    def test_blocks_and_sentences_survive(self, snapshot: Snapshot) -> None:
        article = snapshot.articles("news/storm.txt")[0]
        assert [STORM[block.start : block.end][:9] for block in article.blocks] == [
            "# Storm c",
            "A storm c",
            "Ona Petra",
        ]
        passage = snapshot.passages_of("news/harbour.txt")[0]
        assert [HARBOUR[start:end] for start, end in passage.sentences] == [
            "The strike at the harbour ended on Friday.",
            "The Union accepted nine percent.",
        ]

    def test_passages_are_found_by_id_and_unknown_ids_left_out(self, snapshot: Snapshot) -> None:
        passage = snapshot.passages_of("news/storm.txt")[0]
        assert snapshot.passages([passage.id, "unknown"]) == {passage.id: passage}
        assert snapshot.passages([]) == {}

    def test_passages_of_an_article(self, snapshot: Snapshot) -> None:
        assert [one.text[:7] for one in snapshot.passages_of("news/harbour.txt", 1)] == ["Harbour"]
        assert snapshot.passages_of("news/harbour.txt", 7) == ()
        for passage in snapshot.passages_of("news/harbour.txt"):
            assert HARBOUR[passage.start : passage.end] == passage.text

    def test_attributions_match_the_last_word_of_a_name(self, snapshot: Snapshot) -> None:
        def said(speaker: str, where: Filter | None = None) -> list[str | None]:
            return [one.speaker for one in snapshot.attributions(speaker=speaker, where=where)]

        assert said("Petraitis") == ["Jonas Petraitis", "Ona Petraitis"]
        assert said("Mr Petraitis") == ["Jonas Petraitis", "Ona Petraitis"]
        assert said("petraitis") == []
        assert said("Petraitis", Filter(outlet="evening star")) == ["Ona Petraitis"]
        assert said("Ona") == []

    def test_attributions_by_document_and_date(self, snapshot: Snapshot) -> None:
        assert len(snapshot.attributions()) == 3
        assert [one.cue for one in snapshot.attributions(document="news/storm.txt")] == ["deny", "say"]
        assert [one.cue for one in snapshot.attributions(where=Filter(until=date(2022, 1, 14)))] == ["say"]
        first = snapshot.attributions(document="news/storm.txt")[0]
        assert STORM[first.start : first.end] == '"Nobody was hurt."'

    def test_speakers_are_counted(self, snapshot: Snapshot) -> None:
        assert [(one.name, one.count) for one in snapshot.speakers()] == [
            ("Jonas Petraitis", 1),
            ("Ona Kazlauskas", 1),
            ("Ona Petraitis", 1),
        ]

    def test_nearest_is_the_passage_itself_with_cosine_one(self, snapshot: Snapshot) -> None:
        for one, text in self.everything(snapshot).items():
            best = snapshot.nearest(self.vector(text), 2)
            assert best[0].id == one
            assert best[0].score == pytest.approx(1.0, abs=1e-5)
            assert best[0].score > best[1].score

    def test_nearest_gives_k_or_all(self, snapshot: Snapshot) -> None:
        vector = self.vector("storm")
        assert len(snapshot.nearest(vector, 3)) == 3
        assert len(snapshot.nearest(vector, 100)) == 7
        scores = [score for _, score in snapshot.nearest(vector, 100)]
        assert scores == sorted(scores, reverse=True)

    @pytest.mark.parametrize(
        ("where", "expected"),
        [
            (Filter(since=date(2022, 1, 14)), 4),
            (Filter(since=date(2022, 1, 15)), 2),
            (Filter(until=date(2022, 1, 19)), 2),
            (Filter(since=date(2022, 1, 14), until=date(2022, 1, 14)), 2),
            (Filter(outlet="Morning Post"), 3),
            (Filter(outlet="MORNING POST"), 3),
            (Filter(document="bare.txt"), 2),
            (Filter(document="bare.txt", since=date(2000, 1, 1)), 0),
            (Filter(outlet="nobody"), 0),
            (Filter(), 7),
        ],
    )
    def test_filters_hold_for_vectors(self, snapshot: Snapshot, where: Filter, expected: int) -> None:
        assert len(snapshot.nearest(self.vector("storm"), 100, where)) == expected

    @pytest.mark.parametrize(
        ("where", "expected"),
        [
            (None, ["The strike", "The union", "Harbour workers"]),
            (Filter(outlet="Morning Post"), ["The strike", "Harbour workers"]),
            (Filter(since=date(2022, 1, 14)), ["The strike"]),
            (Filter(until=date(2022, 1, 13)), []),
            (Filter(document="bare.txt"), ["The union"]),
        ],
    )
    def test_filters_hold_for_words_and_keep_the_order(
        self, snapshot: Snapshot, where: Filter | None, expected: list[str]
    ) -> None:
        found = snapshot.bm25("union", 10, where)
        assert sorted(self.starts(snapshot, [one.id for one in found])) == sorted(expected)
        whole = {one.id: one.score for one in snapshot.bm25("union", 10)}
        assert all(whole[one.id] == pytest.approx(one.score, rel=1e-5) for one in found)

    def test_bm25_sees_title_outlet_and_date(self, snapshot: Snapshot) -> None:
        assert self.starts(snapshot, [one.id for one in snapshot.bm25("evening", 5)]) == ["A storm", "Ona Petraitis"]
        assert len(snapshot.bm25("2022", 10)) == 4

    def test_bm25_stems_and_ignores_case(self, snapshot: Snapshot) -> None:
        first = [one.id for one in snapshot.bm25("harbours", 5)]
        assert first
        assert first == [one.id for one in snapshot.bm25("HARBOUR", 5)]

    def test_bm25_ignores_accents(self, snapshot: Snapshot) -> None:
        assert snapshot.bm25("Pėtraitis", 5) == snapshot.bm25("Petraitis", 5) != []

    def test_bm25_score_is_the_textbook_one(self, snapshot: Snapshot) -> None:
        """Of "boat", which stands once, in one of seven passages; length is counted with the header."""
        lengths = {
            passage.id: len(re.findall(r"\w+", f"{header(passage.source, passage.document)} {passage.text}"))
            for document in snapshot.documents()
            for passage in snapshot.passages_of(document.path)
        }
        (found,) = snapshot.bm25("boat", 5)
        idf = math.log(1 + (7 - 1 + 0.5) / (1 + 0.5))
        norm = 1.2 * (1 - 0.75 + 0.75 * lengths[found.id] / (sum(lengths.values()) / 7))
        assert found.score == pytest.approx(idf * 2.2 / (1 + norm), rel=1e-4)

    def test_a_repeated_word_counts_once(self, snapshot: Snapshot) -> None:
        assert snapshot.bm25("boat boat boats", 5) == snapshot.bm25("boat", 5)

    @pytest.mark.parametrize(
        "query",
        ["", "   ", "AND", '"', "headline:(", "+-!(){}[]^~*?:\\/", "\x00\x1b[31m", "ąžuolas 東京 🚢", "a" * 100_000],
    )
    def test_any_query_text_is_safe(self, snapshot: Snapshot, query: str) -> None:
        assert snapshot.bm25(query, 5) == []

    def test_a_very_long_question_still_finds(self, snapshot: Snapshot) -> None:
        query = " ".join(f"filler{number}" for number in range(500)) + " boat " + "storm AND NOT (strait) " * 5000
        assert len(query) > 100_000
        assert snapshot.bm25(query, 1)[0].score > 0

    def test_cosines_are_exact_and_unknown_ids_left_out(self, snapshot: Snapshot) -> None:
        texts = self.everything(snapshot)
        vector = self.vector("a storm at the harbour")
        expected = {one: float(self.vector(text) @ vector) for one, text in texts.items()}
        assert snapshot.cosines(vector, [*texts, "unknown"]) == pytest.approx(expected, abs=1e-5)

    def test_document_frequency_counts_text_only(self, snapshot: Snapshot) -> None:
        assert snapshot.document_frequency(["strike", "storm", "union", "zebra", "even"]) == {
            "strike": 1,
            "storm": 1,
            "union": 3,
            "zebra": 0,
            "even": 0,
        }

    def test_casing_counts_names_away_from_sentence_starts(self, snapshot: Snapshot) -> None:
        assert snapshot.casing(["Union", "union", "harbour", "zebra", "Petraitis"]) == {
            "Union": Casing(2, 1),
            "union": Casing(2, 1),
            "harbour": Casing(0, 1),
            "zebra": Casing(0, 0),
            "Petraitis": Casing(2, 0),
        }

    def test_fingerprint_follows_the_contents(self, snapshot: Snapshot, tmp_path: Path) -> None:
        same = self.build(DOCUMENTS[::-1], [], tmp_path / "same")
        fewer = self.build(DOCUMENTS[:2], [], tmp_path / "fewer")
        try:
            assert snapshot.fingerprint == same.fingerprint
            assert snapshot.fingerprint != fewer.fingerprint
        finally:
            same.close()
            fewer.close()

    def test_an_empty_corpus_answers_with_nothing(self, tmp_path: Path) -> None:
        empty = self.build([], [], tmp_path)
        try:
            assert empty.passage_count == 0
            assert empty.documents() == ()
            assert empty.nearest(self.vector("storm"), 5) == []
            assert empty.bm25("storm", 5) == []
            assert empty.document_frequency(["storm"]) == {"storm": 0}
            assert empty.speakers() == ()
        finally:
            empty.close()
