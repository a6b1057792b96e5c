"""The double is a Snapshot like the others."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Document, Skipped
from assistant.protocols import Snapshot
from tests.contracts.snapshot import SnapshotContract
from tests.support import stages
from tests.support.memory import MemorySnapshot


class TestMemorySnapshot(SnapshotContract):
    def build(self, documents: Sequence[Document], skipped: Sequence[Skipped]) -> Snapshot:
        return MemorySnapshot.build(
            documents,
            self.embedder,
            articles=stages.articles,
            split=stages.split,
            attribute=stages.attribute,
            header=stages.header,
            skipped=skipped,
        )
