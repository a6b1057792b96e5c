"""Follow-ups as questions that stand alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.condense import surnames, told
from assistant.chat.shape import Kind, parse
from assistant.chat.standalone import leans, standalone
from assistant.protocols import Speaker
from tests.chat.follow_ups import BRIDGE, COUNTRY, FOLLOW_UPS, MINISTER, MUSEUM, PILL, STANDS_ALONE, VOLCANO
from tests.chat.held_out import HELD_OUT, MORE
from tests.chat.sloppy import NAMES, SLOPPY
from tests.chat.talk import Before, Case, Voice, hit, turn, turns

BEFORE = (VOLCANO, MINISTER, BRIDGE, MUSEUM, COUNTRY, PILL)


@pytest.mark.parametrize("case", FOLLOW_UPS, ids=lambda case: f"{case.question} after {case.before[-1].question}")
def test_a_follow_up_takes_what_it_lacks_from_the_turns_before(case: Case) -> None:
    assert standalone(case.question, turns(case)) in case.wanted


@pytest.mark.parametrize("question", STANDS_ALONE)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert {standalone(question, (turn(before),)) for before in BEFORE} == {question}


def test_follow_ups_that_were_written_before_the_rules() -> None:
    wrong = [case.question for case in (*HELD_OUT, *MORE) if standalone(case.question, turns(case)) not in case.wanted]
    assert wrong == ["Did he deny it?"]


@pytest.mark.parametrize("case", SLOPPY, ids=lambda case: case.question)
def test_what_is_typed_in_haste(case: Case) -> None:
    found = standalone(case.question, turns(case), lambda: NAMES)
    assert found.rstrip("?") in {wanted.rstrip("?") for wanted in case.wanted}


def test_the_office_of_somebody_who_was_not_found_is_read_in_what_was() -> None:
    found = hit("It was signed by Norwegian Defence Minister Kari Vik and the head of the shipyard.")
    refused = turn(Before("What did Vik say?"))
    assert refused.answer is not None
    before = replace(refused, answer=replace(refused.answer, passages=(found,)))
    assert standalone("And what did her king say?", (before,)) == "What did Norway's king say?"


def test_surnames_that_are_words_too_are_left() -> None:
    speakers = [Speaker(name, (), 1) for name in ("Ida Moen", "Theresa May", "the Kremlin", "Will Read")]
    assert surnames(speakers) == {"moen": "Moen", "kremlin": "Kremlin"}


@pytest.mark.parametrize("case", FOLLOW_UPS, ids=lambda case: case.question)
def test_every_follow_up_is_seen_as_one(case: Case) -> None:
    assert leans(case.question)


@pytest.mark.parametrize("case", FOLLOW_UPS, ids=lambda case: case.question)
def test_without_turns_before_nothing_is_changed(case: Case) -> None:
    assert standalone(case.question, ()) == case.question


def test_nobody_is_guessed_where_nobody_was_named() -> None:
    before = (turn(Before("How deep is the lake?", "It is 40 metres deep.")),)
    assert standalone("What did he say?", before) == "What did he say?"


def test_a_name_of_the_other_gender_is_passed_over() -> None:
    before = (
        turn(Before("What did Eva Moe say?", "“No,” she said.", (Voice("Eva Moe", "spokeswoman"),))),
        turn(Before("What did the report say?", "It says little.")),
    )
    assert standalone("What did he deny?", before) == "What did he deny?"
    assert standalone("What did she deny?", before) == "What did Eva Moe deny?"


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gives_a_text(question: str, earlier: str) -> None:
    assert isinstance(standalone(question, (turn(Before(earlier, "Something.")),)), str)


_WORD = st.sampled_from(
    "and what about when did he she it they that the his her mayor of Oslo Novak say said Who is in 2014 ? 's".split()
)


@given(st.lists(_WORD, max_size=10).map(" ".join), st.lists(_WORD, max_size=10).map(" ".join))
def test_any_words_give_a_question_that_is_not_blank(question: str, earlier: str) -> None:
    found = standalone(question, (turn(Before(earlier, "Ida Novak said so.", (Voice("Ida Novak"),))),))
    assert found == question or found.strip() != ""


def test_a_question_is_taken_apart() -> None:
    shape = parse("How much did the new bridge over the Neris cost the city in 2014?")
    assert (shape.wh, shape.aux, shape.subject, shape.verb, shape.rest) == (
        "How much",
        "did",
        "the new bridge over the Neris",
        "cost",
        "the city in 2014",
    )
    assert [(p.preposition, p.text, p.kind, p.subject) for p in shape.phrases] == [
        ("", "the new bridge", Kind.THING, True),
        ("over", "the Neris", Kind.THING, True),
        ("", "the city", Kind.THING, False),
        ("in", "2014", Kind.TIME, False),
    ]


def test_what_a_model_is_told_of_the_turns_before() -> None:
    refused = Before("Who owns it?")
    assert told((turn(MINISTER), turn(refused))) == (
        "Question: What did Anders Lund claim?\n"
        "Answer: “We are ready,” he said.\n"
        "Speakers: Anders Lund, Danish Defence Minister\n"
        "Question: Who owns it?\n"
        "Answer: none was found."
    )
