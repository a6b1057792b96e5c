"""What every adapter gives: documents and gold questions, and how they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError, UsageError

from ..gold import Question, parse, to_line


@dataclass(slots=True)
class Dataset:
    """Documents by path, and questions about them."""

    texts: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    _paths: dict[str, str] = field(default_factory=dict)

    def add(self, text: str, name: str = "") -> str:
        """Adds a document once and gives its path; equal texts are one document."""
        if text not in self._paths:
            number = len(self._paths) + 1
            slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
            self._paths[text] = f"{number:05d}{'-' if slug else ''}{slug}.txt"
            self.texts[self._paths[text]] = text
        return self._paths[text]


def read_lines(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file.

    Raises:
        UsageError: it cannot be read, or a line is no JSON object; the message names the line.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"{file} cannot be read: {reason}", "Name the file as it was published.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise UsageError(f"{file}, line {number}: is not a JSON object", "Name the file as it was published.")
        yield row


def field_of(row: dict[str, Any], key: str, file: Path) -> Any:
    """A field that every row has.

    Raises:
        UsageError: this one has not.
    """
    if key not in row:
        raise UsageError(f"{file} has a row without {key!r}", "Is it another form? docs/evaluation.md lists them.")
    return row[key]


def write(dataset: Dataset, folder: Path) -> None:
    """Writes `corpus/` and `gold.jsonl` into a folder that is new or empty.

    Raises:
        UsageError: the folder holds something.
        CorpusError: it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not an empty folder", "Name a new one with --to.")
    try:
        (folder / "corpus").mkdir(parents=True)
        for path, text in dataset.texts.items():
            (folder / "corpus" / path).write_text(text, encoding="utf-8", newline="\n")
        lines = [to_line(one) for one in sound(dataset)]
        (folder / "gold.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")
    except OSError as error:
        raise CorpusError(f"{folder} cannot be written: {error.strerror}", "Name another folder with --to.") from None


def sound(dataset: Dataset) -> Sequence[Question]:
    """The questions that pass the lint: public sets ask some questions twice."""
    questions, _ = parse("".join(to_line(one) for one in dataset.questions), dataset.texts.get)
    return questions
