"""What several commands share: options, dates, and how a command reads its settings."""

from __future__ import annotations

import calendar
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.settings import Settings

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Day(click.ParamType):
    """A date in ISO form; a month or a year stands for its first or its last day."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self._last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that is meant."""
        if isinstance(value, date):
            return value
        match = _DATE.fullmatch(value)
        try:
            if match is None:
                raise ValueError
            year, month, day = match.groups()
            in_month = int(month) if month else (12 if self._last else 1)
            if day:
                return date(int(year), in_month, int(day))
            last = calendar.monthrange(int(year), in_month)[1]
            return date(int(year), in_month, last if self._last else 1)
        except ValueError:
            self.fail(f"{value!r} is not a date like 2022-01-31, 2022-01 or 2022", param, ctx)


corpus_option = click.option(
    "--corpus",
    metavar="FOLDER",
    help="The folder of documents. Else ASSISTANT_CORPUS, else the configuration, else ./seeds.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
since_option = click.option(
    "--since", type=Day(last=False), metavar="DATE", help="Only articles of this day, month or year, or later."
)
until_option = click.option(
    "--until", type=Day(last=True), metavar="DATE", help="Only articles of this day, month or year, or earlier."
)
top_k_option = click.option("--top-k", type=int, metavar="N", help="How many passages to retrieve.")


def options(*decorators: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several options as one decorator, listed by `--help` in the order given."""

    def decorate(function: Any) -> Any:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def settings(**flags: Any) -> Settings:
    """The settings of this run."""
    # pydantic-settings takes 100 ms to import: only commands that run pay for it.
    from assistant.settings import Settings

    if flags.get("corpus") == "":
        raise UsageError("--corpus is empty", "Name the folder of documents.")
    return Settings.load(**flags)


def question_from(argument: str) -> str:
    """The question as given, or read from stdin for `-`."""
    from assistant.question import checked

    return checked(read_stdin("the question") if argument == "-" else argument)


def read_stdin(what: str) -> str:
    """All of stdin as UTF-8."""
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


def folder_of(settings: Settings) -> Path:
    """The corpus folder, absolute.

    Raises:
        CorpusError: There is no such folder, or it is a file.
    """
    from assistant.errors import CorpusError

    folder = settings.corpus
    remedy = "Name a folder of documents with --corpus or ASSISTANT_CORPUS."
    if not folder.exists():
        raise CorpusError(f"There is no folder {folder}", remedy)
    if not folder.is_dir():
        raise CorpusError(f"{folder} is a file, not a folder", remedy)
    return folder.resolve()
