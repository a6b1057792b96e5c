from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.folding import quotations
from assistant.reading.llm.drafts import NOT_FOUND, answer_of, drafts, is_not_found, numbers_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It sank [2]. He left. [1][3]", [("It sank.", (2,)), ("He left.", (1, 3))]),
        ("It sank.[2] He said “no”. [1] Then more [4].", [
            ("It sank.", (2,)), ("He said “no”.", (1,)), ("Then more.", (4,))]),
        ("“One.” [1] “Two.” [2]", [("“One.”", (1,)), ("“Two.”", (2,))]),
        ("He said [1] that it sank [2].", [("He said that it sank.", (1, 2))]),
        ("Dr. Berg paid 3.5 million [7].", [("Dr. Berg paid 3.5 million.", (7,))]),
        ("- **Bold** claim [1, 3-5].\n* Second 【2†source】\n1. Third [passage 4]", [
            ("Bold claim.", (1, 3, 4, 5)), ("Second", (2,)), ("Third", (4,))]),
        ("## Head\n\n---\n`code` [^2]", [("Head", ()), ("code", (2,))]),
        ("[1] opens the line.", [("opens the line.", (1,))]),
        ("In [2021] a [link](x).", [("In [2021] a [link](x).", ())]),
        ("Full width \uff3b\uff12\uff3d.", [("Full width.", (2,))]),
        ("[1][2]\n...\n", []),
    ],
)  # fmt: skip
def test_sentences_with_the_passages_they_name(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(draft.text, draft.numbers) for draft in drafts(text)] == expected


def test_a_sentence_without_markers_borrows_from_the_next_and_else_the_last_of_its_paragraph() -> None:
    found = drafts("First one. Second one. [1] Third one.\nElsewhere it rains.")
    assert [(d.text, d.numbers, d.borrowed) for d in found] == [
        ("First one.", (1,), True),
        ("Second one.", (1,), False),
        ("Third one.", (1,), True),
        ("Elsewhere it rains.", (), False),
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("1", (1,)), ("1, 2 and 3", (1, 2, 3)), ("2–4", (2, 3, 4)), ("4-2", (4, 2)), ("1-900", (1, 900)), ("1,1", (1,))],
)
def test_numbers_of_a_marker(text: str, numbers: tuple[int, ...]) -> None:
    assert numbers_of(text) == numbers


def test_thinking_and_invisible_characters_are_no_part_of_the_answer() -> None:
    assert answer_of("<think>hm [1]\n</think>\n It\u200b sank. ") == "It sank."
    assert answer_of("<think>never ends") == ""
    assert answer_of("\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x07") == "red link"


@pytest.mark.parametrize("text", [NOT_FOUND, f"**{NOT_FOUND}.** They tell of ships.", "Not in the passages: no."])
def test_saying_that_it_is_not_there(text: str) -> None:
    assert is_not_found(text)
    assert not is_not_found(f"He said {text}")


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("[]0123456789.,“” \n-*"), max_size=120))
def test_any_text_becomes_sentences_with_words_in_them(text: str) -> None:
    for draft in drafts(answer_of(text)):
        assert any(c.isalnum() for c in draft.text)
        assert "\n" not in draft.text
        assert len(set(draft.numbers)) == len(draft.numbers)


@pytest.mark.parametrize(
    "unit", ["'a ", "**a ", "[", "[1, ", "“a ", '"a ', "a [1] ", "`a ", "<think>", "…", "*a", "- "]
)
def test_a_hundred_thousand_characters_take_no_longer_than_they_must(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.monotonic()
    for draft in drafts(answer_of(text)):
        quotations(draft.text)
    assert time.monotonic() - started < 5
