"""What the terminal is lent to: the user's editor at a line, and the conversation as plain text."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from assistant.domain import Conversation, Document
from assistant.errors import UsageError
from assistant.show.surroundings import line_at

_COLON = frozenset({"hx", "helix", "subl", "zed", "zeditor", "micro"})
"""Editors that are told a line as FILE:LINE."""
_GOTO = frozenset({"code", "codium", "code-insiders", "cursor"})
"""Editors that are told it as --goto FILE:LINE; they return at once unless told to wait."""
_PLAIN = frozenset({"notepad", "notepad.exe", "open", "xdg-open"})
"""Programs that know no lines."""


def command(file: Path, line: int) -> list[str]:
    """The command that opens a file at a line in `$VISUAL` or `$EDITOR`, else in what there is.

    Raises:
        UsageError: no editor is named, and none of the usual ones is installed.
    """
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not chosen:
        usual = ("notepad",) if sys.platform == "win32" else ("nano", "vim", "vi")
        chosen = next((one for one in usual if shutil.which(one)), None)
    if not chosen:
        raise UsageError("No editor is named", "Set EDITOR.")
    words = shlex.split(chosen, posix=sys.platform != "win32")
    if not words:
        raise UsageError("EDITOR holds no command", "Set it to an editor.")
    name = Path(words[0]).name.removesuffix(".exe")
    if name in _GOTO:
        return [*words, "--goto", f"{file}:{line}"]
    if name in _COLON:
        return [*words, f"{file}:{line}"]
    return [*words, str(file)] if name in _PLAIN else [*words, f"+{line}", str(file)]


def open_at(file: Path, document: Document, offset: int) -> None:
    """Opens a document's file at an offset of its text, and waits for the editor.

    Of formats that are no plain text, the extracted text is opened, which is what the offset counts in.

    Raises:
        UsageError: there is no such editor, or it failed.
    """
    line = line_at(document.text, offset)
    if document.format in ("text", "markdown"):
        _run(command(file.absolute(), line))
        return
    with tempfile.TemporaryDirectory() as folder:
        extracted = Path(folder) / f"{file.name}.txt"
        extracted.write_text(document.text, encoding="utf-8", newline="")
        _run(command(extracted, line))


def _run(words: list[str]) -> None:
    try:
        code = subprocess.run(words, check=False).returncode  # noqa: S603 the user's own editor
    except OSError as error:
        raise UsageError(f"{words[0]} cannot be started: {error.strerror}", "Set EDITOR.") from None
    if code:
        raise UsageError(f"{words[0]} ended with code {code}", "Try it by hand.")


def show_plain(conversation: Conversation, color: Literal["auto", "always", "never"]) -> None:
    """Prints the conversation on the plain terminal, to be selected and scrolled there, until Enter is pressed."""
    from assistant.show.history import conversation_page
    from assistant.show.screen import screen_for

    sys.stdout.write(conversation_page(conversation, screen_for(sys.stdout, color)))
    sys.stdout.write("\nEnter goes back. ")
    sys.stdout.flush()
    sys.stdin.readline()
