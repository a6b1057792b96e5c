"""The double is a Snapshot like the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.domain import Document, Skipped
from assistant.protocols import Snapshot
from tests.contracts.snapshot import SnapshotContract
from tests.support import stages
from tests.support.memory import MemorySnapshot


class TestMemorySnapshot(SnapshotContract):
    @classmethod
    def build(cls, documents: Sequence[Document], skipped: Sequence[Skipped], place: Path) -> Snapshot:  # noqa: ARG003 it needs no disk
        return MemorySnapshot.build(
            documents,
            cls.embedder,
            articles=stages.articles,
            split=stages.split,
            attribute=stages.attribute,
            header=stages.header,
            skipped=skipped,
        )
