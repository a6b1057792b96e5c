"""`assistant doctor`: what is wrong, and what to do about it."""

from __future__ import annotations

import sys

import click

from assistant.cli import options
from assistant.errors import ExitCode


@click.command("doctor", short_help="Check corpus, index, model and disk.")
@options.corpus_option
@options.json_option
def command(corpus: str | None, as_json: bool) -> int:
    """Check the corpus, the index, the model and the disk; changes nothing.

    Exit code 4 if something is broken.
    """
    settings = options.settings(corpus=corpus)

    from assistant.doctor import Severity, examine
    from assistant.show import checks as page
    from assistant.show.screen import screen_for

    checks = examine(settings)
    if as_json:
        options.print_json(page.to_json(checks))
    else:
        options.print_page(page.to_terminal(checks, screen_for(sys.stdout, settings.color)))
    return ExitCode.CORPUS if any(check.severity is Severity.BROKEN for check in checks) else ExitCode.ANSWERED
