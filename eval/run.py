"""Asks the gold questions and scores what comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import AssistantError

from .scoring import Record, Scored, Scorer

if TYPE_CHECKING:
    from assistant.domain import Answer
    from assistant.wiring import Progress

    from .gold import Question
    from .provenance import Provenance
    from .records import Journal, Recording

Ask = Callable[[tuple[str, ...]], "Answer"]
"""The turns of a conversation to the answer to the last one; may be called from several threads."""


@dataclass(frozen=True, slots=True)
class Run:
    """All questions with their scores, in the order of the gold file."""

    provenance: Provenance
    scored: tuple[Scored, ...]


def ask_all(
    questions: Sequence[Question],
    ask: Ask,
    *,
    workers: int = 1,
    known: Recording | None = None,
    journal: Journal | None = None,
    progress: Progress | None = None,
) -> list[Record]:
    """How each question ended, in their order; what `known` holds is not asked again."""
    ended: dict[str, Record] = {}
    if known is not None:
        ended = {one.id: record for one in questions if (record := known.answer(one)) and record.answer is not None}
    waiting = [one for one in questions if one.id not in ended]
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="eval") as pool:
        asked = {pool.submit(_ask, one, ask): one for one in waiting}
        try:
            for done, future in enumerate(as_completed(asked), 1):
                record = future.result()
                ended[record.id] = record
                if journal is not None:
                    journal.add(asked[future], record)
                if progress is not None:
                    progress("asking", len(questions) - len(waiting) + done, len(questions))
        except BaseException:
            # ^C or a defect: what is answered is in the journal, and nothing more is begun.
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [ended[one.id] for one in questions]


def score_all(questions: Sequence[Question], records: Sequence[Record], scorer: Scorer) -> tuple[Scored, ...]:
    """Every question with its scores."""
    return tuple(scorer.score(one, record) for one, record in zip(questions, records, strict=True))


def _ask(question: Question, ask: Ask) -> Record:
    from assistant.show.answer import to_json

    try:
        return Record(question.id, to_json(ask(question.turns)))
    except AssistantError as error:
        # One question that fails is a result, not the end of the run.
        return Record(question.id, None, str(error))
