"""The file that keeps the conversations: SQLite, private to its user, shared by as many processes as like.

A write-ahead log lets one process write while others read. With `synchronous = NORMAL` a commit is in the hands of the
operating system when it returns: a killed program loses nothing of it, a machine without power perhaps its last
moments, and neither harms the file.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import HistoryError

FILE = "history.sqlite"
PATIENCE = 10.0
"""Seconds to wait for another process that is writing; each writes for about a millisecond."""

_FIRST = (
    """CREATE TABLE conversations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        corpus TEXT NOT NULL,
        title TEXT NOT NULL,
        created TEXT NOT NULL,
        updated TEXT NOT NULL,
        since TEXT,
        until TEXT,
        outlet TEXT,
        document TEXT
    )""",
    "CREATE INDEX by_corpus ON conversations (corpus, updated)",
    """CREATE TABLE turns (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        asked TEXT NOT NULL,
        question TEXT NOT NULL,
        standalone TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL,
        text TEXT NOT NULL DEFAULT '',
        answer TEXT,
        error TEXT NOT NULL DEFAULT '',
        replaces INTEGER
    )""",
    "CREATE INDEX by_conversation ON turns (conversation, id)",
    # One row a turn, under the turn's id.
    """CREATE VIRTUAL TABLE words USING fts5(
        title, question, answer, tokenize = 'porter unicode61 remove_diacritics 2'
    )""",
)
MIGRATIONS = (_FIRST,)
"""What leads from each version of the schema to the next; `user_version` counts those that were done."""


def connect(file: Path) -> sqlite3.Connection:
    """The database, made or brought to the current schema first.

    Raises:
        HistoryError: the file is damaged, of a later version of the program, or cannot be written.
    """
    with faults(file):
        _make_private(file)
        connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection, file)
        except BaseException:
            connection.close()
            raise
        return connection


def connect_to_read(file: Path) -> sqlite3.Connection | None:
    """The database as it is, None if there is none; also from a folder in which nothing may be written.

    Raises:
        HistoryError: as `connect`.
    """
    if not file.exists():
        return None
    if os.access(file, os.W_OK) and os.access(file.parent, os.W_OK):
        return connect(file)
    with faults(file):
        # Nothing can be written beside the file, and so nobody is writing: it is read as it lies.
        where = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(where, uri=True, isolation_level=None, check_same_thread=False)
        try:
            if _version(connection, file) < len(MIGRATIONS):
                raise HistoryError(f"The history in {file} is of an earlier version, and may not be written")
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of it is written, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def faults(file: Path) -> Iterator[None]:
    """Turns what SQLite and the operating system report into HistoryError."""
    try:
        yield
    except OSError as error:
        raise HistoryError(f"The history in {file} cannot be used: {error.strerror}", _REMEDY) from error
    except sqlite3.Error as error:
        said = " ".join(str(error).split())
        if isinstance(error, sqlite3.DatabaseError) and ("not a database" in said or "malformed" in said):
            remedy = "Move it away; the next question begins a new one."
            raise HistoryError(f"The history in {file} is damaged ({said})", remedy) from error
        raise HistoryError(f"The history in {file} cannot be used: {said}", _REMEDY) from error


_REMEDY = "Set ASSISTANT_HOME to a folder that can be written, or history to false."


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    # What is deleted is overwritten, not merely forgotten.
    connection.execute("PRAGMA secure_delete = ON")
    if _version(connection, file) == len(MIGRATIONS):
        return
    connection.execute("PRAGMA journal_mode = WAL")
    with writing(connection):
        # Looked at again inside: another process may have been faster.
        for number in range(_version(connection, file), len(MIGRATIONS)):
            for statement in MIGRATIONS[number]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")


def _version(connection: sqlite3.Connection, file: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise HistoryError(f"The history in {file} is of a later version of the program", "Use that one.")
    return version


def _make_private(file: Path) -> None:
    """An empty file that only its owner can read; SQLite gives the same mode to the files that it puts beside it."""
    missing = [folder for folder in (file.parent, *file.parent.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        if os.name != "nt" and file.stat().st_mode & 0o077:
            file.chmod(0o600)
