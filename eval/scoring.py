"""One saved answer, held against its gold question and the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Json
from assistant.verify import Files, verify_saved

from . import measures
from .gold import Question, places
from .matching import same_person, same_title, says
from .measures import Grade, Place

SOURCE = "source"
"""Tag of questions that ask for an article, an outlet, an author or a date: for these, the line below an answer that
names its source is a part of what it says."""


@dataclass(frozen=True, slots=True)
class Record:
    """How a question ended: with an answer as `ask --json` prints it, or with an error."""

    id: str
    answer: Json | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A question, how it ended, and what every measure says of it."""

    question: Question
    record: Record
    grade: Grade
    scores: Mapping[str, float | None]
    unsaid: tuple[str, ...]
    """The first wording of each claim that is missing."""
    forbidden: tuple[str, ...]
    """What is said although it must not be."""
    failed: tuple[str, ...]
    """Citations that do not verify and statements that nothing supports, with the reason."""

    @property
    def right(self) -> bool:
        """Whether it is answered correctly, or rightly refused."""
        return is_right(self.grade, self.question.answerable)


def is_right(grade: Grade, answerable: bool) -> bool:
    """What counts as right: C where there is an answer, N where there is none."""
    return grade is (Grade.CORRECT if answerable else Grade.NO_ANSWER)


class Scorer:
    """Scores answers over one corpus folder; each file is read once."""

    def __init__(self, files: Files, reader: str) -> None:
        """`reader` is the name of the one that was asked."""
        self._files = files
        self._reader = reader

    def text(self, document: str) -> str | None:
        """The text of a document; None if there is none of that name."""
        return self._files.text(document)

    def score(self, question: Question, record: Record) -> Scored:
        """Every measure of one answer."""
        answer = record.answer
        if answer is None:
            nothing = dict.fromkeys(PER_QUESTION) | {"completed": 0.0, "right": 0.0}
            if question.answerable:
                nothing |= {"answered": 0.0, "claims": 0.0 if question.must_say else None, "citation_recall": 0.0}
            return Scored(question, record, Grade.INCORRECT, nothing, (), (), (record.error,))
        answered = answer["outcome"] == "answered"
        text = said(answer, with_sources=SOURCE in question.tags) if answered else ""
        claims = measures.claims_said(text, question.must_say)
        forbidden = tuple(one for one in question.must_not_say if says(text, one))
        against = self._against_evidence(question, answer, answered)
        grade = measures.grade(
            answerable=question.answerable,
            answered=answered,
            said=claims if question.must_say else against["citation_recall"],
            forbidden=bool(forbidden),
        )
        unsaid = tuple(one[0] for one in question.must_say if not any(says(text, wording) for wording in one))
        cited, failed = self._citations(answer)
        scores = {
            "completed": 1.0,
            "own": float(answer["reader"] == self._reader),
            "right": float(is_right(grade, question.answerable)),
            "answered": float(answered) if question.answerable else None,
            "refused": None if question.answerable else float(not answered),
            "refusal_precision": None if answered else float(not question.answerable),
            "claims": claims,
            **self._retrieval(question, answer),
            **cited,
            **against,
            **_consumed(answer),
        }
        return Scored(question, record, grade, {name: scores[name] for name in PER_QUESTION}, unsaid, forbidden, failed)

    def _sought(self, question: Question) -> list[list[Place]]:
        return [
            [Place(one.document, *span) for span in places(one, self.text(one.document) or "")]
            for one in question.evidence
        ]

    def _retrieval(self, question: Question, answer: Json) -> dict[str, float | None]:
        passages = [_place(one) for one in answer["passages"]]
        sought = self._sought(question)
        return {
            "recall_at_5": measures.recall_at(passages, sought, 5),
            "recall_at_10": measures.recall_at(passages, sought, 10),
            "mrr_at_10": measures.reciprocal_rank_at(passages, sought, 10),
            "ndcg_at_10": measures.ndcg_at(passages, sought, 10),
        }

    def _citations(self, answer: Json) -> tuple[dict[str, float | None], tuple[str, ...]]:
        citations = answer["citations"]
        verdicts = verify_saved({"citations": citations, "statements": []}, self._files)
        bad = [v for v in verdicts if not v.ok]
        unsupported = [s["text"] for s in answer["statements"] if not self._supported(s, citations)]
        statements = len(answer["statements"])
        return {
            "verified": float(not bad) if citations else None,
            "whole_quotes": measures.whole_quotes([self._around(one) for one in citations]),
            "faithful": 1 - len(unsupported) / statements if statements else None,
        }, (
            *(f"[{v.marker}] {v.document}: {v.finding.value}, {v.detail}" for v in bad),
            *(f"not supported: “{text}”" for text in unsupported),
        )

    def _around(self, citation: Json) -> tuple[str, str, str]:
        text = self.text(citation["document"]) or ""
        start, end = citation["start"], citation["end"]
        return text[max(0, start - 1) : start], citation["quote"], text[end : end + 1]

    def _supported(self, statement: Json, citations: Sequence[Json]) -> bool:
        """Whether a statement is marked as supported, and a program that looks again agrees."""
        if statement["support"] == "unsupported":
            return False
        named = [one for one in citations if one["marker"] in statement["markers"]]
        if not all(v.ok for v in verify_saved({"citations": named, "statements": [statement]}, self._files)):
            return False
        return measures.numbers_stand(statement["text"], [one["quote"] for one in named])

    def _against_evidence(self, question: Question, answer: Json, answered: bool) -> dict[str, float | None]:
        sought = self._sought(question)
        cited = [_place(one) for one in answer["citations"]]
        evidence = question.evidence

        def named(key: str, wanted: list[str | None], same: Callable[[str | None, str], bool]) -> float | None:
            names = [(place, one[key]) for place, one in zip(cited, answer["citations"], strict=True)]
            return measures.named_right(names, sought, wanted, same)

        return {
            "citation_precision": measures.citation_precision(cited, sought) if answered else None,
            "citation_recall": measures.citation_recall(cited, sought),
            "speaker": named("speaker", [one.speaker for one in evidence], same_person),
            "article": named("title", [one.title for one in evidence], same_title),
        }


PER_QUESTION = (
    "completed", "own", "right", "answered", "refused", "refusal_precision", "claims",
    "recall_at_5", "recall_at_10", "mrr_at_10", "ndcg_at_10",
    "citation_precision", "citation_recall", "verified", "whole_quotes", "faithful", "speaker", "article",
    "latency_ms", "input_tokens", "output_tokens", "cost_usd",
)  # fmt: skip
"""Every measure of a question, by name."""


def said(answer: Json, *, with_sources: bool) -> str:
    """What a reader of the answer is told: its heading, its statements and who speaks; with sources, also where."""
    lines = [answer["heading"], *(one["text"] for one in answer["statements"])]
    for one in answer["citations"]:
        lines += [one["speaker"] or "", one["speaker_role"] or ""]
        if with_sources:
            lines += [one[key] or "" for key in ("title", "outlet", "author", "published")]
    return "\n".join(lines)


def _place(one: Json) -> Place:
    return Place(one["document"], one["start"], one["end"])


def _consumed(answer: Json) -> dict[str, float | None]:
    usage = answer["usage"] or {}
    return {
        "latency_ms": answer["timings_ms"].get("total"),
        "input_tokens": usage.get("input_tokens"),
        "output_tokens": usage.get("output_tokens"),
        "cost_usd": usage.get("cost_usd"),
    }
