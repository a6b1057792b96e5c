"""The measures of a whole run: every mean with its interval, and None where nothing could be measured."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .estimates import Estimate, mean, proportion, quantile
from .measures import Grade
from .scoring import Scored


class Kind(StrEnum):
    """How the values of a measure are put together."""

    SHARE = "share"
    """Each question has it or not: a proportion."""
    MEAN = "mean"


class Measure(NamedTuple):
    """A measure as it is reported."""

    name: str
    title: str
    group: str
    kind: Kind
    gated: bool
    what: str


def _measure(name: str, title: str, group: str, kind: Kind, what: str, *, gated: bool = True) -> Measure:
    return Measure(name, title, group, kind, gated, what)


MEASURES = (
    _measure("right", "right", "answers", Kind.SHARE, "answered correctly, or rightly refused"),
    _measure("claims", "claims said", "answers", Kind.MEAN, "share of must_say said; 0 for a refusal"),
    _measure("completed", "completed", "answers", Kind.SHARE, "ended without an error"),
    _measure("own", "own answers", "answers", Kind.SHARE, "given by the reader that was asked, not by a stand-in"),
    _measure("recall_at_5", "recall@5", "retrieval", Kind.MEAN, "share of the evidence in 5 passages", gated=False),
    _measure("recall_at_10", "recall@10", "retrieval", Kind.MEAN, "share of the evidence in 10 passages"),
    _measure("mrr_at_10", "MRR@10", "retrieval", Kind.MEAN, "1 / rank of the first passage with evidence"),
    _measure("ndcg_at_10", "nDCG@10", "retrieval", Kind.MEAN, "how early the evidence comes"),
    _measure("citation_precision", "citation precision", "citations", Kind.MEAN, "share of citations on gold evidence"),
    _measure("citation_recall", "citation recall", "citations", Kind.MEAN, "share of gold evidence cited"),
    _measure("verified", "all verify", "citations", Kind.SHARE, "every citation stands in its file"),
    _measure("whole_quotes", "whole quotes", "citations", Kind.MEAN, "share of quotes that cut no word"),
    _measure("faithful", "faithfulness", "citations", Kind.MEAN, "share of statements their citations support"),
    _measure("speaker", "speaker right", "attribution", Kind.MEAN, "cited evidence that names who says it"),
    _measure("article", "article right", "attribution", Kind.MEAN, "cited evidence that names its article"),
    _measure("refusal_precision", "refusal precision", "refusal", Kind.SHARE, "refused, and rightly", gated=False),
    _measure("refused", "refusal recall", "refusal", Kind.SHARE, "unanswerable, and refused"),
    _measure("answered", "not over-refused", "refusal", Kind.SHARE, "answerable, and answered"),
)
"""In the order of the report. Higher is better for all of them."""
GATED = tuple(one for one in MEASURES if one.gated)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run comes to."""

    questions: int
    grades: Mapping[str, Mapping[Grade, int]]
    """Answerable and unanswerable questions by outcome."""
    estimates: Mapping[str, Estimate | None]
    """By name of the measure; None where it does not apply to any question."""
    latency_ms: Mapping[str, Estimate | None]
    """p50 and p95."""
    consumed: Mapping[str, Estimate | None]
    """Tokens and US dollars a question."""
    cost_usd: float | None
    """Of all questions together."""
    tags: Mapping[str, Estimate | None]
    """Share of right ones among the questions of each tag."""


def summarise(scored: Sequence[Scored]) -> Summary:
    """Every measure over these questions."""
    columns = {name: values(scored, name) for name in scored[0].scores} if scored else {}
    latencies = columns.get("latency_ms", [])
    costs = columns.get("cost_usd", [])
    tags = sorted({tag for one in scored for tag in one.question.tags})
    return Summary(
        questions=len(scored),
        grades={
            "answerable": Counter(one.grade for one in scored if one.question.answerable),
            "unanswerable": Counter(one.grade for one in scored if not one.question.answerable),
        },
        estimates={one.name: estimate(one, columns.get(one.name, [])) for one in MEASURES},
        latency_ms={"p50": quantile(latencies, 0.5), "p95": quantile(latencies, 0.95)},
        consumed={name: mean(columns.get(name, [])) for name in ("input_tokens", "output_tokens", "cost_usd")},
        cost_usd=math.fsum(costs) if costs else None,
        tags={
            tag: proportion(sum(one.right for one in having), len(having))
            for tag in tags
            if (having := [one for one in scored if tag in one.question.tags])
        },
    )


def estimate(measure: Measure, column: Sequence[float]) -> Estimate | None:
    """A measure with its interval: Wilson's for shares, the bootstrap's for means.

    A mean of nothing but zeros and ones is a share; resampling ones alone would claim a certainty that is not there.
    """
    if measure.kind is Kind.SHARE or set(column) <= {0.0, 1.0}:
        return proportion(sum(one == 1.0 for one in column), len(column))
    return mean(column)


def values(scored: Sequence[Scored], name: str) -> list[float]:
    """A measure's values where it applies."""
    return [value for one in scored if (value := one.scores[name]) is not None]
