"""`assistant ask`: one question, one answer."""

from __future__ import annotations

import sys
from datetime import date

import click

from assistant.cli import options
from assistant.errors import ExitCode


@click.command("ask", short_help="Answer a question with checked quotes.")
@click.argument("question", nargs=-1, required=True)
@options.corpus_option
@options.since_option
@options.until_option
@options.top_k_option
@options.json_option
def command(
    question: tuple[str, ...],
    corpus: str | None,
    since: date | None,
    until: date | None,
    top_k: int | None,
    as_json: bool,
) -> int:
    """Answer QUESTION with quotes from the corpus, each checked against its file.

    `-` reads the question from stdin. Exit code 3 if the corpus does not hold the answer.
    """
    options.period(since, until)
    asked = options.question_from(" ".join(question))
    settings = options.settings(corpus=corpus, top_k=top_k)
    with options.opened(settings) as assistant:
        answer = assistant.ask(asked, since=since, until=until)

        from assistant.domain import Outcome
        from assistant.show import answer as page
        from assistant.show.screen import screen_for

        if as_json:
            options.print_json(page.to_json(answer))
        else:
            screen = screen_for(sys.stdout, settings.color)
            options.print_page(page.to_terminal(answer, screen, settings.corpus))
    return ExitCode.ANSWERED if answer.outcome is Outcome.ANSWERED else ExitCode.NOT_IN_CORPUS
