"""Is it in here at all: how sure it is that the corpus answers, and the receipts if it does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from assistant.domain import Filter, Nearest
from assistant.reading.selection import Refusal, Scored, Selection
from assistant.retrieve.query import Query

if TYPE_CHECKING:
    from assistant.protocols import Snapshot


class Signals(NamedTuple):
    mcos: float
    mpcos: float
    name_pass: float


WEIGHTS = Signals(4.58, 1.59, -6.90)
INTERCEPT = -3.37
THRESHOLD = -1.10


def signals(query: Query, ranked: Sequence[Scored]) -> Signals:
    return Signals(
        max(one.features.cos_title for one in ranked),
        max(one.features.pcos for one in ranked),
        ranked[0].features.name_pass,
    )


def confidence(query: Query, ranked: Sequence[Scored]) -> float:
    return INTERCEPT + sum(w * s for w, s in zip(WEIGHTS, signals(query, ranked), strict=True))


def judge(query: Query, ranked: Sequence[Scored], snapshot: Snapshot, where: Filter | None) -> Selection | None:
    if not ranked:
        return Selection(refusal=Refusal("No passage matches the question."))
    sure = confidence(query, ranked)
    if sure >= THRESHOLD:
        return None
    best = ranked[0].candidate
    nearest = Nearest(
        best.sentence.passage.document,
        best.sentence.start,
        best.sentence.end,
        best.sentence.text,
        best.sentence.passage.source,
        "",
    )
    return Selection(confidence=sure, refusal=Refusal("The documents do not answer this.", (nearest,)))
