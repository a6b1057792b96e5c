"""A model that says what it was told to: for tests, demonstrations and recordings, with no provider behind it."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assistant.errors import UsageError
from assistant.reading.llm.seam import Message, ModelRequestError, Piece

_BETWEEN = re.compile(r"^---[ \t]*\n", re.MULTILINE)
_PACE = re.compile(r"pace: (\d+(?:\.\d+)?)\s*\n")
_WORDS = re.compile(r"\s*\S+|\s+$")


class ScriptedModel:
    """Answers from a queue and keeps what it was asked.

    An entry is an answer's text, the pieces of one, or an error to raise; an error among the pieces breaks the stream
    there. Text is streamed word by word.
    """

    def __init__(
        self,
        answers: Iterable[str | Exception | Sequence[Piece | Exception]],
        name: str = "scripted:test",
        window: int | None = 128_000,
        metered: bool = False,
        pace: float = 0.0,
    ) -> None:
        self.name = name
        self.window = window
        self.metered = metered
        self.asked: list[tuple[Message, ...]] = []
        self._answers = deque(answers)
        self._pace = pace

    @classmethod
    def from_file(cls, file: Path) -> ScriptedModel:
        """A queue of the answers in a text file, which lines of three dashes separate.

        A first line such as `pace: 0.05` gives the seconds from one word to the next, as a model would take them.

        Raises:
            UsageError: the file cannot be read.
        """
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"The script {file} cannot be read: {error}", "Name a text file of answers.") from None
        pace = _PACE.match(text)
        answers = [answer.strip() for answer in _BETWEEN.split(text[pace.end() :] if pace else text)]
        return cls(answers, name=f"scripted:{file.name}", pace=float(pace[1]) if pace else 0.0)

    def prepare(self) -> None:
        """There is nothing to load."""

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:
        """The next entry."""
        self.asked.append(tuple(messages))
        if not self._answers:
            raise ModelRequestError(f"{self.name} has no answer left", "Add one to its script.")
        entry = self._answers.popleft()
        if isinstance(entry, Exception):
            raise entry
        pieces = _spoken(entry) if isinstance(entry, str) else entry
        for piece in pieces:
            if isinstance(piece, Exception):
                raise piece
            time.sleep(self._pace)
            yield piece


def _spoken(text: str) -> Iterator[Piece]:
    for word in _WORDS.findall(text):
        yield Piece(word)
    yield Piece(finish="stop")
