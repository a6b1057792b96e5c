"""`assistant verify`: a saved answer, held against the files again."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from assistant.cli import options
from assistant.errors import ExitCode, UsageError

_REMEDY = "Name a file that `assistant ask --json` wrote."


@click.command("verify", short_help="Check a saved answer against the files.")
@click.argument("answer", metavar="ANSWER.json|-")
@options.corpus_option
@options.json_option
def command(answer: str, corpus: str | None, as_json: bool) -> int:
    """Check every citation of a saved answer against the files; no model and no index needed.

    ANSWER.json is what `assistant ask --json` printed; `-` reads it from stdin. Exit code 7 if a citation does not
    stand.
    """
    from assistant.show import verdicts as page
    from assistant.show.screen import screen_for
    from assistant.verify import verify_saved
    from assistant.wiring import require_folder

    settings = options.settings(corpus=corpus)
    require_folder(settings.corpus)
    saved = _saved(answer)
    try:
        verdicts = verify_saved(saved, settings.corpus)
    except UsageError as error:
        raise UsageError(f"{_shown(answer)}: {error.message}", error.remedy) from None
    if as_json:
        options.print_json(page.to_json(verdicts))
    else:
        options.print_page(page.to_terminal(verdicts, screen_for(sys.stdout, settings.color)))
    return ExitCode.ANSWERED if all(verdict.ok for verdict in verdicts) else ExitCode.UNVERIFIED


def _saved(answer: str) -> dict[str, Any]:
    if answer == "-":
        text = options.read_stdin("the answer")
    else:
        try:
            text = Path(answer).read_text(encoding="utf-8-sig")
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise UsageError(f"{answer} cannot be read: {reason}", _REMEDY) from None
    try:
        saved = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{_shown(answer)} is not JSON: {error}", _REMEDY) from None
    if not isinstance(saved, dict):
        raise UsageError(f"{_shown(answer)} is not a saved answer", _REMEDY)
    return saved


def _shown(answer: str) -> str:
    return "stdin" if answer == "-" else answer
