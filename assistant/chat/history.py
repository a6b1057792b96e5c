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
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from assistant import saved
from assistant.chat.schema import FILE, connect, connect_to_read, faults, writing
from assistant.chat.words import WORDS, excerpt, matching, searchable
from assistant.domain import Answer, Conversation, Filter, Turn, TurnState
from assistant.errors import HistoryError, UsageError

TITLE = 72
"""Characters of a title that is made of the first question."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation without its turns."""

    id: int
    corpus: str
    title: str
    created: datetime
    updated: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation that holds what was searched for."""

    conversation: Listed
    turn: int
    """The id of the turn that fits best."""
    snippet: str
    """From this turn; what was searched for stands between MARK_START and MARK_END."""
    turns: int
    """How many of its turns fit."""


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
            if number is None or not _exists(connection, number):
                title = conversation.title or title_of(question)
                values = (_text(conversation.corpus), _text(title), at, at, *_columns(conversation.where))
                number = _inserted(
                    connection.execute(
                        "INSERT INTO conversations (corpus, title, created, updated, since, until, outlet, document)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        values,
                    )
                )
            turn = _inserted(
                connection.execute(
                    "INSERT INTO turns (conversation, asked, question, state, replaces) VALUES (?, ?, ?, ?, ?)",
                    (number, at, _text(question), TurnState.WRITING, replaces),
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
            connection.execute("UPDATE turns SET standalone = ? WHERE id = ?", (_text(standalone_question), turn))

    def append(self, turn: int, text: str) -> None:
        """Writes down a further piece of an answer."""
        with self._write() as connection:
            connection.execute("UPDATE turns SET text = text || ? WHERE id = ?", (_text(text), turn))

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
                (TurnState.FINISHED, _text(answer.answer), kept, _text(answer.standalone_question), turn),
            )
            _index_text(connection, turn, answer.answer)
            connection.execute("UPDATE conversations SET updated = ? WHERE id = ?", (now, conversation))
            if replaces is not None:
                _delete_turns(connection, "conversation = ? AND id >= ? AND id < ?", (conversation, replaces, turn))

    def fail(self, turn: int, error: str) -> None:
        """Writes down that there will be no answer, and why; what came stays."""
        with self._write() as connection:
            connection.execute(
                "UPDATE turns SET state = ?, error = ? WHERE id = ?", (TurnState.BROKEN, _text(error), turn)
            )
            _index_unfinished(connection)

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
            connection.execute("UPDATE conversations SET title = ? WHERE id = ?", (_text(line), number))
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
                (*_columns(where), number),
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
            return tuple(_listed(row) for row in connection.execute(_LIST, {"corpus": corpus}))

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
            (row,) = connection.execute("SELECT * FROM conversations WHERE id = ?", (number,)).fetchall()
            _, corpus, title, created, updated, since, until, outlet, document = row
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
                where=Filter(_day(since), _day(until), outlet, document),
                turns=tuple(_turn(turn) for turn in turns),
            )

    def search(self, query: str, corpus: str | None = None) -> tuple[Found, ...]:
        """The conversations with a turn, or a title, that holds all words of a query, best first.

        Words in double quotes must stand together. Where no word fits, the letters of the query are looked for.
        """
        if self._file.exists():
            # Where nothing may be written, what a killed program left is not found.
            with suppress(HistoryError), self._write() as connection:
                _index_unfinished(connection)
        with self._read() as connection:
            if connection is None:
                return ()
            listed = {one.id: one for one in map(_listed, connection.execute(_LIST, {"corpus": corpus}))}
            words = matching(query)
            hits = connection.execute(_SEARCH, (WORDS, words)).fetchall() if words else []
            return _grouped(hits or _by_letters(connection, query.strip()), listed)

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
            _delete_turns(connection, f"conversation IN ({chosen})", values)
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


_LIST = """
    SELECT id, corpus, title, created, updated, (SELECT count(*) FROM turns WHERE conversation = conversations.id)
    FROM conversations WHERE :corpus IS NULL OR corpus = :corpus ORDER BY updated DESC, id DESC
