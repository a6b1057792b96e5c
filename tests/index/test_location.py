"""Where an index lives, and how one state gives way to the next."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from assistant.errors import IndexBrokenError
from assistant.index.location import Location, locate, make_private, replace


@pytest.fixture
def location(tmp_path: Path) -> Location:
    location = locate(tmp_path / "corpus", tmp_path / "home")
    make_private(location.root)
    return location


def test_the_place_is_named_by_folder_and_path_and_nothing_is_made(tmp_path: Path) -> None:
    place = locate(tmp_path / "My Früh Corpus!", tmp_path / "home")
    assert place.root.parent == tmp_path / "home" / "indexes"
    name, _, key = place.root.name.rpartition("-")
    assert (name, len(key)) == ("my-fr-h-corpus", 12)
    assert list(tmp_path.iterdir()) == []


def test_one_folder_has_one_index_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus" / "inner").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    direct = locate(tmp_path / "corpus", tmp_path)
    assert locate(Path("corpus"), tmp_path) == direct
    assert locate(tmp_path / "corpus" / "inner" / "..", tmp_path) == direct
    assert locate(tmp_path / "corpus" / "inner", tmp_path).root != direct.root


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_folders_are_private(location: Location) -> None:
    generation = location.next()
    for folder in (location.root, location.root.parent, generation.root, generation.root.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_generations_count_up_and_the_current_one_is_named(location: Location) -> None:
    assert location.current() is None
    first = location.next()
    assert location.current() is None
    location.switch(first)
    second = location.next()
    assert (first.name, second.name) == ("g00000001", "g00000002")
    assert location.current() == first
    location.switch(second)
    assert location.current() == second


def test_sweeping_keeps_one(location: Location) -> None:
    first, second = location.next(), location.next()
    (first.root / "file").write_text("x")
    location.sweep(keep=second)
    assert [entry.name for entry in second.root.parent.iterdir()] == [second.name]
    location.sweep(keep=None)
    assert list(second.root.parent.iterdir()) == []


@pytest.mark.parametrize("content", ["", "g00000007", "../../etc", "g1"])
def test_a_current_that_names_nothing_is_broken(location: Location, content: str) -> None:
    (location.root / "CURRENT").write_text(content)
    with pytest.raises(IndexBrokenError, match="has lost its current state") as caught:
        location.current()
    assert caught.value.remedy == "Run `assistant index --rebuild`"


def test_replacing_leaves_no_other_file(tmp_path: Path) -> None:
    replace(tmp_path / "file", b"old")
    replace(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
