"""What a report tells, and how its numbers are written in every form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.domain import Json

from ..estimates import Estimate
from ..gate import Change, Comparison, Flip, Verdict
from ..judge import Agreement, Judgement
from ..measures import Grade
from ..run import Run
from ..scoring import Scored
from ..summary import MEASURES, Summary, summarise

SCHEMA_VERSION = 1
NOT_APPLICABLE = "not applicable"
VERDICTS = {
    Verdict.PASS: "pass: nothing is worse",
    Verdict.REGRESSED: "regressed",
    Verdict.INCONCLUSIVE: "inconclusive: worse in the numbers, too little data to tell",
}


@dataclass(frozen=True, slots=True)
class Report:
    """A run, and what the gate says of it if it was held against a baseline."""

    run: Run
    summary: Summary
    comparison: Comparison | None = None
    judgement: Judgement | None = None


def report_of(run: Run, comparison: Comparison | None = None, judgement: Judgement | None = None) -> Report:
    """The report of a run."""
    return Report(run, summarise(run.scored), comparison, judgement)


def percent(estimate: Estimate | None) -> str:
    """`84.9 % [78.0, 89.9] n=139`."""
    if estimate is None:
        return NOT_APPLICABLE
    low, high = 100 * estimate.low, 100 * estimate.high
    return f"{100 * estimate.value:.1f} % [{low:.1f}, {high:.1f}] n={estimate.n}"


def quantity(estimate: Estimate | None, unit: str, digits: int = 0) -> str:
    """`340 ms [281, 350] n=139`."""
    if estimate is None:
        return NOT_APPLICABLE
    low, high = f"{estimate.low:,.{digits}f}", f"{estimate.high:,.{digits}f}"
    return f"{estimate.value:,.{digits}f}{unit} [{low}, {high}] n={estimate.n}"


def quantities(summary: Summary) -> list[tuple[str, str]]:
    """Latency, tokens and cost, each with its interval."""
    rows = [(f"latency {name}", quantity(one, " ms")) for name, one in summary.latency_ms.items()]
    rows += [
        ("input tokens", quantity(summary.consumed["input_tokens"], "")),
        ("output tokens", quantity(summary.consumed["output_tokens"], "")),
        ("cost a question", quantity(summary.consumed["cost_usd"], " USD", 6)),
        ("cost of all", NOT_APPLICABLE if summary.cost_usd is None else f"{summary.cost_usd:.4f} USD"),
    ]
    return rows


def judged(judgement: Judgement) -> list[tuple[str, str]]:
    """What the judge says, and how far it can be believed."""
    return [
        ("judge", f"{judgement.model}, {judgement.prompt}; never a part of the gate"),
        ("judged correct", percent(judgement.correct)),
        ("unread verdicts", str(judgement.unread)),
        ("agrees with hand labels", _agreement(judgement.with_labels)),
        ("agrees with outcomes", _agreement(judgement.with_outcomes)),
    ]


def _agreement(one: Agreement) -> str:
    kappa = "" if one.kappa is None else f", kappa {one.kappa:.2f}"
    return percent(one.share) + kappa


def outcomes(summary: Summary) -> list[tuple[str, str]]:
    """How many answerable and unanswerable questions ended in each way."""
    return [
        (kind, "  ".join(f"{grade.value} {counts.get(grade, 0)}" for grade in Grade))
        for kind, counts in summary.grades.items()
    ]


def signed(change: Change) -> str:
    """`-4.3 [-8.6, -0.7]`, in points of a percent."""
    d = change.difference
    return f"{100 * d.value:+.1f} [{100 * d.low:+.1f}, {100 * d.high:+.1f}]"


def told(change: Change) -> str:
    """The verdict of a measure, with what it rests on."""
    counts = f"{change.worse} worse, {change.better} better, p={change.adjusted:.3f}"
    if change.verdict is Verdict.INCONCLUSIVE:
        more = f"; about {change.more:,} more questions would tell" if change.more is not None else ""
        return f"inconclusive ({counts}{more})"
    return f"{change.verdict.value} ({counts})" if change.worse or change.better else change.verdict.value


def direction(flip: Flip) -> str:
    """`C → N, for the worse`."""
    way = {True: ", for the worse", False: ", for the better", None: ""}[flip.for_worse]
    return f"{flip.before.grade.value} → {flip.scored.grade.value}{way}"


def answer_text(scored: Scored) -> str:
    """The answer, or the error that stands in its place."""
    return scored.record.answer["answer"] if scored.record.answer else f"Error: {scored.record.error}"


def wrong(scored: Sequence[Scored]) -> list[Scored]:
    """Those that are not right."""
    return [one for one in scored if not one.right]


def to_json(report: Report) -> Json:
    """Everything, for programs."""
    summary = report.summary
    return {
        "schema_version": SCHEMA_VERSION,
        "provenance": report.run.provenance.to_json(),
        "questions": summary.questions,
        "outcomes": {
            kind: {grade.value: counts.get(grade, 0) for grade in Grade} for kind, counts in summary.grades.items()
        },
        "measures": {one.name: _estimate(summary.estimates[one.name]) for one in MEASURES},
        "latency_ms": {name: _estimate(one) for name, one in summary.latency_ms.items()},
        "consumed": {name: _estimate(one) for name, one in summary.consumed.items()},
        "cost_usd": summary.cost_usd,
        "right_by_tag": {tag: _estimate(one) for tag, one in summary.tags.items()},
        "results": [_result(one) for one in report.run.scored],
        "comparison": _comparison(report.comparison) if report.comparison else None,
        "judge": asdict(report.judgement) if report.judgement else None,
    }


def _estimate(one: Estimate | None) -> Json | None:
    return asdict(one) if one else None


def _result(one: Scored) -> Json:
    return {
        "id": one.question.id,
        "turns": list(one.question.turns),
        "answerable": one.question.answerable,
        "tags": list(one.question.tags),
        "outcome": one.grade.value,
        "right": one.right,
        "scores": dict(one.scores),
        "unsaid": list(one.unsaid),
        "forbidden": list(one.forbidden),
        "failed": list(one.failed),
        "error": one.record.error or None,
        "answer": one.record.answer,
    }


def _comparison(comparison: Comparison) -> Json:
    return {
        "baseline": comparison.baseline.name,
        "provenance": comparison.baseline.provenance.to_json(),
        "differences": list(comparison.differences),
        "verdict": comparison.verdict.value,
        "changes": [
            {
                "measure": one.measure.name,
                "n": one.n,
                "before": one.before,
                "after": one.after,
                "difference": asdict(one.difference),
                "worse": one.worse,
                "better": one.better,
                "p": one.p,
                "adjusted_p": one.adjusted,
                "verdict": one.verdict.value,
                "more_questions": one.more,
            }
            for one in comparison.changes
        ],
        "flips": [
            {
                "id": one.scored.question.id,
                "before": one.before.grade.value,
                "after": one.scored.grade.value,
                "for_worse": one.for_worse,
                "answer_before": one.before.answer,
                "answer_after": answer_text(one.scored),
            }
            for one in comparison.flips
        ],
    }
