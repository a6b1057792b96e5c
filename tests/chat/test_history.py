"""What is kept of conversations, by whom it can be read, and what a crash leaves."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

from assistant.chat import schema
from assistant.chat.history import History
from assistant.chat.rows import title_of
from assistant.chat.words import MARK_END, MARK_START
from assistant.domain import Conversation, Filter, TurnState
from assistant.errors import HistoryError, UsageError
from tests.chat.talk import NOON, Voice, answer

POSIX = pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX's")


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    seconds = count()
    kept = History(tmp_path / "home", lambda: NOON + timedelta(seconds=next(seconds)))
    yield kept
    kept.close()


def new(corpus: str = "/data/pages", where: Filter | None = None) -> Conversation:
    return Conversation(None, corpus, "", NOON, NOON, where or Filter())


def told(history: History, question: str, text: str, conversation: Conversation | None = None) -> tuple[int, int]:
    """Ids of a conversation and of its finished turn."""
    number, turn, _ = history.begin(conversation or new(), question)
    history.finish(turn, answer(question, text))
    return number, turn


def test_nothing_is_made_before_the_first_turn(history: History, tmp_path: Path) -> None:
    assert history.conversations() == ()
    assert history.search("anything") == ()
    assert history.last("/data/pages") is None
    assert list(tmp_path.iterdir()) == []


def test_a_turn_comes_back_as_it_was(history: History) -> None:
    where = Filter(date(2022, 1, 1), None, "The Outlet", None)
    number, turn, asked = history.begin(new(where=where), "What did Ida Moen say?")
    done = answer("What did Ida Moen say?", "“It sank,” she said.", (Voice("Ida Moen", "Captain", "she"),))
    history.understood(turn, "What did Ida Moen say?")
    history.finish(turn, done)
    kept = history.conversation(number)
    assert (kept.id, kept.corpus, kept.title, kept.where) == (1, "/data/pages", "What did Ida Moen say?", where)
    assert (kept.created, kept.updated) == (asked, asked + timedelta(seconds=1))
    (one,) = kept.turns
    assert (one.id, one.state, one.text, one.answer, one.incomplete) == (
        turn,
        TurnState.FINISHED,
        done.answer,
        done,
        "",
    )


def test_what_came_is_there_before_the_answer_is_finished(history: History, tmp_path: Path) -> None:
    number, turn, _ = history.begin(new(), "How deep?")
    other = History(tmp_path / "home")
    assert [(one.question, one.text, one.incomplete) for one in other.conversation(number).turns] == [
        ("How deep?", "", "not finished")
    ]
    for piece in ("It is ", "40 ", "metres"):
        history.append(turn, piece)
    assert other.conversation(number).turns[0].text == "It is 40 metres"
    history.fail(turn, "the line broke")
    (one,) = other.conversation(number).turns
    assert (one.state, one.text, one.incomplete) == (TurnState.BROKEN, "It is 40 metres", "the line broke")
    other.close()


def test_conversations_are_listed_the_last_used_first(history: History) -> None:
    first, _ = told(history, "One?", "1")
    second, _ = told(history, "Two?", "2")
    third, _ = told(history, "Three?", "3", new("/data/others"))
    told(history, "And one more?", "1", history.conversation(first))
    assert [(one.id, one.turns) for one in history.conversations()] == [(first, 2), (third, 1), (second, 1)]
    assert [one.id for one in history.conversations("/data/pages")] == [first, second]
    last = history.last("/data/pages")
    assert last is not None
    assert last.id == first
    assert history.last("/data/none") is None


def test_a_number_is_never_given_twice(history: History) -> None:
    first, _ = told(history, "One?", "1")
    history.delete(first)
    assert told(history, "Two?", "2")[0] == first + 1


def test_a_new_turn_takes_the_place_of_an_old_one_when_it_is_finished(history: History) -> None:
    number, old = told(history, "What is the cost?", "Unknown.")
    failed = history.begin(history.conversation(number), "What is the price?", replaces=old)[1]
    history.fail(failed, "no connection")
    assert [turn.id for turn in history.conversation(number).turns] == [old, failed]
    again = history.begin(history.conversation(number), "What is the price?", replaces=old)[1]
    history.finish(again, answer("What is the price?", "Nine euros."))
    assert [turn.id for turn in history.conversation(number).turns] == [again]
    assert history.conversation(number).title == "What is the price?"
    assert history.search("cost") == ()


def test_search_finds_questions_answers_and_titles(history: History) -> None:
    ferry, _ = told(history, "How many people were aboard?", "The ferries carried 341 people.")
    bridge, _ = told(history, "Who built the bridge?", "Petr Parler.")
    history.rename(bridge, "Stone over the Vltava")
    assert [found.conversation.id for found in history.search("ferry carry")] == [ferry]
    assert [found.conversation.id for found in history.search("parler")] == [bridge]
    assert [found.conversation.id for found in history.search("Vltava")] == [bridge]
    assert history.search("ferry bridge") == ()
    (found,) = history.search('"341 people"')
    assert found.snippet == f"The ferries carried {MARK_START}341 people{MARK_END}."
    assert (found.turn, found.turns) == (1, 1)


@pytest.mark.parametrize(
    "query", ['"', "a AND", "NEAR(", "x*", "col:x", "(", "'", "-", "", "  ", "%", "\0", "^a", "{b}"]
)
def test_no_query_is_an_order(history: History, query: str) -> None:
    told(history, "Who built the bridge?", "Somebody.")
    assert history.search(query) == ()


def test_search_finds_accents_letters_inside_words_and_other_scripts(history: History) -> None:
    told(history, "Kas yra Šimonytė?", "Ministrė pirmininkė.")
    told(history, "立陶宛总统说了什么", "他说没有问题。")
    assert [found.conversation.id for found in history.search("simonyte")] == [1]
    assert [found.conversation.id for found in history.search("总统")] == [2]
    assert history.search("inistr")[0].snippet == f"M{MARK_START}inistr{MARK_END}ė pirmininkė."


def test_search_finds_what_a_killed_program_left(history: History) -> None:
    _, turn, _ = history.begin(new(), "How deep is it?")
    history.append(turn, "Forty fathoms, says the ")
    assert [found.turn for found in history.search("fathoms")] == [turn]


def test_marks_in_a_text_do_not_mark(history: History) -> None:
    told(history, "Who\x02 built\x03 it?", "The \x02mason\x03 did.")
    assert history.search("mason")[0].snippet == f"The  {MARK_START}mason{MARK_END}  did."


def test_text_that_is_broken_is_kept_readable(history: History) -> None:
    _, turn, _ = history.begin(new("/data/\udcff"), "What?")
    history.append(turn, "a\0b\ud800")
    assert history.conversation(1).turns[0].text == "a\ufffdb\\ud800"


def test_a_deleted_conversation_leaves_nothing_in_the_files(history: History, tmp_path: Path) -> None:
    told(history, "Where is the zirconium?", "In the cellar of the observatory.")
    told(history, "Who built the bridge?", "Petr Parler.")
    history.delete(1)
    history.close()
    stored = b"".join(file.read_bytes() for file in (tmp_path / "home" / "history").iterdir())
    assert b"Parler" in stored
    assert [word for word in (b"zirconium", b"observatori", b"cellar") if word in stored] == []


def test_all_can_be_deleted(history: History) -> None:
    told(history, "One?", "1")
    told(history, "Two?", "2")
    assert history.delete_all() == 2
    assert history.conversations() == ()
    assert history.delete_all() == 0


def test_a_number_that_is_not_there_names_the_nearest(history: History) -> None:
    with pytest.raises(UsageError, match=r"^There is no conversation 7, and no other\. `assistant ask` begins one\.$"):
        history.conversation(7)
    told(history, "One?", "1")
    told(history, "Two?", "2")
    for act in (
        history.conversation,
        history.delete,
        lambda n: history.rename(n, "x"),
        lambda n: history.narrow(n, Filter()),
    ):
        with pytest.raises(UsageError, match=r"^There is no conversation 7\. The nearest is 2; "):
            act(7)


def test_a_title_is_a_line(history: History) -> None:
    told(history, "One?", "1")
    history.rename(1, "  The first\n of all ")
    assert history.conversation(1).title == "The first of all"
    with pytest.raises(UsageError, match="The title is empty"):
        history.rename(1, " \n")


def test_a_long_question_is_cut_between_words_for_a_title() -> None:
    assert title_of("What did  she say?") == "What did she say?"
    assert title_of("word " * 30) == "word " * 13 + "word…"
    assert title_of("x" * 100) == "x" * 71 + "…"


@POSIX
def test_only_its_user_can_read_it(history: History, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        told(history, "One?", "1")
    finally:
        os.umask(before)
    folder = tmp_path / "home" / "history"
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert modes == {"history.sqlite": 0o600, "history.sqlite-wal": 0o600, "history.sqlite-shm": 0o600}
    assert [stat.S_IMODE(one.stat().st_mode) for one in (folder, folder.parent)] == [0o700, 0o700]


@POSIX
def test_a_file_that_others_could_read_is_closed_to_them(history: History, tmp_path: Path) -> None:
    told(history, "One?", "1")
    history.close()
    file = tmp_path / "home" / "history" / schema.FILE
    file.chmod(0o644)
    told(history, "Two?", "2")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_later_version_and_a_damaged_file_are_told(tmp_path: Path) -> None:
    file = tmp_path / "home" / "history" / schema.FILE
    file.parent.mkdir(parents=True)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(HistoryError, match="is of a later version of the program"):
        History(tmp_path / "home").conversations()
    file.write_bytes(b"This is no database, and it is long enough to be told from one. " * 20)
    with pytest.raises(HistoryError, match="is damaged"):
        History(tmp_path / "home").begin(new(), "One?")


def test_an_older_file_is_brought_up_to_date(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    told(history, "One?", "1")
    history.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("ALTER TABLE turns ADD COLUMN starred INTEGER",)))
    assert [one.title for one in history.conversations()] == ["One?"]
    assert [one.id for one in history.conversation(1).turns] == [1]


def test_full_text_search_is_compiled_in() -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    connection.close()


def test_where_nothing_may_be_written_it_can_still_be_read(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(history, "Who built it?", "The mason did.")
    history.close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with closing(History(tmp_path / "home")) as reading:
        assert [turn.question for turn in reading.conversation(1).turns] == ["Who built it?"]
        assert [found.conversation.id for found in reading.search("mason")] == [1]
        with pytest.raises(HistoryError, match="attempt to write a readonly database"):
            reading.rename(1, "Masonry")


def test_marks_of_markdown_are_not_searched(history: History) -> None:
    told(history, "Who built it?", "- It is 1\\. a \\*star\\*. [1]\n- Two. [2]")
    assert history.search('"1. a *star*"')[0].snippet == f"It is {MARK_START}1. a *star{MARK_END}*. [1]\nTwo. [2]"


def ask_often(home: Path, name: str, questions: int) -> None:
    history = History(home)
    for number in range(questions):
        _, turn, _ = history.begin(new(name), f"{name} {number}?")
        history.append(turn, "so ")
        history.finish(turn, answer("?", f"It is {number}."))
    history.close()


def test_processes_write_at_the_same_time(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    names = ["one", "two", "three"]
    processes = [context.Process(target=ask_often, args=(tmp_path, name, 20)) for name in names]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    history = History(tmp_path)
    for name in names:
        listed = history.conversations(name)
        assert sorted(one.title for one in listed) == sorted(f"{name} {number}?" for number in range(20))
    assert len(history.search("It is 7")) == 3
    history.close()
