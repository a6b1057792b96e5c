"""Whether an index still fits its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.index.drift import drift, in_words
from assistant.index.location import locate
from assistant.index.snapshot import open_snapshot
from assistant.index.sync import sync
from tests.support.embedders import HashEmbedder
from tests.support.stages import make_stages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("dam", "ferry", "storm"):
        (folder / f"{name}.txt").write_text(f"The {name} was in the news again today.\n", encoding="utf-8")
    sync(folder, locate(folder, tmp_path / "home"), HashEmbedder(), make_stages())
    return folder


def told(folder: Path) -> str:
    location = locate(folder, folder.parent / "home")
    before = {path: path.stat().st_mtime_ns for path in location.root.rglob("*")}
    with open_snapshot(location) as snapshot:
        words = in_words(drift(folder, location, snapshot, make_stages()))
    assert {path: path.stat().st_mtime_ns for path in location.root.rglob("*")} == before, "looking must not write"
    return words


def test_an_index_that_fits_is_not_spoken_of(folder: Path) -> None:
    (folder / "dam.txt").touch()
    assert told(folder) == ""


def test_every_kind_of_change_is_counted(folder: Path) -> None:
    (folder / "dam.txt").write_text("The dam broke.\n", encoding="utf-8")
    (folder / "ferry.txt").rename(folder / "ship.txt")
    (folder / "storm.txt").unlink()
    (folder / "one.txt").write_text("One more page.\n", encoding="utf-8")
    (folder / "two.txt").write_text("Yet another page.\n", encoding="utf-8")
    assert told(folder) == "2 files added, 1 file changed, 1 file renamed, 1 file removed"


def test_a_file_that_could_not_be_read_is_not_new_every_time(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"")
    sync(folder, locate(folder, folder.parent / "home"), HashEmbedder(), make_stages())
    assert told(folder) == ""
