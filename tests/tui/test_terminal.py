"""The real program in a real terminal, on the real seeds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.command import BARRED, ROOT

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Terminal:
    """A tmux session of its own server."""

    def __init__(self, folder: Path, command: str) -> None:
        self._tmux = ["tmux", "-S", str(folder / "tmux"), "-f", os.devnull]
        self._folder = folder
        environment = {
            **{name: value for name, value in os.environ.items() if name not in ("TMUX", "NO_COLOR")},
            "PYTHONPATH": os.pathsep.join((str(BARRED), str(ROOT))),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
        }
        subprocess.run(
            [*self._tmux, "-u", "new-session", "-d", "-x", "120", "-y", "40", "-c", str(folder), command],
            env=environment,
            check=True,
        )

    def screen(self) -> str:
        shown = subprocess.run([*self._tmux, "capture-pane", "-p"], capture_output=True, encoding="utf-8", check=False)
        return shown.stdout

    def keys(self, *keys: str) -> None:
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def type(self, text: str) -> None:
        subprocess.run([*self._tmux, "send-keys", "-l", text], check=True)

    def until(self, holds: Callable[[str], bool], seconds: float = 60) -> str:
        end = time.monotonic() + seconds
        while not holds(shown := " ".join(self.screen().split())):
            assert time.monotonic() < end, self.screen()
            time.sleep(0.1)
        return shown

    def end(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def terminal(tmp_path: Path, seeds: Path) -> Iterator[Terminal]:
    log = tmp_path / "code"
    (tmp_path / "seeds").symlink_to(seeds)
    running = Terminal(tmp_path, f"{sys.executable} -m assistant; echo $? > {log}; sleep 60")
    yield running
    running.end()


def test_ask_open_a_citation_follow_up_export_and_quit(terminal: Terminal, tmp_path: Path) -> None:
    terminal.until(lambda shown: "F1 shows the keys" in shown)
    terminal.type("What did Sullivan claim?")
    terminal.keys("Enter")
    shown = terminal.until(lambda shown: "laying the groundwork" in shown and "›[1]‹" in shown)
    assert "Jake Sullivan" in shown
    terminal.keys("F3", "F3")
    terminal.until(lambda shown: "›[3]‹" in shown and "[3] Russia responds to US" in shown)
    terminal.keys("F2", "End", "F2")
    terminal.type("And Peskov?")
    terminal.keys("Enter")
    terminal.until(lambda shown: "taken as: What did Peskov claim?" in shown and "10 passages" in shown)
    terminal.keys("C-s")
    terminal.until(lambda shown: "Export to" in shown)
    terminal.keys("Enter")
    exported = tmp_path / "what-did-sullivan-claim.md"
    terminal.until(lambda _: exported.exists() and exported.stat().st_size > 0)
    text = exported.read_text(encoding="utf-8")
    assert text.startswith("# What did Sullivan claim?\n")
    assert "## And Peskov?" in text
    terminal.keys("C-q")
    code = tmp_path / "code"
    terminal.until(lambda _: code.exists() and code.read_text().strip() != "")
    assert code.read_text().strip() == "0"
    assert "Traceback" not in terminal.screen()
