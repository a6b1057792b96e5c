"""Faults in the real program, over all gold questions of the seeds: the gate has to see each of them."""

from __future__ import annotations

import pytest

from eval.gate import Verdict
from tests.eval.planted import FAULTS, Bench, Fault
from tests.support.command import ROOT


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(ROOT / "seeds", tmp_path_factory.mktemp("bench"))


EXPECTED = {
    "lexical search off": {"mrr_at_10", "ndcg_at_10"},
    "vectors shuffled": {"ndcg_at_10"},
    "top-k 1": {"recall_at_10"},
    "headers dropped": {"ndcg_at_10"},
    "chunk borders shifted": {"recall_at_10"},
    "cleaner off": {"article"},
    "citation offsets off by one": {"verified", "faithful"},
    "citation offsets off by one, before the check": {"completed", "right"},
    "sentence offsets off by one": {"whole_quotes"},
    "refusal threshold lowest": {"refused"},
    "refusal threshold highest": {"answered", "right"},
    "speakers dropped": {"speaker"},
    "a prompt that forgets to cite": {"own"},
    "a reader that invents a number": {"faithful"},
    "an index missing one file": {"recall_at_10", "right"},
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_planted_fault_is_caught(fault: Fault, bench: Bench) -> None:
    comparison = bench.hold(fault, fault.enough)
    assert comparison.verdict is Verdict.REGRESSED
    assert EXPECTED[fault.name] <= {one.measure.name for one in comparison.regressed}


def test_the_program_against_itself_raises_no_alarm(bench: Bench) -> None:
    comparison = bench.hold(Fault("nothing", FAULTS[0].sound), 60)
    assert (comparison.verdict, comparison.flips) == (Verdict.PASS, ())
    assert {one.difference.value for one in comparison.changes} == {0.0}


def test_the_table_in_the_docs_names_every_fault() -> None:
    page = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
    assert [one.name for one in FAULTS if f"| {one.name} |" not in page] == []
