"""What `search` found: passages, best first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from assistant.show.answer import place
from assistant.show.safe import flowing
from assistant.show.screen import Screen, joined, paragraph, render

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.domain import Hit, Provenance


SHOWN = 400
"""Characters of a passage on the page; `--json` gives all of it, `assistant show` its surroundings."""


def to_terminal(hits: Sequence[Hit], screen: Screen, folder: Path, line_of: Callable[[str, int], int]) -> str:
    """Each passage under where it comes from; `line_of(document, offset)` gives the 1-based line to show."""
    lines: list[Text | str] = []
    for hit in hits:
        passage = hit.passage
        where = f"{place(folder, passage.document)}:{line_of(passage.document, passage.start)}"
        lead = f"{hit.rank:>2}  "
        title = Text.assemble((lead, "bold cyan"), (origin(passage.source) or "untitled", "bold"))
        lines += paragraph(title, screen, hanging=len(lead))
        lines += paragraph(Text(shortened(flowing(passage.text), SHOWN)), screen, indent=len(lead))
        about = Text(f"{where} · score {hit.score:.2f}", style="dim")
        lines += paragraph(about, screen, indent=len(lead), whole_words=True)
        lines.append("")
    return render(lines[:-1] or ["Nothing found."], screen)


def origin(source: Provenance) -> str:
    """Title, outlet and date, as far as they are known."""
    day = source.published.isoformat() if source.published else None
    return joined([flowing(part) if part else None for part in (source.title, source.outlet, day)])


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
