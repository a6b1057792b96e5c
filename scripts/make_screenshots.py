"""Draws the README's pictures as SVG: the real command in a terminal of 88 columns, and the real chat in one of 130."""

from __future__ import annotations

import asyncio
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
CHAT = ROOT / "docs" / "chat.svg"
CHAT_SIZE = (130, 38)
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
    with tempfile.TemporaryDirectory() as home:
        CHAT.write_text(asyncio.run(chat(Path(home))), encoding="utf-8")
    print(f"{CHAT.relative_to(ROOT)} written")


async def chat(home: Path) -> str:
    """The chat after the question, with the second citation of the answer selected."""
    from assistant.settings import Settings
    from assistant.tui.app import ChatApp
    from assistant.tui.widgets.turn import AnswerView

    app = ChatApp(Settings(corpus=ROOT / "seeds", home=home, model="extractive"))
    async with app.run_test(size=CHAT_SIZE) as pilot:
        while not app.session.ready:
            await pilot.pause(0.1)
        await app.screen.ask(QUESTION)  # type: ignore[attr-defined]  # the chat's screen
        while not app.screen.query(AnswerView):
            await pilot.pause(0.1)
        await pilot.press("f3")
        await pilot.pause(0.5)
        await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        svg = app.export_screenshot(title="assistant")
    app.session.close()
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    main()
