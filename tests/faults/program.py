"""Runs the program as a process and looks at the bytes it leaves behind."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.command import BARRED, ROOT

# Whatever acts on a terminal: C0 without tab and newline, DEL, C1, and the bidirectional controls.
ACTS_ON_TERMINAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
COLOURS = re.compile("\x1b\\[[0-9;]*m")


@dataclass(frozen=True)
class Ended:
    """A finished process: exit code and raw output."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        """Standard output as UTF-8."""
        return self.stdout.decode()

    @property
    def err(self) -> str:
        """Standard error as UTF-8."""
        return self.stderr.decode()

    def says(self, code: int, *words: str) -> None:
        """It ended with this code and one line on stderr that starts with the program's name and holds these words."""
        assert "Traceback" not in self.err, self.err
        assert self.code == code, (self.code, self.err, self.out[-500:])
        lines = [line for line in self.err.splitlines() if line.startswith("assistant: ")]
        assert len(lines) == 1, self.err
        for word in words:
            assert word in lines[0], (word, lines[0])

    def is_fine(self, *codes: int) -> None:
        """It ended with one of these codes (default 0), without a traceback."""
        assert b"Traceback" not in self.stderr, self.stderr.decode(errors="replace")
        assert self.code in (codes or (0,)), (self.code, self.stderr, self.stdout[-500:])

    def is_safe(self) -> None:
        """Nothing in either output acts on a terminal."""
        for stream in (self.stdout, self.stderr):
            found = ACTS_ON_TERMINAL.search(stream.decode())
            assert found is None, (found, stream)


class Program:
    """The program with a state folder of its own."""

    def __init__(self, home: Path, corpus: Path) -> None:
        self.home = home
        self.corpus = corpus

    def environment(self, **more: str) -> dict[str, str]:
        """The variables of the process; an empty value removes the variable."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ASSISTANT_", "OPENAI_", "XDG_", "LC_"))}
        made: dict[str, str] = {
            **kept,
            "PYTHONPATH": os.pathsep.join((str(BARRED), str(ROOT))),
            "PYTHONIOENCODING": "utf-8",
            "HOME": str(self.home),
            "ASSISTANT_HOME": str(self.home / "state"),
            "ASSISTANT_CORPUS": str(self.corpus),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            **more,
        }
        return {name: value for name, value in made.items() if value}

    def start(
        self,
        *arguments: str | bytes,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
        stdout: int = subprocess.PIPE,
    ) -> subprocess.Popen[bytes]:
        """Starts a command and does not wait."""
        return subprocess.Popen(
            [sys.executable, "-m", "assistant", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            cwd=cwd or ROOT,
            env=self.environment(**(env or {})),
            preexec_fn=before,
        )

    def run_all(self, *commands: Sequence[str | bytes], env: Mapping[str, str] | None = None) -> list[Ended]:
        """Runs several commands in one process, each with `env` on top; see driver.py."""
        return self._driven([([os.fsdecode(word) for word in command], dict(env or {})) for command in commands])

    def run_each(self, commands: Sequence[tuple[Sequence[str], Path]]) -> list[Ended]:
        """As `run_all`, each command with a state folder of its own."""
        return self._driven([(list(words), {"ASSISTANT_HOME": str(home)}) for words, home in commands])

    def _driven(self, asked: list[tuple[list[str], dict[str, str]]]) -> list[Ended]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.driver"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            cwd=ROOT,
            env=self.environment(),
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr.decode()
        return [
            Ended(one["code"], base64.b64decode(one["out"]), base64.b64decode(one["err"]))
            for one in json.loads(done.stdout)
        ]

    def run(
        self,
        *arguments: str | bytes,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
        stdout: int = subprocess.PIPE,
    ) -> Ended:
        """Runs a command to its end."""
        process = self.start(*arguments, cwd=cwd, env=env, before=before, stdout=stdout)
        out, err = process.communicate(timeout=300)
        return Ended(process.returncode, out or b"", err or b"")


def skipped(program: Program) -> dict[str, str]:
    """The files that were not read, with the reasons, as `sources --json` lists them."""
    listed = program.run("sources", "--json")
    listed.is_fine()
    return {entry["path"]: entry["reason"] for entry in json.loads(listed.out)["skipped"]}
