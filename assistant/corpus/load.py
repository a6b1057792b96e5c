"""Folder to documents: what is there, what can be read, and why the rest cannot."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from assistant.corpus.formats.extracted import MAX_BYTES, Extracted
from assistant.domain import Document, Provenance, Skipped
from assistant.errors import CorpusError

METADATA_FILE = "metadata.toml"

FORMATS = {
    **dict.fromkeys((".txt", ".text", ".log", ".rst", ".org", ".tex", ".asc", ".csv", ".tsv"), "text"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html"),
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".pptx": "pptx",
    ".epub": "epub",
    ".rtf": "rtf",
    ".eml": "email",
}
"""File suffix to format name. A file without suffix is read if it is text."""

_MODULES = {"text": "text", "markdown": "text", "email": "eml"}
_UNSUPPORTED = {
    "an archive": ".zip .tar .gz .tgz .bz2 .xz .7z .rar .zst .jar .iso .dmg .cab .deb .rpm",
    "an image": ".png .jpg .jpeg .gif .webp .bmp .tif .tiff .svg .ico .heic .avif .psd .raw",
    "audio": ".mp3 .wav .flac .ogg .m4a .aac .wma .opus .mid",
    "video": ".mp4 .mkv .avi .mov .webm .wmv .flv .m4v .mpg .mpeg",
    "a program": ".exe .dll .so .dylib .bin .msi .app .apk .class .o .pyc .com .bat .sh .wasm",
    "a spreadsheet": ".xls .xlsx .xlsm .ods .numbers",
    "an old office file": ".doc .dot .ppt .pps .wpd .wps .pub .mdb",
    "data": ".json .jsonl .xml .yaml .yml .db .sqlite .sqlite3 .parquet .arrow .npy .npz .pkl .h5 .toml .ini .cfg",
    "a mailbox": ".mbox .msg .pst",
    "a font": ".ttf .otf .woff .woff2",
}
_KIND = {suffix: kind for kind, suffixes in _UNSUPPORTED.items() for suffix in suffixes.split()}
_LITTER = frozenset(["thumbs.db", "desktop.ini", "icon\r"])
_LITTER_FOLDERS = frozenset(["__macosx", "__pycache__", "node_modules", "$recycle.bin", "system volume information"])


class Found(NamedTuple):
    """A file that can be tried: its path relative to the folder, with forward slashes."""

    path: str
    file: Path
    size: int
    mtime_ns: int


class Scan(NamedTuple):
    """What is in a folder, each list sorted by path. `metadata` are the `metadata.toml` files among it."""

    files: tuple[Found, ...]
    skipped: tuple[Skipped, ...]
    metadata: tuple[Found, ...]


def scan(folder: Path) -> Scan:
    """Everything in a folder and below; CorpusError if it is no folder that can be read.

    Hidden files and what operating systems leave behind are passed over; links are followed within the folder, and no
    folder is entered twice. Every other file is either among `files` or among `skipped`.
    """
    if not folder.exists():
        raise CorpusError(f"there is no folder {folder}", "Name another with --corpus.")
    if not folder.is_dir():
        raise CorpusError(f"{folder} is a file, not a folder", "Name the folder that it lies in.")
    files: list[Found] = []
    metadata: list[Found] = []
    skipped: list[Skipped] = []
    for item in _walk(folder, "", _Walk(folder.resolve(), set())):
        if isinstance(item, Skipped):
            skipped.append(item)
        elif item.file.name == METADATA_FILE:
            metadata.append(item)
        else:
            reason = _unsupported(item)
            if reason is None:
                files.append(item)
            else:
                skipped.append(Skipped(item.path, reason))
    return Scan(
        tuple(sorted(files)),
        tuple(sorted(skipped, key=lambda one: (one.path, one.reason))),
        tuple(sorted(metadata)),
    )


def load(file: Path, path: str, override: Provenance | None = None) -> Document:
    """The decoded document; CorpusError with path, reason and remedy if it cannot be read."""
    try:
        data = _read(file)
        extracted = _extract(data, format_of(path))
    except CorpusError as error:
        raise CorpusError(f"{path} {error.message}", error.remedy) from error
    return Document(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        text=extracted.text,
        format=format_of(path),
        encoding=extracted.encoding,
        pages=extracted.pages,
        declared=extracted.declared,
        override=override or Provenance(),
    )


def format_of(path: str) -> str:
    """Name of the format that a path's suffix stands for; "text" for a file without one."""
    return FORMATS.get(Path(path).suffix.lower(), "text")


