from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.domain import Json
from assistant.errors import AssistantError, CorpusError, ExitCode, UsageError
from assistant.verify import Files
from eval.baseline import Baseline, of_run, read, require_comparable, write
from eval.gate import Comparison, Verdict, compare
from eval.gold import Question
from tests.eval.building import PROVENANCE, SENTENCE, answer, corpus, question, refusal, run, unanswerable

QUESTIONS = [*(question(f"q{n}") for n in range(80)), *(unanswerable(f"u{n}") for n in range(40))]
RIGHT: dict[Question, Json] = {one: answer(SENTENCE) if one.answerable else refusal() for one in QUESTIONS}
WRONG: dict[Question, Json] = {one: refusal() if one.answerable else answer(SENTENCE) for one in QUESTIONS}


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return corpus(tmp_path / "corpus")


def held(files: Files, before: dict[Question, Json], after: dict[Question, Json]) -> Comparison:
    return compare(run(files, after), of_run(run(files, before), "base"))


def with_wrong(*names: str) -> dict[Question, Json]:
    return {one: WRONG[one] if one.id in names else reply for one, reply in RIGHT.items()}


def test_the_same_answers_pass_with_no_difference(files: Files) -> None:
    comparison = held(files, RIGHT, RIGHT)
    assert (comparison.verdict, comparison.flips, comparison.regressed) == (Verdict.PASS, (), ())
    assert {(c.difference.value, c.difference.low, c.difference.high, c.p) for c in comparison.changes} == {
        (0, 0, 0, 1)
    }


def test_many_flips_are_a_regression_and_are_named(files: Files) -> None:
    names = [f"q{n}" for n in range(12)]
    comparison = held(files, RIGHT, with_wrong(*names))
    assert comparison.verdict is Verdict.REGRESSED
    assert {one.measure.name for one in comparison.regressed} >= {"right", "claims", "answered", "citation_recall"}
    assert [(f.scored.question.id, f.before.grade, f.scored.grade, f.for_worse) for f in comparison.flips] == [
        (name, "C", "N", True) for name in names
    ]
    assert {f.before.answer for f in comparison.flips} == {f"{SENTENCE} [1]"}


def test_a_few_flips_are_inconclusive_and_tell_how_many_questions_would_do(files: Files) -> None:
    comparison = held(files, RIGHT, with_wrong("q1", "q2", "q3", "u1"))
    (change,) = [one for one in comparison.changes if one.measure.name == "answered"]
    assert comparison.verdict is Verdict.INCONCLUSIVE
    assert (change.verdict, change.worse, change.better, change.n) == (Verdict.INCONCLUSIVE, 3, 0, 80)
    assert change.more is not None
    assert 100 < change.more < 400


def test_many_questions_and_one_flip_pass(files: Files) -> None:
    comparison = held(files, RIGHT, with_wrong("q1"))
    assert comparison.verdict is Verdict.PASS
    assert len(comparison.flips) == 1


def test_getting_better_passes(files: Files) -> None:
    comparison = held(files, with_wrong(*(f"q{n}" for n in range(30))), RIGHT)
    assert comparison.verdict is Verdict.PASS
    assert {flip.for_worse for flip in comparison.flips} == {False}


def test_questions_that_were_not_asked_are_left_out(files: Files) -> None:
    few = {one: reply for one, reply in WRONG.items() if one.id in ("q1", "q2")}
    assert {one.n for one in held(files, RIGHT, few).changes} == {2}


@pytest.mark.parametrize(
    ("changed", "kind", "code", "message"),
    [
        ({"corpus": "c1"}, CorpusError, ExitCode.CORPUS, "was measured on another corpus (c1, not c0)"),
        ({"gold": "g1"}, UsageError, ExitCode.USAGE, "was measured with other gold questions (g1, not g0)"),
        ({"measures": "0"}, UsageError, ExitCode.USAGE, "was scored by version 0 of the measures, this is 1"),
    ],
)
def test_what_does_not_belong_together_is_not_compared(
    changed: dict[str, Any], kind: type[AssistantError], code: ExitCode, message: str
) -> None:
    other = Baseline("base", replace(PROVENANCE, **changed), {})
    with pytest.raises(kind) as caught:
        require_comparable(PROVENANCE, other)
    assert (caught.value.message, caught.value.exit_code) == (f"The baseline base {message}", code)


def test_another_index_or_version_is_compared_and_told(files: Files) -> None:
    before = of_run(run(files, RIGHT), "base")
    other = replace(before, provenance=replace(PROVENANCE, index="i1", packages={"tantivy": "1"}))
    assert compare(run(files, RIGHT), other).differences == ("index: i1 → i0", "packages.tantivy: 1 → none")


def test_a_baseline_is_written_and_read_back_the_same(files: Files, tmp_path: Path) -> None:
    kept = of_run(run(files, with_wrong("q1")), "base")
    write(kept, tmp_path / "base.json")
    first = (tmp_path / "base.json").read_bytes()
    write(read(tmp_path / "base.json"), tmp_path / "base.json")
    assert read(tmp_path / "base.json") == kept
    assert (tmp_path / "base.json").read_bytes() == first


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"baseline": 9}', '{"baseline": 1, "provenance": {}}'])
def test_what_is_no_baseline_is_refused(content: str | None, tmp_path: Path) -> None:
    file = tmp_path / "base.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(UsageError):
        read(file)


def noisy(asked: list[Question], rate: float, dice: random.Random) -> dict[Question, Json]:
    """The same reader every time, which errs at random in this share of its answers."""
    return {replace(one, id=str(at)): (WRONG if dice.random() < rate else RIGHT)[one] for at, one in enumerate(asked)}


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.3])
def test_reruns_of_the_same_reader_raise_no_false_alarm(rate: float, files: Files) -> None:
    alarms = 0
    for seed in range(50):
        dice = random.Random(seed)  # noqa: S311 a seed has to give the same draw
        drawn = dice.choices(QUESTIONS, k=len(QUESTIONS))
        before, after = (noisy(drawn, rate, dice) for _ in range(2))
        alarms += held(files, before, after).verdict is Verdict.REGRESSED
    assert alarms <= 2
