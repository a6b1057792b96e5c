"""The conversations that are kept, and what can be done with them.

A turn is written before its answer starts, its text as it comes, one commit a piece, and the whole answer at the end: a
program that is killed leaves the question and all that came, and the turn reads as not finished.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from assistant import saved
from assistant.chat import rows
from assistant.chat.rows import Found, Listed
from assistant.chat.schema import FILE, connect, connect_to_read, faults, writing
from assistant.chat.words import WORDS, matching, searchable
from assistant.domain import Answer, Conversation, Filter, TurnState
from assistant.errors import HistoryError, UsageError


class History:
    """The conversations of a user. Threads may share one; processes open their own.

    Nothing is created before the first turn is begun. Every method raises HistoryError if the file cannot be used.
    """

    def __init__(self, home: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._file = home / "history" / FILE
        self._now = now
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def begin(
        self, conversation: Conversation, question: str, *, replaces: int | None = None
    ) -> tuple[int, int, datetime]:
        """Writes a question down: ids of its conversation, which is made if it has none yet, and of its turn; the time.

        The turn that `replaces` names, and what came after it, goes when the new one is finished.
        """
        with self._write() as connection:
            asked = self._now()
            at = asked.isoformat()
            number = conversation.id
            if number is None or not rows.exists(connection, number):
                title = conversation.title or rows.title_of(question)
                values = (
                    rows.storable(conversation.corpus),
                    rows.storable(title),
                    at,
                    at,
                    *rows.columns(conversation.where),
                )
                number = rows.inserted(
                    connection.execute(
                        "INSERT INTO conversations (corpus, title, created, updated, since, until, outlet, document)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        values,
                    )
                )
            turn = rows.inserted(
                connection.execute(
                    "INSERT INTO turns (conversation, asked, question, state, replaces) VALUES (?, ?, ?, ?, ?)",
                    (number, at, rows.storable(question), TurnState.WRITING, replaces),
                )
            )
            connection.execute("UPDATE conversations SET updated = ? WHERE id = ?", (at, number))
            connection.execute(
                "INSERT INTO words (rowid, title, question, answer)"
                " SELECT ?, title, ?, '' FROM conversations WHERE id = ?",
                (turn, searchable(question), number),
            )
        return number, turn, asked

    def understood(self, turn: int, standalone_question: str) -> None:
        """Writes down what a question was taken to mean."""
        with self._write() as connection:
            connection.execute(
                "UPDATE turns SET standalone = ? WHERE id = ?", (rows.storable(standalone_question), turn)
            )

    def append(self, turn: int, text: str) -> None:
        """Writes down a further piece of an answer."""
        with self._write() as connection:
            connection.execute("UPDATE turns SET text = text || ? WHERE id = ?", (rows.storable(text), turn))

    def finish(self, turn: int, answer: Answer) -> None:
        """Writes down the whole answer; what the turn replaces goes."""
        kept, now = json.dumps(saved.to_json(answer)), self._now().isoformat()
        with self._write() as connection:
            row = connection.execute("SELECT conversation, replaces FROM turns WHERE id = ?", (turn,)).fetchone()
            if row is None:
                return
            conversation, replaces = row
            connection.execute(
                "UPDATE turns SET state = ?, text = ?, answer = ?, standalone = ?, replaces = NULL WHERE id = ?",
                (
                    TurnState.FINISHED,
                    rows.storable(answer.answer),
                    kept,
                    rows.storable(answer.standalone_question),
                    turn,
                ),
            )
            rows.index_text(connection, turn, answer.answer)
            connection.execute("UPDATE conversations SET updated = ? WHERE id = ?", (now, conversation))
            if replaces is not None:
                rows.retitle(connection, conversation, replaces, turn)
                rows.delete_turns(connection, "conversation = ? AND id >= ? AND id < ?", (conversation, replaces, turn))

    def fail(self, turn: int, error: str) -> None:
        """Writes down that there will be no answer, and why; what came stays."""
        with self._write() as connection:
            connection.execute(
                "UPDATE turns SET state = ?, error = ? WHERE id = ?", (TurnState.BROKEN, rows.storable(error), turn)
            )
            rows.index_unfinished(connection)

    def rename(self, number: int, title: str) -> None:
        """Gives a conversation another title.

        Raises:
            UsageError: there is no such conversation, or the title is blank.
        """
        line = " ".join(title.split())
        if not line:
            raise UsageError("The title is empty", "Give it in words.")
        self._require(number)
        with self._write() as connection:
            connection.execute("UPDATE conversations SET title = ? WHERE id = ?", (rows.storable(line), number))
            connection.execute(
                "UPDATE words SET title = ? WHERE rowid IN (SELECT id FROM turns WHERE conversation = ?)",
                (searchable(line), number),
            )

    def narrow(self, number: int, where: Filter) -> None:
        """Limits the further questions of a conversation; UsageError if there is none of that number."""
        self._require(number)
        with self._write() as connection:
            connection.execute(
                "UPDATE conversations SET since = ?, until = ?, outlet = ?, document = ? WHERE id = ?",
                (*rows.columns(where), number),
            )

    def delete(self, number: int) -> None:
        """Removes a conversation, and overwrites what it said; UsageError if there is none of that number."""
        self._require(number)
        self._remove("id = ?", (number,))

    def delete_all(self) -> int:
        """Removes every conversation; how many there were."""
        count = len(self.conversations())
        if count:
            self._remove("TRUE", ())
        return count

    def conversations(self, corpus: str | None = None) -> tuple[Listed, ...]:
        """The conversations, of one corpus or of all, the last used first."""
        with self._read() as connection:
            if connection is None:
                return ()
            return tuple(rows.listed_from(row) for row in connection.execute(rows.LIST, rows.of_corpus(corpus)))

    def last(self, corpus: str) -> Conversation | None:
        """The conversation with a corpus that was used last."""
        listed = self.conversations(corpus)
        return self.conversation(listed[0].id) if listed else None

    def conversation(self, number: int) -> Conversation:
        """A conversation with its turns.

        Raises:
            UsageError: there is no such conversation; the nearest is named.
        """
        self._require(number)
        with self._read() as connection:
            assert connection is not None  # noqa: S101 _require found it there
            (row,) = connection.execute(
                "SELECT corpus, title, created, updated, since, until, outlet, document"
                " FROM conversations WHERE id = ?",
                (number,),
            ).fetchall()
            corpus, title, created, updated, since, until, outlet, document = row
            turns = connection.execute(
                "SELECT id, question, asked, standalone, state, text, answer, error FROM turns"
                " WHERE conversation = ? ORDER BY id",
                (number,),
            )
            return Conversation(
                id=number,
                corpus=corpus,
                title=title,
                created=datetime.fromisoformat(created),
                updated=datetime.fromisoformat(updated),
                where=Filter(rows.day_from(since), rows.day_from(until), outlet, document),
                turns=tuple(rows.turn_from(turn) for turn in turns),
            )

    def search(self, query: str, corpus: str | None = None) -> tuple[Found, ...]:
        """The conversations with a turn, or a title, that holds all words of a query, best first.

        Words in double quotes must stand together. Where no word fits, the letters of the query are looked for.
        """
        if self._file.exists():
            # Where nothing may be written, what a killed program left is not found.
            with suppress(HistoryError), self._write() as connection:
                rows.index_unfinished(connection)
        with self._read() as connection:
            if connection is None:
                return ()
            listed = {
                one.id: one for one in map(rows.listed_from, connection.execute(rows.LIST, rows.of_corpus(corpus)))
            }
            words = matching(query)
            hits = connection.execute(rows.SEARCH, (WORDS, words)).fetchall() if words else []
            return rows.grouped(hits or rows.by_letters(connection, query.strip()), listed)

    def close(self) -> None:
        """Releases the file; a later call opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _require(self, number: int) -> None:
        known = [one.id for one in self.conversations()]
        if number in known:
            return
        if not known:
            raise UsageError(f"There is no conversation {number}, and no other", "`assistant ask` begins one.")
        near = min(known, key=lambda one: (abs(one - number), one))
        raise UsageError(f"There is no conversation {number}", f"The nearest is {near}; `assistant history` lists all.")

    def _remove(self, condition: str, values: tuple[int, ...]) -> None:
        with self._write() as connection:
            chosen = f"SELECT id FROM conversations WHERE {condition}"  # noqa: S608 a constant of this module
            rows.delete_turns(connection, f"conversation IN ({chosen})", values)
            connection.execute(f"DELETE FROM conversations WHERE {condition}", values)  # noqa: S608 as above
            # Full-text search keeps deleted words until its parts are merged.
            connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        with self._lock, faults(self._file):
            if self._connection is not None:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._lock, faults(self._file):
            if self._connection is None:
                self._connection = connect(self._file)
            with writing(self._connection):
                yield self._connection

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection | None]:
        with self._lock, faults(self._file):
            if self._connection is None:
                self._connection = connect_to_read(self._file)
            yield self._connection
