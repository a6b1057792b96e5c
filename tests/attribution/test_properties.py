"""Whatever the text: no crash, valid offsets, linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.attribution.attribute import attribute
from assistant.domain import Article, Attribution, Block, BlockKind, Document, Provenance
from tests.attribution.building import page

WORDS = st.sampled_from(
    "said says saying told Smith Anna Lavrov he she it they who which that the a minister, Russia’s President of and "
    "but according to , . ; : – — - -- “ ” ‘ ’ \" ' „ « » `` '' ? ! ( ) \n \n\n On Friday Q: SMITH: wrote: > claim "
    "claims by as noted was denied quoted with Dr. U.S. 1997 6'2\" — \u200b \u2028 é 日本 made clear point out not "
    "declined".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(WORDS, max_size=80).map(" ".join), st.lists(WORDS, max_size=60).map("".join)
)


def _check(text: str, found: tuple[Attribution, ...]) -> None:
    for one in found:
        assert 0 <= one.sentence_start <= one.start < one.end <= one.sentence_end <= len(text)
        assert one.speaker_as_written is None or one.speaker_as_written in text
        assert one.speaker != ""
    assert list(found) == sorted(found, key=lambda one: (one.start, one.end, one.speaker or ""))


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    document, article = page(text)
    found = attribute(document, article)
    _check(text, found)
    assert attribute(document, article) == found


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.data())
def test_any_blocks(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    blocks = tuple(
        Block(start, end, data.draw(st.sampled_from(list(BlockKind))))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    document = Document("any.txt", "0", text, "text")
    article = Article("any.txt", 3, 0, len(text), Provenance(), blocks)
    _check(text, attribute(document, article))


def test_an_article_without_blocks() -> None:
    assert attribute(Document("a", "0", "x", "text"), Article("a", 0, 0, 1, Provenance(), ())) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The minister said the plan was good. He added that it was “bad”. " * 8_000,
        "The minister said the plan was good and he added that it was bad, " * 8_000,
        '" ' * 100_000,
        '"a" ' * 50_000,
        "“a " * 30_000,
        "‘a " * 50_000,
        "a’ " * 50_000,
        "A" * 1_000_000,
        "Aa " * 100_000,
        "said " * 50_000,
        "who said " * 30_000,
        "a, " * 100_000,
        "SMITH: a\n" * 10_000,
        "On a, B wrote:\n" * 20_000,
    ],
    ids=lambda text: text[:20],
)
def test_a_text_without_paragraphs_takes_seconds(text: str) -> None:
    document = Document("a", "0", text, "text")
    article = Article("a", 0, 0, len(text), Provenance(), (Block(0, len(text), BlockKind.BODY),))
    before = time.process_time()
    attribute(document, article)
    # Measured at 0.1 to 3 s; anything quadratic takes minutes at these sizes.
    assert time.process_time() - before < 30
