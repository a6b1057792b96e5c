"""Draws the README's picture: the real command, run in a terminal of 88 columns, as SVG."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "ask.svg"
COLUMNS = 88
QUESTION = "What did Sullivan claim?"


def main() -> None:
    """Runs the command and writes the picture."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ASSISTANT_", "OPENAI_"))},
            "ASSISTANT_HOME": home,
            "ASSISTANT_COLOR": "always",
            "COLUMNS": str(COLUMNS),
        }
        for command in (["index"], ["ask", QUESTION]):
            done = subprocess.run(
                [sys.executable, "-m", "assistant", *command],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                check=True,
            )
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(Text.assemble(("$ ", "green"), f'assistant ask "{QUESTION}"'))
    console.print(Text.from_ansi(done.stdout))
    # Rich's template asks a web server for its font; a reader's own monospace font does.
    template = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    console.save_svg(str(PICTURE), title="assistant", code_format=template, unique_id="ask")
    print(f"{PICTURE.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
