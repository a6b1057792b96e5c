"""Rows of the history's tables as objects and back, and the statements that several of its methods need."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant import saved
from assistant.chat.words import excerpt, searchable
from assistant.domain import Filter, Turn, TurnState

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


LIST = """
    SELECT id, corpus, title, created, updated, (SELECT count(*) FROM turns WHERE conversation = conversations.id)
    FROM conversations WHERE :corpus IS NULL OR corpus = :corpus ORDER BY updated DESC, id DESC
"""
# A word of the title or the question tells more than one of the answer.
SEARCH = """
    SELECT turns.conversation, turns.id, snippet(words, -1, char(2), char(3), '…', ?)
    FROM words JOIN turns ON turns.id = words.rowid
    WHERE words MATCH ? ORDER BY bm25(words, 4.0, 4.0, 1.0), turns.id DESC
"""


def of_corpus(corpus: str | None) -> dict[str, str | None]:
    """The parameters of LIST."""
    return {"corpus": None if corpus is None else storable(corpus)}


def title_of(question: str) -> str:
    """A conversation's title: its first question, cut between words where it is long."""
    line = " ".join(question.split())
    if len(line) <= TITLE:
        return line
    head = line[: TITLE - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "…"


def by_letters(connection: sqlite3.Connection, letters: str) -> list[tuple[int, int, str]]:
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


def grouped(hits: list[tuple[int, int, str]], listed: dict[int, Listed]) -> tuple[Found, ...]:
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


def index_unfinished(connection: sqlite3.Connection) -> None:
    """Makes what came of answers that were not finished findable."""
    rows = connection.execute("SELECT id, text FROM turns WHERE state != ? AND text != ''", (TurnState.FINISHED,))
    for turn, text in rows.fetchall():
        index_text(connection, turn, text)


def retitle(connection: sqlite3.Connection, conversation: int, old: int, new: int) -> None:
    """A title that was made of a question which is replaced gives way to one made of the new question."""
    questions = "SELECT question FROM turns WHERE id = ?"
    (before,), (after,) = (connection.execute(questions, (turn,)).fetchone() or ("",) for turn in (old, new))
    title = title_of(after)
    changed = connection.execute(
        "UPDATE conversations SET title = ? WHERE id = ? AND title = ?", (title, conversation, title_of(before))
    )
    if changed.rowcount:
        connection.execute(
            "UPDATE words SET title = ? WHERE rowid IN (SELECT id FROM turns WHERE conversation = ?)",
            (searchable(title), conversation),
        )


def index_text(connection: sqlite3.Connection, turn: int, text: str) -> None:
    """Makes the text of a turn findable."""
    connection.execute("UPDATE words SET answer = ? WHERE rowid = ?", (searchable(text), turn))


def delete_turns(connection: sqlite3.Connection, condition: str, values: tuple[int, ...]) -> None:
    """Removes turns, and what of them was findable."""
    # S608: the conditions are constants of this module.
    chosen = f"SELECT id FROM turns WHERE {condition}"  # noqa: S608
    connection.execute(f"DELETE FROM words WHERE rowid IN ({chosen})", values)  # noqa: S608
    connection.execute(f"DELETE FROM turns WHERE {condition}", values)  # noqa: S608


def exists(connection: sqlite3.Connection, conversation: int) -> bool:
    """Whether there is a conversation of that number."""
    return connection.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation,)).fetchone() is not None


def inserted(cursor: sqlite3.Cursor) -> int:
    """The id of the row that a statement inserted."""
    assert cursor.lastrowid is not None  # noqa: S101 tells the type checker that something was inserted
    return cursor.lastrowid


def listed_from(row: tuple[int, str, str, str, str, int]) -> Listed:
    """A row of LIST."""
    number, corpus, title, created, updated, turns = row
    return Listed(number, corpus, title, datetime.fromisoformat(created), datetime.fromisoformat(updated), turns)


def turn_from(row: tuple[int, str, str, str, str, str, str | None, str]) -> Turn:
    """A row of `turns`."""
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


def columns(where: Filter) -> tuple[str | None, str | None, str | None, str | None]:
    """A filter as the columns that hold it."""
    since = where.since.isoformat() if where.since else None
    until = where.until.isoformat() if where.until else None
    return since, until, where.outlet, where.document


def day_from(text: str | None) -> date | None:
    """A day in ISO form."""
    return date.fromisoformat(text) if text else None


def storable(text: str) -> str:
    """What SQLite can hold: broken text as visible escapes, and no zero byte, which would end it."""
    return text.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode()
