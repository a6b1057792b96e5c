"""Small gold questions, answers and runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.domain import Json
from assistant.verify import Files
from eval.gold import Evidence, Question
from eval.provenance import Provenance
from eval.run import Run
from eval.scoring import Record, Scored, Scorer

PAGE = "The deal\n\nLithuania buys 341 missiles. “We are glad,” Ona Ruta said. Each costs 12,500 euros."
SENTENCE = "Lithuania buys 341 missiles."
SAID = "“We are glad,” Ona Ruta said."


def corpus(folder: Path) -> Files:
    """A folder with one page."""
    folder.mkdir(exist_ok=True)
    (folder / "page.txt").write_text(PAGE, encoding="utf-8", newline="")
    return Files(folder)


def question(name: str = "q", **changed: Any) -> Question:
    values: dict[str, Any] = {
        "id": name,
        "turns": (f"How many missiles, {name}?",),
        "answerable": True,
        "must_say": (("341",),),
        "evidence": (Evidence("page.txt", SENTENCE),),
        "tags": ("fact",),
    }
    return Question(**values | changed)


def unanswerable(name: str = "u") -> Question:
    return question(name, answerable=False, must_say=(), evidence=(), tags=("unanswerable",))


def citation(quote: str = SENTENCE, marker: int = 1, **changed: Any) -> Json:
    start = PAGE.find(quote)
    values = {
        "marker": marker,
        "document": "page.txt",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "title": "The deal",
        "outlet": None,
        "author": None,
        "published": None,
        "speaker": None,
        "speaker_role": None,
        "verified": True,
    }
    return values | changed


def answer(
    *texts: str, citations: Sequence[Json] | None = None, passages: Sequence[str] = (PAGE,), **changed: Any
) -> Json:
    """An answer that quotes: a statement and a citation for each text."""
    cited = [citation(text, marker) for marker, text in enumerate(texts, 1)] if citations is None else list(citations)
    found = [
        {
            "rank": rank,
            "score": 1.0,
            "document": "page.txt",
            "title": "The deal",
            "start": PAGE.find(text),
            "end": PAGE.find(text) + len(text),
            "text": text,
        }
        for rank, text in enumerate(passages, 1)
    ]
    values: Json = {
        "outcome": "answered",
        "answer": " ".join(f"{text} [{marker}]" for marker, text in enumerate(texts, 1)),
        "heading": "",
        "statements": [
            {"text": text, "markers": [marker], "support": "quoted"} for marker, text in enumerate(texts, 1)
        ],
        "citations": cited,
        "passages": found,
        "reader": "extractive",
        "prompt": None,
        "usage": None,
        "timings_ms": {"total": 12.0},
    }
    return values | changed


def refusal() -> Json:
    return answer(outcome="refused", answer="Nothing tells.", passages=())


PROVENANCE = Provenance(
    corpus="c0", gold="g0", index="i0", reader="extractive", embedder="e0", settings="s0", prompts={}, measures="1",
    commit=None, dirty=None, python="3.11.0", packages={},
)  # fmt: skip


def scored(files: Files, given: Mapping[Question, Json | None]) -> tuple[Scored, ...]:
    scorer = Scorer(files, "extractive")
    return tuple(
        scorer.score(one, Record(one.id, reply, "" if reply else "The server is gone")) for one, reply in given.items()
    )


def run(files: Files, given: Mapping[Question, Json | None]) -> Run:
    return Run(PROVENANCE, scored(files, given))
