"""What `verify` found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from assistant.show.safe import flowing, one_line
from assistant.show.screen import Screen, joined, paragraph, render

if TYPE_CHECKING:
    from assistant.domain import Json
    from assistant.verify import Verdict


def to_json(verdicts: Sequence[Verdict]) -> Json:
    """`verified` (all of them) and one object a citation."""
    return {
        "verified": all(v.ok for v in verdicts),
        "citations": [
            {"marker": v.marker, "document": v.document, "finding": v.finding.value, "detail": v.detail}
            for v in verdicts
        ],
    }


def to_terminal(verdicts: Sequence[Verdict], screen: Screen) -> str:
    """One line a citation, then the count."""
    lines: list[Text | str] = []
    for verdict in verdicts:
        style = "green" if verdict.ok else "bold red"
        line = Text.assemble(
            f"[{verdict.marker}] ",
            (verdict.finding.value, style),
            "  ",
            joined((one_line(verdict.document), flowing(verdict.detail)), ": "),
        )
        lines += paragraph(line, screen, hanging=4)
    good = sum(v.ok for v in verdicts)
    lines.append(
        f"{good} of {len(verdicts)} verified" if verdicts else "nothing is cited, so there is nothing to check"
    )
    return render(lines, screen)
