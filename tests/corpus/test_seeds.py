"""What the five pages tell, decided by reading them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.corpus.articles import articles
from assistant.domain import BlockKind, Provenance
from tests.corpus.pages import kept, seed


def test_000_holds_three_reports_of_which_one_has_a_headline() -> None:
    document = seed("000")
    found = articles(document)
    assert [article.source for article in found] == [
        Provenance(
            title="US approves $125m sale of missiles to Lithuania – Putin slams NATO’s ‘clearly aggressive policy’"
        ),
        Provenance(),
        Provenance(),
    ]
    first = [kept(document, (article,))[0] for article in found[1:]]
    assert first[0].startswith("The new battalion of US military forces")
    assert first[1].startswith("Libya has meanwhile called off a presidential election")
    text = kept(document, found)
    assert not any(
        line.startswith(("Troops of the Donetsk", "Russian President Vladimir Putin warns")) for line in text
    )


def test_001_holds_four_articles_of_one_day() -> None:
    document = seed("001")
    day = date(2022, 1, 15)
    found = articles(document)
    assert [article.source for article in found] == [
        Provenance(
            title="Estonia, Latvia and Lithuania want to increase deterrence against possible Russian military action",
            published=day,
        ),
        Provenance(title="Patience with West has come to an end – Moscow", author="Layla Guest", published=day),
        Provenance(title="Russia ‘fabricating a pretext for invasion’ of Ukraine – White House", published=day),
        Provenance(title="Russia responds to US ‘false flag’ claims", published=day),
    ]
    assert [len(kept(document, (article,), BlockKind.BODY)) for article in found] == [8, 10, 6, 7]


@pytest.mark.parametrize(
    ("name", "title", "paragraphs", "headings"),
    [
        ("002", "US, Lithuania Sign Agreement to Improve Military Interoperability", 10, ["US Supporting Lithuania"]),
        (
            "003",
            None,
            62,
            ['"There is a consistent refutation"', "Bratislava against", "Mastering the European military theater"],
        ),
        (
            "004",
            "Ukraine begins using US Javelin missiles.. Lavrov attacks Washington and warns of a large-scale conflict "
            "in Europe",
            17,
            ["Military buildup and missiles"],
        ),
    ],
)
def test_a_page_with_one_article(name: str, title: str | None, paragraphs: int, headings: list[str]) -> None:
    document = seed(name)
    found = articles(document)
    assert [article.source for article in found] == [Provenance(title=title)]
    assert kept(document, found, BlockKind.HEADING) == headings
    assert len(kept(document, found, BlockKind.BODY)) == paragraphs


@pytest.mark.parametrize(
    "scrap",
    [
        "Getty Images",
        "FILE PHOTO",
        "By Layla Guest",
        "Post a Comment",
        "No comments",
        "Related Posts",
        "Leave a Reply",
        "Your email address",
        "Mandel Ngan",
        "GRAZVYDAS JANUSKA",
        "A.Pliadis",
        "NATO flag",
        "Saturday, January 15, 2022",
    ],
)
def test_what_stands_around_the_articles_is_not_kept(scrap: str) -> None:
    for name in ("000", "001", "002", "003", "004"):
        document = seed(name)
        assert not any(scrap in text for text in kept(document, articles(document)))
