"""Vectors in a file: fixed-length records of key, vector and checksum.

The same form serves two ends. A generation's file holds one record a passage, in row order, and is mapped into memory
for exact cosines (all of 100,000, 384 numbers each, in 3 ms). The journal is the same, appended to while the embedder
works, so that a killed run keeps what it paid for: a torn or damaged record fails its checksum and is embedded again.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from assistant.errors import IndexBrokenError
from assistant.index.location import REBUILD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.protocols import Vectors

KEY_BYTES = 16


def vector_key(embedder: str, text: str) -> bytes:
    """Names the vector that an embedder makes of a text."""
    return hashlib.sha256(f"{embedder}\0{text}".encode("utf-8", "surrogatepass")).digest()[:KEY_BYTES]


def _record(dimension: int) -> np.dtype[np.void]:
    return np.dtype([("key", f"V{KEY_BYTES}"), ("vector", "<f4", (dimension,)), ("crc", "<u4")])


def pack(keys: Sequence[bytes], vectors: Vectors) -> bytes:
    """The records of some vectors."""
    records = np.zeros(len(keys), dtype=_record(vectors.shape[1]))
    records["key"] = np.array(keys, dtype=f"V{KEY_BYTES}")
    records["vector"] = vectors
    body = records.dtype.itemsize - 4
    data = records.tobytes()
    size = records.dtype.itemsize
    records["crc"] = [zlib.crc32(data[start : start + body]) for start in range(0, len(data), size)]
    return records.tobytes()


class VectorFile:
    """The records of a file, mapped read-only.

    A file that ends within a record (a killed writer) is read up to there.
    """

    def __init__(self, file: Path, dimension: int) -> None:
        dtype = _record(dimension)
        count = file.stat().st_size // dtype.itemsize
        self._records: NDArray[np.void] = (
            np.memmap(file, dtype=dtype, mode="r", shape=(count,)) if count else np.zeros(0, dtype=dtype)
        )

    def __len__(self) -> int:
        return len(self._records)

    @property
    def matrix(self) -> Vectors:
        """All vectors, a view of shape (records, dimension)."""
        return np.asarray(self._records["vector"])

    def keys(self) -> list[bytes]:
        """The key of each record, in order."""
        keys = np.ascontiguousarray(self._records["key"]).tobytes()
        return [keys[start : start + KEY_BYTES] for start in range(0, len(keys), KEY_BYTES)]

    def sound(self) -> NDArray[np.bool_]:
        """Which records pass their checksum."""
        size = self._records.dtype.itemsize
        data = memoryview(self._records.tobytes())
        crcs = np.fromiter(
            (zlib.crc32(data[start : start + size - 4]) for start in range(0, len(data), size)),
            dtype=np.uint32,
            count=len(self),
        )
        return np.asarray(crcs == self._records["crc"])


class VectorCache(Mapping[bytes, Any]):
    """Every vector that earlier runs left: those of the current generation and those of the journal."""

    def __init__(self, files: Iterable[Path], dimension: int) -> None:
        self._where: dict[bytes, tuple[VectorFile, int]] = {}
        for file in files:
            if not file.is_file():
                continue
            records = VectorFile(file, dimension)
            sound = records.sound()
            for row, key in enumerate(records.keys()):
                if sound[row]:
                    self._where[key] = (records, row)

    def __getitem__(self, key: bytes) -> Vectors:
        records, row = self._where[key]
        vector: Vectors = records.matrix[row]
        return vector

    def __iter__(self) -> Any:
        return iter(self._where)

    def __len__(self) -> int:
        return len(self._where)

    def __contains__(self, key: object) -> bool:
        return key in self._where


class Journal:
    """The file that embedded vectors are appended to, batch by batch.

    Readers of a torn record stop before it, so the file is cut to whole records before more are appended.
    """

    def __init__(self, file: Path, dimension: int) -> None:
        size = _record(dimension).itemsize
        whole = file.stat().st_size // size * size if file.exists() else 0
        self._stream: IO[bytes] = file.open("ab")
        self._stream.truncate(whole)

    def append(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Hands whole records to the operating system, where they outlive this process."""
        self._stream.write(pack(keys, vectors))
        self._stream.flush()

    def close(self) -> None:
        """Closes the file."""
        self._stream.close()


def open_vectors(file: Path, dimension: int, count: int) -> VectorFile:
    """A generation's vectors; IndexBrokenError unless there are exactly as many as passages."""
    try:
        records = VectorFile(file, dimension)
    except FileNotFoundError:
        raise IndexBrokenError("The index has lost its vectors", REBUILD) from None
    if len(records) != count:
        raise IndexBrokenError(f"The index holds {len(records)} vectors for {count} passages", REBUILD)
    return records
