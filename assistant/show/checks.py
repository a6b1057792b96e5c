"""What `doctor` found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from assistant.show.safe import flowing
from assistant.show.screen import Screen, paragraph, render

if TYPE_CHECKING:
    from assistant.doctor import Check
    from assistant.domain import Json

_STYLES = {"ok": "green", "note": "cyan", "warning": "yellow", "broken": "bold red"}


def to_json(checks: Sequence[Check]) -> Json:
    """`healthy`, and one object a check."""
    return {
        "healthy": all(check.severity != "broken" for check in checks),
        "checks": [
            {"name": c.name, "severity": c.severity.value, "finding": c.finding, "remedy": c.remedy or None}
            for c in checks
        ],
    }


def to_terminal(checks: Sequence[Check], screen: Screen) -> str:
    """A line a check, with the remedy below where there is something to do."""
    lines: list[Text | str] = []
    for check in checks:
        line = Text.assemble(
            (f"{check.severity.value:<8}", _STYLES[check.severity]), f"{check.name}: {flowing(check.finding)}"
        )
        lines += paragraph(line, screen, hanging=8)
        if check.remedy:
            lines += paragraph(Text(f"→ {flowing(check.remedy)}"), screen, indent=8, hanging=10)
    broken = sum(check.severity == "broken" for check in checks)
    lines += ["", f"{broken} broken" if broken else "nothing is broken"]
    return render(lines, screen)
