"""`assistant sources`: what is in the corpus."""

from __future__ import annotations

import sys

import click

from assistant.cli import options
from assistant.errors import ExitCode


@click.command("sources", short_help="List documents, articles and skipped files.")
@options.corpus_option
@options.json_option
def command(corpus: str | None, as_json: bool) -> int:
    """List the documents of the corpus, the articles found in them, and the files that were not read."""
    settings = options.settings(corpus=corpus)
    with options.opened(settings) as assistant:
        from assistant.show import sources as page
        from assistant.show.screen import screen_for

        if as_json:
            options.print_json(page.to_json(assistant.snapshot))
        else:
            screen = screen_for(sys.stdout, settings.color)
            options.print_page(page.to_terminal(assistant.snapshot, settings.corpus, screen))
    return ExitCode.ANSWERED
