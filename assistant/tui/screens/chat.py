"""The conversation: questions below, answers above, their sources beside."""

from __future__ import annotations

import threading
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.worker import Worker, WorkerState, get_current_worker

from assistant.domain import Answer, Asked, Delta, Event, Finished, Retrieved
from assistant.errors import AssistantError, CorpusError
from assistant.question import checked
from assistant.show.sources import counted
from assistant.tui.commands import ChatCommands
from assistant.tui.keymap import COMMANDS, REINDEX, keys_of, spelled
from assistant.tui.screens.doing import DoingScreen
from assistant.tui.session import Session
from assistant.tui.widgets.composer import Composer
from assistant.tui.widgets.turn import TurnView
from assistant.tui.widgets.welcome import Suggestion, Welcome


def bindings() -> list[BindingType]:
    """One a command. With priority, since the question's text area has F6, F7 and Ctrl+Y for itself."""
    unset = iter(("f24", "f23", "f22", "f21", "f20"))  # no keyboard has them: the configuration may give better ones
    return [
        Binding(one.keys or next(unset), one.name, one.title, show=False, id=one.name, priority=one.name != "stop")
        for one in COMMANDS
    ]


class ChatScreen(DoingScreen):
    """Holds the state: which answer is awaited, which place is selected. Threads only send it messages."""

    COMMANDS: ClassVar = {ChatCommands}
    BINDINGS: ClassVar = bindings()

    class Arrived(Message):
        """An event of the answer with this number."""

        def __init__(self, number: int, event: Event) -> None:
            super().__init__()
            self.number = number
            self.event = event

    class Failed(Message):
        """There is no answer with this number, for this reason."""

        def __init__(self, number: int, error: AssistantError) -> None:
            super().__init__()
            self.number = number
            self.error = error

    class Opened(Message):
        """The corpus is open, or cannot be opened."""

        def __init__(self, error: AssistantError | None = None) -> None:
            super().__init__()
            self.error = error

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._number = 0
        self._stop: threading.Event | None = None
        self._again = False
        self._opens = False
        self._waiting: tuple[str, bool] | None = None

    def on_mount(self) -> None:
        """The question can be typed at once; everything heavy comes after the first picture."""
        self.set_focus(self.composer)
        self.show_title()
        self.call_after_refresh(self._open)

    async def _open(self) -> None:
        await self.conversation.greet(Welcome(self.session))
        self._start_opening()

    def action_reindex(self) -> None:
        """Indexes again; also what cannot be opened as it is."""
        if self.session.ready or self._opens:
            super().action_reindex()
        else:
            self._start_opening(index=True)

    def _start_opening(self, *, index: bool = False) -> None:
        self._opens = True
        self.status.say("opening the corpus")
        work = partial(self._opening, index=index)
        self.run_worker(work, thread=True, exclusive=True, exit_on_error=False, group="open")

    def _opening(self, *, index: bool) -> None:
        try:
            self.session.open(self.progress, index=index)
        except AssistantError as error:
            self.post_message(self.Opened(error))
        else:
            self.post_message(self.Opened())

    def on_unmount(self) -> None:
        """The program ends: so does the answer, and what came of it is kept."""
        if self._stop is not None:
            self._stop.set()

    async def on_chat_screen_opened(self, event: Opened) -> None:
        """Asks what was sent meanwhile."""
        self._opens = False
        if event.error is not None:
            self.status.say("")
            keys = spelled(keys_of(REINDEX, self.session.settings.keys))
            here = f" Here: {keys}." if isinstance(event.error, CorpusError) else ""
            self.conversation.welcome_fails(f"{event.error}{here}")
            await self._fail(str(event.error))
            return
        self.status.say("")
        self.composer.earlier = self.session.asked() + self.composer.earlier
        waiting, self._waiting = self._waiting, None
        conversation = self.session.conversation
        if conversation and conversation.turns:
            await self.conversation.put(conversation.turns)
            if waiting:
                self._turn = await self.conversation.begin(waiting[0])
        self.conversation.welcome()
        self.show_title()
        if waiting is not None:
            question, again = waiting
            self._run(question, again=again)

    async def on_composer_sent(self, event: Composer.Sent) -> None:
        """Asks, unless an answer is still coming or it is no question."""
        await self.ask(event.question)

    async def on_suggestion_picked(self, event: Suggestion.Picked) -> None:
        """Asks what was suggested."""
        await self.ask(event.question)

    async def ask(self, question: str) -> None:
        """Asks a question, in the place of the last one if that is being edited."""
        if self.answering:
            self.tell("An answer is still coming. Esc stops it.")
            return
        if not question.strip():
            return
        try:
            checked(question)
        except AssistantError as error:
            self.tell(str(error), bad=True)
            return
        again, self.editing = self.editing, False
        await self._begin(question, again=again)

    async def _begin(self, question: str, *, again: bool) -> None:
        self.composer.remember(question)
        self.composer.put("")
        self.composer.border_subtitle = ""
        self._number += 1
        self._again = again
        self._turn = await self.conversation.begin(question)
        self.show_title()
        if self.session.ready:
            self._run(question, again=again)
        else:
            self._waiting = (question, again)
            self._turn.say("waiting for the corpus to be opened")
            if not self._opens:
                self._start_opening()

    def _run(self, question: str, *, again: bool) -> None:
        self._stop = threading.Event()
        if self._turn is not None:
            self._turn.say("searching")
        self.status.say("searching")
        work = partial(self._read, self._number, question, self._stop, again=again)
        self.run_worker(work, thread=True, exclusive=True, exit_on_error=False, group="answer")

    def _read(self, number: int, question: str, stop: threading.Event, *, again: bool) -> None:
        worker = get_current_worker()
        try:
            for event in self.session.stream(question, stop, again=again):
                if not worker.is_cancelled:
                    self.post_message(self.Arrived(number, event))
        except AssistantError as error:
            self.post_message(self.Failed(number, error))

    async def on_chat_screen_arrived(self, message: Arrived) -> None:
        """A piece of the awaited answer; what belongs to an earlier one is dropped."""
        turn = self._turn
        if message.number != self._number or turn is None:
            return
        match message.event:
            case Asked(standalone_question=standalone):
                turn.understood(standalone)
            case Retrieved(hits=hits):
                self.status.say(f"reading {counted(len(hits), 'passage')}")
                turn.say(f"reading {counted(len(hits), 'passage')}")
            case Delta(text=text):
                self.status.say("writing")
                await turn.add(text)
            case Finished(answer=answer):
                await self._finish(turn, answer)

    async def _finish(self, turn: TurnView, answer: Answer) -> None:
        follow = self.conversation.following
        view = await turn.finish(answer)
        self._turn = self._stop = None
        await self.conversation.settle(turn, self.session.chat.turns)
        if follow:
            self.conversation.show_from_start(turn)
        self.status.answered(answer)
        self.show_title()
        if unrecorded := self.session.chat.unrecorded:
            self.tell(f"Not kept: {unrecorded}", bad=True)
        if view.places:
            self.choose(view, view.places[0].label, scroll=False)
        else:
            self.unchoose()

    async def on_chat_screen_failed(self, message: Failed) -> None:
        """The question goes back to where it can be sent again."""
        if message.number == self._number:
            await self._fail(str(message.error))

    async def _fail(self, why: str) -> None:
        asked = self._stop is not None
        turn, self._turn, self._stop, self._waiting = self._turn, None, None, None
        self.status.say("")
        if turn is None:
            return
        await turn.fail(why)
        if self.session.has_turns and asked:
            await self.conversation.settle(turn, self.session.chat.turns)
        self.editing = self._again
        if not self.composer.text.strip():
            self.composer.put(turn.question)
        self.set_focus(self.composer)

    async def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A defect in a thread is told, and harms nothing else."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            why = f"Unexpected: {type(event.worker.error).__name__}: {event.worker.error}"
            self.log.error(why)
            if event.worker.group == "answer":
                await self._fail(why)
            elif event.worker.group == "open":
                self._opens = False
                self.conversation.welcome_fails(why)
                await self._fail(why)
            else:
                self.status.say("")
                self.tell(why, bad=True)

    async def action_stop(self) -> None:
        """Ends the answer with what came of it; without one, goes back to the question."""
        if self._waiting is not None:
            await self._fail("Stopped before it was asked.")
        elif self._stop is not None:
            self._stop.set()
            self.status.say("stopping")
        elif self.find_bar.display:
            self.find_bar.hide()
            self.set_focus(self.composer)
        elif self.editing:
            self.editing = False
            self.composer.border_subtitle = ""
            self.composer.put("")
        else:
            self.set_focus(self.composer)

    async def action_regenerate(self) -> None:
        """Asks the last question anew."""
        last = self.conversation.last_question
        if self.answering or last is None or not self.session.ready:
            self.tell("There is no question to ask again." if last is None else "An answer is still coming.")
            return
        draft = self.composer.text
        await self._begin(last, again=self.session.has_turns)
        self.composer.put(draft)

    def action_edit_question(self) -> None:
        """Brings the last question back to be changed."""
        last = self.conversation.last_question
        if self.answering or last is None:
            self.tell("There is no question to edit." if last is None else "An answer is still coming.")
            return
        self.editing = self.session.has_turns
        self.composer.put(last)
        self.composer.border_subtitle = "takes the place of the last question · Esc leaves it"
        self.set_focus(self.composer)
