"""Runs what the README shows, and writes the output below it.

A `console` block holds commands after `$ ` and their output; a `python` block is followed by a `text` block with what
it prints. Times are not compared: they differ from run to run.

    python scripts/make_readme.py           writes the output
    python scripts/make_readme.py --check   exit code 1 if it is not what the program prints now
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COLUMNS = 88

_BLOCK = re.compile(
    r"```console\n(?P<console>.*?)```|```python\n(?P<python>.*?)```\n(?:\n```text\n(?P<printed>.*?)```\n)?", re.DOTALL
)
_SECONDS = re.compile(r"\b\d+\.\d s\b")


def refreshed(text: str, home: str) -> str:
    """The page with the output of every command in it run anew; state is kept in `home`."""

    def block(match: re.Match[str]) -> str:
        if match["console"] is not None:
            commands = [line[2:] for line in match["console"].splitlines() if line.startswith("$ ")]
            shown = "\n".join(f"$ {command}\n{_output(shlex.split(command), home)}" for command in commands)
            return f"```console\n{shown}```"
        printed = _output(["python", "-c", match["python"]], home)
        return f"```python\n{match['python']}```\n\n```text\n{printed}```\n"

    return _BLOCK.sub(block, text)


def without_times(text: str) -> str:
    """The page with every number of seconds made the same."""
    return _SECONDS.sub("0.0 s", text)


def _output(words: list[str], home: str) -> str:
    program = [sys.executable] if words[0] == "python" else [sys.executable, "-m", words[0]]
    done = subprocess.run(
        [*program, *words[1:]],
        cwd=ROOT,
        env=_environment(home),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode == 1:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stderr}")
    return done.stdout + done.stderr


def _environment(home: str) -> dict[str, str]:
    """Nothing of the settings or the keys of whoever runs this."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASSISTANT_", "OPENAI_"))}
    return {**kept, "ASSISTANT_HOME": home, "COLUMNS": str(COLUMNS), "PYTHONIOENCODING": "utf-8"}


def main() -> int:
    """Writes or checks the page."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [sys.executable, "-m", "assistant", "index"],
            cwd=ROOT,
            env=_environment(home),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        fresh = refreshed(text, home)
    if without_times(fresh) == without_times(text):
        print("current")
        return 0
    if "--check" in sys.argv[1:]:
        print("not current; run `make docs`")
        return 1
    README.write_text(fresh, encoding="utf-8")
    print("README.md written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
