"""Disks that are full, read-only or slow, runs that are stopped, and folders that change under the program."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import hostile
from tests.faults.program import Ended, Program

ASKED = "How much cargo did the harbour of Klaipeda handle?"
LINUX_ROOT = os.name == "posix" and os.geteuid() == 0 and Path("/proc/mounts").exists()


def fill(corpus: Path, count: int, sentences: int = 12) -> None:
    """Documents whose every passage is different."""
    words = "harbour crane ship tonne minister valley bridge winter engine letter market orchard signal temple".split()
    chosen = random.Random(7)  # noqa: S311 nothing secret
    for number in range(count):
        lines = [f"Document {number} tells of case {number * 31}.\n"]
        lines += [
            f"The {' '.join(chosen.choices(words, k=12))} of {number} in part {part}.\n" for part in range(sentences)
        ]
        (corpus / f"{number:05d}.txt").write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A disk of half a megabyte of its own."""
    if not LINUX_ROOT or shutil.which("mount") is None:
        pytest.skip("mounting a small disk takes root on Linux; RLIMIT_FSIZE covers the rest")
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"mounting is not permitted here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_one_line_and_mends_itself(fresh: Program, mounted: Path) -> None:
    fill(fresh.corpus, 100)
    ran = fresh.run("index", env={"ASSISTANT_HOME": str(mounted)})
    ran.says(4, "ASSISTANT_HOME")
    subprocess.run(["mount", "-o", "remount,size=64m", str(mounted)], check=True)
    fresh.run("index", env={"ASSISTANT_HOME": str(mounted)}).is_fine()


