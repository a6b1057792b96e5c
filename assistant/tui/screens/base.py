"""What the chat's screen consists of, and which citation is selected."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assistant.show.safe import flowing
from assistant.tui.places import Place
from assistant.tui.session import Session
from assistant.tui.widgets.composer import Composer
from assistant.tui.widgets.conversation import ConversationView
from assistant.tui.widgets.find import FindBar
from assistant.tui.widgets.source import SourcePane
from assistant.tui.widgets.status import StatusBar
from assistant.tui.widgets.turn import AnswerView, TurnView

WIDE = 100
"""Columns from which on the source stands beside the conversation."""


class ConversationScreen(Screen[None]):
    """Parts and selection; asking is `screens.chat`, everything else that one can do `screens.doing`."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 Textual declares it, and not as ClassVar

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._turn: TurnView | None = None
        self._chosen: tuple[AnswerView, str] | None = None

    def compose(self) -> ComposeResult:
        """Top to bottom in the order in which it is read."""
        yield Static(id="title")
        with Horizontal(id="body"):
            yield ConversationView()
            yield SourcePane(self.session)
        yield FindBar()
        yield Composer()
        yield StatusBar(self.session)

    @property
    def composer(self) -> Composer:
        """Where questions are typed."""
        return self.query_one(Composer)

    @property
    def conversation(self) -> ConversationView:
        """The turns."""
        return self.query_one(ConversationView)

    @property
    def status(self) -> StatusBar:
        """The last line."""
        return self.query_one(StatusBar)

    @property
    def find_bar(self) -> FindBar:
        """Finds words in the conversation; hidden until it is wanted."""
        return self.query_one(FindBar)

    @property
    def source(self) -> SourcePane:
        """The pane beside the conversation; not shown on a narrow screen."""
        return self.query_one(SourcePane)

    @property
    def answering(self) -> bool:
        """Whether an answer is awaited."""
        return self._turn is not None

    @property
    def narrow(self) -> bool:
        """Whether the source has a screen of its own."""
        return self.app.size.width < WIDE

    async def open_place(self) -> None:
        """Goes to the selected source: beside the conversation, or on a screen of its own."""
        if self.chosen is None:
            await self.step(1)
        if self.chosen is None:
            return
        if not self.narrow:
            self.set_focus(self.source.view)
            return
        from assistant.tui.screens.source import SourceScreen

        self.app.push_screen(SourceScreen(self))

    @property
    def chosen(self) -> Place | None:
        """The selected place."""
        return self._chosen[0].place(self._chosen[1]) if self._chosen else None

    async def on_answer_view_chosen(self, event: AnswerView.Chosen) -> None:
        """A marker was clicked."""
        self.choose(event.view, event.label)
        if self.narrow:
            await self.open_place()

    def choose(self, view: AnswerView, label: str, *, scroll: bool = True) -> None:
        """Selects a place and shows it beside the conversation."""
        if self._chosen and self._chosen[0] is not view:
            self._chosen[0].chosen = None
        self._chosen = (view, label)
        view.chosen = label
        self.source.show(view.place(label))
        if scroll:
            self.conversation.show_row(view, view.row_of(label))

    def unchoose(self) -> None:
        """Nothing is selected."""
        if self._chosen:
            self._chosen[0].chosen = None
        self._chosen = None
        self.source.show(None)

    async def action_next_citation(self) -> None:
        """The next place of the conversation."""
        await self.step(1)

    async def action_previous_citation(self) -> None:
        """The place before."""
        await self.step(-1)

    async def step(self, by: int) -> None:
        """Selects the next or previous place; the first step begins at the last answer."""
        places = self._places()
        at = places.index(self._chosen) + by if self._chosen in places else None
        if at is not None and not 0 <= at < len(places) and await self.conversation.more(by):
            places = self._places()
            at = places.index(self._chosen) + by if self._chosen in places else None
        if not places:
            self.tell("There is no citation yet.")
            return
        if at is None:
            last = places[-1][0]
            at = next(number for number, (view, _) in enumerate(places) if view is last)
        if not 0 <= at < len(places):
            self.tell("That was the last citation." if by > 0 else "That was the first citation.")
            return
        view, label = places[at]
        if not isinstance(self.focused, Composer) or not self.composer.text:
            self.set_focus(view, scroll_visible=False)
        self.choose(view, label)

    def _places(self) -> list[tuple[AnswerView, str]]:
        return [(view, place.label) for view in self.query(AnswerView) for place in view.places]

    def tell(self, what: str, *, bad: bool = False) -> None:
        """A line that goes away by itself; never markup."""
        self.notify(flowing(what), severity="error" if bad else "information", markup=False)

    def show_title(self) -> None:
        """Title of the conversation, and what it is limited to."""
        self.query_one("#title", Static).update(Content(self.session.headline))

    def on_click(self, event: events.Click) -> None:
        """A click on the conversation leaves the question's cursor where it is."""
        if event.widget is self.conversation:
            self.set_focus(self.composer)
