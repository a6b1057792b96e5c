"""Values in a sentence."""

import pytest

from assistant.domain import Span
from assistant.reading import marks
from assistant.reading.naming import defines, names_another, runs
from assistant.retrieve.query import Kind, Query, Term
from assistant.retrieve.terms import is_asked, tokens


def asking(kind: Kind, words: str, focus: tuple[str, ...] = (), measure: str | None = None) -> Query:
    terms = tuple(Term(t.text, t.stem, 1.0, False, 1) for t in tokens(words) if is_asked(t))
    return Query(words, kind, terms, (), focus, (), measure, False, (), None)


def texts(text: str, spans: list[Span]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It opened on 14 January 2022.", ["14 January 2022"]),
        ("On January 14, 2022, it opened.", ["January 14, 2022"]),
        ("It opened in 1997 and closed in May 2005.", ["1997", "May 2005"]),
        ("He may go on Wednesday at 9 a.m.", ["Wednesday", "9 a.m."]),
        ("It cost $2015 and 2,014 people came.", []),
        ("They met last week.", ["last week"]),
    ],
)
def test_dates(text: str, found: list[str]) -> None:
    assert texts(text, marks.dates(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2014 some 40,000 measures and two laws came.", ["40,000", "two"]),
        ("About 67% of 8.25 million", ["67%", "8.25 million"]),
    ],
)
def test_numbers_leave_dates_out(text: str, found: list[str]) -> None:
    assert texts(text, marks.numbers(text)) == found


def test_money() -> None:
    text = "A $125 million deal, 3 million euros, and 30 tanks."
    assert texts(text, marks.money(text)) == ["$125 million", "3 million euros"]


def test_the_marked_number_counts_what_is_asked() -> None:
    text = "On 3 May 2020 the 12 crews sank 7 ships."
    query = asking(Kind.NUMBER, "How many ships did the crews sink?", ("ship",))
    span = marks.mark(query, text, {"ship", "crew", "sink"})
    assert span is not None
    assert text[span.start : span.end] == "7"


def test_a_number_of_something_else_is_no_mark() -> None:
    assert marks.mark(asking(Kind.NUMBER, "How many ships?", ("ship",)), "He is 43 today.", {"ship"}) is None


def test_names_are_never_marked() -> None:
    assert marks.mark(asking(Kind.PERSON, "Who sank it?"), "Anna Berg sank it.", {"sink"}) is None


def test_a_length_needs_its_unit() -> None:
    text = "The $70 million yacht is 90 metres long."
    query = asking(Kind.NUMBER, "How long is the yacht?", measure="long")
    assert texts(text, marks.values(query, text, tokens(text), lambda _: False, {"yacht"})) == ["90"]


def test_a_value_of_the_question_is_no_answer() -> None:
    text = "In 2004 he won; she won in 2006."
    query = asking(Kind.DATE, "When did she win, after 2004?")
    assert texts(text, marks.values(query, text, tokens(text), lambda _: False, {"2004"})) == ["2006"]


def test_another_person_of_the_name() -> None:
    (run,) = runs("Hillary Clinton")
    text = "Before that, Bill Clinton spoke. Clinton left."
    assert names_another(run, tokens(text), text)
    own = "Before that, Hillary Clinton met Bill Clinton."
    assert not names_another(run, tokens(own), own)
    alone = "Then Secretary Clinton spoke."
    assert not names_another(run, tokens(alone), alone)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("“No,” said Steve Cowan, a spokesman for the ministry.", True),
        ("Steve Cowan is the mayor.", True),
        ("Foreign Minister Steve Cowan left.", True),
        ("They met Steve Cowan there again.", False),
        ("Steve Jobs is the mayor.", False),
    ],
)
def test_sentences_that_tell_who_somebody_is(text: str, tells: bool) -> None:
    assert defines(tokens("Steve Cowan"), tokens(text), text) is tells


def test_a_role_that_the_question_names_is_no_person() -> None:
    text = "They met, the Prime Minister of Estonia said."
    query = asking(Kind.PERSON, "Who is the prime minister of Estonia?", ("minist",))
    asked = {"prime", "minist", "estonia"}
    assert marks.values(query, text, tokens(text), lambda _: False, asked) == []


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Judge Arthur Engoron spoke.", True),
        ("Then Arthur Engoron, the judge, spoke.", True),
        ("It came from Russia, the judge said.", False),
        ("Arthur Engoron left after a long day and the judge spoke.", False),
    ],
)
def test_a_name_beside_the_role(text: str, beside: bool) -> None:
    words = tokens(text)
    query = asking(Kind.PERSON, "Who is the judge?", ("judg",))
    found = marks.values(query, text, words, lambda _: True, {"judg"})
    assert marks.beside(query, words, found, {"judg"}) is beside


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("In what month did the dam open?", "The dam opened in May 1994.", "The dam opened in 1994."),
        ("In which year did the dam open?", "The dam opened in May 1994.", "The dam opened on Monday."),
        ("At what time did the dam open?", "The dam opened at 5.30 p.m. on Monday.", "The dam opened on Monday."),
    ],
)
def test_the_part_of_a_date_that_is_asked_must_be_told(question: str, told: str, not_told: str) -> None:
    query = asking(Kind.DATE, question)
    for text, any_value in ((told, True), (not_told, False)):
        found = marks.values(query, text, tokens(text), lambda _: False, frozenset())
        assert bool(found) is any_value


def test_the_price_of_one_is_not_the_price_of_all() -> None:
    one = asking(Kind.MONEY, "How much does one pump cost?")
    assert not marks.of_one(one, "The ministry bought pumps for $125 million.")
    assert marks.of_one(one, "The ministry paid $2 million per pump.")
    assert marks.of_one(asking(Kind.MONEY, "How much did the pumps cost?"), "It bought pumps for $125 million.")
