"""The last line: who answers from what, and what the last answer took."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from assistant.domain import Answer
from assistant.show.safe import one_line
from assistant.show.screen import joined
from assistant.tui.session import Session


class StatusBar(Static):
    """One line; what does not fit on a narrow screen is cut off at its end."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="status")
        self._session = session
        self._state = ""
        self._took = ""
        self._index = ""

    @property
    def indexing(self) -> bool:
        """Whether the corpus is being indexed again."""
        return bool(self._index)

    def index(self, how_far: str) -> None:
        """How far indexing is; empty if it is over."""
        self._index = how_far
        self._show()

    def on_mount(self) -> None:
        """Shows what is known at once."""
        self._show()

    def say(self, state: str) -> None:
        """What is going on; empty if nothing is."""
        self._state = state
        self._show()

    def answered(self, answer: Answer | None) -> None:
        """What an answer took; None forgets it."""
        self._state = ""
        self._took = took(answer) if answer else ""
        self._show()

    def _show(self) -> None:
        state = f"{self._state}… " if self._state else ""
        rest = joined((one_line(self._session.reader) or None, self._session.corpus, self._took or None))
        index = f"{self._index} · " if self._index else ""
        self.update(Content.assemble((state, "bold $text-accent"), (index, "$text-warning"), rest))


def took(answer: Answer) -> str:
    """Passages, tokens, money and time of an answer, as far as they are known."""
    tokens = cost = None
    if answer.usage is not None:
        tokens = f"{answer.usage.input_tokens:,}+{answer.usage.output_tokens:,} tokens"
        cost = f"${answer.usage.cost_usd:.4f}" if answer.usage.cost_usd is not None else None
    seconds = answer.timings_ms.get("total")
    time = f"{seconds / 1000:.1f} s" if seconds is not None else None
    return joined((f"{len(answer.passages)} passages", tokens, cost, time))
