"""`assistant index`: the index, brought in line with the folder."""

from __future__ import annotations

import sys

import click

from assistant.cli import options
from assistant.errors import ExitCode, UsageError


@click.command("index", short_help="Bring the index in line with the folder.")
@click.argument("path", required=False)
@click.option("--rebuild", is_flag=True, help="Start from nothing: mends a damaged index.")
@options.corpus_option
@options.json_option
def command(path: str | None, rebuild: bool, corpus: str | None, as_json: bool) -> int:
    """Bring the index in line with the folder PATH (or --corpus), and tell what changed.

    Only new and changed files are read. An interrupted run goes on where it stopped. Exit code 4 if a file could not be
    read.
    """
    if path is not None and corpus is not None and path != corpus:
        raise UsageError(f"PATH is {path} and --corpus is {corpus}", "Give one of the two.")
    settings = options.settings(corpus=path if path is not None else corpus)

    from assistant.show import report as page
    from assistant.show.progress import Progress
    from assistant.show.screen import screen_for
    from assistant.wiring import sync_index, unread

    with Progress(sys.stderr, settings.color) as progress:
        result = sync_index(settings, progress=progress, rebuild=rebuild)
    if as_json:
        options.print_json(page.to_json(result))
    else:
        options.print_page(page.to_terminal(result, settings.corpus, screen_for(sys.stdout, settings.color)))
    return ExitCode.CORPUS if unread(result) else ExitCode.ANSWERED
