"""What `index` did."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from assistant.show.safe import one_line
from assistant.show.screen import Screen, paragraph, render
from assistant.show.sources import counted, skipped_json, skipped_line

if TYPE_CHECKING:
    from assistant.domain import Json
    from assistant.index.sync import SyncResult

LISTED = 20
"""Files named for each kind of change; the rest is counted."""


def to_json(result: SyncResult) -> Json:
    """Every field of the result; files by path."""
    return {
        **asdict(result),
        "renamed": [{"from": before, "to": after} for before, after in result.renamed],
        "skipped": skipped_json(result.skipped),
        "seconds": round(result.seconds, 3),
    }


def to_terminal(result: SyncResult, folder: Path, screen: Screen) -> str:
    """What changed, what was skipped and why, and what the index holds now."""
    lines: list[Text | str] = []
    for what in result.mended:
        lines += paragraph(Text(f"mended   {one_line(what)}"), screen, hanging=9)
    for what in result.remade:
        lines += paragraph(Text(f"made anew  {one_line(what)}"), screen, hanging=11)
    for name, paths in (("added", result.added), ("changed", result.changed), ("removed", result.removed)):
        lines += _listed(name, [one_line(path) for path in paths], screen)
    lines += _listed("renamed", [f"{one_line(before)} → {one_line(after)}" for before, after in result.renamed], screen)
    for one in result.skipped:
        lines += paragraph(skipped_line(one), screen, hanging=9, whole_words=True)
    if not result.written:
        lines.append("Nothing has changed.")
    held = f"{counted(result.documents, 'document')}, {counted(result.passages, 'passage')}"
    skipped = f", {len(result.skipped)} skipped" if result.skipped else ""
    lines += paragraph(
        Text(f"{held}{skipped} in {one_line(str(folder))} · {result.seconds:.1f} s"), screen, whole_words=True
    )
    return render(lines, screen)


def _listed(name: str, entries: list[str], screen: Screen) -> list[Text]:
    lines: list[Text] = []
    for entry in entries[:LISTED]:
        lines += paragraph(Text.assemble((f"{name:<9}", "green"), entry), screen, hanging=9, whole_words=True)
    if len(entries) > LISTED:
        lines.append(Text(f"{name:<9}and {len(entries) - LISTED:,} more"))
    return lines
