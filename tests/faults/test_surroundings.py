"""The terminal, the locale, the streams and the working directory may be anything."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.faults.program import Program

ASKED = "How much cargo did the harbour of Klaipeda handle?"


def cells(line: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("columns", [20, 40, 60])
def test_no_line_is_wider_than_the_terminal(small: Program, columns: int) -> None:
    commands = (("ask", ASKED), ("ask", "What did the astronaut bake?"), ("search", ASKED), ("sources",), ("doctor",))
    commands_and_show: tuple[tuple[str, ...], ...] = (*commands, ("show", "harbour.txt"), ("show", "harbour.txt:0-20"))
    for command, ran in zip(
        commands_and_show, small.run_all(*commands_and_show, env={"COLUMNS": str(columns)}), strict=True
    ):
        ran.is_fine(0, 3)
        # A path that is longer than the line stays in one piece, so that it can be copied: it does not count here.
        lines = [re.sub(r"\S{12,}", "", line).rstrip() for line in ran.out.splitlines()]
        assert [line for line in lines if cells(line) > columns] == [], command


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii", "TERM": "dumb"},
        {"PYTHONIOENCODING": "", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"NO_COLOR": "1", "COLUMNS": "0", "LINES": "0"},
        {"COLUMNS": "many", "TERM": "", "HOME": ""},
    ],
    ids=repr,
)
def test_answers_wherever_it_runs(small: Program, env: dict[str, str]) -> None:
    ran = small.run("ask", ASKED, env=env)
    assert ran.code == 0, ran.stderr
    assert b"45 million" in b" ".join(ran.stdout.split())
    assert b"Traceback" not in ran.stderr
    assert b"\x1b" not in ran.stdout


def test_json_of_an_ascii_stdout_is_ascii(small: Program) -> None:
    ran = small.run("ask", "--json", ASKED, env={"PYTHONIOENCODING": "ascii"})
    ran.is_fine()
    assert ran.stdout.isascii()


def test_a_reader_that_leaves_early_is_no_error(small: Program) -> None:
    process = small.start("ask", "--json", ASKED)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr:
        assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 0


def test_a_full_disk_behind_stdout_is_one_line(small: Program) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        ran = small.run("ask", ASKED, stdout=full.fileno())
    ran.says(4, "No space left on device")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_defect(small: Program, closed: str) -> None:
    if os.name != "posix":
        pytest.skip("a shell closes the streams")
    done = subprocess.run(
        ["sh", "-c", f'"$1" -m assistant ask "$2" {closed}', "sh", sys.executable, ASKED],
        capture_output=True,
        env=small.environment(),
        check=False,
        timeout=60,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert b"Exception" not in done.stderr, done.stderr.decode()


def test_a_working_directory_that_is_gone_is_no_defect(small: Program, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    ran = small.run("ask", ASKED, cwd=gone, before=lambda: gone.rmdir())
    ran.is_fine(0, 4)


BROKEN_CONFIGURATION = (
    (b"corpus = ", "assistant.toml"),
    (b"corpsu = 'x'\n", "corpus"),
    (b"top_k = 'many'\n", "top_k"),
    (b"\xff\xfe\x00", "assistant.toml"),
    (None, "assistant.toml"),
)


@pytest.mark.parametrize(("content", "words"), BROKEN_CONFIGURATION, ids=lambda v: repr(v))
def test_a_broken_configuration_is_one_line(small: Program, tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "assistant.toml"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    small.run("ask", ASKED, cwd=tmp_path).says(2, words)


@pytest.mark.parametrize("after", [0.1, 0.3, 0.6])
def test_an_interrupted_question_ends_with_130_and_no_traceback(small: Program, after: float) -> None:
    process = small.start("ask", ASKED)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    # Python itself may still be starting: what it says then is not ours. A death by the signal is 130 to a shell;
    # CPython ends so when the signal came while it ran the source text that dataclasses are made of.
    if b"assistant" in err or process.returncode >= 0:
        assert process.returncode in (0, 130, -signal.SIGINT), (process.returncode, err)
        assert b"Traceback" not in err, err.decode()
