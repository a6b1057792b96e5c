"""The gate: is this run worse than the baseline, not worse, or is there too little data to tell?

Question by question, as pairs. One-sided tests of "worse", exact McNemar for shares and a paired permutation test for
means, with Holm's correction over all measures that could raise an alarm at all: at most 5 % of the runs in which
nothing has changed raise one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from . import estimates
from .baseline import Baseline, Kept, keep, require_comparable
from .estimates import Estimate
from .run import Run
from .scoring import Scored, is_right
from .summary import GATED, Kind, Measure

ALPHA = 0.05
"""Chance of any false alarm, over all measures together."""
MARGIN = 0.05
"""A drop that nobody should miss. If the interval reaches below it the data cannot exclude such a drop."""


class Verdict(StrEnum):
    """What the gate says of a measure, and of the run."""

    PASS = "pass"  # noqa: S105 a verdict, no password
    REGRESSED = "regressed"
    INCONCLUSIVE = "inconclusive"
    """Worse in the numbers, but too little data to tell it from noise."""


@dataclass(frozen=True, slots=True)
class Change:
    """A measure before and after, over the questions to which it applies both times."""

    measure: Measure
    n: int
    before: float
    after: float
    difference: Estimate
    worse: int
    """Questions with a lower value than before."""
    better: int
    p: float
    """Chance of such a drop if nothing has changed."""
    adjusted: float
    """By Holm; 1 where too few questions changed for any outcome to be significant."""
    verdict: Verdict
    more: int | None
    """Further questions that would tell, if the drop stays as it is; None unless inconclusive."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that ended otherwise than before."""

    scored: Scored
    before: Kept
    for_worse: bool | None
    """None where right stays right, or wrong wrong."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run held against a baseline."""

    baseline: Baseline
    verdict: Verdict
    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]
    differences: tuple[str, ...]
    """What the two were measured with, as far as it differs."""

    @property
    def regressed(self) -> tuple[Change, ...]:
        """The measures that raised the alarm."""
        return tuple(one for one in self.changes if one.verdict is Verdict.REGRESSED)


def compare(run: Run, baseline: Baseline) -> Comparison:
    """Holds a run against a baseline; questions that were not asked this time are left out.

    Raises:
        CorpusError, UsageError: the two cannot be compared.
    """
    require_comparable(run.provenance, baseline)
    pairs = [(baseline.kept[one.question.id], one) for one in run.scored if one.question.id in baseline.kept]
    changes = judge([(before.scores, keep(after).scores) for before, after in pairs])
    return Comparison(
        baseline=baseline,
        verdict=overall(changes),
        changes=changes,
        flips=tuple(flip for before, after in pairs if (flip := _flip(before, after))),
        differences=run.provenance.differences(baseline.provenance),
    )


Scores = Mapping[str, float | None]


def judge(pairs: Sequence[tuple[Scores, Scores]]) -> tuple[Change, ...]:
    """Every gated measure over pairs of scores, before and after."""
    columns = []
    for measure in GATED:
        both = [
            (b, a)
            for before, after in pairs
            if (b := before[measure.name]) is not None and (a := after[measure.name]) is not None
        ]
        if both:
            columns.append((measure, both))
    p_values = [_p(measure, both) for measure, both in columns]
    able = estimates.attainable([sum(before != after for before, after in both) for _, both in columns], ALPHA)
    corrected = iter(estimates.holm([p for p, one in zip(p_values, able, strict=True) if one]))
    adjusted = [next(corrected) if one else 1.0 for one in able]
    strictest = ALPHA / max(1, len(columns))
    return tuple(
        _change(measure, both, p, holm, strictest)
        for (measure, both), p, holm in zip(columns, p_values, adjusted, strict=True)
    )


def overall(changes: Sequence[Change]) -> Verdict:
    """One regression is a regression; else one measure that cannot be told leaves the run untold."""
    found = {one.verdict for one in changes}
    return next((one for one in (Verdict.REGRESSED, Verdict.INCONCLUSIVE) if one in found), Verdict.PASS)


Pairs = Sequence[tuple[float, float]]


def _p(measure: Measure, both: Pairs) -> float:
    if measure.kind is Kind.SHARE:
        worse, better = _counts(both)
        return estimates.mcnemar(worse, better)
    return estimates.permutation([after - before for before, after in both])


def _counts(both: Pairs) -> tuple[int, int]:
    return sum(after < before for before, after in both), sum(after > before for before, after in both)


def _change(measure: Measure, both: Pairs, p: float, adjusted: float, strictest: float) -> Change:
    differences = [after - before for before, after in both]
    estimate = estimates.mean(differences)
    assert estimate is not None  # noqa: S101 there is at least one pair
    worse, better = _counts(both)
    verdict = Verdict.PASS
    if adjusted <= ALPHA:
        verdict = Verdict.REGRESSED
    elif estimate.value < 0 and estimate.low < -MARGIN:
        verdict = Verdict.INCONCLUSIVE
    wanted = estimates.needed(differences, strictest) if verdict is Verdict.INCONCLUSIVE else None
    return Change(
        measure=measure,
        n=len(both),
        before=sum(before for before, _ in both) / len(both),
        after=sum(after for _, after in both) / len(both),
        difference=estimate,
        worse=worse,
        better=better,
        p=p,
        adjusted=adjusted,
        verdict=verdict,
        more=max(1, wanted - len(both)) if wanted is not None else None,
    )


def _flip(before: Kept, after: Scored) -> Flip | None:
    if before.grade is after.grade:
        return None
    was = is_right(before.grade, after.question.answerable)
    return Flip(after, before, None if was == after.right else was)
