from __future__ import annotations

import pytest

from assistant.errors import UsageError
from assistant.question import MAX_CHARACTERS, checked


def test_white_space_becomes_single_spaces() -> None:
    assert checked("  What\n did\tSullivan  claim? ") == "What did Sullivan claim?"


def test_invisible_characters_go_and_joiners_stay() -> None:
    assert checked("\ufeffWho\u200b is\u202e می\u200cخواهم?") == "Who is می\u200cخواهم?"


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "The question is empty"),
        (" \n\u200b", "The question is empty"),
        ("?!", "The question is empty"),
        ("a\x00b", "The question holds the control character U+0000"),
        ("a\x1b[2Jb", "The question holds the control character U+001B"),
        ("a\x9bb", "The question holds the control character U+009B"),
        ("caf\udce9", "The question is not valid UTF-8 text"),
        ("x" * 100_000, f"The question has 100,000 characters, more than {MAX_CHARACTERS:,}"),
    ],
)
def test_what_is_no_question(question: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked(question)
    assert caught.value.message == message


def test_the_longest_question() -> None:
    assert checked("x" * MAX_CHARACTERS) == "x" * MAX_CHARACTERS
