"""`assistant show`: the place that a citation points to, in its surroundings."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from assistant.cli import options
from assistant.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from assistant.domain import Document
    from assistant.protocols import Snapshot
    from assistant.show.surroundings import Place

_RANGE = re.compile(r"(?P<name>.+?):(?P<start>\d{1,15})(?:-(?P<end>\d{1,15}))?", re.DOTALL)


class _Wanted(NamedTuple):
    document: str
    start: int | None
    """A character if there is an end, else a 1-based line; None for the whole document."""
    end: int | None


@click.command("show", short_help="Show the place a citation points to.")
@click.argument("place", metavar="DOC[:START-END]")
@click.option("--context", type=click.IntRange(0, 1000), default=3, show_default=True, help="Lines before and after.")
@options.corpus_option
@options.json_option
def command(place: str, context: int, corpus: str | None, as_json: bool) -> int:
    """Show a document, or the characters START-END of it with the lines around them.

    DOC is the path that answers and `assistant sources` print, or enough of its beginning to be the only one. DOC:LINE
    shows a line. Without colour, the place is set between ⟦ and ⟧.
    """
    settings = options.settings(corpus=corpus)
    with options.opened(settings) as assistant:
        from assistant.show import surroundings as page
        from assistant.show.screen import screen_for

        snapshot = assistant.snapshot
        wanted = _wanted(place, snapshot, settings.corpus)
        document = snapshot.document(wanted.document)
        where = _place(document, wanted, context)
        articles = snapshot.articles(document.path)
        if as_json:
            options.print_json(page.to_json(document, articles, where))
        else:
            screen = screen_for(sys.stdout, settings.color)
            options.print_page(page.to_terminal(document, articles, where, screen))
    return ExitCode.ANSWERED


def _wanted(place: str, snapshot: Snapshot, folder: Path) -> _Wanted:
    paths = [info.path for info in snapshot.documents()]
    match = _RANGE.fullmatch(place)
    if match is None or _resolved(place, paths, folder) is not None:
        name, start, end = place, None, None
    else:
        name, start, end = match["name"], int(match["start"]), int(match["end"]) if match["end"] else None
    path = _resolved(name, paths, folder)
    if path is not None:
        return _Wanted(path, start, end)
    beginning = [path for path in paths if name and path.startswith(name)]
    if len(beginning) == 1:
        return _Wanted(beginning[0], start, end)
    if beginning:
        raise UsageError(f"{name} is the beginning of {len(beginning)} documents", "Give more of the path.")
    raise UsageError(f"There is no document {name!r} in {folder}", "`assistant sources` lists them.")


def _resolved(name: str, paths: list[str], folder: Path) -> str | None:
    """The document with exactly this path, from the corpus folder or from here."""
    if name in paths:
        return name
    try:
        inside = (Path.cwd() / name).resolve().relative_to(folder.resolve()).as_posix()
    except (ValueError, OSError):
        return None
    return inside if inside in paths else None


def _place(document: Document, wanted: _Wanted, context: int) -> Place:
    from assistant.show.surroundings import Place, line_starts, whole

    size = len(document.text)
    if wanted.start is None:
        return whole(document)
    if wanted.end is not None:
        if not wanted.start < wanted.end <= size:
            raise UsageError(
                f"{wanted.start}-{wanted.end} is no range of {document.path}", f"It has {size:,} characters."
            )
        return Place(wanted.start, wanted.end, context)
    starts = line_starts(document.text)
    if not 1 <= wanted.start <= len(starts):
        raise UsageError(f"{document.path} has no line {wanted.start}", f"It has {len(starts):,} lines.")
    end = starts[wanted.start] if wanted.start < len(starts) else size
    begin = starts[wanted.start - 1]
    return Place(begin, begin + len(document.text[begin:end].rstrip("\r\n")), context)
