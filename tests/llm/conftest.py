"""What the tests of the language-model reader share: a corpus in memory, and a hole in the wall to loopback."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from assistant.reading.extractive import ExtractiveReader
from tests.conftest import NetworkBarredError
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot
from tests.support.stages import articles, attribute, header, make_document, split

FERRY = """# Ferry sinks | Harbour News | 2022-01-15

The ferry carried 341 people. Ida Moen said: "We had no warning at all,
and the sea – it was calm". It sank at noon on Thursday.

Lars Berg denied: "The hull was never repaired". Damage came to $125 million.
The owner paid 20 percent of it in March 2021.
"""
MAYOR = """# Mayor resigns | City Post | 2022-02-01

The mayor of Oslo resigned on 31 January. Marianne Borgen said: "I leave with a light heart".
"""
_connect = socket.socket.connect


@pytest.fixture
def loopback(_no_network: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to 127.0.0.1, and to nothing else."""

    def narrow(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] != "127.0.0.1":
            raise NetworkBarredError(f"connection to {address!r}")
        return _connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", narrow)


@pytest.fixture(scope="session")
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture(scope="session")
def corpus(embedder: HashEmbedder) -> MemorySnapshot:
    """Three passages of two short pages, with attributions."""
    documents = [make_document("ferry.txt", FERRY), make_document("mayor.txt", MAYOR)]
    return MemorySnapshot.build(documents, embedder, articles, split, attribute, header)


@pytest.fixture(scope="session")
def quoting(embedder: HashEmbedder) -> ExtractiveReader:
    return ExtractiveReader(embedder)
