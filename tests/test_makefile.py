from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.command import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """An environment that is up to date and whose Python prints its arguments, one a line."""
    folder = tmp_path / "venv"
    (folder / "bin").mkdir(parents=True)
    python = folder / "bin" / "python"
    python.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    python.chmod(0o755)
    (folder / ".run").touch()
    return folder


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=outside, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "question",
    [
        "What did Sullivan claim?",
        'What\'s "quoted", `id` and $(id)?',
        "costs $5, ${HOME} or $$ 100%",
        "a $(shell touch pwned) b ${x",
        "--help # not a comment \\ ; | & <>*?",
    ],
)
def test_the_question_arrives_as_typed(question: str, venv: Path) -> None:
    ran = make("ask", f"VENV={venv}", f"Q={question}")
    assert ran.stdout.splitlines() == ["-m", "assistant", "ask", "--", question]
    assert not (ROOT / "pwned").exists()


def test_asking_nothing_says_how_to_ask(venv: Path) -> None:
    ran = make("ask", f"VENV={venv}")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith('Say what to ask: make ask Q="What did Sullivan claim?"\n')


def test_an_old_python_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    ran = make("setup", f"VENV={tmp_path / 'none'}", f"PYTHON={old}")
    assert ran.stderr.startswith(f"PYTHON must be Python 3.11 or newer: {old}\n")
    assert not (tmp_path / "none").exists()


def test_every_target_is_in_the_help() -> None:
    text = (ROOT / "Makefile").read_text()
    (phony,) = [line for line in text.splitlines() if line.startswith(".PHONY:")]
    listed = {line.split()[0] for line in make("help").stdout.splitlines()}
    assert listed == set(phony.split()[1:])
