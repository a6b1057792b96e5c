"""Where questions are typed."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea


class Composer(TextArea):
    """Several lines; Enter sends, Shift+Enter and Ctrl+J make a new line, ↑ and ↓ bring earlier questions."""

    class Sent(Message):
        """A question was sent."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self) -> None:
        super().__init__(
            id="composer", compact=True, show_line_numbers=False, tab_behavior="focus", highlight_cursor_line=False
        )
        self.earlier: list[str] = []
        self._at: int | None = None
        self._draft = ""

    def put(self, text: str) -> None:
        """Replaces what stands there; the cursor goes to its end."""
        self.text = text
        self.move_cursor(self.document.end)

    def remember(self, question: str) -> None:
        """Makes a question one of the earlier ones."""
        if not self.earlier or self.earlier[-1] != question:
            self.earlier.append(question)
        self._at = None

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]  # Textual takes plain functions too
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Sent(self.text))
        elif event.key in ("shift+enter", "ctrl+j", "alt+enter"):
            event.stop()
            event.prevent_default()
            self.insert("\n")

    def action_cursor_up(self, select: bool = False) -> None:
        """On the first line: the question before."""
        if select or self.cursor_location[0] > 0 or not self.earlier:
            super().action_cursor_up(select)
            return
        if self._at is None:
            self._draft = self.text
            self._at = len(self.earlier)
        if self._at > 0:
            self._at -= 1
            self.put(self.earlier[self._at])
            self.move_cursor((0, len(self.document.get_line(0))))

    def action_cursor_down(self, select: bool = False) -> None:
        """On the last line: the question after."""
        if select or self._at is None or self.cursor_location[0] < self.document.line_count - 1:
            super().action_cursor_down(select)
            return
        self._at += 1
        if self._at >= len(self.earlier):
            self._at = None
            self.put(self._draft)
        else:
            self.put(self.earlier[self._at])
