from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.articles import articles
from assistant.domain import BlockKind, Provenance
from tests.corpus.pages import kept, page

WORDPRESS = """Skip to content
Menu
The Valley Herald
Home » News » Local

Council votes to close the old bridge

By Ann Smith | March 3, 2021 | 12 Comments

Share
Facebook Twitter WhatsApp

The old bridge, closed since Monday. Photo: Bob Jones/Valley Herald

The town council voted on Tuesday to close the old bridge for good, after engineers found cracks in it.

“We had no choice,” mayor Carla Brown told the Herald. “Safety comes first.”

READ MORE: Ten bridges that need repair

A new bridge would cost four million, the council's treasurer said, and take three years.

Tags: bridge, council
Posted in Local

12 Comments

John Doe says:
March 3, 2021 at 3:15 pm
This is a disgrace and I will not vote for any of them again.
Reply

Related Posts

School gets a new roof
Library opens on Sundays
© 2021 The Valley Herald. All rights reserved.
"""

WIRE = """UPDATE 2-Ministers agree on gas price cap
Dec 19, 2022, 3:20 PM GMT

BRUSSELS, Dec 19 (Reuters) - Energy ministers agreed on a cap for gas prices on Monday, three diplomats said.
The cap will be triggered if prices exceed 180 euros for three days, a document seen by Reuters showed.
Germany voted for it, although it had raised concerns about supplies, one of the diplomats said.

Reporting by Kate Doe and Max Roe; Editing by Jim Poe
"""

DIGEST = """Morning briefing

Minister resigns over contract
By Ann Smith, 3 March 2021

The minister of health resigned on Wednesday over a contract for masks, her office said in a statement.
She will be followed by her deputy, the prime minister told reporters in the capital.

Floods cut off three villages
By Bob Jones, 4 March 2021

Floods have cut off three villages in the north of the country since Tuesday, the rescue service said.
Nobody was hurt, but forty families had to leave their homes for the night.
"""


def test_a_wordpress_page() -> None:
    document = page(WORDPRESS)
    found = articles(document)
    assert [article.source for article in found] == [
        Provenance(title="Council votes to close the old bridge", author="Ann Smith", published=date(2021, 3, 3))
    ]
    assert kept(document, found, BlockKind.BODY) == [
        "The town council voted on Tuesday to close the old bridge for good, after engineers found cracks in it.",
        "“We had no choice,” mayor Carla Brown told the Herald. “Safety comes first.”",
        "A new bridge would cost four million, the council's treasurer said, and take three years.",
    ]


def test_a_wire_story_loses_its_dateline() -> None:
    document = page(WIRE)
    found = articles(document)
    assert [article.source for article in found] == [
        Provenance(title="UPDATE 2-Ministers agree on gas price cap", published=date(2022, 12, 19))
    ]
    body = kept(document, found, BlockKind.BODY)
    assert body[0].startswith("Energy ministers agreed on a cap")
    assert body[-1].endswith("one of the diplomats said.")
    assert len(body) == 3


def test_each_article_of_a_digest_has_its_own_title_author_and_date() -> None:
    assert [article.source for article in articles(page(DIGEST))] == [
        Provenance(title="Minister resigns over contract", author="Ann Smith", published=date(2021, 3, 3)),
        Provenance(title="Floods cut off three villages", author="Bob Jones", published=date(2021, 3, 4)),
    ]


def test_front_matter_and_markdown() -> None:
    document = page(
        "---\ntitle: Talks in Geneva\ndate: 2022-01-10\nsource: The Post\nauthor: Jane Roe\n---\n\n"
        "# Talks in Geneva\n\n"
        "![a hall](hall.png)\n\nThe talks began on Monday, said Sherman. They went on for\neight hours.\n\n## Next\n\n"
        "- Brussels on Wednesday\n- Vienna on Thursday\n"
    )
    found = articles(document)
    assert found[0].source == Provenance("Talks in Geneva", "The Post", "Jane Roe", date(2022, 1, 10))
    assert kept(document, found) == [
        "Talks in Geneva",
        "The talks began on Monday, said Sherman. They went on for\neight hours.",
        "Next",
        "Brussels on Wednesday",
        "Vienna on Thursday",
    ]


PROSE = """CHAPTER I

It was the best of times, it was the worst of times, it was the age of
wisdom, it was the age of foolishness.

"Listen to me," he said. "Share this with nobody."

No comment.

Read on.

CHAPTER II

It was the Dover road that lay, on a Friday night late in November,
before the first of the persons with whom this history has business.
"""


def test_plain_prose_keeps_every_line() -> None:
    document = page(PROSE)
    found = articles(document)
    assert [article.source for article in found] == [Provenance()]
    assert "".join("".join(kept(document, found)).split()) == "".join(PROSE.split())
    assert kept(document, found)[1] == PROSE.split("\n\n")[1]


def test_a_transcript_keeps_its_speakers() -> None:
    text = (
        "BRIEFING BY THE ADVISOR\n\nMS. DOE: Hi, everyone.\n\nQ    When?\n\nMR. ROE: Over the next 24 hours, as I said."
    )
    document = page(text)
    assert kept(document, articles(document))[1:] == text.split("\n\n")[1:]


