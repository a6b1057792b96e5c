"""Reading an index writes nothing, and works from several threads and processes."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest

from assistant.domain import Filter
from assistant.errors import CorpusError
from assistant.index.location import Location, locate
from assistant.index.snapshot import open_snapshot
from assistant.index.sync import sync
from tests.contracts.snapshot import DOCUMENTS
from tests.support.embedders import HashEmbedder
from tests.support.stages import make_stages

EMBEDDER = HashEmbedder()


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> Location:
    root = tmp_path_factory.mktemp("reading")
    for document in DOCUMENTS:
        file = root / "corpus" / document.path
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_bytes(document.text.encode())
    location = locate(root / "corpus", root / "home")
    sync(root / "corpus", location, EMBEDDER, make_stages())
    return location


def everything(location: Location) -> dict[str, tuple[str, int]]:
    """Content and modification time of every file of an index."""
    return {
        str(file): (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in sorted(location.root.rglob("*"))
        if file.is_file()
    }


def test_opening_and_asking_changes_no_file(location: Location) -> None:
    before = everything(location)
    with open_snapshot(location) as snapshot:
        vector = EMBEDDER.embed(["storm"])
        found = snapshot.nearest(vector, 3, Filter(outlet="Morning Post"))
        assert snapshot.cosines(vector, [one.id for one in found])
        assert snapshot.bm25("storm", 3)
        assert snapshot.document("bare.txt").text
        assert snapshot.speakers()
    assert everything(location) == before


def test_looking_for_an_index_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="There is no index of") as caught:
        open_snapshot(locate(tmp_path / "corpus", tmp_path / "home"))
    assert caught.value.remedy == "Run `assistant index`"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("exact_limit", [100, 0])
def test_threads_share_a_snapshot(location: Location, exact_limit: int) -> None:
    with open_snapshot(location, exact_limit=exact_limit) as snapshot:
        vector = EMBEDDER.embed(["a storm at the harbour"])

        def ask() -> object:
            return (
                snapshot.nearest(vector, 4),
                snapshot.bm25("harbour strike", 4),
                snapshot.attributions(speaker="Petraitis"),
                snapshot.passages(one.id for one in snapshot.nearest(vector, 4)),
            )

        expected = ask()
        answers: list[object] = []
        threads = [threading.Thread(target=lambda: answers.extend(ask() for _ in range(10))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [expected] * 40


def test_a_read_only_place_is_searched_exactly(location: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.index.faults import denied

    def refuse(*_: object) -> None:
        raise denied(location.root)

    monkeypatch.setattr("assistant.index.vectors.open_store", refuse)
    vector = EMBEDDER.embed(["storm"])
    with open_snapshot(location, exact_limit=0) as refused, open_snapshot(location) as exact:
        assert refused.nearest(vector, 5) == exact.nearest(vector, 5)
