"""`assistant search`: ranked passages, no answer."""

from __future__ import annotations

import sys
from datetime import date

import click

from assistant.cli import options
from assistant.errors import ExitCode


@click.command("search", short_help="Show the passages that fit a query best.")
@click.argument("query", nargs=-1, required=True)
@options.corpus_option
@options.since_option
@options.until_option
@options.top_k_option
@options.json_option
def command(
    query: tuple[str, ...],
    corpus: str | None,
    since: date | None,
    until: date | None,
    top_k: int | None,
    as_json: bool,
) -> int:
    """Show the passages that fit QUERY best, without an answer.

    `-` reads the query from stdin. Exit code 3 if nothing is found.
    """
    options.period(since, until)
    asked = options.question_from(" ".join(query))
    settings = options.settings(corpus=corpus, top_k=top_k)
    with options.opened(settings) as assistant:
        hits = assistant.search(asked, k=settings.top_k, since=since, until=until)

        from assistant.show import passages as page
        from assistant.show.answer import hit_to_json
        from assistant.show.screen import screen_for
        from assistant.show.surroundings import line_at

        if as_json:
            options.print_json([hit_to_json(hit) for hit in hits])
        else:
            snapshot = assistant.snapshot
            screen = screen_for(sys.stdout, settings.color)
            text = page.to_terminal(
                hits, screen, settings.corpus, lambda path, offset: line_at(snapshot.document(path).text, offset)
            )
            options.print_page(text)
        options.tell_outdated(assistant)
    return ExitCode.ANSWERED if hits else ExitCode.NOT_IN_CORPUS
