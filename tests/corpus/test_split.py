from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.articles import articles
from assistant.corpus.sentences import split_sentences
from assistant.corpus.split import PASSAGE_TOKENS, header, split
from assistant.domain import BlockKind, Document, Passage, Provenance
from tests.corpus.pages import page, seed
from tests.corpus.test_articles import PAGES


def count(texts: Sequence[str]) -> list[int]:
    """Four characters a token, and at least one."""
    return [-(-len(text) // 4) for text in texts]


def passages(document: Document) -> tuple[Passage, ...]:
    return split(document, articles(document), count)


def sentences(number: int, length: int = 100) -> str:
    return " ".join(f"Sentence {n:04} {'w' * (length - 15)}." for n in range(number))


def test_a_short_text_is_one_passage() -> None:
    document = page("One sentence stands here, and it is not short. Another follows it in the same paragraph.")
    (passage,) = passages(document)
    assert (passage.start, passage.end, passage.text) == (0, len(document.text), document.text)
    assert [document.text[a:b] for a, b in passage.sentences] == [
        "One sentence stands here, and it is not short.",
        "Another follows it in the same paragraph.",
    ]


def test_passages_are_balanced() -> None:
    found = passages(page(sentences(42)))
    sizes = [count([passage.text])[0] for passage in found]
    assert len(found) == 5
    assert all(180 <= size <= PASSAGE_TOKENS for size in sizes)


def test_a_giant_sentence_is_cut_between_words() -> None:
    document = page("word " * 1500 + "end.")
    found = passages(document)
    assert len(found) > 1
    assert all(count([passage.text])[0] <= PASSAGE_TOKENS for passage in found)
    assert " ".join(passage.text for passage in found) == document.text


def test_a_giant_word_is_cut_anywhere() -> None:
    document = page("x" * 5000)
    found = passages(document)
    assert all(count([passage.text])[0] <= PASSAGE_TOKENS for passage in found)
    assert "".join(passage.text for passage in found) == document.text


def test_a_passage_never_spans_removed_text() -> None:
    one, two = "The bridge was closed on Monday, the mayor said.", "It will open again in May, she told reporters."
    document = page(f"{one}\n\nPhoto: AP\n\n{two}")
    assert [passage.text for passage in passages(document)] == [one, two]


def test_a_heading_stays_with_the_text_below_it() -> None:
    text = f"{sentences(9)}\n\nA heading here\n\n{sentences(9)}"
    for passage in passages(page(text)):
        assert not passage.text.endswith("A heading here")


def test_a_headline_is_not_part_of_a_passage_unless_there_is_nothing_else() -> None:
    body = "The bridge was closed on Monday, the mayor said."
    (passage,) = passages(page(f"Old bridge closes for good\n\n{body}"))
    assert passage.text == body
    assert passage.source == Provenance(title="Old bridge closes for good")


def test_the_id_tells_place_text_and_source() -> None:
    document = page("The bridge was closed on Monday, the mayor said.")
    (one,) = passages(document)
    (again,) = passages(document)
    (dated,) = passages(page(document.text, override=Provenance(published=date(2022, 1, 1))))
    assert one.id == again.id
    assert len(one.id) == 32
    assert one.id != dated.id


def test_tokens_of_all_sentences_are_counted_in_one_call() -> None:
    calls: list[int] = []

    def counting(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return count(texts)

    document = seed("004")
    split(document, articles(document), counting)
    assert len(calls) == 1


def test_the_header_tells_title_outlet_and_date_in_both_forms() -> None:
    source = Provenance("A title", "The Post", "Jane Roe", date(2022, 1, 14), "http://x")
    path = "laws/social-contract_v2 5f3a9b.docx"
    assert header(source, path) == "A title\nThe Post\nsocial contract\n2022-01-14 January 14 2022 Friday"
    assert header(Provenance(), "000_2d834bd58dd5162c.txt") == ""


@given(PAGES)
def test_passages_cover_every_sentence_of_the_body_once(text: str) -> None:
    document = page(text)
    found = articles(document)
    result = split(document, found, count)
    at = 0
    for passage in result:
        assert at <= passage.start < passage.end
        at = passage.end
        assert passage.text == text[passage.start : passage.end]
        assert count([passage.text])[0] <= PASSAGE_TOKENS + len(passage.sentences) + passage.text.count("\n")
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end
        article = found[passage.article]
        assert article.start <= passage.start < passage.end <= article.end
        inside = [block for block in article.blocks if block.start < passage.end and block.end > passage.start]
        for one, two in pairwise(inside):
            assert not any(map(str.isalnum, text[one.end : two.start]))
    assert len({passage.id for passage in result}) == len(result)
    covered = "".join("".join(text[a:b].split()) for passage in result for a, b in passage.sentences)
    body = [
        text[a:b]
        for article in found
        for block in article.blocks
        if block.kind is BlockKind.BODY
        for a, b in split_sentences(text, block.start, block.end)
    ]
    for sentence in body:
        assert "".join(sentence.split()) in covered


@given(st.integers(1, 60), st.integers(20, 900))
def test_any_lengths_fit(number: int, length: int) -> None:
    document = page(sentences(number, length))
    found = passages(document)
    assert all(count([passage.text])[0] <= PASSAGE_TOKENS + len(passage.sentences) for passage in found)
    assert "".join("".join(passage.text.split()) for passage in found) == "".join(document.text.split())
