"""What storage libraries and the operating system report, as errors that a person can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import AssistantError, CorpusError, IndexBrokenError
from assistant.index.location import REBUILD, make_private

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FULL_WORDS = ("disk is full", "no space left", "storagefull", "(code: 13)", "quota exceeded")
_DENIED_WORDS = ("readonly database", "read-only", "readonlyfilesystem", "permissiondenied", "permission denied")


class ReadOnlyError(CorpusError):
    """The index lies where nothing may be written."""


@contextmanager
def storage(place: Path) -> Iterator[None]:
    """Turns failures of the storage under `place` into CorpusError (full, read-only) or IndexBrokenError (damaged).

    Inside it only storage is touched, so a ValueError is tantivy's, which has no error class of its own.
    """
    try:
        yield
    except AssistantError:
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise full(place) from error
        if error.errno in _DENIED:
            raise denied(place) from error
        raise _damaged(place, error) from error
    except (sqlite3.Error, ValueError) as error:
        raise classify(place, error) from error


def make_place(folder: Path) -> None:
    """Creates the folder of an index.

    Raises:
        CorpusError: it cannot be made there: the disk is full or read-only, or a file is in the way.
    """
    try:
        make_private(folder)
    except OSError as error:
        raise (full(folder) if error.errno in _FULL else denied(folder)) from error


def classify(place: Path, error: Exception) -> CorpusError:
    """Tells a full and a read-only disk from a damaged index by the words of a library's error."""
    words = str(error).lower()
    if any(word in words for word in _FULL_WORDS):
        return full(place)
    if any(word in words for word in _DENIED_WORDS):
        return denied(place)
    return _damaged(place, error)


def full(place: Path) -> CorpusError:
    """There is no room left."""
    return CorpusError(
        f"The disk is full: the index could not be written to {place}",
        "Free some space or set ASSISTANT_HOME to another disk; what was embedded so far is kept",
    )


def denied(place: Path) -> ReadOnlyError:
    """The place may not be written."""
    return ReadOnlyError(f"The index cannot be written to {place}", "Set ASSISTANT_HOME to a folder you may write to")


def _damaged(place: Path, error: Exception) -> IndexBrokenError:
    return IndexBrokenError(f"The index in {place} is damaged ({' '.join(str(error).split())[:200]})", REBUILD)