def test_files_that_may_not_grow_are_one_line(fresh: Program) -> None:
    resource = pytest.importorskip("resource", reason="a limit on file size takes Unix")
    fill(fresh.corpus, 20)
    limit = 100_000
    ran = fresh.run("index", before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    ran.says(4)
    fresh.run("index").is_fine()


def test_a_read_only_disk_answers_from_its_index(small: Program, mounted: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=64m", str(mounted)], check=True)
    shutil.copytree(small.home / "state", mounted / "state")
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    env = {"ASSISTANT_HOME": str(mounted / "state")}
    ran = small.run("ask", ASKED, env=env)
    ran.is_fine()
    small.run("index", "--rebuild", env=env).says(4, "ASSISTANT_HOME")
    small.run("doctor", env=env).is_fine(0, 4)


def test_a_read_only_home_is_one_line(fresh: Program, mounted: Path) -> None:
    (fresh.corpus / "harbour.txt").write_text(hostile.FACT, encoding="utf-8")
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    fresh.run("ask", ASKED, env={"ASSISTANT_HOME": str(mounted / "state")}).says(4, "ASSISTANT_HOME")


@pytest.mark.parametrize("command", [("ask", ASKED), ("index",), ("sources",), ("doctor",)], ids=lambda one: one[0])
def test_a_home_that_cannot_be_is_told(fresh: Program, tmp_path: Path, command: tuple[str, ...]) -> None:
    (fresh.corpus / "harbour.txt").write_text(hostile.FACT, encoding="utf-8")
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    homes = [tmp_path / "file", tmp_path / "file" / "below", Path("/dev/null/below"), tmp_path / ("n" * 300)]
    for home, ran in zip(homes, fresh.run_each([(command, home) for home in homes]), strict=True):
        assert b"Traceback" not in ran.stderr, (home, ran.err)
        ran.is_fine(4)
        if command[0] != "doctor":
            ran.says(4)


def wait_for_state(program: Program, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """Until the run has begun to write."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        if any(path.is_file() for path in (program.home / "state").rglob("*")):
            return
        time.sleep(0.02)


@pytest.mark.parametrize("later", [0.0, 0.4])
def test_an_interrupted_index_run_ends_with_130_and_carries_on(fresh: Program, later: float) -> None:
    fill(fresh.corpus, 40)
    (fresh.corpus / "harbour.txt").write_text(hostile.FACT, encoding="utf-8")
    process = fresh.start("index")
    wait_for_state(fresh, process)
    time.sleep(later)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    # A shell shows a death by the signal as 130 too: see test_an_interrupted_question_ends_with_130_and_no_traceback.
    ended = Ended(130 if process.returncode == -signal.SIGINT else process.returncode, out, err)
    if ended.code != 0:
        ended.says(130, "Interrupted")
    fresh.run("index").is_fine()
    answered = fresh.run("ask", "--json", ASKED)
    answered.is_fine()
    assert json.loads(answered.out)["citations"][0]["document"] == "harbour.txt"


def test_a_file_that_changes_during_index_ends_up_right(fresh: Program) -> None:
    fill(fresh.corpus, 20)
    changing, going = fresh.corpus / "zz-changing.txt", fresh.corpus / "zz-going.txt"
    stop = threading.Event()

    def change() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            changing.write_text(f"The gauge of the mill shows {number} bars.\n" * (1 + number % 50), encoding="utf-8")
            if going.exists():
                going.unlink()
            else:
                going.write_text("The ferry of the lake is yellow.\n", encoding="utf-8")

    thread = threading.Thread(target=change)
    thread.start()
    try:
        ran = fresh.run("index")
    finally:
        stop.set()
        thread.join()
    ran.is_fine(0, 4)
    changing.write_text("The gauge of the mill shows 123456 bars.\n", encoding="utf-8")
    fresh.run("index").is_fine(0)
    answered = fresh.run("ask", "--json", "What does the gauge of the mill show?")
    answered.is_fine()
    assert json.loads(answered.out)["citations"][0]["quote"] == "The gauge of the mill shows 123456 bars."


def test_a_document_changed_since_it_was_indexed_is_not_quoted_wrongly(fresh: Program) -> None:
    file = fresh.corpus / "harbour.txt"
    file.write_text(hostile.FACT, encoding="utf-8")
    fresh.run("index").is_fine()
    file.write_text("Everything in this file is different now, the author said.\n", encoding="utf-8")
    ran = fresh.run("ask", ASKED)
    assert b"45 million" not in ran.stdout
    ran.is_fine(3, 4)
    file.unlink()
    (fresh.corpus / "other.txt").write_text("The other document.\n", encoding="utf-8")
    gone = fresh.run("ask", ASKED)
    assert b"45 million" not in gone.stdout
    gone.is_fine(3, 4)


def test_a_second_writer_is_told_or_waits(fresh: Program) -> None:
    fill(fresh.corpus, 40)
    first = fresh.start("index")
    wait_for_state(fresh, first)
    second = fresh.run("index")
    first.communicate(timeout=60)
    assert first.returncode == 0
    if second.code != 0:
        second.says(4)


def test_every_damaged_piece_of_an_index_is_told_and_mended(small: Program, tmp_path: Path) -> None:
    pristine = small.home / "state"
    pieces = sorted(path.relative_to(pristine) for path in pristine.rglob("*") if path.is_file())
    assert pieces
    homes = []
    for number, piece in enumerate(pieces):
        kind = ("noise", "cut", "gone")[number % 3]
        home = tmp_path / f"{number}-{kind}-{piece.name}"
        shutil.copytree(pristine, home)
        file = home / piece
        size = file.stat().st_size
        if kind == "gone":
            file.unlink()
        elif kind == "cut":
            os.truncate(file, size // 2)
        else:
            file.write_bytes(random.Random(number).randbytes(size))  # noqa: S311 nothing secret
        homes.append(home)
    told = []
    for home, ran in zip(homes, small.run_each([(("ask", ASKED), home) for home in homes]), strict=True):
        if ran.code == 0:
            assert b"45 million" in b" ".join(ran.stdout.split()), home.name
        else:
            ran.says(4, "assistant index")
            told.append(home)
    mended = small.run_each([(("index", "--rebuild"), home) for home in told[:4]])
    answered = small.run_each([(("ask", ASKED), home) for home in told[:4]])
    for ran in (*mended, *answered):
        ran.is_fine()


def test_many_tiny_files_and_one_huge_line(fresh: Program) -> None:
    for number in range(150):
        (fresh.corpus / f"{number}.txt").write_text(f"{number}\n", encoding="utf-8")
    (fresh.corpus / "line.txt").write_text("word " * 20_000, encoding="utf-8")
    (fresh.corpus / "blob.txt").write_text("x" * 1_000_000, encoding="utf-8")
    (fresh.corpus / "harbour.txt").write_text(hostile.FACT, encoding="utf-8")
    started = time.monotonic()
    fresh.run("index").is_fine(0, 4)
    assert time.monotonic() - started < 60
    ran = fresh.run("ask", "--json", ASKED)
    ran.is_fine()
    assert [c["document"] for c in json.loads(ran.out)["citations"]] == ["harbour.txt"]
