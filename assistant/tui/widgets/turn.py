"""A question and what came of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Markdown, Static

from assistant.domain import Answer, Turn
from assistant.show.safe import flowing, sanitize
from assistant.tui.page import FOUND, QUIET, WARNING, lines
from assistant.tui.places import Place, places

if TYPE_CHECKING:
    from textual.widgets.markdown import MarkdownStream


def parser() -> MarkdownIt:
    """Markdown without anything that acts: links, images and raw HTML stay the text that they are written as."""
    return MarkdownIt("gfm-like", {"html": False, "linkify": False}).disable(
        ["link", "image", "autolink", "linkify", "html_inline", "html_block", "reference"]
    )


class AnswerView(Widget, can_focus=True):
    """A finished answer: one widget however long it is, so that a long conversation stays quick."""

    chosen: reactive[str | None] = reactive(None)
    """Label of the selected place."""

    class Chosen(Message):
        """A citation was clicked, or reached by key."""

        def __init__(self, view: AnswerView, label: str) -> None:
            super().__init__()
            self.view = view
            self.label = label

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
        self.places: tuple[Place, ...] = places(answer)
        self._pattern: re.Pattern[str] | None = None
        self._wrapped: tuple[tuple[int, str | None], list[Content]] | None = None

    def place(self, label: str | None) -> Place | None:
        """The place with a label."""
        return next((one for one in self.places if one.label == label), None)

    def row_of(self, label: str) -> int:
        """The row in which a marker stands first."""
        wanted = f"[{label}]"
        return next((row for row, line in enumerate(self._lines(self.size.width)) if wanted in line.plain), 0)

    def find(self, pattern: re.Pattern[str] | None) -> list[int]:
        """Marks what a pattern matches; the rows where that begins."""
        self._pattern = pattern
        self.refresh()
        plain = "\n".join(line.plain for line in self._lines(self.size.width or 80))
        return [plain.count("\n", 0, match.start()) for match in pattern.finditer(plain)] if pattern else []

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 Textual names them
        """Rows at a width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """All rows."""
        text = Content("\n").join(self._lines(self.size.width))
        return text.highlight_regex(self._pattern, style=FOUND) if self._pattern else text

    def _on_resize(self, event: Resize) -> None:  # noqa: ARG002 Textual names it
        self.refresh()

    def _lines(self, width: int) -> list[Content]:
        key = (width, self.chosen)
        if self._wrapped is None or self._wrapped[0] != key:
            self._wrapped = (key, lines(self.answer, width, self.chosen))
        return self._wrapped[1]

    def watch_chosen(self) -> None:
        """The selected marker is wider than the others, which may move a line break."""
        self.refresh(layout=True)

    def action_choose(self, label: str) -> None:
        """A marker was clicked."""
        self.post_message(self.Chosen(self, label))


class TurnView(Vertical):
    """The question, and below it the text as it comes, then the checked answer."""

    def __init__(self, question: str, answer: Answer | None = None) -> None:
        super().__init__(classes="turn")
        self.question = question
        self.answer = answer
        self._stream: MarkdownStream | None = None
        self._asked = ""

    def compose(self) -> ComposeResult:
        """What is known so far."""
        yield Static(_question(self.question, ""), classes="question")
        if self.answer is not None:
            if self.answer.standalone_question != self.question:
                self.understood(self.answer.standalone_question)
            yield AnswerView(self.answer)

    @classmethod
    def of(cls, turn: Turn) -> TurnView:
        """A turn that was saved; one without an answer shows what came, and why there is none."""
        view = cls(turn.question, turn.answer)
        if turn.answer is None:
            view._kept = (turn.text, turn.incomplete)
        return view

    _kept: tuple[str, str] | None = None

    def on_mount(self) -> None:
        """Shows what was saved of an answer that broke off."""
        if self._kept is not None:
            text, why = self._kept
            if text:
                self.mount(Static(Content(sanitize(text)), classes="partial"))
            self.mount(Static(Content.styled(f"Incomplete: {flowing(why)}.", WARNING), classes="failed"))

    @property
    def view(self) -> AnswerView | None:
        """The finished answer."""
        return next(iter(self.query(AnswerView)), None)

    def find(self, pattern: re.Pattern[str] | None) -> list[tuple[TurnView, int]]:
        """The rows in which a pattern begins, counted from the top of this turn."""
        rows = [0] if pattern and pattern.search(flowing(self.question)) else []
        if (view := self.view) is not None:
            rows += [view.virtual_region.y + row for row in view.find(pattern)]
        return [(self, row) for row in rows]

    def understood(self, standalone: str) -> None:
        """Tells what a follow-up is taken to mean, if that is more than it says."""
        if flowing(standalone) != flowing(self.question):
            self._asked = standalone
            for line in self.query(".question").results(Static):
                line.update(_question(self.question, standalone))

    def say(self, what: str) -> None:
        """A quiet line while nothing has come yet; the next piece of text takes its place."""
        waiting = self.query(".waiting")
        if waiting:
            waiting.first(Static).update(Content.styled(what, QUIET))
        else:
            self.mount(Static(Content.styled(what, QUIET), classes="waiting"))

    async def add(self, text: str) -> None:
        """A further piece of the text."""
        if self._stream is None:
            await self.query(".waiting").remove()
            markdown = Markdown(parser_factory=parser, open_links=False)
            await self.mount(markdown)
            self._stream = Markdown.get_stream(markdown)
        await self._stream.write(sanitize(text))

    async def finish(self, answer: Answer) -> AnswerView:
        """The checked answer in place of what came."""
        await self._end()
        self.answer = answer
        view = AnswerView(answer)
        await self.mount(view)
        await self.query("Markdown, .waiting").remove()
        return view

    async def fail(self, why: str) -> None:
        """There will be no answer; what came stays."""
        await self._end()
        await self.query(".waiting").remove()
        await self.mount(Static(Content.styled(flowing(why), WARNING), classes="failed"))

    async def _end(self) -> None:
        if self._stream is not None:
            await self._stream.stop()
            self._stream = None


def _question(question: str, standalone: str) -> Content:
    text = Content.assemble(("> ", "bold $text-accent"), (sanitize(question), "bold"))
    if not standalone:
        return text
    return Content("\n").join([text, Content.styled(f"  taken as: {flowing(standalone)}", QUIET)])
