"""Runs the program as its users do: as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
BARRED = Path(__file__).parent / "barred"


@dataclass(frozen=True)
class Ran:
    """What a finished command left behind."""

    code: int
    out: str
    err: str


def python(*arguments: str, stdin: str | bytes = "", cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> Ran:
    """Runs this Python, without network, with the environment that conftest prepared and `env` on top."""
    path = os.pathsep.join((str(BARRED), str(ROOT)))
    done = subprocess.run(
        [sys.executable, *arguments],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", **(env or {})},
        check=False,
        timeout=300,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def assistant(*arguments: str, stdin: str | bytes = "", cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> Ran:
    """Runs `assistant …`."""
    return python("-m", "assistant", *arguments, stdin=stdin, cwd=cwd, env=env)
