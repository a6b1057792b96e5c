"""Folder and index in step: what is read again, what is taken over, and what is told."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import Document, Skipped
from assistant.errors import CorpusError, IndexStaleError
from assistant.index.fingerprint import made_with
from assistant.index.location import Location, locate
from assistant.index.snapshot import IndexSnapshot, open_snapshot
from assistant.index.stages import Found, Stages
from assistant.index.sync import SyncResult, sync
from tests.support.embedders import HashEmbedder
from tests.support.index_state import dump
from tests.support.stages import load, make_stages

if TYPE_CHECKING:
    from assistant.protocols import Vectors

HARBOUR = '# Harbour | Morning Post | 2022-01-14\n\nThe harbour is shut.\n\nOna Kaz said: "Yes." Then came Ona.\n'
STORM = "# Storm | Evening Star\n\nA storm came. Rain fell.\n"
NOTE = "A note.\n"


class CountingEmbedder(HashEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self, dimension: int = 16, fail_after: int | None = None) -> None:
        super().__init__(dimension, batch=1)
        self.seen: list[str] = []
        self.fail_after = fail_after

    def embed_batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        for places, vectors in super().embed_batches(texts):
            if self.fail_after is not None and len(self.seen) >= self.fail_after:
                raise KeyboardInterrupt
            self.seen += [texts[place] for place in places]
            yield places, vectors


class Corpus:
    """A folder, its index, and a count of what was read and embedded."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "corpus"
        self.home = root / "home"
        self.folder.mkdir()
        self.embedder = CountingEmbedder()
        self.read: list[str] = []
        self.versions = {"cleaner": "1"}

    @property
    def location(self) -> Location:
        return locate(self.folder, self.home)

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(text)
        os.utime(file, (1_600_000_000, 1_600_000_000))

    def stages(self) -> Stages:
        def counted(one: Found) -> Document:
            self.read.append(one.path)
            return load(one)

        return make_stages(load=counted, versions=self.versions)

    def sync(self, **options: Any) -> SyncResult:
        self.read.clear()
        self.embedder.seen.clear()
        return sync(self.folder, self.location, self.embedder, self.stages(), **options)

    def fresh(self) -> Any:
        """The state of an index made from nothing."""
        home = self.home.with_name("fresh")
        shutil.rmtree(home, ignore_errors=True)
        location = locate(self.folder, home)
        sync(self.folder, location, HashEmbedder(self.embedder.dimension), make_stages(versions=self.versions))
        return dump(location)

    def open(self) -> IndexSnapshot:
        return open_snapshot(self.location, made_with(self.embedder.id, self.versions))


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path)
    corpus.write("harbour.txt", HARBOUR)
    corpus.write("more/storm.txt", STORM)
    corpus.write("note.txt", NOTE)
    return corpus


@pytest.fixture
def indexed(corpus: Corpus) -> Corpus:
    corpus.sync()
    return corpus


def test_first_run_adds_everything(corpus: Corpus) -> None:
    (corpus.folder / "photo.jpg").write_bytes(b"\xff")
    result = corpus.sync()
    assert result.added == ("harbour.txt", "more/storm.txt", "note.txt")
    assert (result.documents, result.passages, result.embedded, result.unchanged) == (3, 4, 4, 0)
    assert result.skipped == (Skipped("photo.jpg", "an image"),)
    assert result.written
    assert sorted(corpus.embedder.seen) == [
        "A note.",
        "A storm came. Rain fell.",
        'Ona Kaz said: "Yes." Then came Ona.',
        "The harbour is shut.",
    ]


def test_second_run_reads_nothing_and_writes_nothing(indexed: Corpus) -> None:
    before = indexed.location.current()
    result = indexed.sync()
    assert (indexed.read, indexed.embedder.seen) == ([], [])
    assert not result.written
    assert result.unchanged == 3
    assert indexed.location.current() == before


def test_an_edit_reads_one_file_and_embeds_the_new_passage_only(indexed: Corpus) -> None:
    indexed.write("harbour.txt", HARBOUR.replace("shut", "open"))
    result = indexed.sync()
    assert result.changed == ("harbour.txt",)
    assert (result.added, result.removed, result.unchanged) == ((), (), 2)
    assert indexed.read == ["harbour.txt"]
    assert indexed.embedder.seen == ["The harbour is open."]
    assert dump(indexed.location) == indexed.fresh()


