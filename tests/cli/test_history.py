"""`ask -c` and `history` as their users run them, and what a killed program leaves."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import BARRED, ROOT, Ran, assistant

PAGE = """Ferry sinks off the coast

15 January 2022

The ferry carried 341 people when it left the harbour. “We had no warning at all,” Captain Ida Moen said about the
storm.

“The hull was sound,” engineer Lars Berg said about the storm. The ferry sank at noon.
"""
STORM = "What did Moen say about the storm?"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "ferry.txt").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def state(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state directory with the index of the corpus, to be copied."""
    home = tmp_path_factory.mktemp("state")
    assert assistant("index", env={"ASSISTANT_CORPUS": str(corpus), "ASSISTANT_HOME": str(home)}).code == 0
    return home


@pytest.fixture
def empty(corpus: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a corpus that nobody has asked anything."""
    return {"ASSISTANT_CORPUS": str(corpus), "ASSISTANT_HOME": str(tmp_path / "state")}


@pytest.fixture
def shelf(empty: dict[str, str], state: Path) -> dict[str, str]:
    """The environment of an indexed corpus of one page, with a state directory of its own."""
    shutil.copytree(state, empty["ASSISTANT_HOME"])
    return empty


def loaded(ran: Ran, code: int = 0) -> Any:
    assert (ran.code, ran.err) == (code, "")
    return json.loads(ran.out)


def test_a_follow_up_goes_on_with_the_last_conversation(shelf: dict[str, str]) -> None:
    assert assistant("ask", STORM, env=shelf).code == 0
    ran = assistant("ask", "-c", "And Berg?", env=shelf)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Asked as: What did Berg say about the storm?\n\n")
    assert "“The hull was sound,” engineer Lars Berg said about the storm. [1]" in ran.out
    answer = loaded(assistant("ask", "--continue", "--json", "And Moen?", env=shelf))
    assert (answer["question"], answer["standalone_question"]) == ("And Moen?", STORM)
    assistant("ask", "When did the ferry sink?", env=shelf)
    listed = loaded(assistant("history", "list", "--json", env=shelf))
    assert [(one["id"], one["title"], one["turns"]) for one in listed] == [
        (2, "When did the ferry sink?", 1),
        (1, STORM, 3),
    ]


def test_history_commands(shelf: dict[str, str], corpus: Path, tmp_path: Path) -> None:
    assert assistant("history", env=shelf) == Ran(0, "No conversations are kept yet. `assistant ask` begins one.\n", "")
    answer = loaded(assistant("ask", "--json", STORM, env=shelf))
    assistant("ask", "-c", "And Berg?", env=shelf)
    assert assistant("history", "rename", "1", "The", "storm", env=shelf) == Ran(0, "", "")
    (found,) = loaded(assistant("history", "search", "--json", "hull", env=shelf))
    assert (found["id"], found["title"], found["matching_turns"], found["corpus"]) == (1, "The storm", 1, str(corpus))
    assert "“The hull was sound,”" in found["snippet"]
    assert assistant("history", "search", "submarine", env=shelf) == Ran(3, "No conversation holds submarine.\n", "")
    shown = loaded(assistant("history", "show", "--json", "1", env=shelf))
    assert [turn["question"] for turn in shown["turns"]] == [STORM, "And Berg?"]
    assert shown["turns"][0]["answer"] == answer
    page = assistant("history", "show", "1", env=shelf).out
    assert page.startswith("The storm\nconversation 1 · ")
    assert "\n> And Berg?\n\nAsked as: What did Berg say about the storm?\n" in page
    file = tmp_path / "talk.json"
    assert assistant("history", "export", "1", "--format", "json", "-o", str(file), env=shelf) == Ran(0, "", "")
    assert json.loads(file.read_text(encoding="utf-8")) == shown
    markdown = assistant("history", "export", "1", env=shelf).out
    assert markdown.startswith("# The storm\n")
    assert "\n## And Berg?\n\n*Asked as: What did Berg say about the storm?*\n" in markdown
    start = PAGE.index("“The hull")
    place = f"ferry.txt:8 ({start}–{PAGE.index(' The ferry sank')})"
    assert f"\n- [1] Lars Berg, engineer · Ferry sinks off the coast · 2022-01-15 · {place}: “The hull" in markdown
    assert assistant("history", "delete", "1", env=shelf) == Ran(0, "", "")
    assert loaded(assistant("history", "list", "--json", env=shelf)) == []


def test_an_exported_answer_verifies(shelf: dict[str, str]) -> None:
    assistant("ask", STORM, env=shelf)
    shown = loaded(assistant("history", "export", "1", "--format", "json", env=shelf))
    ran = assistant("verify", "--json", "-", stdin=json.dumps(shown["turns"][0]["answer"]), env=shelf)
    assert loaded(ran)["verified"] is True


def test_deleting_all_needs_a_yes(shelf: dict[str, str]) -> None:
    assert assistant("history", "delete", "--all", env=shelf) == Ran(0, "", "")
    assistant("ask", STORM, env=shelf)
    ran = assistant("history", "delete", "--all", env=shelf)
    assert (ran.code, ran.err) == (2, "assistant: --all would delete 1 conversations. Add --yes to do so.\n")
    assert assistant("history", "delete", "--all", "--yes", env=shelf) == Ran(0, "", "")
    assert loaded(assistant("history", "list", "--json", env=shelf)) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "7"], "There is no conversation 7, and no other. `assistant ask` begins one."),
        (["export", "7"], "There is no conversation 7, and no other. `assistant ask` begins one."),
        (["rename", "7", "x"], "There is no conversation 7, and no other. `assistant ask` begins one."),
        (["delete", "7"], "There is no conversation 7, and no other. `assistant ask` begins one."),
        (["delete"], "Name the conversations to delete, or --all. `assistant history` lists them."),
        (["delete", "7", "--all"], "Name the conversations to delete, or --all. `assistant history` lists them."),
        (["search", " "], "The query is empty. Give some words."),
        (["show", "x"], "Invalid value for 'ID': 'x' is not a valid integer. See: assistant history show --help"),
    ],
)
def test_a_request_that_is_off_is_one_line(arguments: list[str], message: str, empty: dict[str, str]) -> None:
    assert assistant("history", *arguments, env=empty) == Ran(2, "", f"assistant: {message}\n")
    assert not Path(empty["ASSISTANT_HOME"]).exists()


def test_a_period_is_kept_and_said(shelf: dict[str, str]) -> None:
    assistant("ask", "--until", "2021", STORM, env=shelf)
    ran = assistant("ask", "-c", "And Berg?", env=shelf)
    assert (ran.code, ran.err) == (
        3,
        "assistant: This conversation is limited to articles until 2021-12-31; "
        "`assistant ask` without -c begins a new one.\n",
    )


def test_the_first_question_of_a_folder_can_be_asked_with_continue(shelf: dict[str, str]) -> None:
    ran = assistant("ask", "-c", STORM, env=shelf)
    assert (ran.code, ran.err) == (
        0,
        "assistant: No conversation about this folder is kept yet; this is its first question.\n",
    )


def test_no_history_is_kept_where_none_is_wanted(shelf: dict[str, str]) -> None:
    unkept = {**shelf, "ASSISTANT_HISTORY": "false"}
    assert assistant("ask", STORM, env=unkept).code == 0
    ran = assistant("ask", "-c", "And Berg?", env=unkept)
    assert ran == Ran(2, "", "assistant: No conversation is kept to follow up on. Set history to true to keep them.\n")
    assert [one.name for one in Path(shelf["ASSISTANT_HOME"]).iterdir()] == ["indexes"]


def test_an_answer_that_cannot_be_recorded_is_shown(shelf: dict[str, str]) -> None:
    folder = Path(shelf["ASSISTANT_HOME"]) / "history"
    folder.write_text("a file in the way")
    ran = assistant("ask", STORM, env=shelf)
    assert ran.code == 0
    assert "“We had no warning at all,” Captain Ida Moen said about the storm. [1]" in ran.out
    assert ran.err.startswith(f"assistant: This answer was not recorded: The history in {folder}")
    assert ran.err.count("\n") == 1


def test_nothing_that_was_recorded_acts_on_the_terminal(shelf: dict[str, str]) -> None:
    assistant("ask", "What did \u202eMoen\u2066 say about [red]the storm[/red]?", env=shelf)
    assistant("history", "rename", "1", "\x1b[31mred\x1b]8;;x\x07", env=shelf)
    for arguments in (["list"], ["show", "1"], ["export", "1"], ["search", "storm"]):
        out = assistant("history", *arguments, env=shelf).out
        assert [c for c in out if ord(c) < 32 and c != "\n"] == [], arguments
        assert "\u202e" not in out


def test_no_key_is_recorded(shelf: dict[str, str]) -> None:
    key = "sk-proj-thisIsASecretThatNobodyMaySee"
    environment = {**shelf, "OPENAI_API_KEY": key, "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    assert assistant("ask", STORM, env=environment).code == 5
    (turn,) = loaded(assistant("history", "show", "--json", "1", env=environment))["turns"]
    assert (turn["question"], turn["state"]) == (STORM, "broken")
    stored = [file.read_bytes() for file in Path(shelf["ASSISTANT_HOME"]).glob("history/*")]
    assert [data for data in stored if b"SecretThatNobody" in data] == []


@pytest.mark.skipif(os.name == "nt", reason="kills with SIGKILL")
def test_a_killed_program_leaves_the_question_and_what_came(shelf: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(
        "pace: 0.02\nThe ferry carried 341 people [1]. " + "It sank at noon [1]. " * 500, encoding="utf-8"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "ask", "--model", f"scripted:{script}", "How many people were aboard?"],
        cwd=ROOT,
        env={**os.environ, **shelf, "PYTHONPATH": os.pathsep.join((str(BARRED), str(ROOT)))},
        stdout=subprocess.DEVNULL,
    )
    try:
        turn = _turn_with(shelf, "noon", process)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    (left,) = loaded(assistant("history", "show", "--json", "1", env=shelf))["turns"]
    assert (left["question"], left["state"], left["incomplete"], left["answer"]) == (
        "How many people were aboard?",
        "writing",
        "not finished",
        None,
    )
    assert left["text"].startswith(turn["text"])
    assert left["text"].startswith("The ferry carried 341 people")
    page = assistant("history", "show", "1", env=shelf).out
    assert page.rstrip().endswith("incomplete: not finished")
    assert [one["id"] for one in loaded(assistant("history", "search", "--json", "sank noon", env=shelf))] == [1]
    assert assistant("ask", "-c", "When did the ferry sink?", env=shelf).code == 0
    assert len(loaded(assistant("history", "show", "--json", "1", env=shelf))["turns"]) == 2


def _turn_with(shelf: dict[str, str], word: str, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """The turn that the process is writing, once its text holds a word."""
    from assistant.chat.history import History

    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        history = History(Path(shelf["ASSISTANT_HOME"]))
        turns = history.conversation(1).turns if history.conversations() else ()
        history.close()
        if turns and word in turns[0].text:
            return {"text": turns[0].text}
        time.sleep(0.05)
    raise AssertionError("the program wrote nothing down")