"""
# A word of the title or the question tells more than one of the answer.
_SEARCH = """
    SELECT turns.conversation, turns.id, snippet(words, -1, char(2), char(3), '…', ?)
    FROM words JOIN turns ON turns.id = words.rowid
    WHERE words MATCH ? ORDER BY bm25(words, 4.0, 4.0, 1.0), turns.id DESC
"""


def title_of(question: str) -> str:
    """A conversation's title: its first question, cut between words where it is long."""
    line = " ".join(question.split())
    if len(line) <= TITLE:
        return line
    head = line[: TITLE - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "…"


def _by_letters(connection: sqlite3.Connection, letters: str) -> list[tuple[int, int, str]]:
    """Turns that hold some letters inside their words: for languages without spaces, and for parts of words."""
    rows = connection.execute(
        "SELECT turns.conversation, turns.id, words.title, words.question, words.answer"
        " FROM words JOIN turns ON turns.id = words.rowid ORDER BY turns.id DESC"
    )
    found = []
    for conversation, turn, *texts in rows:
        places = (excerpt(text, letters) for text in texts)
        if (snippet := next((place for place in places if place), None)) is not None:
            found.append((conversation, turn, snippet))
    return found


def _grouped(hits: list[tuple[int, int, str]], listed: dict[int, Listed]) -> tuple[Found, ...]:
    """One entry a conversation, with its best turn."""
    best: dict[int, Found] = {}
    for conversation, turn, snippet in hits:
        if conversation not in listed:
            continue
        before = best.get(conversation)
        best[conversation] = (
            replace(before, turns=before.turns + 1) if before else Found(listed[conversation], turn, snippet, 1)
        )
    return tuple(best.values())


def _index_unfinished(connection: sqlite3.Connection) -> None:
    """Makes what came of answers that were not finished findable."""
    rows = connection.execute("SELECT id, text FROM turns WHERE state != ? AND text != ''", (TurnState.FINISHED,))
    for turn, text in rows.fetchall():
        _index_text(connection, turn, text)


def _index_text(connection: sqlite3.Connection, turn: int, text: str) -> None:
    connection.execute("UPDATE words SET answer = ? WHERE rowid = ?", (searchable(text), turn))


def _delete_turns(connection: sqlite3.Connection, condition: str, values: tuple[int, ...]) -> None:
    # S608: the conditions are constants of this module.
    chosen = f"SELECT id FROM turns WHERE {condition}"  # noqa: S608
    connection.execute(f"DELETE FROM words WHERE rowid IN ({chosen})", values)  # noqa: S608
    connection.execute(f"DELETE FROM turns WHERE {condition}", values)  # noqa: S608


def _exists(connection: sqlite3.Connection, conversation: int) -> bool:
    return connection.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation,)).fetchone() is not None


def _inserted(cursor: sqlite3.Cursor) -> int:
    assert cursor.lastrowid is not None  # noqa: S101 tells the type checker that something was inserted
    return cursor.lastrowid


def _listed(row: tuple[int, str, str, str, str, int]) -> Listed:
    number, corpus, title, created, updated, turns = row
    return Listed(number, corpus, title, datetime.fromisoformat(created), datetime.fromisoformat(updated), turns)


def _turn(row: tuple[int, str, str, str, str, str, str | None, str]) -> Turn:
    number, question, asked, standalone, state, text, answer, error = row
    return Turn(
        id=number,
        question=question,
        asked=datetime.fromisoformat(asked),
        standalone_question=standalone,
        state=TurnState(state),
        text=text,
        answer=saved.from_json(json.loads(answer)) if answer else None,
        error=error,
    )


def _columns(where: Filter) -> tuple[str | None, str | None, str | None, str | None]:
    since = where.since.isoformat() if where.since else None
    until = where.until.isoformat() if where.until else None
    return since, until, where.outlet, where.document


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(text: str) -> str:
    """What SQLite can hold: broken text as visible escapes, and no zero byte, which would end it."""
    return text.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode()
