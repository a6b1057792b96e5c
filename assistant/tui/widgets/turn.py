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

    def mark(self, pattern: re.Pattern[str] | None) -> None:
        """Marks what a pattern matches."""
        self._pattern = pattern
        self.refresh()

    def found_row(self) -> int | None:
        """The first row that holds what is marked."""
        plain = "\n".join(line.plain for line in self._lines(self.size.width or 80))
        found = self._pattern.search(plain) if self._pattern else None
        return plain.count("\n", 0, found.start()) if found else None

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
        self.turn: Turn | None = None
        """What is kept of it; None while it is not over."""
        self._kept: tuple[str, str] | None = None
        self._pattern: re.Pattern[str] | None = None
        self._stream: MarkdownStream | None = None

    def compose(self) -> ComposeResult:
        """What is known so far."""
        meant = self.answer.standalone_question if self.answer else self.question
        yield Static(_question(self.question, meant), classes="question")
        if self.answer is not None:
            view = AnswerView(self.answer)
            view.mark(self._pattern)
            yield view

    @classmethod
    def of(cls, turn: Turn, pattern: re.Pattern[str] | None = None) -> TurnView:
        """A turn that is over, with what a pattern matches marked; without an answer, what came and why it ended."""
        view = cls(turn.question, turn.answer)
        view.turn = turn
        view._pattern = pattern
        if turn.answer is None:
            view._kept = (turn.text, turn.incomplete)
        return view

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

    def mark(self, pattern: re.Pattern[str] | None) -> None:
        """Marks what a pattern matches in the answer."""
        for view in self.query(AnswerView):
            view.mark(pattern)

    def found_row(self) -> int:
        """The first row, from the top of this turn, that holds what is marked; 0 for the question."""
        view = self.view
        row = view.found_row() if view else None
        return 0 if view is None or row is None else view.virtual_region.y + row

    def understood(self, standalone: str) -> None:
        """Tells what a follow-up is taken to mean, if that is more than it says."""
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
    if flowing(standalone) == flowing(question):
        return text
    return Content("\n").join([text, Content.styled(f"  taken as: {flowing(standalone)}", QUIET)])
