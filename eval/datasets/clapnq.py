"""CLAP NQ: web questions, each with one Wikipedia passage and the sentences that people chose as its answer."""

from __future__ import annotations

from pathlib import Path

from ..gold import Evidence, Question
from .converted import Dataset, field_of, read_lines


def read(path: Path, limit: int | None = None) -> Dataset:
    """A file of the set; the first `limit` questions.

    Answers are long and free, so that no wording is asked for: right is an answer that cites the chosen sentences.
    """
    dataset = Dataset()
    for row in list(read_lines(path))[:limit]:
        (passage,) = field_of(row, "passages", path)[:1]
        text = f"{passage['title']}\n\n{passage['text']}\n"
        document = dataset.add(text, passage["title"])
        output = field_of(row, "output", path)[0]
        chosen = dict.fromkeys(one for one in output["selected_sentences"] if one in passage["text"])
        dataset.questions.append(
            Question(
                id=f"clapnq-{field_of(row, 'id', path)}",
                turns=(field_of(row, "input", path),),
                answerable=bool(chosen),
                reference=output["answer"],
                evidence=tuple(Evidence(document, one) for one in chosen),
                tags=("clapnq",) if chosen else ("clapnq", "unanswerable"),
            )
        )
    return dataset
