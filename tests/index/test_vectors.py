"""Chroma as a VectorStore, embedded and on a server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain import Document
from assistant.errors import CorpusError, IndexBrokenError, UsageError
from assistant.index.check import check
from assistant.index.location import locate
from assistant.index.snapshot import open_snapshot
from assistant.index.sync import SyncResult, sync
from assistant.index.vectors import ChromaStore, open_folder, open_server
from assistant.protocols import VectorStore
from tests.contracts.snapshot import DOCUMENTS
from tests.contracts.vectors import EAST, IDS, VECTORS, VectorStoreContract
from tests.support.embedders import HashEmbedder
from tests.support.stages import make_stages


class TestEmbedded(VectorStoreContract):
    def build(self, place: Path) -> VectorStore:
        return open_folder(place / "chroma", create=True)

    def test_what_was_added_is_there_after_opening_again(self, tmp_path: Path) -> None:
        store = open_folder(tmp_path / "chroma", create=True)
        store.add(IDS, VECTORS)
        store.close()
        again = open_folder(tmp_path / "chroma")
        assert again.query(EAST, 1)[0][0] == "east"
        assert {one: vector.tolist() for one, vector in again.vectors(["west", "nowhere"]).items()} == {
            "west": VECTORS[3].tolist()
        }
        again.close()

    def test_a_missing_folder_is_named_and_not_made(self, tmp_path: Path) -> None:
        with pytest.raises(IndexBrokenError, match="has lost its Chroma folder"):
            open_folder(tmp_path / "chroma")
        assert list(tmp_path.iterdir()) == []

    def test_a_damaged_folder_is_told_each_time_and_can_be_made_anew(self, tmp_path: Path) -> None:
        folder = tmp_path / "chroma"
        open_folder(folder, create=True).close()
        (folder / "chroma.sqlite3").write_bytes(b"?" * 5000)
        for _ in range(2):
            with pytest.raises(IndexBrokenError, match="is damaged"):
                open_folder(folder)
        shutil.rmtree(folder)
        open_folder(folder, create=True).close()

    def test_a_folder_without_the_collection_is_broken(self, tmp_path: Path) -> None:
        open_folder(tmp_path / "chroma", create=True)._client.delete_collection("passages")
        with pytest.raises(IndexBrokenError, match="There is no collection"):
            open_folder(tmp_path / "chroma")

    def test_a_dotenv_of_the_working_directory_is_not_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / ".env").write_text("CHROMA_UNHEARD_OF=1\nUNHEARD_OF=2\n")
        monkeypatch.chdir(tmp_path)
        open_folder(tmp_path / "chroma", create=True).close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Chroma server of our own on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1", "--port", str(port)]
    place = tmp_path_factory.mktemp("server")
    process = subprocess.Popen(
        [*command, "--path", str(place)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=place
    )
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(os.name == "nt", reason="the console script has another name there")
class TestServer(VectorStoreContract):
    @pytest.fixture(autouse=True)
    def _no_network(self, server: str) -> None:
        """Takes the place of the bar in conftest: the server is on this machine."""
        self.url = server

    def build(self, place: Path) -> VectorStore:
        return open_server(self.url, f"collection-{place.name.strip('_').replace('_', '-')[-40:]}", create=True)

    def index(self, root: Path, documents: tuple[Document, ...], server: str | None) -> SyncResult:
        folder = root / "corpus"
        for document in documents:
            file = folder / document.path
            file.parent.mkdir(exist_ok=True, parents=True)
            file.write_bytes(document.text.encode())
        return sync(folder, locate(folder, root / "home"), HashEmbedder(), make_stages(), server=server)

    def served(self, root: Path) -> ChromaStore:
        from assistant.index.catalog import Catalog, collection_of

        generation = locate(root / "corpus", root / "home").current()
        assert generation is not None
        catalog = Catalog(generation.catalog)
        try:
            return open_server(self.url, collection_of(generation, catalog))
        finally:
            catalog.close()

    def test_an_index_keeps_its_vectors_there(self, tmp_path: Path) -> None:
        self.index(tmp_path, DOCUMENTS, self.url)
        location = locate(tmp_path / "corpus", tmp_path / "home")
        generation = location.current()
        assert generation is not None
        assert not generation.chroma.exists()
        assert check(location) == ()
        with open_snapshot(location, exact_limit=0) as remote, open_snapshot(location) as exact:
            vector = HashEmbedder().embed(["a storm at the harbour"])
            assert remote.nearest(vector, 5) == exact.nearest(vector, 5)

    def test_what_left_the_index_leaves_the_server(self, tmp_path: Path) -> None:
        self.index(tmp_path, DOCUMENTS, self.url)
        location = locate(tmp_path / "corpus", tmp_path / "home")
        with open_snapshot(location) as before:
            gone = {one.id for one in before.passages_of("bare.txt")}
            (tmp_path / "corpus" / "bare.txt").unlink()
            self.index(tmp_path, (), self.url)
            store = self.served(tmp_path)
            assert store.count() == 5
            assert not gone & store.ids()
        store.add(["stranger"], HashEmbedder().embed(["a storm"]))
        store.close()
        with open_snapshot(location, exact_limit=0) as snapshot:
            assert "stranger" not in {one for one, _ in snapshot.nearest(HashEmbedder().embed(["a storm"]), 5)}
        assert [problem.part for problem in check(location)] == ["chroma"]
        self.index(tmp_path, (), self.url)
        assert check(location) == ()

    def test_moving_to_and_from_a_server_is_told(self, tmp_path: Path) -> None:
        self.index(tmp_path, DOCUMENTS, None)
        result = self.index(tmp_path, (), self.url)
        assert result.remade == (f"vectors embedded → {self.url}",)
        assert (result.embedded, result.unchanged) == (0, 3)
        assert self.index(tmp_path, (), None).remade == (f"vectors {self.url} → embedded",)
        assert check(locate(tmp_path / "corpus", tmp_path / "home")) == ()


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://localhost", "http://", "http://me:secret@localhost:8000"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match="That is no address of a Chroma server"):
        open_server(url, "passages")


def test_a_server_that_is_not_there_is_named() -> None:
    script = (
        "from assistant.index.vectors import open_server\n"
        "try:\n    open_server('http://127.0.0.1:9', 'passages')\n"
        "except Exception as error:\n    print(type(error).__name__, error)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.startswith("CorpusError The Chroma server at http://127.0.0.1:9 failed (Could not connect")
    assert said.rstrip().endswith("Check that it runs and that the address is right")


def test_no_error_is_lost(tmp_path: Path) -> None:
    store = open_folder(tmp_path / "chroma", create=True)
    with pytest.raises(CorpusError):
        store.add(["one", "one"], VECTORS[:2])
    store.close()
