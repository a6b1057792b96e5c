"""What several commands share: options, dates, and how a command reads its settings."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from assistant.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.api import Assistant
    from assistant.settings import Settings


def _day(*, last: bool) -> Callable[[click.Context, click.Parameter, str | None], date | None]:
    """Reads a date in ISO form; a month or a year stands for its first or its last day."""

    def read(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
        if value is None:
            return None
        from assistant.period import day

        try:
            return day(value, last=last)
        except UsageError as error:
            raise click.BadParameter(error.message) from None

    return read


corpus_option = click.option(
    "--corpus",
    metavar="FOLDER",
    help="The folder of documents. Else ASSISTANT_CORPUS, else the configuration, else ./seeds.",
)
model_option = click.option(
    "--model",
    metavar="NAME",
    help="Who answers: extractive, or provider:name such as openai:gpt-5.6-luna (docs/models.md).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
continue_option = click.option(
    "-c",
    "--continue",
    "continued",
    is_flag=True,
    help="Follow up on the last conversation about this folder (docs/conversations.md).",
)
since_option = click.option(
    "--since", callback=_day(last=False), metavar="DATE", help="Only articles of this day, month or year, or later."
)
until_option = click.option(
    "--until", callback=_day(last=True), metavar="DATE", help="Only articles of this day, month or year, or earlier."
)
top_k_option = click.option("--top-k", type=int, metavar="N", help="How many passages to retrieve.")


def settings(**flags: Any) -> Settings:
    """The settings of this run."""
    from assistant.settings import Settings

    return Settings.load(**flags)


def question_from(argument: str) -> str:
    """The question as given, or read from stdin for `-`."""
    from assistant.question import checked

    return checked(read_stdin("the question") if argument == "-" else argument)


def read_stdin(what: str) -> str:
    """All of stdin as UTF-8."""
    if sys.stdin is None:
        raise UsageError(f"stdin is closed, so that {what} cannot be read", "Open it, or name what to read.")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"stdin is not UTF-8 text, so that {what} cannot be read", "Convert it to UTF-8.") from None


def period(since: date | None, until: date | None) -> None:
    """Refuses a period that ends before it begins."""
    if since and until and since > until:
        raise UsageError(f"--since {since} is later than --until {until}", "Swap the two.")


def print_json(value: Any) -> None:
    """One JSON value on stdout, readable whatever the encoding of stdout is."""
    from assistant.show.safe import to_json

    utf = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    click.echo(to_json(value, ascii_only=not utf))


def print_page(text: str) -> None:
    """A finished page on stdout; whether it holds colour was decided when it was made."""
    click.echo(text, nl=False, color=True)


@contextmanager
def opened(settings: Settings) -> Iterator[Assistant]:
    """The assistant over the corpus folder, its index brought in line with progress on stderr; closed at the end."""
    from assistant.api import Assistant
    from assistant.show.progress import Progress
    from assistant.wiring import build

    with Progress(sys.stderr, settings.color) as progress:
        assistant = Assistant(build(settings, progress))
    try:
        yield assistant
    finally:
        assistant.close()


def say(message: str) -> None:
    """A line for the user on stderr."""
    from assistant.show.safe import one_line

    click.echo(f"assistant: {one_line(message)}", err=True)


def tell_outdated(assistant: Assistant) -> None:
    """Says on stderr if the folder has changed since it was indexed: what was printed is what the index knows."""
    from assistant.errors import CorpusError

    try:
        changes = assistant.outdated()
    except CorpusError as error:
        say(str(error))
        return
    if changes:
        say(f"{changes} since the index was made; `assistant index` brings it up to date.")
