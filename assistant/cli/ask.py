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
from assistant.errors import ExitCode, ModelError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from assistant.api import Assistant
    from assistant.chat.chat import Chat
    from assistant.domain import Answer, Event, Filter
    from assistant.show.live import Growing


@click.command("ask", short_help="Answer a question with checked quotes.")
@click.argument("question", nargs=-1, required=True)
@options.continue_option
@options.corpus_option
@options.model_option
@options.since_option
@options.until_option
@options.top_k_option
@options.json_option
def command(
    question: tuple[str, ...],
    continued: bool,
    corpus: str | None,
    model: str | None,
    since: date | None,
    until: date | None,
    top_k: int | None,
    as_json: bool,
) -> int:
    """Answer QUESTION with quotes from the corpus, each checked against its file.

    `-` reads the question from stdin. Questions and answers are kept: -c follows up on them, and `assistant history`
    shows them. Exit code 3 if the corpus does not hold the answer. ^C ends a language model's
    answer early and keeps what came of it.
    """
    options.period(since, until)
    asked = options.question_from(" ".join(question))
    settings = options.settings(corpus=corpus, top_k=top_k, model=model)
    with options.opened(settings) as assistant, _interruptible(assistant) as stop:
        chat = _conversation(assistant, since, until, continued=continued)
        answer = _answer(assistant, chat.stream(asked, stop=stop), settings.color, quiet=as_json)

        from assistant.show import answer as page
        from assistant.show.screen import screen_for

        if as_json:
            options.print_json(page.to_json(answer))
        else:
            screen = screen_for(sys.stdout, settings.color)
            options.print_page(page.to_terminal(answer, screen, settings.corpus))
        options.tell_outdated(assistant)
        if chat.unrecorded:
            options.say(f"This answer was not recorded: {chat.unrecorded}")
    return _code(answer, stop)


def _conversation(assistant: Assistant, since: date | None, until: date | None, *, continued: bool) -> Chat:
    """The last conversation about the folder, or a new one; a period that is named limits it from now on.

    Raises:
        UsageError: to follow up is asked for where nothing is kept.
    """
    from dataclasses import replace

    chat = None
    if continued:
        if assistant.history is None:
            raise UsageError("No conversation is kept to follow up on", "Set history to true to keep them.")
        chat = assistant.last_conversation()
        if chat is None:
            options.say("No conversation about this folder is kept yet; this is its first question.")
    if chat is None:
        chat = assistant.conversation()
    where = chat.conversation.where
    if since or until:
        chat.narrow(replace(where, since=since, until=until))
    elif where:
        options.say(f"This conversation is limited to {_limits(where)}; `assistant ask` without -c begins a new one.")
    return chat


def _limits(where: Filter) -> str:
    """In words: "articles since 2022-01-01 from The Outlet"."""
    parts = (
        f"since {where.since}" if where.since else None,
        f"until {where.until}" if where.until else None,
        f"from {where.outlet}" if where.outlet else None,
        f"in {where.document}" if where.document else None,
    )
    return " ".join(("articles", *(part for part in parts if part)))


def _answer(
    assistant: Assistant, events: Iterator[Event], color: Literal["auto", "always", "never"], *, quiet: bool
) -> Answer:
    """The answer; on a terminal its text is shown while it comes."""
    from assistant.answer import last_answer
    from assistant.show.live import Growing
    from assistant.show.screen import screen_for

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
