from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain import Answer, Outcome
from assistant.errors import ModelError, UsageError
from eval.records import Journal, Recording, read, resumable
from eval.run import ask_all
from eval.scoring import Record
from tests.eval.building import PROVENANCE, SENTENCE, answer, question

QUESTIONS = [question(f"q{n}") for n in range(6)]


class Counting:
    """Refuses everything, and keeps what it was asked."""

    def __init__(self, failing: str = "") -> None:
        self.asked: list[str] = []
        self._failing = failing
        self._lock = threading.Lock()

    def __call__(self, turns: tuple[str, ...]) -> Answer:
        with self._lock:
            self.asked.append(turns[-1])
        if self._failing and self._failing in turns[-1]:
            raise ModelError("The server is gone", "Ask again.")
        return Answer(
            question=turns[-1], standalone_question=turns[-1], outcome=Outcome.REFUSED, answer="No.", citations=(),
            statements=(), passages=(), nearest=(), reader="extractive", index="i0",
        )  # fmt: skip


def recorded(file: Path, ask: Counting, known: Recording | None = None, workers: int = 1) -> list[Record]:
    journal = Journal(file, PROVENANCE, known)
    records = ask_all(QUESTIONS, ask, known=known, journal=journal, workers=workers)
    journal.finish(PROVENANCE, zip(QUESTIONS, records, strict=True))
    return records


def test_what_is_recorded_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    records = recorded(file, Counting(failing="q3"))
    recording = read(file)
    assert recording.provenance == PROVENANCE
    assert [recording.answer(one) for one in QUESTIONS] == records
    assert records[3] == Record("q3", None, "The server is gone. Ask again.")


def test_a_question_in_other_words_is_another_question(tmp_path: Path) -> None:
    recorded(tmp_path / "run.jsonl", Counting())
    assert read(tmp_path / "run.jsonl").answer(replace(QUESTIONS[0], turns=("Other words?",))) is None


@pytest.mark.parametrize("workers", [1, 4])
def test_the_recording_is_the_same_however_many_work_at_it(workers: int, tmp_path: Path) -> None:
    recorded(tmp_path / "one.jsonl", Counting())
    recorded(tmp_path / "other.jsonl", Counting(), workers=workers)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "other.jsonl").read_bytes()


def test_a_stopped_run_goes_on_where_it_ended(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    recorded(file, Counting())
    whole = file.read_bytes()
    lines = whole.split(b"\n")
    file.write_bytes(b"\n".join(lines[:3]) + b"\n" + lines[3][:20])
    again = Counting()
    recorded(file, again, resumable(file, PROVENANCE))
    assert again.asked == [one.asked for one in QUESTIONS[2:]]
    assert file.read_bytes() == whole


def test_what_ended_in_an_error_is_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    recorded(file, Counting(failing="q3"))
    again = Counting()
    recorded(file, again, resumable(file, PROVENANCE))
    assert again.asked == [QUESTIONS[3].asked]


def test_a_run_does_not_go_on_with_answers_of_something_else(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    assert resumable(file, PROVENANCE) is None
    recorded(file, Counting())
    with pytest.raises(UsageError) as caught:
        resumable(file, replace(PROVENANCE, reader="openai:x", index="i1"))
    assert str(caught.value) == (
        f"{file} holds answers of another state (index: i0 → i1; reader: extractive → openai:x). "
        "Name another file, or remove it."
    )


def test_an_interrupted_run_keeps_what_was_answered(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"

    def ask(turns: tuple[str, ...]) -> Answer:
        if "q2" in turns[-1]:
            raise KeyboardInterrupt
        return Counting()(turns)

    with pytest.raises(KeyboardInterrupt):
        ask_all(QUESTIONS, ask, journal=Journal(file, PROVENANCE, None))
    kept = read(file)
    assert {"q0", "q1"} <= kept.answers.keys()
    assert "q2" not in kept.answers


@pytest.mark.parametrize("content", [b"", b"\xff", b"{}\n", b"[]\n", b'{"recording": 2}\n', b'{"recording": 1}\nx\n'])
def test_what_is_no_recording_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    file.write_bytes(content)
    with pytest.raises(UsageError):
        read(file)


def test_progress_counts_what_was_answered_before(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    recorded(file, Counting(failing="q3"))
    seen: list[tuple[str, int, int]] = []
    ask_all(QUESTIONS, Counting(), known=read(file), progress=lambda *step: seen.append(step))
    assert seen == [("asking", 6, 6)]
    assert answer(SENTENCE)["reader"] == "extractive"
