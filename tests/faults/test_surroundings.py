"""The terminal, the locale, the streams and the working directory may be anything."""

from __future__ import annotations

import os
import signal
import subprocess
import unicodedata
from pathlib import Path

import pytest

from tests.faults.program import Program

ASKED = "How much cargo did the harbour of Klaipeda handle?"


def cells(line: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("columns", [20, 40, 60])
@pytest.mark.parametrize(
    "command",
    [("ask", ASKED), ("search", ASKED), ("sources",), ("doctor",), ("show", "harbour.txt")],
    ids=lambda c: str(c[0]),
)
def test_no_line_is_wider_than_the_terminal(small: Program, columns: int, command: tuple[str, ...]) -> None:
    ran = small.run(*command, env={"COLUMNS": str(columns)})
    ran.is_fine()
    # A path or another word that is longer than the line may stand alone on its line: it must stay copyable.
    wide = [line for line in ran.out.splitlines() if cells(line) > columns and " " in line.strip()]
    assert wide == []


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
        {"TERM": "dumb"},
        {"TERM": ""},
        {"NO_COLOR": "1"},
        {"COLUMNS": "0"},
        {"COLUMNS": "many"},
        {"LINES": "0"},
        {"HOME": ""},
    ],
    ids=repr,
)
def test_answers_wherever_it_runs(small: Program, env: dict[str, str]) -> None:
    ran = small.run("ask", ASKED, env=env)
    assert ran.code == 0, ran.stderr
    assert b"45 million tonnes" in b" ".join(ran.stdout.split())
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
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""


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
    import sys

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


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"corpus = ", "assistant.toml"),
        (b"corpsu = 'x'\n", "corpus"),
        (b"top_k = 'many'\n", "top_k"),
        (b"\xff\xfe\x00", "assistant.toml"),
        (None, "assistant.toml"),
    ],
    ids=["no value", "unknown key", "bad value", "not text", "a folder"],
)
def test_a_broken_configuration_is_one_line(small: Program, tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "assistant.toml"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    small.run("ask", ASKED, cwd=tmp_path).says(2, words)


@pytest.mark.parametrize("after", [0.05, 0.15, 0.3, 0.5, 0.8])
def test_an_interrupted_question_ends_with_130_and_no_traceback(small: Program, after: float) -> None:
    process = small.start("ask", ASKED)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (0, 130), (process.returncode, err)
    assert b"Traceback" not in err, err.decode()
