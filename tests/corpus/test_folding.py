from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.folding import find, fold, locate, quotations, visible

PAGE = "He said: “Russia  is\nlaying – ‘for now’ – the ground­work… and [so] on. It’s ﬁne” in 2021−22, part 2."
TEXT = st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("“”‘’'\"–— -…\u200b\n\t.[]"), max_size=60)


@pytest.mark.parametrize(
    ("quoted", "found"),
    [
        ("Russia is laying – ‘for now’ – the groundwork", "Russia  is\nlaying – ‘for now’ – the ground­work"),
        ("russia is laying", "Russia  is\nlaying"),
        ('laying-"for now"—the groundwork...', "laying – ‘for now’ – the ground­work"),
        ("the ground\u200bwork", "the ground­work"),
        ("and (so) on", "and [so] on"),
        ("It's fine,", "It’s ﬁne"),
        ("in 2021-22", "in 2021−22"),
    ],
)
def test_typographic_variants_are_found_where_they_stand(quoted: str, found: str) -> None:
    assert [PAGE[start:end] for start, end in locate(quoted, fold(PAGE))] == [found]


@pytest.mark.parametrize("missing", ["russia is not laying", "round", "art 2", "lAYING", "", "…", "work and"])
def test_other_words_parts_of_words_and_nothing_are_not_found(missing: str) -> None:
    assert locate(missing, fold(PAGE)) == ()


def test_an_elision_is_found_in_parts_in_order() -> None:
    parts = locate("Russia is laying … the groundwork [...] in 2021", fold(PAGE))
    assert [PAGE[start:end] for start, end in parts] == [
        "Russia  is\nlaying",
        "the ground­work",
        "in 2021",
    ]
    assert locate("in 2021 … Russia is laying", fold(PAGE)) == ()


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("She said “go” and “stay”.", ["go", "stay"]),
        ("She “said ‘go’ now”.", ["said ‘go’ now"]),
        ("„Ja“, «oui», \"yes\", ``si''", ["Ja", "oui", "yes", "si"]),
        ("He said 'we go now' of the dogs' bowls and the cat's", ["we go now"]),
        ("“outer “inner” outer”", ["outer “inner” outer"]),
        ("“never closed", ["never closed"]),
        ("“one” and “two", ["one", "two"]),
        ("“” and ''", []),
        ("five o'clock, rock 'n' roll", []),
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == inside


def test_invisible_characters_go() -> None:
    assert visible("a\u200bb\x1b\u202ec\U000e0041\ufe0f\nd\u200d") == "abc\nd\u200d"


@given(TEXT)
def test_every_folded_character_comes_from_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    assert fold(folded.text).text == folded.text


@given(TEXT)
def test_what_is_canonically_equal_folds_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)).text == fold(text).text


@given(TEXT, TEXT, TEXT)
def test_a_text_is_found_in_itself(before: str, middle: str, after: str) -> None:
    hay = fold(f"{before} {middle} {after}")
    place = find(middle, hay)
    if place is not None:
        start, end = hay.span(*place)
        assert 0 <= start < end <= len(f"{before} {middle} {after}")
    elif any(c.isalnum() for c in fold(middle).text):
        # Only marks at its edges, or letters that join its neighbours, may keep a text from being found.
        assert not middle.isalnum()


@given(TEXT)
def test_quotations_lie_apart_and_in_order(text: str) -> None:
    spans = quotations(text)
    assert all(start < end for start, end in spans)
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
