"""Whether the folder has moved on since its index was made."""

from __future__ import annotations

from pathlib import Path

from assistant.index.changes import Changes, compare, hash_files, without
from assistant.index.derive import scan
from assistant.index.location import Location
from assistant.index.snapshot import IndexSnapshot
from assistant.index.stages import Stages


def drift(folder: Path, location: Location, snapshot: IndexSnapshot, stages: Stages) -> Changes:
    """How a folder differs from an index of it. Nothing is written, and only what looks changed is read.

    Raises:
        CorpusError: the folder, or its metadata.toml, cannot be read.
    """
    found, _ = scan(folder, stages)
    hashes = hash_files(found, location.files, lambda phase, done, total: None)  # noqa: ARG005 the contract names them
    changes = compare(found, hashes.sha256, snapshot.states(), anew=False)
    return without(changes, {one.path for one in snapshot.skipped()})


def in_words(changes: Changes) -> str:
    """What has changed, in a few words; empty if nothing has."""
    counts = (
        (len(changes.added), "added"),
        (len(changes.changed), "changed"),
        (len(changes.renamed), "renamed"),
        (len(changes.removed), "removed"),
    )
    told = [f"{count:,} {'file' if count == 1 else 'files'} {what}" for count, what in counts if count]
    return ", ".join(told)
