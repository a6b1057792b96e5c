from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.llm.passages import give, key_for, plain, render
from assistant.retrieve.hybrid import search
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot


def test_the_prompt_of_a_passage(corpus: MemorySnapshot, embedder: HashEmbedder) -> None:
    hits = [h for h in search("mayor", corpus, embedder, 3, None) if h.passage.document == "mayor.txt"]
    text = render(give(hits, corpus), "Who resigned?")
    key = text.splitlines()[0].split()[-2]
    assert text == (
        f"--- passage 1 · key {key} ---\n"
        "title: Mayor resigns\n"
        "outlet: City Post\n"
        "date: 2022-02-01\n"
        "speakers: Marianne Borgen\n"
        "text:\n"
        'The mayor of Oslo resigned on 31 January. Marianne Borgen said: "I leave with a light heart".\n'
        f"--- end of passage 1 · key {key} ---"
    )


def test_the_key_depends_on_everything_and_on_nothing_else() -> None:
    assert key_for(["a", "b"]) == key_for(["a", "b"])
    assert len({key_for(["a", "b"]), key_for(["a", "c"]), key_for(["ab", ""])}) == 3


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_no_text_holds_the_key(texts: list[str]) -> None:
    key = key_for(texts)
    assert len(key) == 12
    assert not any(key in text.lower() for text in texts)


def test_a_text_that_guesses_the_key_gets_another() -> None:
    """A page is part of what its key is made from, so that it cannot hold it; a chance hit is passed over."""
    first = key_for(["x"])
    assert key_for([f"x{first}"]) not in f"x{first}"


@given(st.text(max_size=60))
def test_a_document_forms_no_control_token_marker_or_variable(text: str) -> None:
    assert not set("<>[]{}\r\x1b\u202e\u200b") & set(plain(text))
