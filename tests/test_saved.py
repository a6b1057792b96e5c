"""An answer as JSON and back."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import (
    Answer,
    Citation,
    Hit,
    Manner,
    Nearest,
    Outcome,
    Passage,
    Provenance,
    Span,
    Statement,
    Support,
    Usage,
)
from assistant.errors import UsageError
from assistant.saved import DIGITS, from_json, to_json

TEXT = st.text(max_size=20)
MAYBE = st.none() | TEXT
COUNT = st.integers(0, 10**6)
SCORE = st.floats(-1e3, 1e3).map(lambda score: round(score, DIGITS))
SPAN = st.builds(Span, COUNT, COUNT)
DAY = st.none() | st.dates(date(1, 1, 1))
SOURCE = st.builds(Provenance, title=MAYBE, outlet=MAYBE, author=MAYBE, published=DAY, url=MAYBE)
CITATION = st.builds(
    Citation,
    marker=COUNT,
    document=TEXT,
    sha256=TEXT,
    start=COUNT,
    end=COUNT,
    quote=TEXT,
    source=SOURCE,
    speaker=MAYBE,
    speaker_role=MAYBE,
    speaker_as_written=MAYBE,
    manner=st.none() | st.sampled_from(Manner),
    said=st.none() | SPAN,
    said_on=DAY,
    line=st.none() | COUNT,
    page=st.none() | COUNT,
    verified=st.booleans(),
)
PASSAGE = st.builds(
    Passage,
    id=TEXT,
    document=TEXT,
    article=COUNT,
    start=COUNT,
    end=COUNT,
    text=TEXT,
    sentences=st.lists(SPAN, max_size=3).map(tuple),
    source=SOURCE,
)
ANSWER = st.builds(
    Answer,
    question=TEXT,
    standalone_question=TEXT,
    outcome=st.sampled_from(Outcome),
    answer=TEXT,
    citations=st.lists(CITATION, max_size=2).map(tuple),
    statements=st.lists(
        st.builds(
            Statement,
            TEXT,
            st.lists(COUNT, max_size=2).map(tuple),
            st.sampled_from(Support),
            st.lists(SPAN, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    passages=st.lists(st.builds(Hit, COUNT, SCORE, PASSAGE, SCORE, SCORE), max_size=2).map(tuple),
    nearest=st.lists(st.builds(Nearest, TEXT, COUNT, COUNT, TEXT, SOURCE, TEXT), max_size=2).map(tuple),
    reader=TEXT,
    index=TEXT,
    heading=TEXT,
    note=TEXT,
    incomplete=TEXT,
    prompt=MAYBE,
    usage=st.none() | st.builds(Usage, COUNT, COUNT, st.none() | st.floats(0, 100)),
    timings_ms=st.dictionaries(TEXT, st.floats(0, 1e6), max_size=2),
)


@given(ANSWER)
def test_every_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert from_json(json.loads(json.dumps(to_json(answer)))) == answer


@given(ANSWER)
def test_and_is_written_the_same_way_again(answer: Answer) -> None:
    saved = to_json(answer)
    assert to_json(from_json(saved)) == saved


@pytest.mark.parametrize("change", [{"outcome": "perhaps"}, {"citations": [{}]}, {"passages": 3}, {"usage": {"x": 1}}])
def test_what_is_no_saved_answer_is_told(change: dict[str, object]) -> None:
    saved = to_json(Answer("?", "?", Outcome.REFUSED, "No.", (), (), (), (), "extractive", "f"))
    with pytest.raises(UsageError, match="This is not a saved answer"):
        from_json(saved | change)
    del saved["heading"]
    with pytest.raises(UsageError, match="This is not a saved answer"):
        from_json(saved)


def test_another_form_is_told() -> None:
    saved = to_json(Answer("?", "?", Outcome.REFUSED, "No.", (), (), (), (), "extractive", "f"))
    with pytest.raises(UsageError, match="saved in form 2, this program reads form 1"):
        from_json(saved | {"schema_version": 2})
