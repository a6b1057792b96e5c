"""What the tests of the language-model reader share."""

from __future__ import annotations

import pytest

from assistant.reading.extractive import ExtractiveReader
from tests.support.embedders import HashEmbedder
from tests.support.loopback import loopback
from tests.support.memory import MemorySnapshot
from tests.support.stages import articles, attribute, header, make_document, split

__all__ = ["loopback"]

FERRY = """# Ferry sinks | Harbour News | 2022-01-15

The ferry carried 341 people. Ida Moen said: "We had no warning at all,
and the sea – it was calm". It sank at noon on Thursday.

Lars Berg denied: "The hull was never repaired". Damage came to $125 million.
The owner paid 20 percent of it in March 2021.
"""
MAYOR = """# Mayor resigns | City Post | 2022-02-01

The mayor of Oslo resigned on 31 January. Marianne Borgen said: "I leave with a light heart".
"""


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
