"""One writer at a time.

An operating-system lock (fcntl or LockFileEx, by way of filelock), because the kernel lets go of it when its process
dies, however it dies. Who holds it stands in a file beside it, which is only ever read for the message: the lock file
itself cannot be read on Windows while it is locked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from assistant.errors import CorpusError, IndexLockedError
from assistant.index.faults import storage
from assistant.index.location import Location, replace


@contextmanager
def writing(location: Location) -> Iterator[None]:
    """Holds the right to write an index, which must have its folder already.

    Raises:
        IndexLockedError: another process holds it; names the process and since when.
        CorpusError: the folder cannot be written.
    """
    from filelock import FileLock, Timeout  # 15 ms, and only writers need it

    lock = FileLock(location.root / "write.lock", mode=0o600)
    with storage(location.root):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise IndexLockedError(
                f"The index of {location.corpus} is being written {_holder(location)}",
                _remedy(location),
            ) from None
    try:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        with storage(location.root):
            replace(location.root / "writer.json", json.dumps({"pid": os.getpid(), "since": since}).encode())
        yield
    finally:
        lock.release()


def _remedy(location: Location) -> str:
    # The first run has no state to answer from yet, and a damaged index none that could be named.
    with suppress(CorpusError):
        if location.current() is not None:
            return "Wait until it is done; questions are answered from the last complete state meanwhile"
    return "Wait until it is done"


def _holder(location: Location) -> str:
    try:
        holder = json.loads((location.root / "writer.json").read_bytes())
        since = datetime.fromisoformat(holder["since"]).astimezone()
        return f"by process {int(holder['pid'])} since {since:%Y-%m-%d %H:%M:%S}"
    except (OSError, ValueError, KeyError, TypeError):
        return "by another process"