def test_a_touched_file_is_not_read_again(indexed: Corpus) -> None:
    os.utime(indexed.folder / "harbour.txt")
    result = indexed.sync()
    assert not result.written
    assert indexed.read == []


def test_an_edit_that_keeps_size_and_time_is_seen(indexed: Corpus) -> None:
    before = (indexed.folder / "note.txt").stat()
    indexed.write("note.txt", "A vote.\n")
    after = (indexed.folder / "note.txt").stat()
    assert (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    assert indexed.sync().changed == ("note.txt",)


def test_notes_of_files_are_trusted_unless_told_to_check(indexed: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.index.changes._RACY", -(10**12))
    indexed.sync()
    notes = json.loads(indexed.location.files.read_bytes())
    assert set(notes) == {"harbour.txt", "more/storm.txt", "note.txt"}
    notes["note.txt"][-1] = "0" * 64
    indexed.location.files.write_text(json.dumps(notes))
    assert indexed.sync(check=True).changed == ()
    indexed.location.files.write_text(json.dumps(notes))
    assert indexed.sync().changed == ("note.txt",)


@pytest.mark.parametrize("notes", ["", "[]", "{", '{"note.txt": 5}', '{"note.txt": [1, 2]}'])
def test_damaged_notes_cost_hashing_only(indexed: Corpus, notes: str) -> None:
    indexed.location.files.write_text(notes)
    assert not indexed.sync().written


def test_a_renamed_file_is_told_as_such_and_embeds_nothing(indexed: Corpus) -> None:
    (indexed.folder / "harbour.txt").rename(indexed.folder / "zebra.txt")
    result = indexed.sync()
    assert result.renamed == (("harbour.txt", "zebra.txt"),)
    assert (result.added, result.removed, result.embedded) == ((), (), 0)
    assert dump(indexed.location) == indexed.fresh()


def test_a_deleted_file_vanishes(indexed: Corpus) -> None:
    (indexed.folder / "harbour.txt").unlink()
    result = indexed.sync()
    assert result.removed == ("harbour.txt",)
    with indexed.open() as snapshot:
        assert snapshot.bm25("harbour", 5) == []
        assert snapshot.speakers() == ()
    assert dump(indexed.location) == indexed.fresh()


def test_metadata_derives_anew_what_it_concerns(indexed: Corpus) -> None:
    (indexed.folder / "outlet.meta").write_text("The Times")
    result = indexed.sync()
    assert result.changed == ("harbour.txt", "more/storm.txt", "note.txt")
    assert result.embedded == 0
    with indexed.open() as snapshot:
        assert {one.source.outlet for one in snapshot.articles()} == {"The Times"}


def test_a_new_cleaner_derives_all_and_calls_nothing_changed(indexed: Corpus) -> None:
    indexed.versions = {"cleaner": "2"}
    with pytest.raises(IndexStaleError, match="cleaner 1 → 2") as caught:
        indexed.open()
    assert caught.value.remedy == "Run `assistant index` to bring it up to date"
    result = indexed.sync()
    assert result.remade == ("cleaner 1 → 2",)
    assert (result.added, result.changed, result.unchanged, result.embedded) == ((), (), 3, 0)
    assert indexed.read == ["harbour.txt", "more/storm.txt", "note.txt"]
    indexed.open().close()


def test_another_embedder_embeds_all(indexed: Corpus) -> None:
    indexed.embedder = CountingEmbedder(dimension=24)
    with pytest.raises(IndexStaleError, match="embedder hash-16 → hash-24"):
        indexed.open()
    assert indexed.sync().embedded == 4
    assert dump(indexed.location) == indexed.fresh()


def test_an_interrupted_run_goes_on_where_it_stopped(corpus: Corpus) -> None:
    corpus.embedder.fail_after = 2
    with pytest.raises(KeyboardInterrupt):
        corpus.sync()
    with pytest.raises(CorpusError, match=r"There is no index of .* yet"):
        corpus.open()
    corpus.embedder.fail_after = None
    assert corpus.sync().embedded == 2
    assert dump(corpus.location) == corpus.fresh()
    assert list(corpus.location.root.glob("pending*")) == []


def test_a_torn_journal_is_embedded_again(corpus: Corpus) -> None:
    corpus.embedder.fail_after = 3
    with pytest.raises(KeyboardInterrupt):
        corpus.sync()
    (journal,) = corpus.location.root.glob("pending*")
    data = journal.read_bytes()
    journal.write_bytes(data[:40] + b"\xff\xff" + data[42:-7])
    corpus.embedder.fail_after = None
    assert corpus.sync().embedded == 3
    assert dump(corpus.location) == corpus.fresh()


def test_the_old_state_answers_while_the_new_one_is_made(indexed: Corpus) -> None:
    indexed.write("harbour.txt", HARBOUR.replace("shut", "open"))
    seen = []

    def look(phase: str, _done: int, _total: int) -> None:
        with indexed.open() as snapshot:
            seen.append((phase, len(snapshot.bm25("shut", 5)), len(snapshot.bm25("open", 5))))

    indexed.sync(progress=look)
    assert {(shut, open_) for _, shut, open_ in seen} == {(1, 0)}
    assert {phase for phase, *_ in seen} == {
        "looking at files",
        "reading documents",
        "embedding passages",
        "writing the index",
    }
    with indexed.open() as snapshot:
        assert (len(snapshot.bm25("shut", 5)), len(snapshot.bm25("open", 5))) == (0, 1)


def test_a_snapshot_keeps_its_state_over_an_update(indexed: Corpus) -> None:
    with indexed.open() as snapshot:
        indexed.write("harbour.txt", HARBOUR.replace("shut", "open"))
        indexed.sync()
        assert len(snapshot.bm25("shut", 5)) == 1
        assert len(snapshot.nearest(indexed.embedder.embed(["harbour"]), 9)) == 4
        assert "shut" in snapshot.document("harbour.txt").text


def test_an_unreadable_file_is_skipped_and_no_change(indexed: Corpus) -> None:
    indexed.write("bad.txt", "BROKEN")
    first = indexed.sync()
    assert first.skipped == (Skipped("bad.txt", "is broken"),)
    assert (first.added, first.documents) == ((), 3)
    generation = indexed.location.current()
    assert not indexed.sync().written
    assert indexed.location.current() == generation
    indexed.write("bad.txt", "Good now.\n")
    assert indexed.sync().added == ("bad.txt",)


def test_a_document_that_became_unreadable_leaves_the_index(indexed: Corpus) -> None:
    indexed.write("note.txt", "BROKEN")
    result = indexed.sync()
    assert result.skipped == (Skipped("note.txt", "is broken"),)
    assert (result.changed, result.documents, result.unchanged) == ((), 2, 2)
    assert dump(indexed.location) == indexed.fresh()


def test_text_that_is_not_unicode_is_skipped(corpus: Corpus) -> None:
    (corpus.folder / "odd.txt").write_bytes(b"caf\xe9")
    assert corpus.sync().skipped == (Skipped("odd.txt", "it holds characters that are not valid Unicode"),)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_that_is_not_unicode_is_skipped(corpus: Corpus) -> None:
    name = os.fsencode(corpus.folder) + b"/caf\xe9.txt"
    with open(name, "wb") as stream:  # noqa: PTH123 - a Path cannot be made of these bytes on every system
        stream.write(b"text")
    assert corpus.sync().skipped == (Skipped("caf\\udce9.txt", "its name is not valid Unicode"),)


def test_nothing_readable_is_an_error_and_keeps_the_old_index(indexed: Corpus) -> None:
    for file in list(indexed.folder.rglob("*.txt")):
        file.unlink()
    with pytest.raises(CorpusError, match=r"Nothing in .* can be read") as caught:
        indexed.sync()
    assert caught.value.remedy == "Put documents into it: text, Markdown, HTML, PDF or Word"
    with indexed.open() as snapshot:
        assert snapshot.passage_count == 4
    indexed.write("bad.txt", "BROKEN")
    with pytest.raises(CorpusError) as caught:
        indexed.sync()
    assert caught.value.remedy == "bad.txt is broken"


def test_a_failed_run_leaves_no_half_generation(indexed: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed.write("new.txt", "New text here.\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assistant.index.sync.write_chroma", full)
    with pytest.raises(CorpusError, match="The disk is full"):
        indexed.sync()
    generation = indexed.location.current()
    assert generation is not None
    assert [entry.name for entry in generation.root.parent.iterdir()] == [generation.name]
    monkeypatch.undo()
    assert indexed.sync().embedded == 0


@pytest.mark.parametrize("seed", range(3))
def test_any_history_ends_as_from_nothing(corpus: Corpus, seed: int) -> None:
    import random

    from tests.support.killing import change

    rng = random.Random(seed)  # noqa: S311 - no secret is made
    for _ in range(4):
        change(corpus.folder, rng)
        corpus.sync()
    assert dump(corpus.location) == corpus.fresh()


def damage_catalogue(location: Location) -> None:
    generation = location.current()
    assert generation is not None
    data = bytearray(generation.catalog.read_bytes())
    data[5000:] = b"\xaa" * (len(data) - 5000)
    generation.catalog.write_bytes(data)


def truncate_catalogue(location: Location) -> None:
    generation = location.current()
    assert generation is not None
    generation.catalog.write_bytes(generation.catalog.read_bytes()[:3000])


def lose_current(location: Location) -> None:
    (location.root / "CURRENT").write_text("g00000099")


def garble_current(location: Location) -> None:
    (location.root / "CURRENT").write_bytes(b"\xff\xfe")


def lose(part: str) -> Callable[[Location], None]:
    def damage(location: Location) -> None:
        generation = location.current()
        assert generation is not None
        place = getattr(generation, part)
        shutil.rmtree(place) if place.is_dir() else place.unlink()

    return damage


def garble_words(location: Location) -> None:
    generation = location.current()
    assert generation is not None
    (generation.lexical / "meta.json").write_text("?")


def lose_a_word_file(location: Location) -> None:
    generation = location.current()
    assert generation is not None
    next(generation.lexical.glob("*.term")).unlink()


def garble_chroma(location: Location) -> None:
    generation = location.current()
    assert generation is not None
    (generation.chroma / "chroma.sqlite3").write_bytes(b"?" * 4096)


def damage_vectors(location: Location) -> None:
    generation = location.current()
    assert generation is not None
    data = bytearray(generation.vectors.read_bytes())
    data[30] ^= 0xFF
    generation.vectors.write_bytes(data)


FOUND_BY_INDEX = [
    truncate_catalogue,
    damage_catalogue,
    lose_current,
    garble_current,
    lose("catalog"),
    lose("vectors"),
    lose("lexical"),
    lose("chroma"),
    garble_words,
    lose_a_word_file,
]


@pytest.mark.parametrize("damage", [*FOUND_BY_INDEX, garble_chroma, damage_vectors])
def test_damage_is_found_by_doctor_and_mended_by_rebuild(indexed: Corpus, damage: Callable[[Location], None]) -> None:
    from assistant.index.check import check

    assert check(indexed.location) == ()
    before = dump(indexed.location)
    damage(indexed.location)
    problems = check(indexed.location)
    assert len(problems) == 1
    assert problems[0].remedy == "Run `assistant index --rebuild`"
    indexed.sync(rebuild=True)
    assert check(indexed.location) == ()
    assert dump(indexed.location) == before


@pytest.mark.parametrize("damage", FOUND_BY_INDEX)
def test_the_next_run_mends_what_it_sees(indexed: Corpus, damage: Callable[[Location], None]) -> None:
    before = dump(indexed.location)
    damage(indexed.location)
    result = indexed.sync()
    assert len(result.mended) == 1
    assert dump(indexed.location) == before
    assert not indexed.sync().written


def test_rebuild_takes_over_sound_vectors_only(indexed: Corpus) -> None:
    assert indexed.sync(rebuild=True).embedded == 0
    damage_vectors(indexed.location)
    assert indexed.sync(rebuild=True).embedded == 1
