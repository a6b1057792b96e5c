"""The saved conversations about this folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content

from assistant.chat.words import MARK_END, MARK_START
from assistant.errors import AssistantError
from assistant.show.safe import flowing
from assistant.show.sources import counted
from assistant.tui.screens.pick import Entry, PickScreen
from assistant.tui.screens.prompt import ConfirmScreen
from assistant.tui.session import Session

_MARKED = re.compile(f"{re.escape(MARK_START)}(.*?){re.escape(MARK_END)}", re.DOTALL)


class ConversationsScreen(PickScreen):
    """Full-text search over all questions and answers; Delete removes one."""

    CAPTION = "Conversations"
    HINT = "Enter opens · Ctrl+D deletes · Esc goes back"
    NOTHING = "No conversation fits."
    BINDINGS: ClassVar = [Binding("ctrl+d,delete", "delete", "Delete", priority=True)]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def find(self, query: str) -> Sequence[Entry]:
        """Those that hold the words of the query, the best first; all of them for none, the latest first."""
        found = []
        for one, snippet in self._session.listed(query):
            facts = f"{one.updated.astimezone():%Y-%m-%d %H:%M} · {counted(one.turns, 'question')}"
            lines = [Content.styled(flowing(one.title), "bold")]
            if snippet:
                lines.append(marked(snippet))
            lines.append(Content.styled(facts, "dim"))
            found.append(Entry(str(one.id), Content("\n").join(lines)))
        return found

    def action_delete(self) -> None:
        """Asks, then deletes the highlighted one."""
        if self.highlighted is not None:
            number = int(self.highlighted)

            def delete(sure: bool | None) -> None:
                if sure:
                    try:
                        self._session.delete(number)
                    except AssistantError as error:
                        self.notify(flowing(str(error)), severity="error", markup=False)
                    self.search()

            self.app.push_screen(ConfirmScreen("Delete this conversation for good?"), delete)


def marked(snippet: str) -> Content:
    """A snippet with what was searched for set off."""
    parts: list[Content | str] = []
    at = 0
    for match in _MARKED.finditer(snippet):
        parts += [_part(snippet[at : match.start()]), Content.styled(_part(match[1]), "bold underline")]
        at = match.end()
    return Content.assemble(*parts, _part(snippet[at:]))


def _part(text: str) -> str:
    """White space as one space, also at the ends."""
    lead, trail = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return f"{lead}{flowing(text)}{trail}" if text.strip() else lead
