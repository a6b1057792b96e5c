"""Questions, answers as they come, and all that can happen to them."""

from __future__ import annotations

import threading

from assistant.domain import Delta, TurnState
from assistant.errors import CorpusError
from assistant.reading.llm.scripted import ScriptedModel
from assistant.reading.llm.seam import ModelRequestError
from assistant.tui.screens.chat import ChatScreen
from assistant.tui.widgets.turn import AnswerView
from assistant.tui.widgets.welcome import Suggestion
from tests.tui.driving import NOWHERE, QUESTION, SAID, Held, Library

FERRY = "The ferry carried 341 people [1]. It was sabotage by pirates [1]."


async def test_an_answer_with_its_source_beside_it(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(QUESTION)
        assert f"> {QUESTION}" in chat.text
        assert "The ferry carried 341 people. ›[1]‹" in chat.flat
        assert chat.static("#title") == QUESTION
        assert chat.static("#source .facts").startswith("[1] Ferry sinks · Harbour News · 2022-01-15\n")
        assert "ferry.txt:3" in chat.static("#source .facts")
        assert "⟦The ferry carried 341 people.⟧" in chat.source
        assert chat.screen.composer.text == ""
        status = chat.lines[-1]
        assert status.startswith(" extractive · pages (3 documents) · 4 passages · ")
        assert status.rstrip().endswith(" s")


async def test_text_is_shown_as_it_comes_and_esc_keeps_what_came(library: Library) -> None:
    model = Held("The ferry carried 341 people [1].", " It sank.")
    async with library.open(model) as chat:
        await chat.type(QUESTION)
        await chat.press("enter")
        await chat.until(lambda: "341 people" in chat.text)
        assert chat.screen.answering
        assert "writing…" in chat.lines[-1]
        await chat.press("escape")
        await chat.idle()
        model.go.set()
        assert "The ferry carried 341 people. ›[1]‹" in chat.flat
        assert "Incomplete: stopped by you." in chat.flat
        (turn,) = chat.app.session.chat.turns
        assert (turn.state, turn.incomplete) == (TurnState.FINISHED, "stopped by you")


async def test_quitting_in_the_middle_of_an_answer_keeps_what_came(library: Library) -> None:
    async with library.open(Held("The ferry carried 341 people [1].")) as chat:
        await chat.type(QUESTION)
        await chat.press("enter")
        await chat.until(lambda: "341 people" in chat.text)
        await chat.press("ctrl+q")
    async with library.open(session=library.session(go_on=True)) as chat:
        assert "The ferry carried 341 people. [1]" in chat.flat
        assert "Incomplete: stopped by you." in chat.flat


async def test_a_statement_without_support_looks_it(library: Library) -> None:
    async with library.open(ScriptedModel([FERRY])) as chat:
        await chat.ask(QUESTION)
        assert "The ferry carried 341 people. ›[1]‹" in chat.flat
        assert "✗ It was sabotage by pirates. (no source)" in chat.flat
        assert "scripted:test · pages (3 documents) · " in chat.lines[-1]
        assert " tokens · " in chat.lines[-1]


async def test_a_refusal_has_receipts_and_passages_to_open(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(NOWHERE)
        assert "Not in this corpus. No document mentions “France”." in chat.flat
        assert "4 passages of 3 documents were searched for: president (nowhere), France (nowhere)." in chat.flat
        view = chat.screen.query_one(AnswerView)
        assert [place.label for place in view.places][:2] == ["a", "b"]
        await chat.press("f3")
        assert chat.screen.chosen is view.places[1]
        await chat.idle()
        assert "⟦The │ owner paid in March 2021.⟧" in chat.source
        assert view.places[1].near is not None
        assert view.places[1].near.why in chat.static("#source .facts")


async def test_nothing_and_no_question(library: Library) -> None:
    async with library.open() as chat:
        await chat.press("enter")
        await chat.type("?!")
        await chat.press("enter")
        assert chat.told == ['The question is empty. Ask in words, like: assistant ask "What did the minister say?"']
        assert chat.screen.composer.text == "?!"
        assert not chat.screen.conversation.turns


async def test_a_failed_request_leaves_the_question_and_the_reason(library: Library) -> None:
    failing = ScriptedModel([ModelRequestError("scripted:test is not there", "Start it.")])
    async with library.open(failing) as chat:
        await chat.ask(QUESTION)
        assert chat.screen.composer.text == QUESTION
        assert "scripted:test is not there. Start it." in chat.flat
        assert chat.app.focused is chat.screen.composer
        (turn,) = chat.app.session.chat.turns
        assert turn.error == "scripted:test is not there"


async def test_a_defect_is_told_and_harms_nothing_else(library: Library) -> None:
    async with library.open(ScriptedModel([ValueError("no [bold]such[/] thing"), FERRY])) as chat:
        await chat.ask(QUESTION)
        assert "Unexpected: ValueError: no [bold]such[/] thing" in chat.flat
        assert chat.screen.composer.text == QUESTION
        await chat.press("enter")
        await chat.idle()
        assert "341 people. ›[1]‹" in chat.flat


async def test_one_answer_at_a_time(library: Library) -> None:
    model = Held("The ferry", " carried 341 people [1].")
    async with library.open(model) as chat:
        await chat.type(QUESTION)
        await chat.press("enter")
        await chat.until(lambda: "The ferry" in chat.static("#title") or "writing…" in chat.lines[-1])
        await chat.type(SAID)
        await chat.press("enter")
        assert chat.told == ["An answer is still coming. Esc stops it."]
        assert chat.screen.composer.text == SAID
        model.go.set()
        await chat.idle()
        assert len(chat.screen.conversation.turns) == 1


async def test_what_belongs_to_an_earlier_question_is_dropped(library: Library) -> None:
    model = Held("The ferry carried 341 people [1].")
    async with library.open(model) as chat:
        await chat.type(QUESTION)
        await chat.press("enter")
        await chat.until(lambda: "341 people" in chat.text)
        chat.screen.post_message(ChatScreen.Arrived(0, Delta("Old words. ")))
        chat.screen.post_message(ChatScreen.Failed(0, CorpusError("Old failure")))
        await chat.pilot.pause(0.1)
        model.go.set()
        await chat.idle()
        assert "Old" not in chat.text


async def test_a_question_before_the_corpus_is_open_is_asked_then(library: Library) -> None:
    gate = threading.Event()
    session = library.session(opening=lambda: assert_true(gate.wait(10)))
    async with library.open(session=session, wait=False) as chat:
        await chat.type(QUESTION)
        await chat.press("enter")
        assert "waiting for the corpus to be opened" in chat.text
        assert not session.ready
        gate.set()
        await chat.until(lambda: session.ready)
        await chat.idle()
        assert "341 people. ›[1]‹" in chat.flat


def assert_true(value: bool) -> None:
    assert value


async def test_a_corpus_that_cannot_be_opened(library: Library) -> None:
    mended: list[bool] = []

    def opening() -> None:
        if not mended:
            raise CorpusError("There is nothing to read", "Add a document.")

    async with library.open(session=library.session(opening=opening), wait=False) as chat:
        await chat.until(lambda: "There is nothing to read. Add a document." in chat.flat)
        await chat.type(QUESTION)
        await chat.press("enter")
        await chat.until(lambda: not chat.screen.answering)
        assert f"> {QUESTION} There is nothing to read. Add a document." in chat.flat
        assert chat.screen.composer.text == QUESTION
        mended.append(True)
        await chat.press("enter")
        await chat.idle()
        assert "341 people. ›[1]‹" in chat.flat


async def test_asking_again_takes_the_place_of_the_answer(library: Library) -> None:
    async with library.open(ScriptedModel([FERRY, "The ferry carried 341 people [1]."])) as chat:
        await chat.ask(QUESTION)
        await chat.type("a draft")
        await chat.press("ctrl+r")
        await chat.idle()
        assert "sabotage" not in chat.text
        assert "341 people. ›[1]‹" in chat.flat
        assert len(chat.screen.conversation.turns) == len(chat.app.session.chat.turns) == 1
        assert chat.screen.composer.text == "a draft"


async def test_a_failed_repetition_keeps_the_old_answer(library: Library) -> None:
    async with library.open(ScriptedModel([FERRY, ModelRequestError("it is gone", "")])) as chat:
        await chat.ask(QUESTION)
        await chat.press("ctrl+r")
        await chat.idle()
        assert "341 people." in chat.flat
        assert "it is gone" in chat.flat


async def test_edit_and_resend(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(QUESTION)
        await chat.press("f7")
        assert chat.screen.composer.text == QUESTION
        chat.screen.composer.put("Who resigned in Oslo?")
        await chat.press("enter")
        await chat.idle()
        assert [turn.question for turn in chat.app.session.chat.turns] == ["Who resigned in Oslo?"]
        assert QUESTION not in chat.screen.conversation.turns[0].question
        assert len(chat.screen.conversation.turns) == 1


async def test_esc_leaves_the_edited_question_as_it_was(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(QUESTION)
        await chat.press("f7", "escape")
        assert chat.screen.composer.text == ""
        await chat.ask(SAID)
        assert [turn.question for turn in chat.app.session.chat.turns] == [QUESTION, SAID]


async def test_a_follow_up_says_what_it_is_taken_to_mean(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask("What did Marianne Borgen say?")
        await chat.ask("And Ida Moen?")
        assert "> And Ida Moen?" in chat.text
        assert "taken as: What did Ida Moen say?" in chat.flat
        assert "no warning at all" in chat.flat


async def test_several_lines_and_earlier_questions(library: Library) -> None:
    async with library.open() as chat:
        await chat.ask(QUESTION)
        await chat.ask(SAID)
        await chat.press("a", "ctrl+j", "b", "shift+enter", "c")
        composer = chat.screen.composer
        assert composer.text == "a\nb\nc"
        await chat.press("up", "up")
        assert (composer.text, composer.cursor_location[0]) == ("a\nb\nc", 0)
        await chat.press("up")
        assert composer.text == SAID
        await chat.press("up", "up")
        assert composer.text == QUESTION
        await chat.press("down")
        assert composer.text == SAID
        await chat.press("down")
        assert composer.text == "a\nb\nc"


async def test_questions_are_suggested_that_this_corpus_answers(library: Library) -> None:
    async with library.open() as chat:
        await chat.until(lambda: chat.screen.query(Suggestion))
        suggested = [one.question for one in chat.screen.query(Suggestion)]
        assert "What did Ida Moen say?" in suggested
        for question in suggested:
            assert chat.app.session.assistant.quote(question).citations
        chat.screen.query(Suggestion).first().focus()
        await chat.press("enter")
        await chat.idle()
        assert chat.screen.conversation.last_question == suggested[0]
        assert chat.screen.query(AnswerView)
        assert not chat.screen.query(Suggestion)
