"""Words as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieve.terms import canonical, idf, is_asked, is_variant, mentions, stems, tokens


def asked(text: str) -> list[str]:
    return [token.stem for token in tokens(text) if is_asked(token)]


def test_a_token_stands_at_its_place() -> None:
    text = "Alito’s home, Trenton (N.J.), cost $1,400 in the U.S."
    assert [text[t.start : t.end] for t in tokens(text)] == [t.text for t in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "US"),
        ("United States", "USA"),
        ("American", "U.S."),
        ("British", "UK"),
        ("won", "win"),
        ("five", "5"),
        ("1,400", "1400"),
        ("14th", "14"),
        ("Jan", "January"),
        ("Páez", "Paez"),
        ("Kiev", "Kyiv"),
        ("percent", "%"),
    ],
)
def test_spellings_of_one_thing_are_one(one: str, other: str) -> None:
    assert stems(one) == stems(other)


def test_the_country_is_no_pronoun() -> None:
    assert asked("What did the us sell to us?") == ["usa", "sell"]


def test_money_in_short_form_is_number_and_magnitude() -> None:
    assert [t.stem for t in tokens("$125m")] == ["dollar", "125", "million"]


def test_possessives_and_question_words_are_not_asked_for() -> None:
    assert asked("What is Alito’s kind of argument called?") == ["alito", "argument"]


@pytest.mark.parametrize(("one", "other"), [("ukrain", "ukrainian"), ("invad", "invas"), ("founder", "found")])
def test_forms_of_a_word(one: str, other: str) -> None:
    assert is_variant(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("trump", "trumpet"), ("iran", "iraq"), ("austria", "australia"), ("2014", "2015")]
)
def test_other_words_are_no_forms(one: str, other: str) -> None:
    assert not is_variant(canonical(one), canonical(other))


def test_rarer_words_weigh_more() -> None:
    assert idf(100, 0) > idf(100, 10) > idf(100, 100) > 0


@given(st.lists(st.sampled_from("France French Łódź Lodz Sullivan’s sullivan NATO US UK the U.S. 2021 met in".split())))
def test_a_mention_is_a_stem_of_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for name in ("France", "Łódź", "Sullivan", "NATO", "US", "Putin", "2021"):
        assert mentions(text, canonical(name)) is (canonical(name) in stems(text))