class _Walk(NamedTuple):
    """The folder that is walked, without links, and the places on disk of the folders that were entered."""

    root: Path
    seen: set[tuple[int, int]]


def _walk(folder: Path, prefix: str, walk: _Walk) -> Iterator[Found | Skipped]:
    try:
        # The place on disk tells a folder that links lead back to.
        status = folder.stat()
        if (status.st_dev, status.st_ino) in walk.seen:
            return
        walk.seen.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        if not prefix:
            raise CorpusError(
                f"the folder {folder} cannot be read ({_why(error)})", "Check its permissions."
            ) from error
        yield Skipped(prefix.rstrip("/"), f"folder cannot be read ({_why(error)})")
        return
    for entry in entries:
        if not entry.name.isprintable() or not _encodable(entry.name):
            shown = entry.name.encode("utf-8", "replace").decode().encode("unicode_escape").decode()
            yield Skipped(prefix + shown, "its name holds characters that cannot be shown")
            continue
        yield from _entry(entry, prefix, walk)


def _entry(entry: os.DirEntry[str], prefix: str, walk: _Walk) -> Iterator[Found | Skipped]:
    path, low = prefix + entry.name, entry.name.lower()
    if low.startswith((".", "~$")) or low in _LITTER:
        return
    try:
        status = entry.stat()
    except OSError as error:
        yield Skipped(path, "broken link" if entry.is_symlink() else f"cannot be read ({_why(error)})")
        return
    if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(walk.root):
        # Nobody put that file into the folder, and a citation of it could not be held against the folder's files.
        yield Skipped(path, "a link to something outside of the folder")
    elif stat.S_ISDIR(status.st_mode):
        if low not in _LITTER_FOLDERS:
            yield from _walk(Path(entry.path), path + "/", walk)
    elif stat.S_ISREG(status.st_mode):
        yield Found(path, Path(entry.path), status.st_size, status.st_mtime_ns)
    else:
        yield Skipped(path, "not a regular file")


def _encodable(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _unsupported(item: Found) -> str | None:
    suffix = item.file.suffix.lower()
    if suffix in FORMATS or not suffix:
        return None
    kind = _KIND.get(suffix)
    return f"unsupported: {kind} ({suffix})" if kind else f"unsupported format ({suffix})"


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise CorpusError("is not a regular file", "Remove it from the folder.")
            data = b"" if status.st_size > MAX_BYTES else stream.read(MAX_BYTES + 1)
            if status.st_size > MAX_BYTES or len(data) > MAX_BYTES:
                raise CorpusError(f"is larger than {MAX_BYTES // 2**20} MB", "Split it into smaller files.")
    except FileNotFoundError as error:
        raise CorpusError("is no longer there", "Index the folder again.") from error
    except PermissionError as error:
        raise CorpusError("cannot be read (permission denied)", "Check its permissions.") from error
    except OSError as error:
        raise CorpusError(f"cannot be read ({_why(error)})", "Check the disk and the file.") from error
    if not data.strip():
        raise CorpusError("is empty", "Remove it, or fill it.")
    return data


def _extract(data: bytes, name: str) -> Extracted:
    # Each format brings its own parser; only those of the files at hand are imported.
    module = import_module(f"assistant.corpus.formats.{_MODULES.get(name, name)}")
    try:
        extracted: Extracted = module.extract(data)
    except (RecursionError, MemoryError) as error:
        raise CorpusError("is nested or packed beyond what can be read", "Save it again in a simpler form.") from error
    if not extracted.text.strip():
        raise CorpusError("is empty", "Remove it, or fill it.")
    return extracted
