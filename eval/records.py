"""Recorded answers: what a run was told, kept so that it can be scored again for nothing, anywhere, to the byte.

The first line says what answered, each further line holds a question's answer as `ask --json` prints it. A file is
written line by line while the run goes on, so that a run that was stopped goes on where it ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from assistant.errors import CorpusError, UsageError

from .gold import Question
from .provenance import Provenance
from .scoring import Record

SCHEMA = 1


class Recording(NamedTuple):
    """A file of recorded answers."""

    provenance: Provenance
    answers: Mapping[str, tuple[tuple[str, ...], Record]]
    """By id of the question: its turns, and how it ended."""

    def answer(self, question: Question) -> Record | None:
        """How this question ended; None if it was not asked, or asked in other words."""
        turns, record = self.answers.get(question.id, ((), None))
        return record if turns == question.turns else None


def read(file: Path) -> Recording:
    """A recording; a last line that was cut off is left out.

    Raises:
        UsageError: it cannot be read, or is no recording.
    """
    remedy = "Name a file that `assistant eval --record` wrote."
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"The recording {file} cannot be read: {reason}", remedy) from None
    # What follows the last newline is a line that was being written when the run was stopped.
    whole = [line for line in lines[:-1] if line]
    try:
        head, *rows = (json.loads(line) for line in whole)
        if head["recording"] != SCHEMA:
            raise UsageError(f"{file} was recorded by another version of the program", "Record anew.")
        provenance = Provenance.of(head["provenance"])
        answers = {row["id"]: (tuple(row["turns"]), Record(row["id"], row["answer"], row["error"])) for row in rows}
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{file} is not a recording", remedy) from error
    return Recording(provenance, answers)


def resumable(file: Path, provenance: Provenance) -> Recording | None:
    """What an earlier run left in the file to go on from; None if there is no file.

    Raises:
        UsageError: the file holds answers that something else gave.
    """
    if not file.exists() or not file.stat().st_size:
        return None
    recording = read(file)
    if changed := provenance.differences(recording.provenance):
        raise UsageError(
            f"{file} holds answers of another state ({'; '.join(changed[:3])})", "Name another file, or remove it."
        )
    return recording


class Journal:
    """Writes a recording line by line."""

    def __init__(self, file: Path, provenance: Provenance, kept: Recording | None) -> None:
        self._file = file
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            if kept is None:
                file.write_text(_line({"recording": SCHEMA, "provenance": provenance.to_json()}), encoding="utf-8")
            else:
                self._cut()
        except OSError as error:
            raise CorpusError(f"{file} cannot be written: {error.strerror}", "Name another file.") from None

    def add(self, question: Question, record: Record) -> None:
        """Keeps how a question ended; an error is not kept, so that the question is asked again."""
        if record.answer is None:
            return
        with self._file.open("a", encoding="utf-8") as stream:
            stream.write(_row(question, record))

    def finish(self, provenance: Provenance, records: Iterable[tuple[Question, Record]]) -> None:
        """Writes the file anew, in the order of the questions and with the errors."""
        lines = [_line({"recording": SCHEMA, "provenance": provenance.to_json()})]
        lines += [_row(question, record) for question, record in records]
        whole = self._file.with_name(f"{self._file.name}.new")
        whole.write_text("".join(lines), encoding="utf-8")
        whole.replace(self._file)

    def _cut(self) -> None:
        """Removes a last line that was cut off."""
        content = self._file.read_bytes()
        end = content.rfind(b"\n") + 1
        if end < len(content):
            self._file.write_bytes(content[:end])


def _row(question: Question, record: Record) -> str:
    return _line({"id": question.id, "turns": list(question.turns), "answer": record.answer, "error": record.error})


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
