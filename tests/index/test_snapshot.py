"""The stored index as a Snapshot, with exact search and with Chroma."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.domain import Document, Skipped
from assistant.index.location import locate
from assistant.index.snapshot import EXACT_LIMIT, open_snapshot
from assistant.index.sync import sync
from assistant.protocols import Snapshot
from tests.contracts.snapshot import SnapshotContract
from tests.support.stages import make_stages, scan


class TestIndexSnapshot(SnapshotContract):
    exact_limit = EXACT_LIMIT

    @classmethod
    def build(cls, documents: Sequence[Document], skipped: Sequence[Skipped], place: Path) -> Snapshot:
        if not documents:
            pytest.skip("a stored index is never empty: nothing readable is an error")
        folder = place / "corpus"
        for document in documents:
            file = folder / document.path
            file.parent.mkdir(exist_ok=True, parents=True)
            file.write_bytes(document.text.encode())
        location = locate(folder, place / "home")
        sync(folder, location, cls.embedder, make_stages(scan=lambda folder: (scan(folder)[0], skipped)))
        return open_snapshot(location, exact_limit=cls.exact_limit)


class TestIndexSnapshotWithChroma(TestIndexSnapshot):
    exact_limit = 0
