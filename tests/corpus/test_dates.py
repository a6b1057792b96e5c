from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.dates import date_line, is_update, parse_date, said_on


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saturday, January 15, 2022", date(2022, 1, 15)),
        ("15 Jan 2022", date(2022, 1, 15)),
        ("Jan. 5, 2022", date(2022, 1, 5)),
        ("2022-01-15", date(2022, 1, 15)),
        ("2022-01-15T10:20:00Z", date(2022, 1, 15)),
        ("2022/1/5", date(2022, 1, 5)),
        ("15.01.2022", date(2022, 1, 15)),
        ("5. 1. 2022", date(2022, 1, 5)),
        ("the 3rd of May, 2021", date(2021, 5, 3)),
        ("25/12/2021", date(2021, 12, 25)),
        ("12/25/2021", date(2021, 12, 25)),
        ("04/04/2021", date(2021, 4, 4)),
        ("03/04/2022", None),
        ("31 February 2022", None),
        ("January 2022", None),
        ("may 2022 be good", None),
        ("call 555-01-2022", None),
        ("", None),
    ],
)
def test_written_dates(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Saturday, January 15, 2022",
        "Updated: January 15, 2022 at 10:45 a.m. EST",
        "Published 10:30 GMT, 15 January 2022",
        "Posted on January 15, 2022",
        "Published: Jan 15, 2022, 3:20 PM | Updated: Jan 16, 2022",
        "2022-01-15T10:00:00+02:00",
        "15 Jan 2022 · 5 min read",
    ],
)
def test_a_line_that_is_only_a_date(line: str) -> None:
    assert date_line(line) == date(2022, 1, 15)


def test_a_line_with_more_than_a_date_is_none() -> None:
    assert date_line("The deal of January 15, 2022 was signed") is None
    assert date_line("Vilnius, January 15, 2022") is None
    assert date_line("Published on Monday") is None


def test_updates_are_told_from_publication() -> None:
    assert is_update("Last updated: 15 Jan 2022")
    assert not is_update("Published 14 Jan 2022, updated 15 Jan 2022")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kallas revealed on Wednesday.", date(2022, 1, 12)),
        ("He said on Saturday.", date(2022, 1, 15)),
        ("He spoke last Saturday.", date(2022, 1, 8)),
        ("He spoke last Friday.", date(2022, 1, 14)),
        ("They will meet next Monday.", date(2022, 1, 17)),
        ("On Thursday, Putin spoke.", date(2022, 1, 13)),
        ("It came at Thursday’s briefing.", date(2022, 1, 13)),
        ("He left yesterday.", date(2022, 1, 14)),
        ("Polls are held today.", date(2022, 1, 15)),
        ("He spoke on January 3 this year.", date(2022, 1, 3)),
        ("He spoke on December 20 this year.", None),
        ("Polls open on January 20.", None),
        ("They will meet on Friday.", None),
        ("He said on Wednesday that they will meet on Friday.", date(2022, 1, 12)),
        ("He spoke on December 20.", date(2021, 12, 20)),
        ("He spoke on 8 December.", date(2021, 12, 8)),
        ("He spoke on January 10.", date(2022, 1, 10)),
        ("He spoke on May 27, 1997.", date(1997, 5, 27)),
        ("He spoke on Monday, December 20.", date(2021, 12, 20)),
        ("He spoke on Monday and on Tuesday.", None),
        ("They met on Wednesday until Friday.", date(2022, 1, 12)),
        ("He said it last week.", None),
        ("He comes on Mondays.", None),
        ("He said: “I saw him on Monday.”", None),
        ("“I saw him on Monday,” he said on Tuesday.", date(2022, 1, 11)),
        ("Nothing of the kind.", None),
        ("It may 5 times be so.", None),
    ],
)
def test_days_named_in_a_sentence(sentence: str, expected: date | None) -> None:
    assert said_on(sentence, date(2022, 1, 15)) == expected


def test_without_the_articles_date_only_a_full_date_counts() -> None:
    assert said_on("He said on Wednesday.", None) is None
    assert said_on("He said yesterday.", None) is None
    assert said_on("He said on May 27, 1997.", None) == date(1997, 5, 27)
    assert said_on("He said on December 20.", None) is None


@given(st.text(), st.dates())
def test_any_text_is_safe(text: str, published: date) -> None:
    assert said_on(text, published) is None or isinstance(said_on(text, published), date)
    assert date_line(text) is None or parse_date(text) is not None
