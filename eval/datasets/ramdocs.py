"""RAMDocs: questions whose documents conflict: some are right, some tell something false, some are about others."""

from __future__ import annotations

import re
from pathlib import Path

from ..gold import Evidence, Question
from ..matching import says
from .converted import Dataset, field_of, read_lines

_END = re.compile(r"(?<=[.!?])\s+|\n+")


def read(path: Path, limit: int | None = None) -> Dataset:
    """A file of the set; the first `limit` questions.

    Every right answer has to be said and no wrong one may be, as the set's authors score it. Evidence is the sentence
    of a right document that holds its answer.
    """
    dataset = Dataset()
    for number, row in enumerate(list(read_lines(path))[:limit], 1):
        evidence = []
        for one in field_of(row, "documents", path):
            text = f"{one['text']}\n"
            document = dataset.add(text)
            if one["type"] == "correct":
                sentence = next((s for s in _END.split(text) if s and says(s, one["answer"])), None)
                evidence += [Evidence(document, sentence)] if sentence else []
        right = dict.fromkeys(field_of(row, "gold_answers", path))
        wrong = [one for one in dict.fromkeys(field_of(row, "wrong_answers", path)) if one not in right]
        if evidence:
            dataset.questions.append(
                Question(
                    id=f"ramdocs-{number}",
                    turns=(field_of(row, "question", path),),
                    answerable=True,
                    must_say=tuple((one,) for one in right),
                    must_not_say=tuple(wrong),
                    reference="; ".join(right),
                    evidence=tuple(dict.fromkeys(evidence)),
                    tags=("ramdocs", "disagreement") if wrong else ("ramdocs",),
                )
            )
    return dataset
