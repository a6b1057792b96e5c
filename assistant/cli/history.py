"""`assistant history`: the conversations that are kept."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli import options
from assistant.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.chat.history import History
    from assistant.show.screen import Screen

_corpus_option = click.option("--corpus", metavar="FOLDER", help="Only conversations about this folder.")


@click.group("history", short_help="List, search, show, export, delete conversations.", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> int | None:
    """List, search, show, export, rename and delete the conversations that are kept.

    Without a command, list them. They lie under ASSISTANT_HOME, and only their user can read them; `history = false` in
    the configuration keeps none.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)
    return None


@command.command("list", short_help="List the conversations, the last used first.")
@_corpus_option
@options.json_option
def list_(corpus: str | None = None, as_json: bool = False) -> int:
    """List the conversations, the last used first."""
    from assistant.show import history as page

    with _opened() as history:
        listed = history.conversations(_folder(corpus))
    if as_json:
        options.print_json([page.listed_to_json(one) for one in listed])
    else:
        options.print_page(page.list_page(listed, _screen()))
    return ExitCode.ANSWERED


@command.command("search", short_help="Find conversations by their words.")
@click.argument("query", nargs=-1, required=True)
@_corpus_option
@options.json_option
def search(query: tuple[str, ...], corpus: str | None, as_json: bool) -> int:
    """Find conversations in which one question and answer holds all words of QUERY.

    Words in double quotes must stand together. Exit code 3 if there is none.
    """
    from assistant.show import history as page

    words = " ".join(query)
    if not words.strip():
        raise UsageError("The query is empty", "Give some words.")
    with _opened() as history:
        found = history.search(words, _folder(corpus))
    if as_json:
        options.print_json([page.found_to_json(one) for one in found])
    else:
        options.print_page(page.search_page(found, words, _screen()))
    return ExitCode.ANSWERED if found else ExitCode.NOT_IN_CORPUS


@command.command("show", short_help="Show a conversation.")
@click.argument("number", metavar="ID", type=int)
@options.json_option
def show(number: int, as_json: bool) -> int:
    """Show the conversation ID with its answers and where their citations stand."""
    from assistant.show import history as page

    with _opened() as history:
        conversation = history.conversation(number)
    if as_json:
        options.print_json(page.to_json(conversation))
    else:
        options.print_page(page.conversation_page(conversation, _screen()))
    return ExitCode.ANSWERED


@command.command("export", short_help="Write a conversation as Markdown or JSON.")
@click.argument("number", metavar="ID", type=int)
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Where to; else to stdout.")
def export(number: int, form: str, output: str | None) -> int:
    """Write the conversation ID as Markdown, or as JSON whose answers `assistant verify` can check."""
    from assistant.show import history as page
    from assistant.show.safe import to_json

    with _opened() as history:
        conversation = history.conversation(number)
    text = page.to_markdown(conversation) if form == "md" else to_json(page.to_json(conversation)) + "\n"
    if output is None or output == "-":
        click.echo(text, nl=False)
        return ExitCode.ANSWERED
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}", "Name another file.") from None
    return ExitCode.ANSWERED


@command.command("rename", short_help="Give a conversation another title.")
@click.argument("number", metavar="ID", type=int)
@click.argument("title", nargs=-1, required=True)
def rename(number: int, title: tuple[str, ...]) -> int:
    """Give the conversation ID the title TITLE."""
    with _opened() as history:
        history.rename(number, " ".join(title))
    return ExitCode.ANSWERED


@command.command("delete", short_help="Delete conversations for good.")
@click.argument("numbers", metavar="[ID]...", type=int, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All conversations, about every folder.")
@click.option("--yes", is_flag=True, help="Don't ask before --all.")
def delete(numbers: tuple[int, ...], everything: bool, yes: bool) -> int:
    """Delete the conversations ID, or all of them, for good: what they said is overwritten."""
    if everything == bool(numbers):
        raise UsageError("Name the conversations to delete, or --all", "`assistant history` lists them.")
    with _opened() as history:
        if not everything:
            for number in numbers:
                history.conversation(number)
            for number in numbers:
                history.delete(number)
            return ExitCode.ANSWERED
        count = len(history.conversations())
        if count and not yes:
            if not sys.stdin.isatty():
                raise UsageError(f"--all would delete {count} conversations", "Add --yes to do so.")
            click.confirm(f"Delete all {count} conversations for good?", abort=True, err=True)
        history.delete_all()
    return ExitCode.ANSWERED


@contextmanager
def _opened() -> Iterator[History]:
    from assistant.chat.history import History

    history = History(options.settings().home)
    try:
        yield history
    finally:
        history.close()


def _folder(corpus: str | None) -> str | None:
    return str(options.settings(corpus=corpus).corpus.resolve()) if corpus is not None else None


def _screen() -> Screen:
    from assistant.show.screen import screen_for

    return screen_for(sys.stdout, options.settings().color)
