"""Who answers."""

from __future__ import annotations

import os
from collections.abc import Sequence

from textual.content import Content

from assistant.reading.llm.choose import DEFAULT_OPENAI, EXTRACTIVE
from assistant.show.safe import one_line
from assistant.tui.screens.pick import Entry, PickScreen
from assistant.tui.session import Session


class ModelScreen(PickScreen):
    """The models that are configured; any other can be typed as provider:name."""

    CAPTION = "Who answers from now on? Type provider:name for another model."
    HINT = "Enter chooses · Esc goes back"
    NOTHING = "Write it as provider:name, such as openai:gpt-5.6-luna."

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def find(self, query: str) -> Sequence[Entry]:
        """What fits the query, and the query itself if it is written as a model."""
        settings = self._session.settings
        current = self._session.reader
        about = {EXTRACTIVE: "quotes verbatim, needs no model"}
        names = [current, EXTRACTIVE, settings.model, *settings.fallbacks]
        if os.environ.get("OPENAI_API_KEY"):
            names.append(DEFAULT_OPENAI)
        wanted = query.strip()
        fitting = [name for name in dict.fromkeys(names) if name and wanted.casefold() in name.casefold()]
        if ":" in wanted and wanted not in fitting:
            fitting.append(wanted)
        return [
            Entry(
                name,
                Content.assemble(
                    (one_line(name), "bold"),
                    "  answers now" if name == current else "",
                    (f"  {about[name]}" if name in about else "", "dim"),
                ),
            )
            for name in fitting
        ]
