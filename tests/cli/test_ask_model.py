"""`ask --model` as a process: piped, on a terminal, interrupted, and with a model that is not there."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.command import BARRED, ROOT, assistant

PAGE = """Ferry sinks off the coast

The ferry carried 341 people when it left the harbour, Captain Ida Moen said on Thursday. It sank at noon.
"""
SAID = "The ferry carried 341 people [1]. It was sabotage by pirates [1]."
QUESTION = "How many people did the ferry carry?"
_CODES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an indexed corpus of one page."""
    folder = tmp_path_factory.mktemp("shelf")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "ferry.txt").write_text(PAGE, encoding="utf-8")
    environment = {"ASSISTANT_CORPUS": str(corpus), "ASSISTANT_HOME": str(folder / "state")}
    assert assistant("index", env=environment).code == 0
    return environment


def script(folder: Path, text: str) -> str:
    file = folder / "script.txt"
    file.write_text(text, encoding="utf-8")
    return f"scripted:{file}"


def flat(page: str) -> str:
    """A page without its line breaks."""
    return " ".join(page.split())


def test_a_pipe_gets_the_checked_page_only(shelf: dict[str, str], tmp_path: Path) -> None:
    ran = assistant("ask", "--model", script(tmp_path, SAID), QUESTION, env=shelf)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("341 people") == 1
    assert "It was sabotage by pirates. (no source)" in ran.out
    assert "1 of 2 statements unsupported: most of its words are not in what it cites." in ran.out
    assert "scripted:script.txt · 1 of 1 citations verified" in ran.out


def test_json_and_what_verify_says_to_it(shelf: dict[str, str], tmp_path: Path) -> None:
    ran = assistant("ask", "--model", script(tmp_path, SAID), "--json", QUESTION, env=shelf)
    data = json.loads(ran.out)
    assert (data["reader"], data["incomplete"], data["usage"]["cost_usd"]) == ("scripted:script.txt", "", None)
    assert re.fullmatch(r"answer@\d+\+[0-9a-f]{8}", data["prompt"])
    assert [s["support"] for s in data["statements"]] == ["quoted", "unsupported"]
    assert {"first_token", "retrieve", "read", "total"} <= data["timings_ms"].keys()
    saved = tmp_path / "answer.json"
    saved.write_text(ran.out, encoding="utf-8")
    assert assistant("verify", str(saved), env=shelf).code == 0


def test_not_in_the_passages_ends_with_3(shelf: dict[str, str], tmp_path: Path) -> None:
    ran = assistant("ask", "--model", script(tmp_path, "NOT IN THE PASSAGES."), QUESTION, env=shelf)
    assert (ran.code, ran.err) == (3, "")
    assert flat(ran.out).startswith(
        "Not in this corpus. scripted:script.txt finds no answer in the 1 passage it was given. "
    )


@pytest.mark.parametrize(
    ("model", "code", "line"),
    [
        ("openai:x", 5, "assistant: openai:x needs an API key. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of "
         "your own, or use --model extractive.\n"),
        ("gpt-4", 2, "assistant: “gpt-4” is not a model. Write extractive, or provider:name, like "
         "openai:gpt-5.6-luna; docs/models.md has more.\n"),
    ],
)  # fmt: skip
def test_no_model_is_one_line(model: str, code: int, line: str, shelf: dict[str, str]) -> None:
    ran = assistant("ask", "--model", model, QUESTION, env=shelf)
    assert (ran.code, ran.out, ran.err) == (code, "", line)


def test_a_wrong_model_is_told_before_anything_is_indexed(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(PAGE, encoding="utf-8")
    state = tmp_path / "state"
    ran = assistant("ask", "--corpus", str(tmp_path), "--model", "x", QUESTION, env={"ASSISTANT_HOME": str(state)})
    assert (ran.code, state.exists()) == (2, False)


def test_a_fallback_is_said(shelf: dict[str, str]) -> None:
    fallbacks = {**shelf, "ASSISTANT_FALLBACKS": "extractive"}
    ran = assistant("ask", "--model", "openai:x", QUESTION, env=fallbacks)
    assert (ran.code, ran.err) == (0, "")
    assert "extractive answers instead: openai:x needs an API key." in flat(ran.out)


class Terminal:
    """Runs a command with a terminal for stdout, and what it showed there."""

    def __init__(self, extra: dict[str, str], *arguments: str) -> None:
        import pty

        self._mine, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(BARRED), str(ROOT))), "COLUMNS": "80", **extra}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=ROOT,
        )
        os.close(theirs)
        self.shown = ""

    def read_until(self, text: str) -> None:
        until = time.monotonic() + 60
        while text not in _CODES.sub("", self.shown):
            assert time.monotonic() < until
            if not self._more():
                break

    def interrupt(self) -> None:
        self._process.send_signal(signal.SIGINT)

    def end(self) -> tuple[int, str]:
        """Exit code and stderr."""
        while self._more():
            pass
        assert self._process.stderr is not None
        error = self._process.stderr.read().decode()
        self._process.stderr.close()
        os.close(self._mine)
        return self._process.wait(60), error

    def _more(self) -> bool:
        try:
            data = os.read(self._mine, 65_536)
        except OSError:  # Linux tells the end of a terminal by an error
            return False
        self.shown += data.decode()
        return bool(data)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is made with pty")
def test_a_terminal_shows_the_text_as_it_comes_and_then_the_page(shelf: dict[str, str], tmp_path: Path) -> None:
    terminal = Terminal(shelf, "ask", "--model", script(tmp_path, f"pace: 0.1\n{SAID}"), QUESTION)
    terminal.read_until("The ferry carried 341")
    assert "people" not in terminal.shown.rpartition("341")[2]
    assert terminal.end() == (0, "")
    page = terminal.shown.rpartition("\x1b[?25h")[2]
    assert "It was sabotage by pirates." in _CODES.sub("", page)
    assert "(no source)" in _CODES.sub("", page)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is made with pty")
def test_an_interrupted_answer_is_kept_and_marked(shelf: dict[str, str], tmp_path: Path) -> None:
    terminal = Terminal(shelf, "ask", "--model", script(tmp_path, f"pace: 0.2\n{SAID}"), QUESTION)
    terminal.read_until("[1]. It")
    terminal.interrupt()
    assert terminal.end() == (130, "assistant: Interrupted\n")
    page = flat(_CODES.sub("", terminal.shown.rpartition("\x1b[?25h")[2]))
    assert "The ferry carried 341 people. [1]" in page
    assert "Incomplete: stopped by you." in page
    assert "pirates" not in page