def test_dates_inside_a_diary_are_headings_and_not_the_date() -> None:
    text = (
        "A year in the valley\n\nI kept this diary for a year, and lost it twice in that time.\n\n15 January 2022\n\n"
    )
    text += "Snow fell all day, and nobody came to the house until late.\n"
    document = page(text)
    found = articles(document)
    assert found[0].source == Provenance(title="A year in the valley")
    assert kept(document, found, BlockKind.HEADING) == ["15 January 2022"]


@pytest.mark.parametrize(
    "line",
    [
        "Photo: AP",
        "A soldier walks by. (AP Photo/Jane Roe)",
        "© 2020 The Post. All rights reserved.",
        "Share this article",
        "Facebook Twitter Email",
        "Advertisement",
        "Subscribe to our newsletter",
        "We use cookies to improve your experience",
        "READ MORE: Another headline of the day",
        "Tags: war, peace",
        "5 min read",
        "1,204 views",
        "https://example.org/page",
        "* * *",
        "X",
        "By Jane Roe and Max Poe, Staff Writers",
        "Published: 15 January 2022",
    ],
)
def test_a_line_of_furniture_between_paragraphs_is_dropped(line: str) -> None:
    above = "The first paragraph says that the bridge was closed on Monday."
    below = "The second paragraph tells what the mayor had to say about it."
    document = page(f"{above}\n\n{line}\n\n{below}\n")
    assert kept(document, articles(document)) == [above, below]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday.",
        "Photo-taking is not allowed.",
        "Comments by the minister caused anger in Paris.",
        "Follow the money, he said.",
        "Read the small print.",
        "By then it was too late for them.",
        "Copyright law is changing, and fast.",
        "Home is where the heart is.",
        "Related costs rose to ten million euros.",
        "It was 5 p.m. when they left.",
    ],
)
def test_a_sentence_that_sounds_like_furniture_is_kept(line: str) -> None:
    above = "The first paragraph says that the bridge was closed on Monday."
    below = "The second paragraph tells what the mayor had to say about it."
    document = page(f"{above}\n\n{line}\n\n{below}\n")
    assert kept(document, articles(document)) == [above, line, below]


def test_an_override_wins_and_reaches_only_what_it_describes() -> None:
    override = Provenance("T", "O", "A", date(2000, 1, 1), "http://u")
    assert articles(page(PROSE, override=override))[0].source == override
    first, second = articles(page(DIGEST, override=override))
    assert first.source == override
    assert second.source == Provenance("Floods cut off three villages", "O", "Bob Jones", date(2021, 3, 4), "http://u")


def test_a_document_without_words_has_one_empty_article() -> None:
    for text in ("", "\n \n", "***\n---\n"):
        found = articles(page(text))
        assert [(article.ordinal, article.blocks) for article in found] == [(0, ())]


SCRAPS = ["By Jane Roe", "Photo: AP", "January 5, 2022", "A headline of some six words", "Related Posts", "Share", "12"]
MARKED = ["# Heading", "- item", "> quoted", "| a | b |", "```", "---", "***", "• A lone item.", "Leave a Reply", ""]
ODD = ["\x1b[31mred\x1b[0m", "\u202eright to left", "\x00", "\ufeff", "a\u200bb", "\ud800", "(Reuters)", "x" * 300]
TEXTS = [
    "The minister said on Monday that the bridge would be closed for repairs.",
    "“It is so,” he said.",
    "lower case on",
]
LINES = st.sampled_from([*SCRAPS, *MARKED, *ODD, *TEXTS])
ENDS = st.sampled_from(["\n", "\r\n", "\u2028", "\r", "\n\n", "\x0c"])
PAGES = st.one_of(
    st.text(),
    st.lists(st.tuples(LINES, ENDS), max_size=40).map(lambda lines: "".join(line + end for line, end in lines)),
)


@given(PAGES)
def test_blocks_lie_in_order_inside_their_articles(text: str) -> None:
    document = page(text)
    found = articles(document)
    assert found
    at = 0
    for ordinal, article in enumerate(found):
        assert article.ordinal == ordinal
        assert at <= article.start <= article.end <= len(text)
        at = article.start
        for block in article.blocks:
            assert at <= block.start < block.end <= article.end
            assert text[block.start : block.end] == text[block.start : block.end].strip()
            at = block.end
        at = article.end
    assert articles(document) == found


@given(
    st.lists(
        st.sampled_from(["The minister said on Monday that the bridge would be closed.", "It rained.", "Why not?"])
    )
)
def test_running_text_is_never_lost(sentences: list[str]) -> None:
    document = page("\n\n".join(f"{sentence} Nobody was surprised by that." for sentence in sentences))
    assert "\n\n".join(kept(document, articles(document))) == document.text


def test_a_table_of_contents_is_not_evidence() -> None:
    prose = "A dam is a barrier that holds back water. It may be made of earth, rock or concrete."
    contents = "1.1 What is a dam? . . . . . . . . . . 3\n1.2 Who builds dams? . . . . . . . . 5"
    document = page(f"Handbook of Dams\n\n{contents}\n\n{prose}\n")
    assert kept(document, articles(document), BlockKind.BODY) == [prose]
