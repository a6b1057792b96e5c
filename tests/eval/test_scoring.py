from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.domain import Json
from eval.gold import Evidence, Question
from eval.measures import Grade
from eval.scoring import PER_QUESTION, Record, Scored, Scorer, said
from tests.eval.building import PAGE, SAID, SENTENCE, answer, citation, corpus, question, refusal, unanswerable


@pytest.fixture
def scorer(tmp_path: Path) -> Scorer:
    return Scorer(corpus(tmp_path / "corpus"), "extractive")


def score(scorer: Scorer, asked: Question, reply: Json | None) -> Scored:
    return scorer.score(asked, Record(asked.id, reply, "" if reply else "The server is gone"))


def values(one: Scored, **expected: Any) -> dict[str, Any]:
    assert tuple(one.scores) == PER_QUESTION
    return {name: one.scores[name] for name in expected}


def test_a_right_answer(scorer: Scorer) -> None:
    one = score(scorer, question(), answer(SENTENCE))
    assert (one.grade, one.right, one.unsaid, one.failed) == (Grade.CORRECT, True, (), ())
    expected = {
        "completed": 1.0, "own": 1.0, "right": 1.0, "answered": 1.0, "refused": None, "refusal_precision": None,
        "claims": 1.0, "recall_at_5": 1.0, "mrr_at_10": 1.0, "ndcg_at_10": 1.0, "citation_precision": 1.0,
        "citation_recall": 1.0, "verified": 1.0, "whole_quotes": 1.0, "faithful": 1.0, "speaker": None,
        "article": None, "latency_ms": 12.0, "input_tokens": None, "cost_usd": None,
    }  # fmt: skip
    assert values(one, **expected) == expected


def test_a_refusal_of_what_the_corpus_answers(scorer: Scorer) -> None:
    one = score(scorer, question(), refusal())
    assert (one.grade, one.right, one.unsaid) == (Grade.NO_ANSWER, False, ("341",))
    expected = {"answered": 0.0, "claims": 0.0, "citation_recall": 0.0, "citation_precision": None, "verified": None,
                "faithful": None, "refusal_precision": 0.0, "recall_at_10": 0.0}  # fmt: skip
    assert values(one, **expected) == expected


def test_unanswerable_questions_are_right_when_refused(scorer: Scorer) -> None:
    refused = score(scorer, unanswerable(), refusal())
    told = score(scorer, unanswerable(), answer(SENTENCE))
    assert (refused.grade, refused.right) == (Grade.NO_ANSWER, True)
    assert (told.grade, told.right) == (Grade.INCORRECT, False)
    expected = {"refused": 1.0, "refusal_precision": 1.0, "answered": None, "claims": None, "recall_at_10": None}
    assert values(refused, **expected) == expected
    assert told.scores["refused"] == 0.0


def test_an_error_is_a_result(scorer: Scorer) -> None:
    one = score(scorer, question(), None)
    assert (one.grade, one.right, one.failed) == (Grade.INCORRECT, False, ("The server is gone",))
    expected = {"completed": 0.0, "right": 0.0, "answered": 0.0, "claims": 0.0, "verified": None}
    assert values(one, **expected) == expected


def test_what_must_not_be_said_makes_it_incorrect(scorer: Scorer) -> None:
    one = score(scorer, question(must_not_say=("buys",)), answer(SENTENCE))
    assert (one.grade, one.forbidden) == (Grade.INCORRECT, ("buys",))


def test_without_claims_the_evidence_decides(scorer: Scorer) -> None:
    both = (Evidence("page.txt", SENTENCE), Evidence("page.txt", SAID))
    asked = question(must_say=(), evidence=both)
    assert score(scorer, asked, answer(SENTENCE, SAID)).grade is Grade.CORRECT
    assert score(scorer, asked, answer(SENTENCE)).grade is Grade.PARTIAL
    assert score(scorer, asked, answer("Each costs 12,500 euros.")).grade is Grade.INCORRECT


def test_who_says_it_and_where_is_held_against_gold(scorer: Scorer) -> None:
    asked = question(evidence=(Evidence("page.txt", SAID, "Ona Ruta", "The deal"),), must_say=(("glad",),))
    right = answer(SAID, citations=[citation(SAID, speaker="Ruta")])
    wrong = answer(SAID, citations=[citation(SAID, speaker="Lithuania", title=None)])
    assert values(score(scorer, asked, right), speaker=0, article=0) == {"speaker": 1.0, "article": 1.0}
    assert values(score(scorer, asked, wrong), speaker=0, article=0) == {"speaker": 0.0, "article": 0.0}


def test_citations_are_looked_up_again_whatever_they_claim(scorer: Scorer) -> None:
    moved = citation(start=11, end=11 + len(SENTENCE))
    one = score(scorer, question(), answer(SENTENCE, citations=[moved]))
    assert values(one, verified=0, faithful=0) == {"verified": 0.0, "faithful": 0.0}
    assert one.failed == (
        f"[1] page.txt: moved, stands at 10-{10 + len(SENTENCE)}, not at 11-{11 + len(SENTENCE)}",
        f"not supported: “{SENTENCE}”",
    )


@pytest.mark.parametrize(
    ("statement", "support", "faithful"),
    [
        ("Lithuania buys 341 missiles.", "quoted", 1.0),
        ("Lithuania buys 342 missiles.", "quoted", 0.0),
        ("The country wants 341 of them.", "supported", 1.0),
        ("The country wants 342 of them.", "supported", 0.0),
        ("The country wants 341 of them.", "unsupported", 0.0),
    ],
)
def test_statements_are_held_against_what_they_cite(
    statement: str, support: str, faithful: float, scorer: Scorer
) -> None:
    reply = answer(SENTENCE)
    reply["statements"] = [{"text": statement, "markers": [1], "support": support}]
    assert score(scorer, question(), reply).scores["faithful"] == faithful


def test_a_quote_cut_within_a_word_is_seen(scorer: Scorer) -> None:
    cut = "ithuania buys 341 missiles."
    assert score(scorer, question(), answer(cut)).scores["whole_quotes"] == 0.0


def test_an_answer_by_another_reader_is_no_own_answer(scorer: Scorer) -> None:
    assert score(scorer, question(), answer(SENTENCE, reader="openai:x")).scores["own"] == 0.0


def test_tokens_and_cost_are_taken_from_the_answer(scorer: Scorer) -> None:
    usage = {"input_tokens": 800, "output_tokens": 90, "cost_usd": 0.001}
    one = score(scorer, question(), answer(SENTENCE, usage=usage))
    assert values(one, **usage) == usage


def test_sources_count_as_said_only_where_they_are_asked_for() -> None:
    reply = answer(SENTENCE, citations=[citation(speaker="Ona Ruta", published="2022-01-15")])
    assert said(reply, with_sources=False) == f"\n{SENTENCE}\nOna Ruta\n"
    assert said(reply, with_sources=True) == f"\n{SENTENCE}\nOna Ruta\n\nThe deal\n\n\n2022-01-15"
    assert PAGE.startswith("The deal")
