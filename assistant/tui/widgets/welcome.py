"""What an empty conversation shows: how far the corpus is, then a few questions that it answers."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import ProgressBar, Static
from textual.worker import get_current_worker

from assistant.errors import AssistantError
from assistant.show.safe import flowing
from assistant.show.sources import counted
from assistant.tui.page import QUIET, WARNING
from assistant.tui.session import Session
from assistant.tui.texts import progress


class Suggestion(Static, can_focus=True):
    """A question that can be picked by click or Enter."""

    BINDINGS: ClassVar = [Binding("enter", "pick", "Ask", show=False)]

    class Picked(Message):
        """Ask this."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, question: str) -> None:
        super().__init__(Content(f"? {flowing(question)}"), classes="suggestion")
        self.question = question

    def action_pick(self) -> None:
        """Asks it."""
        self.post_message(self.Picked(self.question))

    def on_click(self) -> None:
        """As Enter."""
        self.action_pick()


class Welcome(Vertical):
    """Stands where answers will."""

    class Suggested(Message):
        """Questions that the corpus answers."""

        def __init__(self, questions: tuple[str, ...]) -> None:
            super().__init__()
            self.questions = questions

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """The lines; the bar only while something is counted."""
        yield Static(Content.styled("Ask the documents.", "bold"), classes="lead")
        yield Static(Content.styled("Every quote is checked against its file. F1 shows the keys.", QUIET))
        yield Static("", classes="state")
        yield ProgressBar(show_eta=False)

    def on_mount(self) -> None:
        """No bar yet."""
        self.query_one(ProgressBar).display = False

    def progress(self, stage: str, done: int, total: int) -> None:
        """How far indexing is."""
        if self._session.ready:
            return
        bar = self.query_one(ProgressBar)
        bar.display = bool(total)
        bar.update(total=total or None, progress=done)
        self._state(Content(f"Indexing: {progress(stage, done, total)}"))

    def failed(self, why: str) -> None:
        """The corpus cannot be opened."""
        self.query_one(ProgressBar).display = False
        self._state(Content.styled(flowing(why), WARNING))

    def opened(self) -> None:
        """Tells what there is, and looks for questions in a thread."""
        self.query_one(ProgressBar).display = False
        snapshot = self._session.snapshot
        documents = snapshot.documents()
        said = [counted(len(documents), "document"), counted(sum(one.articles for one in documents), "article"),
                counted(snapshot.passage_count, "passage")]  # fmt: skip
        if skipped := snapshot.skipped():
            said.append(f"{len(skipped)} skipped")
        self._state(Content(", ".join(said)))
        self.run_worker(self._suggest, thread=True, exclusive=True, exit_on_error=False, group="suggest")

    def _state(self, content: Content) -> None:
        self.query_one(".state", Static).update(content)

    def _suggest(self) -> None:
        worker = get_current_worker()
        try:
            questions = self._session.suggestions(lambda: worker.is_cancelled)
        except AssistantError:
            return  # nothing is suggested; what is wrong is told when one asks
        if not worker.is_cancelled and questions:
            self.post_message(self.Suggested(questions))

    async def on_welcome_suggested(self, event: Suggested) -> None:
        """Shows them."""
        self.query_one(".lead", Static).update(Content.styled("Ask the documents, for example:", "bold"))
        await self.mount_all([Suggestion(one) for one in event.questions])
