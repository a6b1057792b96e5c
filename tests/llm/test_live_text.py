from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.llm.drafts import NOT_FOUND, Draft
from assistant.reading.llm.live import Live


class Citing:
    """Cites every passage under its number plus ten, and passage 9 not at all."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []

    def __call__(self, draft: Draft) -> tuple[int, ...]:
        self.drafts.append(draft)
        return tuple(n + 10 for n in draft.numbers if n != 9)


def shown(*pieces: str) -> list[str]:
    live = Live(Citing())
    return [live.feed(piece) for piece in pieces] + [live.end()]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["It ", "sank", " [", "1", "].", " Then"], ["It", " sank", "", "", " [11].", " Then", ""]),
        (["A [1][2-", "3] b"], ["A [11]", " [12] [13] b", ""]),
        (["A [9]."], ["A.", ""]),
        (["A [x] b"], ["A \\[x] b", ""]),
        (["A [", "never closed"], ["A", "", " \\[never closed"]),
        (["**bold** <b> ![x](y)"], ["\\*\\*bold\\*\\* \\<b> !\\[x](y)", ""]),
        (["<thi", "nk>hm [1]</th", "ink>\nIt sank."], ["", "", "It sank.", ""]),
        (["<think>never ends"], ["", ""]),
        (["NOT IN", " THE PASSAGES", ". They tell"], ["", "", "", ""]),
        (["NOT", " so fast"], ["", "NOT so fast", ""]),
        (["a\u200bb\x1b[31m"], ["ab", " \\[31m".lstrip()]),
    ],
)
def test_pieces_as_they_are_shown(pieces: list[str], expected: list[str]) -> None:
    assert shown(*pieces) == expected


def test_a_marker_is_resolved_with_the_sentence_before_it() -> None:
    citing = Citing()
    live = Live(citing)
    for piece in ("It sank. The ow", "ner paid [1]", ". He left [2][3]."):
        live.feed(piece)
    assert citing.drafts == [
        Draft("The owner paid", (1,)),
        Draft("He left", (2,)),
        Draft("He left", (3,)),
    ]


@given(st.text(alphabet="ab [1]9x.\n*<", max_size=60), st.integers(1, 7))
def test_how_a_text_is_cut_into_pieces_does_not_change_what_is_shown(text: str, size: int) -> None:
    pieces = [text[n : n + size] for n in range(0, len(text), size)]
    whole, cut = "".join(shown(text)), "".join(shown(*pieces))
    assert cut.replace("\\", "").replace(" ", "") == whole.replace("\\", "").replace(" ", "")


def test_a_refusal_is_never_shown() -> None:
    assert "".join(shown(*NOT_FOUND)) == ""
