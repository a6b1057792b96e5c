from __future__ import annotations

from assistant.corpus.articles import articles
from assistant.domain import Provenance
from tests.corpus.pages import page

BRIDGE = [
    "The council of Oldtown will close the bridge over the Windle, mayor Carla Brown said on Monday.",
    "Engineers from Northport had found cracks in the arches, and Brown told the council that repairs were urgent.",
    "The bridge over the Windle carries ten thousand cars a day, most of them from Northport to Oldtown.",
    "Brown said that a ferry over the Windle would start in May, and that Northport would pay for half of it.",
    "The council voted for the ferry, although engineers doubted that Oldtown could afford repairs of the bridge.",
    "A new bridge would cost Oldtown four million, Brown told the council, and take engineers three years.",
]
ELECTION = [
    "President Juan Perez of Castania won a second term on Sunday, the electoral commission in Puerto Real announced.",
    "Perez received sixty percent of the ballots, the commission said, while his rival Ana Lopez conceded defeat.",
    "Lopez had campaigned for pensions in Castania, and congratulated Perez in a speech at Puerto Real.",
    "Observers praised the ballots in Castania, although the commission had to extend voting in Puerto Real.",
    "Perez promised jobs and lower taxes when he spoke to voters, and thanked Lopez for a fair campaign.",
    "The commission of Castania will publish final ballots next month, and Perez takes office in autumn.",
]


def test_a_lone_bullet_about_something_else_begins_another_article() -> None:
    text = "Old bridge closes for good\n\n" + "\n\n".join(BRIDGE) + "\n\n  • " + "\n\n".join(ELECTION)
    found = articles(page(text, override=Provenance(title="T", outlet="O")))
    assert [article.source for article in found] == [Provenance("T", "O"), Provenance(outlet="O")]
    assert text[found[1].start :].startswith("President Juan Perez")


def test_a_lone_bullet_about_the_same_does_not() -> None:
    text = "\n\n".join(BRIDGE) + "\n\n  • " + "\n\n".join(BRIDGE)
    assert len(articles(page(text))) == 1


def test_a_chapter_that_leads_away_and_comes_back_stays_in_its_article() -> None:
    text = "\n\n".join([*BRIDGE, *ELECTION, *BRIDGE])
    assert len(articles(page(text))) == 1


def test_a_headline_above_something_else_begins_an_article_with_that_title() -> None:
    text = (
        "Old bridge closes for good\n\n"
        + "\n\n".join(BRIDGE)
        + "\n\nPerez wins a second term\n\n"
        + "\n\n".join(ELECTION)
    )
    assert [article.source.title for article in articles(page(text))] == [
        "Old bridge closes for good",
        "Perez wins a second term",
    ]


def test_a_chapter_heading_above_the_same_does_not() -> None:
    text = (
        "Old bridge closes for good\n\n"
        + "\n\n".join(BRIDGE[:3])
        + "\n\nWhat the engineers had to say\n\n"
        + "\n\n".join(BRIDGE[3:])
    )
    assert [article.source.title for article in articles(page(text))] == ["Old bridge closes for good"]
