"""What one can do with a conversation besides asking."""

from __future__ import annotations

from pathlib import Path

from textual.app import SuspendNotSupported
from textual.message import Message

from assistant.domain import Answer, Filter
from assistant.errors import AssistantError
from assistant.show.safe import one_line
from assistant.tui import texts
from assistant.tui.screens.base import ConversationScreen
from assistant.tui.widgets.find import FindBar
from assistant.tui.widgets.turn import AnswerView


class DoingScreen(ConversationScreen):
    """Actions that the keys, the palette and the letters lead to."""

    class Indexed(Message):
        """The index was brought in line with the folder, or why not."""

        def __init__(self, report: str, *, bad: bool = False) -> None:
            super().__init__()
            self.report = report
            self.bad = bad

    class Progressed(Message):
        """How far indexing is."""

        def __init__(self, stage: str, done: int, total: int) -> None:
            super().__init__()
            self.stage = stage
            self.done = done
            self.total = total

        def can_replace(self, message: Message) -> bool:
            """The latest is enough."""
            return isinstance(message, DoingScreen.Progressed)

    editing = False
    """Whether what is typed takes the place of the last question."""

    # The source

    async def action_open_source(self) -> None:
        """To the selected source; from there back to the question."""
        if self.focused is self.source.view:
            self.set_focus(self.composer)
        else:
            await self.open_place()

    def action_open_editor(self) -> None:
        """The source file at the line of the selected place."""
        place = self.chosen
        if place is None:
            self.tell("Select a citation first.")
            return
        from assistant.tui.editor import open_at

        try:
            document = self.session.document(place.document)
            with self.app.suspend():
                open_at(self.session.file_of(place.document), document, place.start)
        except AssistantError as error:
            self.tell(str(error), bad=True)
        except SuspendNotSupported:
            self.tell("This terminal cannot be lent to an editor.", bad=True)

    # Copying

    def _at_hand(self) -> Answer | None:
        """The answer of the selected place, else the last one."""
        if self._chosen:
            return self._chosen[0].answer
        views = list(self.query(AnswerView))
        return views[-1].answer if views else None

    def action_copy_answer(self) -> None:
        """The answer with where its citations stand."""
        answer = self._at_hand()
        if answer is None:
            self.tell("There is no answer yet.")
            return
        self._copy(texts.answer(answer, self.session.settings.corpus), "Answer copied.")

    def action_copy_quote(self) -> None:
        """The words alone."""
        if self.chosen is None:
            self.tell("Select a citation first.")
            return
        self._copy(texts.quote(self.chosen), "Quote copied.")

    def action_copy_citation(self) -> None:
        """The words, whose they are, and where they stand."""
        if self.chosen is None:
            self.tell("Select a citation first.")
            return
        self._copy(texts.citation(self.chosen), "Citation copied.")

    def _copy(self, text: str, said: str) -> None:
        self.app.copy_to_clipboard(text)
        self.tell(said)

    def action_plain(self) -> None:
        """The conversation on the plain terminal."""
        conversation = self.session.conversation
        if conversation is None or not conversation.turns:
            self.tell("There is no answer yet.")
            return
        from assistant.tui.editor import show_plain

        try:
            with self.app.suspend():
                show_plain(conversation, self.session.settings.color)
        except SuspendNotSupported:
            self.tell("This terminal cannot be lent.", bad=True)

    # Finding

    def action_find(self) -> None:
        """Opens the line that finds words in the conversation."""
        self.find_bar.show()

    async def on_find_bar_wanted(self, event: FindBar.Wanted) -> None:
        """Shows the next turn that holds the words."""
        self.find_bar.found(*await self.conversation.find(event.words, event.step))

    # Conversations

    def blocked(self) -> bool:
        """Tells why the conversation cannot be left, if it cannot."""
        if self.answering:
            self.tell("An answer is still coming. Esc stops it.")
        elif not self.session.ready:
            self.tell("The corpus is still being opened.")
        else:
            return False
        return True

    async def action_new_conversation(self) -> None:
        """An empty one."""
        if self.blocked():
            return
        self.session.begin()
        await self.show_conversation()

    async def show_conversation(self) -> None:
        """Shows the conversation at hand, whatever it is."""
        from assistant.tui.widgets.welcome import Welcome

        self.editing = False
        self.unchoose()
        conversation = self.session.conversation
        turns = conversation.turns if conversation else ()
        await self.conversation.put(turns)
        if not turns:
            await self.conversation.greet(Welcome(self.session))
            self.conversation.welcome()
        self.status.answered(turns[-1].answer if turns else None)
        self.composer.earlier = self.session.asked()
        self.set_focus(self.composer)
        self.show_title()

    def action_conversations(self) -> None:
        """The saved conversations, to switch, search and delete."""
        if self.blocked():
            return
        from assistant.tui.screens.conversations import ConversationsScreen

        self.app.push_screen(ConversationsScreen(self.session), self._switch)

    async def _switch(self, number: str | None) -> None:
        if number is not None:
            try:
                self.session.switch(int(number))
            except AssistantError as error:
                self.tell(str(error), bad=True)
                return
        if number is not None or self.session.gone:
            self.session.gone = False
            await self.show_conversation()

    def action_rename(self) -> None:
        """Another title."""
        conversation = self.session.conversation
        if conversation is None or not conversation.turns:
            self.tell("Ask something first: the first question is the title.")
            return
        from assistant.tui.screens.prompt import PromptScreen

        self.app.push_screen(PromptScreen("Title of this conversation", conversation.title), self._rename)

    def _rename(self, title: str | None) -> None:
        if title is not None:
            try:
                self.session.chat.rename(title)
            except AssistantError as error:
                self.tell(str(error), bad=True)
            self.show_title()

    def action_delete_conversation(self) -> None:
        """Asks, then deletes the conversation at hand."""
        conversation = self.session.conversation
        if self.blocked() or conversation is None or not conversation.turns:
            return
        from assistant.tui.screens.prompt import ConfirmScreen

        self.app.push_screen(ConfirmScreen(f"Delete “{one_line(conversation.title)}” for good?"), self._delete)

    async def _delete(self, sure: bool | None) -> None:
        if sure:
            try:
                self.session.chat.delete()
            except AssistantError as error:
                self.tell(str(error), bad=True)
                return
            self.session.begin()
            await self.show_conversation()

    def action_export(self) -> None:
        """Asks for a file name, then writes the conversation."""
        conversation = self.session.conversation
        if conversation is None or not conversation.turns:
            self.tell("There is nothing to export yet.")
            return
        from assistant.tui.screens.prompt import PromptScreen

        name = texts.free_name(conversation.title, Path.cwd())
        self.app.push_screen(PromptScreen("Export to (.md or .json)", name), self._export)

    def _export(self, name: str | None) -> None:
        conversation = self.session.conversation
        if name is None or conversation is None:
            return
        file = Path(name).expanduser()
        try:
            with file.open("x", encoding="utf-8") as stream:
                stream.write(texts.export(conversation, file.suffix))
        except FileExistsError:
            self.tell(f"{file} is there already. Choose another name.", bad=True)
        except OSError as error:
            self.tell(f"{file} cannot be written: {error.strerror}.", bad=True)
        else:
            self.tell(f"Written: {file.absolute()}")

    # Corpus and model

    def action_filter(self) -> None:
        """Limits this conversation to an outlet, dates or a document."""
        if self.blocked():
            return
        from assistant.tui.screens.filter import FilterScreen

        self.app.push_screen(FilterScreen(self.session), self._narrow)

    def _narrow(self, where: Filter | None) -> None:
        if where is not None:
            self.session.narrow(where)
            self.show_title()

    def action_corpus(self) -> None:
        """What is in the corpus."""
        if not self.session.ready:
            self.tell("The corpus is still being opened.")
            return
        from assistant.tui.screens.corpus import CorpusScreen

        self.app.push_screen(CorpusScreen(self.session))

    def action_model(self) -> None:
        """Who answers."""
        if self.blocked():
            return
        from assistant.tui.screens.model import ModelScreen

        self.app.push_screen(ModelScreen(self.session), self._use)

    def _use(self, name: str | None) -> None:
        if name:
            try:
                self.session.use_model(name)
            except AssistantError as error:
                self.tell(str(error), bad=True)
            self.status.say("")

    def action_keys(self) -> None:
        """All keys."""
        from assistant.tui.screens.keys import KeysScreen

        self.app.push_screen(KeysScreen(self.session.settings.keys))

    def action_reindex(self) -> None:
        """Brings the index in line with the folder, while one goes on asking."""
        if not self.session.ready:
            self.tell("The corpus is still being opened.")
        elif self.status.indexing:
            self.tell("It is being indexed already.")
        else:
            self.status.index("looking for changes")
            self.run_worker(self._index, thread=True, exit_on_error=False, group="index")

    def _index(self) -> None:
        try:
            result = self.session.index(self.progress)
        except AssistantError as error:
            self.post_message(self.Indexed(str(error), bad=True))
        else:
            self.post_message(self.Indexed(texts.indexed(result)))

    def progress(self, stage: str, done: int, total: int) -> None:
        """Called by threads, often."""
        self.post_message(self.Progressed(stage, done, total))

    def on_doing_screen_progressed(self, event: Progressed) -> None:
        """Shows how far it is: in the welcome while there is no index yet, else in the last line."""
        self.conversation.progress(event.stage, event.done, event.total)
        if self.status.indexing:
            self.status.index(texts.progress(event.stage, event.done, event.total))

    def on_doing_screen_indexed(self, event: Indexed) -> None:
        """Indexing is over."""
        self.status.index("")
        self.tell(event.report, bad=event.bad)
