"""What is new in a folder, by content.

A file is hashed when its size, times or inode differ from those noted when it was last hashed, so that an unchanged
corpus costs one look at each entry. Writing to a file always moves its change time on Linux and macOS, even if its size
and modification time are put back; on Windows such an edit is seen with `check` only. As in git, what was changed
within two seconds of being hashed is not noted, and is hashed again the next time.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain import Provenance, Skipped
from assistant.index.location import replace as replace_file
from assistant.index.stages import Found

_RACY = 2_000_000_000
"""Nanoseconds; the coarsest clock of a file system still in use (FAT)."""

Progress = Callable[[str, int, int], None]
"""Called with the phase, how much of it is done, and how much there is (0: not known)."""


@dataclass(frozen=True, slots=True)
class Hashes:
    """The content hashes of the files that can be read, and why the others cannot."""

    sha256: Mapping[str, str]
    unreadable: Sequence[Skipped]
    noted: Mapping[str, Sequence[int | str]]
    """Path → size, mtime, ctime, inode, sha256; for the next run."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How a folder differs from the catalogue. Every readable path is in `keep` or in `read`."""

    keep: frozenset[str]
    read: tuple[Found, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]


def hash_files(found: Sequence[Found], notes: Path, progress: Progress, *, check: bool = False) -> Hashes:
    """Hashes what may have changed since the notes were taken; everything with `check`."""
    noted = {} if check else _read_notes(notes)
    started = time.time_ns()
    sha256: dict[str, str] = {}
    fresh: dict[str, Sequence[int | str]] = {}
    unreadable: list[Skipped] = []
    for place, one in enumerate(found, 1):
        try:
            state = one.file.stat()
            looks = [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]
            note = noted.get(one.path)
            if note is not None and list(note[:-1]) == looks:
                sha256[one.path] = str(note[-1])
            else:
                sha256[one.path] = _sha256(one.file)
        except OSError as error:
            unreadable.append(Skipped(one.path, f"cannot be read: {(error.strerror or str(error)).lower()}"))
            continue
        if max(state.st_mtime_ns, state.st_ctime_ns) < started - _RACY:
            fresh[one.path] = [*looks, sha256[one.path]]
        progress("looking at files", place, len(found))
    return Hashes(sha256, unreadable, fresh)


def write_notes(notes: Path, hashes: Hashes) -> None:
    """Keeps the looks of the files for the next run."""
    replace_file(notes, json.dumps(hashes.noted, separators=(",", ":")).encode())


def compare(
    found: Sequence[Found], sha256: Mapping[str, str], old: Mapping[str, tuple[str, Provenance]], *, anew: bool
) -> Changes:
    """What must be read, and what to tell the user.

    Args:
        found: the files of the folder.
        sha256: of those that can be read.
        old: path → content hash and override of the catalogue's documents.
        anew: derive every document again, because the stages changed; this alone makes no document "changed".
    """
    now = {one.path: one for one in found if one.path in sha256}
    same = {path for path, one in now.items() if old.get(path) == (sha256[path], one.override)}
    changed = sorted(path for path in now if path in old and path not in same)
    gone = sorted(old.keys() - now.keys())
    added = sorted(now.keys() - old.keys())
    renamed: list[tuple[str, str]] = []
    by_content: dict[str, list[str]] = {}
    for path in gone:
        by_content.setdefault(old[path][0], []).append(path)
    for path in added:
        before = by_content.get(sha256[path])
        if before:
            renamed.append((before.pop(0), path))
    moved = {path for pair in renamed for path in pair}
    keep = frozenset() if anew else frozenset(same)
    return Changes(
        keep=keep,
        read=tuple(now[path] for path in sorted(now) if path not in keep),
        added=tuple(path for path in added if path not in moved),
        changed=tuple(changed),
        renamed=tuple(renamed),
        removed=tuple(path for path in gone if path not in moved),
    )


def without(changes: Changes, paths: set[str]) -> Changes:
    """The changes less some paths, which turned out not to be readable."""
    return replace(
        changes,
        read=tuple(one for one in changes.read if one.path not in paths),
        added=tuple(path for path in changes.added if path not in paths),
        changed=tuple(path for path in changes.changed if path not in paths),
        renamed=tuple(pair for pair in changes.renamed if pair[1] not in paths),
    )


def _read_notes(notes: Path) -> dict[str, list[int | str]]:
    """The notes of the last run; none if they are missing or damaged, which costs hashing and nothing else."""
    try:
        content = json.loads(notes.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {path: note for path, note in content.items() if isinstance(note, list) and len(note) == 5}


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
