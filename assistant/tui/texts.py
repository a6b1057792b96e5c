"""Texts that leave the chat, or tell about work: copied, exported, reported. No Textual."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain import Answer, Conversation, Filter, Turn
from assistant.show.answer import how, to_terminal, where
from assistant.show.passages import origin
from assistant.show.safe import flowing, one_line, to_json
from assistant.show.screen import Screen, joined
from assistant.show.sources import counted
from assistant.tui.places import Place

if TYPE_CHECKING:
    from assistant.index.sync import SyncResult


def answer(one: Answer, folder: Path) -> str:
    """As `assistant ask` prints it into a file."""
    return to_terminal(one, Screen(width=100, color=False), folder)


def quote(place: Place) -> str:
    """The said words where there are any, else the quoted sentence."""
    citation = place.citation
    if citation is not None and citation.said is not None:
        start, end = (offset - citation.start for offset in citation.said)
        if 0 <= start < end <= len(citation.quote):
            return flowing(citation.quote[start:end])
    return flowing(place.quote)


def citation(place: Place) -> str:
    """The sentence, who says it, and where it stands, on two lines."""
    who = how(place.citation, with_speaker=True) if place.citation else None
    line = f":{place.citation.line}" if place.citation and place.citation.line else ""
    where = f"{one_line(place.document)}{line} ({place.start}-{place.end})"
    return f"{flowing(place.quote)}\n— {joined((who, origin(place.source) or None, where))}"


def searched(turn: Turn) -> str:
    """All of a turn that one may look for: question, answer, and who and what is cited, as flowing text."""
    parts: list[str | None] = [turn.question, turn.text]
    if turn.answer is not None:
        one = turn.answer
        parts = [turn.question, one.heading, one.note, *(statement.text for statement in one.statements)]
        parts += [text for c in one.citations for text in (where(c), how(c, with_speaker=True))]
        parts += [text for near in one.nearest for text in (near.quote, near.why)]
        parts += [one.answer] if not one.statements else []
    return flowing(" ".join(part for part in parts if part))


def free_name(title: str, folder: Path) -> str:
    """A file name made of a title that is not taken in a folder."""
    stem = re.sub(r"\W+", "-", title.lower()).strip("-")[:60] or "conversation"
    name, number = f"{stem}.md", 2
    while (folder / name).exists():
        name, number = f"{stem}-{number}.md", number + 1
    return name


def export(conversation: Conversation, suffix: str) -> str:
    """The conversation as Markdown, or as JSON for `.json`."""
    from assistant.show import history

    if suffix.lower() == ".json":
        return to_json(history.to_json(conversation)) + "\n"
    return history.to_markdown(conversation)


def limits(where: Filter) -> str:
    """A filter in words; empty if there is none."""
    return joined(
        (
            f"outlet {flowing(where.outlet)}" if where.outlet else None,
            f"since {where.since}" if where.since else None,
            f"until {where.until}" if where.until else None,
            f"document {one_line(where.document)}" if where.document else None,
        ),
        ", ",
    )


def progress(stage: str, done: int, total: int) -> str:
    """How far indexing is."""
    return one_line(stage) + (f" {done:,} of {total:,}" if total else f" {done:,}" if done else "")


def indexed(result: SyncResult) -> str:
    """What indexing did, on one line."""
    if not result.written:
        return f"Nothing has changed: {counted(result.passages, 'passage')}."
    changes = (("added", result.added), ("changed", result.changed), ("removed", result.removed),
               ("renamed", result.renamed), ("skipped", result.skipped))  # fmt: skip
    said = joined((f"{len(paths)} {name}" if paths else None for name, paths in changes), ", ")
    return f"Indexed: {said or 'made anew'}; {counted(result.passages, 'passage')} now."
