"""One writer at a time, and a clear word for the second."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import IndexLockedError
from assistant.index.location import Location, locate, make_private
from assistant.index.lock import writing

HOLD = """
import sys
from pathlib import Path
from assistant.index.location import locate
from assistant.index.lock import writing
with writing(locate(Path(sys.argv[1]), Path(sys.argv[2]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def location(tmp_path: Path) -> Location:
    location = locate(tmp_path / "corpus", tmp_path / "home")
    make_private(location.root)
    return location


def hold(location: Location, home: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(location.corpus), str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate()


def test_a_second_writer_is_told_who_writes_and_since_when(location: Location, tmp_path: Path) -> None:
    process = hold(location, tmp_path / "home")
    try:
        with pytest.raises(IndexLockedError) as caught, writing(location):
            pass
        expected = (
            rf"The index of .*corpus is being written by process {process.pid} since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d"
        )
        assert re.fullmatch(expected, caught.value.message)
        assert caught.value.remedy == "Wait until it is done"
    finally:
        finish(process)
    with writing(location):
        pass


def test_without_a_note_the_message_is_shorter_and_a_complete_state_is_told(location: Location, tmp_path: Path) -> None:
    process = hold(location, tmp_path / "home")
    try:
        (location.root / "writer.json").write_text("{")
        location.switch(location.next())
        with (
            pytest.raises(IndexLockedError, match=r"is being written by another process\.") as caught,
            writing(location),
        ):
            pass
        assert caught.value.remedy.endswith("; questions are answered from the last complete state meanwhile")
    finally:
        finish(process)


def test_a_dead_process_holds_nothing(location: Location, tmp_path: Path) -> None:
    process = hold(location, tmp_path / "home")
    os.kill(process.pid, signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    finish(process)
    with writing(location):
        pass


def test_the_lock_is_given_back_after_an_error(location: Location) -> None:
    with pytest.raises(ZeroDivisionError), writing(location):
        raise ZeroDivisionError
    with writing(location):
        pass
