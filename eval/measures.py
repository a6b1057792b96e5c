"""The measures of one answer, each a pure function of what was found, said and cited.

A value lies between 0 and 1, higher is better, and is None where the measure does not apply. Retrieval measures are
those of trec_eval: every piece of evidence counts as one relevant document, which a passage finds by holding it whole.
trec_eval's Python bindings have no wheels for Linux on ARM, so that the formulas stand here; the tests hold them
against values that trec_eval gives.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from .matching import fold, says


class Grade(StrEnum):
    """The outcome of a question."""

    CORRECT = "C"
    """All of it is said, and nothing that must not be."""
    PARTIAL = "P"
    """A part of it is said, and nothing that must not be."""
    INCORRECT = "I"
    """Something else is said; or something, where the corpus has no answer; or the question ended in an error."""
    NO_ANSWER = "N"
    """Refused. Right where the corpus has no answer, and never folded into wrong."""


class Place(NamedTuple):
    """A range of characters of a document."""

    document: str
    start: int
    end: int

    def holds(self, other: Place) -> bool:
        """Whether the other lies within."""
        return self.document == other.document and self.start <= other.start and other.end <= self.end

    def finds(self, evidence: Place) -> bool:
        """Whether a passage holds the evidence, or is itself a part of evidence that is longer than a passage."""
        return self.holds(evidence) or (self.start < self.end and evidence.holds(self))

    def meets(self, other: Place) -> bool:
        """Whether the two share at least half of the shorter one."""
        if self.document != other.document:
            return False
        shared = min(self.end, other.end) - max(self.start, other.start)
        return shared > 0 and 2 * shared >= min(self.end - self.start, other.end - other.start)


Sought = Sequence[Sequence[Place]]
"""Each piece of evidence, with everywhere that it stands."""


def relevance(passages: Sequence[Place], sought: Sought, k: int) -> list[int]:
    """The first k passages as a ranking of evidence.

    1 for each piece of evidence that a passage is the first to hold, 0 for a passage that holds none or a known one.
    """
    ranking: list[int] = []
    found: set[int] = set()
    for passage in passages[:k]:
        new = {
            at for at, stands in enumerate(sought) if at not in found and any(passage.finds(place) for place in stands)
        }
        found |= new
        ranking += [1] * len(new) or [0]
    return ranking


def recall_at(passages: Sequence[Place], sought: Sought, k: int) -> float | None:
    """Share of the evidence that the first k passages hold."""
    return sum(relevance(passages, sought, k)) / len(sought) if sought else None


def reciprocal_rank_at(passages: Sequence[Place], sought: Sought, k: int) -> float | None:
    """One over the rank of the first passage with evidence; 0 if none of the first k has any."""
    if not sought:
        return None
    ranking = relevance(passages, sought, k)
    return 1 / (1 + ranking.index(1)) if 1 in ranking else 0.0


def ndcg_at(passages: Sequence[Place], sought: Sought, k: int) -> float | None:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) of the first k passages."""
    if not sought:
        return None
    gain = sum(one / math.log2(rank + 1) for rank, one in enumerate(relevance(passages, sought, k), 1))
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, len(sought) + 1))


def claims_said(text: str, must_say: Sequence[Sequence[str]]) -> float | None:
    """Share of the claims that a text makes, each in any of its wordings."""
    if not must_say:
        return None
    return sum(any(says(text, wording) for wording in one) for one in must_say) / len(must_say)


def grade(*, answerable: bool, answered: bool, said: float | None, forbidden: bool) -> Grade:
    """The outcome, from how much was said and whether something forbidden was.

    `said` is the share of the claims; for a question without claims, that of the evidence that is cited.
    """
    if not answered:
        return Grade.NO_ANSWER
    if not answerable or forbidden or not said:
        return Grade.INCORRECT
    return Grade.CORRECT if said == 1 else Grade.PARTIAL


def citation_precision(cited: Sequence[Place], sought: Sought) -> float | None:
    """Share of the citations that point at gold evidence."""
    if not cited or not sought:
        return None
    return sum(any(one.meets(place) for stands in sought for place in stands) for one in cited) / len(cited)


def citation_recall(cited: Sequence[Place], sought: Sought) -> float | None:
    """Share of the gold evidence that is cited."""
    if not sought:
        return None
    return sum(any(one.meets(place) for one in cited for place in stands) for stands in sought) / len(sought)


def whole_quotes(around: Sequence[tuple[str, str, str]]) -> float | None:
    """Share of the quotes that begin and end between words.

    Args:
        around: for each quote the character before it, the quote, and the character behind it; empty at the ends.
    """
    if not around:
        return None
    return sum(
        bool(quote) and not (_joined(before, quote[0]) or _joined(quote[-1], after)) for before, quote, after in around
    ) / len(around)


def named_right(
    cited: Sequence[tuple[Place, str | None]],
    sought: Sought,
    wanted: Sequence[str | None],
    same: Callable[[str | None, str], bool],
) -> float | None:
    """Share of the cited evidence whose citation names what it should: who says it, or the article it stands in.

    Args:
        cited: place of each citation and what it names.
        sought: the evidence.
        wanted: what is right for each piece of evidence; one of which nothing is known is left out.
        same: whether a name is the right one.
    """
    judged = []
    for stands, right in zip(sought, wanted, strict=True):
        named = [name for one, name in cited if any(one.meets(place) for place in stands)]
        if right is not None and named:
            judged.append(any(same(name, right) for name in named))
    return sum(judged) / len(judged) if judged else None


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers_stand(statement: str, quotes: Sequence[str]) -> bool:
    """Whether every number of a statement stands in what it cites."""
    known = {number for quote in quotes for number in _NUMBER.findall(fold(quote))}
    return all(number in known for number in _NUMBER.findall(fold(statement)))


def _joined(left: str, right: str) -> bool:
    return bool(left and right) and left.isalnum() and right.isalnum()
