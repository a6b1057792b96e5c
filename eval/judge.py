"""A language model that compares answers with their references: a second opinion, never a part of the gate.

It is named apart from the model that answers and has to be another one. Each verdict is kept, so that it is asked for
once, and the report says how often the judge agrees with labels that a person gave.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from assistant.errors import UsageError

from .estimates import Estimate, kappa, proportion
from .measures import Grade

if TYPE_CHECKING:
    from assistant.reading.llm.prompts import Prompt
    from assistant.reading.llm.seam import ChatModel
    from assistant.settings import Settings
    from assistant.wiring import Progress

    from .run import Run

LABELS = Path(__file__).parent / "gold" / "judge.jsonl"
"""Answers that a person graded."""
ANSWER_TOKENS = 200
_VERDICT = re.compile(r"^\W*verdict\W+([CPI])\b", re.IGNORECASE | re.MULTILINE)


class Case(NamedTuple):
    """An answer to be judged."""

    question: str
    reference: str
    answer: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often the judge says what somebody else says, and how far beyond chance."""

    share: Estimate | None
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of a run."""

    model: str
    prompt: str
    correct: Estimate | None
    """Share of C among the answered answerable questions whose verdict could be read."""
    unread: int
    with_labels: Agreement
    with_outcomes: Agreement


class Judge:
    """Asks a model for verdicts, each once."""

    def __init__(self, model: ChatModel, prompt: Prompt, kept: Path) -> None:
        """`kept` is the file in which verdicts are kept."""
        self.model = model
        self.prompt = prompt
        self._file = kept
        self._known = _read(kept)

    def verdict(self, case: Case) -> Grade | None:
        """C, P or I; None if the model gave no verdict that can be read.

        Raises:
            ModelError: the model's provider failed.
        """
        key = self._key(case)
        if key not in self._known:
            reply = self._asked(case)
            self._known[key] = reply
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"key": key, "reply": reply}) + "\n")
        found = _VERDICT.findall(self._known[key])
        return Grade(found[-1].upper()) if found else None

    def _key(self, case: Case) -> str:
        parts = json.dumps([self.model.name, self.prompt.id, *case])
        return hashlib.sha256(parts.encode()).hexdigest()[:32]

    def _asked(self, case: Case) -> str:
        from assistant.reading.llm.passages import key_for, plain
        from assistant.reading.llm.stream import Patience, stream

        body = plain(case.answer)
        key = key_for([case.question, case.reference, body])
        fenced = f"--- answer · key {key} ---\n{body}\n--- end of answer · key {key} ---"
        messages = self.prompt.fill(question=case.question, reference=case.reference, answer=fenced)
        return "".join(piece.text for piece in stream(self.model, messages, Patience(), Event()))


def judge_for(name: str, settings: Settings) -> Judge:
    """The judge of this name.

    Raises:
        UsageError: it is no model, or the one that answers.
    """
    from assistant.reading.llm.choose import PROMPTS
    from assistant.reading.llm.prompts import load
    from assistant.reading.llm.providers import Request, open_model
    from assistant.settings import user_folder

    if name in (settings.model, *settings.fallbacks):
        raise UsageError(f"{name} answers, and does not judge itself", "Name another model with --judge.")
    model = open_model(name, Request(0.0, ANSWER_TOKENS, 65.0))
    return Judge(model, load("judge", user_folder() / PROMPTS), settings.home / "judge.jsonl")


def judged(run: Run, judge: Judge, progress: Progress | None = None, labels: Path = LABELS) -> Judgement:
    """The judge's verdicts on the answered questions of a run, and on the answers that a person graded."""
    by_hand = [(Case(row["question"], row["reference"], row["answer"]), Grade(row["label"])) for row in _rows(labels)]
    by_rule = [
        (Case(one.question.asked, one.question.reference, one.record.answer["answer"]), one.grade)
        for one in run.scored
        if one.record.answer and one.question.answerable and one.grade is not Grade.NO_ANSWER
    ]
    verdicts = []
    for done, (case, _) in enumerate([*by_hand, *by_rule], 1):
        verdicts.append(judge.verdict(case))
        if progress is not None:
            progress("judging", done, len(by_hand) + len(by_rule))
    hand, rule = verdicts[: len(by_hand)], verdicts[len(by_hand) :]
    read = [one for one in rule if one is not None]
    return Judgement(
        model=judge.model.name,
        prompt=judge.prompt.id,
        correct=proportion(sum(one is Grade.CORRECT for one in read), len(read)),
        unread=sum(one is None for one in verdicts),
        with_labels=agreement(hand, [label for _, label in by_hand]),
        with_outcomes=agreement(rule, [grade for _, grade in by_rule]),
    )


def agreement(verdicts: Sequence[Grade | None], labels: Sequence[Grade]) -> Agreement:
    """How often two judges agree; verdicts that could not be read are left out."""
    pairs = [(one.value, label.value) for one, label in zip(verdicts, labels, strict=True) if one is not None]
    return Agreement(proportion(sum(a == b for a, b in pairs), len(pairs)), kappa(pairs))


def _rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _read(file: Path) -> dict[str, str]:
    """The verdicts that are kept; a line that was cut off is left out."""
    if not file.exists():
        return {}
    known = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        known[row["key"]] = row["reply"]
    return known
