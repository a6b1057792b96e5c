from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.matching import fold, same_person, same_title, says
from eval.measures import (
    Grade,
    Place,
    citation_precision,
    citation_recall,
    claims_said,
    grade,
    named_right,
    ndcg_at,
    numbers_stand,
    recall_at,
    reciprocal_rank_at,
    relevance,
    whole_quotes,
)

EVIDENCE = {"a": Place("d", 0, 10), "b": Place("d", 100, 110), "c": Place("d", 200, 210)}
SOUGHT = [[one] for one in EVIDENCE.values()]


def ranking(names: str) -> list[Place]:
    """Passages: a, b and c hold a piece of evidence each, other letters none."""
    return [EVIDENCE.get(name, Place("x", 0, 50)) for name in names]


# Values of trec_eval for the same rankings with three relevant documents (ir-measures 0.4.3).
@pytest.mark.parametrize(
    ("names", "r5", "r10", "rr", "ndcg"),
    [
        ("axby", 2 / 3, 2 / 3, 1.0, 0.7039180890341347),
        ("xyzabc", 2 / 3, 1.0, 0.25, 0.5508095940041026),
        ("xy", 0.0, 0.0, 0.0, 0.0),
        ("xxxxxxxxxxa", 0.0, 0.0, 0.0, 0.0),
    ],
)
def test_retrieval_measures_are_those_of_trec_eval(names: str, r5: float, r10: float, rr: float, ndcg: float) -> None:
    passages = ranking(names)
    measured = (
        recall_at(passages, SOUGHT, 5),
        recall_at(passages, SOUGHT, 10),
        reciprocal_rank_at(passages, SOUGHT, 10),
        ndcg_at(passages, SOUGHT, 10),
    )
    assert measured == pytest.approx((r5, r10, rr, ndcg))


def test_a_passage_finds_what_it_holds_whole_once() -> None:
    both = Place("d", 0, 120)
    cut = Place("d", 5, 99)
    assert relevance([cut, both, EVIDENCE["a"], EVIDENCE["c"]], SOUGHT, 10) == [0, 1, 1, 0, 1]


def test_evidence_longer_than_a_passage_is_found_by_any_part_of_it() -> None:
    assert recall_at([Place("d", 300, 400)], [[Place("d", 0, 1000)]], 10) == 1.0
    assert recall_at([Place("e", 300, 400)], [[Place("d", 0, 1000)]], 10) == 0.0


def test_without_evidence_retrieval_does_not_apply() -> None:
    assert (recall_at([], [], 5), reciprocal_rank_at([], [], 10), ndcg_at([], [], 10)) == (None, None, None)


@given(st.text(alphabet="abcx", max_size=12))
def test_retrieval_measures_stay_within_their_bounds(names: str) -> None:
    passages = ranking(names)
    for value in (
        recall_at(passages, SOUGHT, 5),
        reciprocal_rank_at(passages, SOUGHT, 10),
        ndcg_at(passages, SOUGHT, 10),
    ):
        assert value is not None
        assert 0.0 <= value <= 1.0 + 1e-12


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("buys 341 of them", "341", True),
        ("buys 1341 of them", "341", False),
        ("buys 341.5 of them", "341", False),
        ("buys 1,341 of them", "341", False),
        ("buys 341.", "341", True),
        ("a $125 million deal", "$125 million", True),
        ("Gitanas Nausėda said", "nauseda", True),
        ("‘fabricating a pretext’", "'Fabricating  a pretext'", True),
        ("a pretext", "pre", False),
        ("the Baltic–Black Sea", "Baltic-Black", True),
        ("anything", "  ", False),
    ],
)
def test_says(text: str, phrase: str, expected: bool) -> None:
    assert says(text, phrase) is expected


def test_fold_makes_typography_plain() -> None:
    assert fold("“Néw —\u00a0Year’s”") == fold('"new-year\'s"')


def test_persons_and_titles() -> None:
    assert same_person("Jake Sullivan", "Sullivan")
    assert same_person("the US Defence Department", "US Defence Department")
    assert not same_person("Sergei Lavrov", "Sergei Ryabkov")
    assert not same_person(None, "Sullivan")
    assert same_title("Russia ‘fabricating’", "Russia 'fabricating'")
    assert not same_title(None, "Russia")


def test_claims_count_by_any_wording() -> None:
    assert claims_said("It has 30 launch units.", [["341"], ["30 command", "30 launch units"]]) == 0.5
    assert claims_said("Anything", []) is None


@pytest.mark.parametrize(
    ("answerable", "answered", "said", "forbidden", "expected"),
    [
        (True, True, 1.0, False, Grade.CORRECT),
        (True, True, 0.5, False, Grade.PARTIAL),
        (True, True, 0.0, False, Grade.INCORRECT),
        (True, True, 1.0, True, Grade.INCORRECT),
        (True, False, 0.0, False, Grade.NO_ANSWER),
        (False, True, None, False, Grade.INCORRECT),
        (False, False, None, False, Grade.NO_ANSWER),
    ],
)
def test_grades(answerable: bool, answered: bool, said: float | None, forbidden: bool, expected: Grade) -> None:
    assert grade(answerable=answerable, answered=answered, said=said, forbidden=forbidden) is expected


def test_citations_meet_evidence_by_half_of_the_shorter() -> None:
    half, less, elsewhere = Place("d", 5, 40), Place("d", 6, 40), Place("e", 0, 10)
    assert citation_precision([half, less, elsewhere], SOUGHT) == 1 / 3
    assert citation_recall([half, EVIDENCE["b"]], SOUGHT) == 2 / 3
    assert citation_recall([], SOUGHT) == 0.0
    assert (citation_precision([], SOUGHT), citation_precision([half], []), citation_recall([half], [])) == (None,) * 3


def test_whole_quotes_are_not_cut_within_a_word() -> None:
    assert whole_quotes([("", "Whole", " "), ("W", "hole", " "), (" ", "Who", "le"), ("“", "Whole.", "”")]) == 0.5
    assert whole_quotes([]) is None


def test_named_right_looks_at_cited_evidence_only() -> None:
    cited: list[tuple[Place, str | None]] = [(EVIDENCE["a"], "Ona Ruta"), (EVIDENCE["b"], None)]
    assert named_right(cited, SOUGHT, ["Ruta", "Ruta", "Ruta"], same_person) == 0.5
    assert named_right(cited, SOUGHT, ["Ruta", None, None], same_person) == 1.0
    assert named_right(cited, SOUGHT, [None, None, "Ruta"], same_person) is None


def test_numbers_stand_whole() -> None:
    assert numbers_stand("341 for 12,500 euros", ["Each costs 12,500 euros", "341 missiles"])
    assert not numbers_stand("342 missiles", ["341 missiles"])
    assert not numbers_stand("12 euros", ["12,500 euros"])
