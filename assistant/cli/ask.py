"""`assistant ask`: one question, one answer."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Literal

import click

from assistant.cli import options
from assistant.errors import ExitCode, ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from assistant.api import Assistant
    from assistant.domain import Answer, Event
    from assistant.show.live import Growing


@click.command("ask", short_help="Answer a question with checked quotes.")
@click.argument("question", nargs=-1, required=True)
@options.corpus_option
@options.model_option
@options.since_option
@options.until_option
@options.top_k_option
@options.json_option
def command(
    question: tuple[str, ...],
    corpus: str | None,
    model: str | None,
    since: date | None,
    until: date | None,
    top_k: int | None,
    as_json: bool,
) -> int:
    """Answer QUESTION with quotes from the corpus, each checked against its file.

    `-` reads the question from stdin. Exit code 3 if the corpus does not hold the answer. ^C ends a language model's
    answer early and keeps what came of it.
    """
    options.period(since, until)
    asked = options.question_from(" ".join(question))
    settings = options.settings(corpus=corpus, top_k=top_k, model=model)
    with options.opened(settings) as assistant, _interruptible(assistant) as stop:
        answer = _answer(assistant, asked, since, until, stop, settings.color, quiet=as_json)

        from assistant.show import answer as page
        from assistant.show.screen import screen_for

        if as_json:
            options.print_json(page.to_json(answer))
        else:
            screen = screen_for(sys.stdout, settings.color)
            options.print_page(page.to_terminal(answer, screen, settings.corpus))
    return _code(answer, stop)


def _answer(
    assistant: Assistant,
    question: str,
    since: date | None,
    until: date | None,
    stop: threading.Event,
    color: Literal["auto", "always", "never"],
    *,
    quiet: bool,
) -> Answer:
    """The answer; on a terminal its text is shown while it comes."""
    from assistant.answer import last_answer
    from assistant.show.live import Growing
    from assistant.show.screen import screen_for

    events = assistant.stream(question, since=since, until=until, stop=stop)
    if quiet or not assistant.streams or not sys.stdout.isatty():
        return last_answer(events)
    with Growing(sys.stdout, color=screen_for(sys.stdout, color).color) as growing:
        return last_answer(_growing(events, growing))


def _growing(events: Iterator[Event], growing: Growing) -> Iterator[Event]:
    """The events, each piece of text shown as it passes."""
    from assistant.domain import Delta

    for event in events:
        if isinstance(event, Delta):
            growing.add(event.text)
        yield event


@contextmanager
def _interruptible(assistant: Assistant) -> Iterator[threading.Event]:
    """The first ^C ends a language model's answer with what came of it; the second ends the program."""
    stop = threading.Event()
    if not assistant.streams:
        yield stop
        return

    def end(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            signal.default_int_handler(number, frame)
        stop.set()

    before = signal.signal(signal.SIGINT, end)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _code(answer: Answer, stop: threading.Event) -> int:
    """The exit code of an answer that was printed.

    Raises:
        KeyboardInterrupt: the user ended it early.
        ModelError: the model's server did.
    """
    from assistant.domain import Outcome

    if answer.incomplete and stop.is_set():
        raise KeyboardInterrupt
    if answer.incomplete:
        raise ModelError(f"The answer is incomplete: {answer.incomplete}", "Ask again.")
    return ExitCode.ANSWERED if answer.outcome is Outcome.ANSWERED else ExitCode.NOT_IN_CORPUS
