from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.sentences import QUOTED_LIMIT, split_sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["“Are you there?” Clinton asked."],
        ["“A,” X said.", "“B.”"],
        ["“Stop!”", "The man left."],
        ["“Why?” he asked.", "“Because.”", "The end."],
        ['He said: "Go."', "She left.", '"Stay," he said.', '"Please."'],
        ["‘It will be so,’ Putin said.", "‘And, I want to say it.’", "He left."],
        ["after all, ”Podberezkin summed up.", "They left."],
        ["“We see it. ” - said the president.", "He left."],
        ["«Да. Нет», сказал он.", "«Хорошо.»", "Потом он ушёл."],
        ["„Ja. Nein“, sagte er.", "„Gut.“", "Dann ging er."],
        ["The U.S. Senate met Sen. Cruz.", "No. 5 won."],
        ["Lloyd J. Austin III spoke a.k.a. Bob.", "J. K. Rowling wrote it."],
        ["John F. Kennedy had a Plan B.", "He used it."],
        ["He met Gens. Smith and Lt. Col. Vindman at 5 p.m. Tuesday.", "It was 6 p.m.", "They left."],
        ["He lives in the U.S.", "He is happy."],
        ["See Vol. 3 and Sept. 5.", "Roe v. Wade was read."],
        ["1. First item.", "2. Second item."],
        ["They pay $1.5 million.", "Why so?", "Wait… no.", "Then he went."],
        ["He came (See [1]. Then he read) home.", "He went (yes.)", "Then he left."],
        ["😀😀 Hello there.", "Привет мир.", "これは文です。", "次の文。"],
    ],
)
def test_joined_sentences_come_apart_at_their_ends(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_a_short_quotation_stays_whole_and_a_long_one_does_not() -> None:
    assert cut("“I am. You are,” she said.") == ["“I am. You are,” she said."]
    long = "“" + "This is a sentence of a speech. " * (QUOTED_LIMIT // 30) + "It ends.”"
    assert len(cut(long)) == QUOTED_LIMIT // 30 + 1


def test_a_line_break_is_a_space_and_a_blank_line_ends_a_sentence() -> None:
    assert cut("One line\nand its rest. Two\r\nlines.") == ["One line\nand its rest.", "Two\r\nlines."]
    assert cut("No end\n \t\nHere neither\r\n\r\nlast\u2029done") == ["No end", "Here neither", "last", "done"]


def test_offsets_point_into_the_whole_text() -> None:
    text = "Before. One. Two. After."
    assert [text[a:b] for a, b in split_sentences(text, 8, 17)] == ["One.", "Two."]
    assert split_sentences(text, 3, 3) == ()
    assert split_sentences("  \n\n ") == ()


def test_a_huge_paragraph_is_cut_at_the_same_ends() -> None:
    sentence = "The minister said on Monday that the bridge would be closed."
    assert cut(" ".join([sentence] * 1000)) == [sentence] * 1000


MARKS = ["“", "”", '"', "'", "‘", "’", "(", ")", "[", "]", "«", "»", ". ", "! ", "?” ", ", ", "\n", "\r\n", "\n\n"]
WORDS = [
    "Mr. Smith",
    "he said",
    "U.S.",
    "5 p.m.",
    "No. 5",
    "\x1b[31m",
    "\x00",
    "\u200b",
    "\u202e",
    "word",
    "Word",
    "😀",
]
PIECES = st.sampled_from([*MARKS, *WORDS, "…", "\u2028"])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)), st.integers(0, 20), st.integers(0, 200))
def test_nothing_is_lost_or_told_twice(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    spans = split_sentences(text, start, end)
    at = start
    for span in spans:
        assert text[at : span.start].strip() == ""
        quote = text[span.start : span.end]
        assert quote
        assert quote == quote.strip()
        assert "\n\n" not in quote
        at = span.end
    assert text[at:end].strip() == ""
    assert all(span.start >= start and span.end <= end for span in spans)
