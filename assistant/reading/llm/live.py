"""The answer as it is shown while it comes: markers resolved when they are whole, thinking and refusals held back."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.corpus.folding import visible
from assistant.corpus.sentences import split_sentences
from assistant.reading.compose import escape
from assistant.reading.llm.drafts import MARKER, NOT_FOUND, OPENING, Draft, numbers_of

LONGEST_MARKER = 60
"""Characters after an opening bracket that are held back in case they become a marker."""

LONGEST_SENTENCE = 2_000
"""Characters before a marker in which its sentence is looked for."""

_OPENING = re.compile(f"[{re.escape(OPENING)}]")
_THINKING = "<think"
_THOUGHT = re.compile(r"</think(?:ing)?>\s*", re.IGNORECASE)
_CLOSED = re.compile(r"[\]】\uff3d\u3015\n]")


class Live:
    """Takes a model's text piece by piece and gives back what can be shown of it, as Markdown."""

    def __init__(self, cite: Callable[[Draft], tuple[int, ...]]) -> None:
        self._cite = cite
        self._held = ""
        self._line = ""
        self._begun = False

    def feed(self, text: str) -> str:
        """What can be shown now."""
        self._held += visible(text)
        if not self._begun and not self._begins():
            return ""
        return self._take()

    def end(self) -> str:
        """What was still held back; a refusal and unfinished thinking stay hidden."""
        if not self._begun:
            bare = self._held.lstrip(' \n*_#>"“').upper()
            if bare.startswith(NOT_FOUND) or self._held.lstrip().lower().startswith(_THINKING):
                return ""
        rest, self._held = self._held, ""
        # No marker came of an opening bracket that is still held back: all that is left is text.
        return "\\[".join(self._shown(part) for part in rest.split("["))

    def _begins(self) -> bool:
        """Whether the answer proper has begun; until then it could be thinking or a refusal."""
        start = self._held.lstrip()
        lower = start.lower()
        if _THINKING.startswith(lower[: len(_THINKING)]):
            thought = _THOUGHT.search(start)
            if thought is None:
                return False
            start = start[thought.end() :]
            self._held = start
        bare = start.lstrip(' \n*_#>"“').upper()
        if not bare or NOT_FOUND.startswith(bare[: len(NOT_FOUND)]):
            return False
        self._begun = True
        return True

    def _take(self) -> str:
        """All that is held and can become no marker any more. The space before a marker goes with it."""
        shown: list[str] = []
        held, at = self._held, 0
        while opening := _OPENING.search(held, at):
            before = held[at : opening.start()]
            shown.append(self._shown(before.rstrip(" ")))
            space = before[len(before.rstrip(" ")) :]
            if marker := MARKER.match(held, opening.start()):
                # One that resolves to nothing leaves no gap.
                shown.append(self._marker(numbers_of(marker["numbers"])))
                at = marker.end()
            elif len(held) - opening.start() < LONGEST_MARKER and not _CLOSED.search(held, opening.start()):
                self._held = space + held[opening.start() :]
                return "".join(shown)
            else:
                self._line += space + opening[0]
                shown.append(f"{space}\\{opening[0]}")
                at = opening.end()
        rest = held[at:]
        shown.append(self._shown(rest.rstrip(" ")))
        self._held = rest[len(rest.rstrip(" ")) :]
        return "".join(shown)

    def _shown(self, text: str) -> str:
        self._line = (self._line + text).rpartition("\n")[2][-LONGEST_SENTENCE:]
        return escape(text)

    def _marker(self, numbers: tuple[int, ...]) -> str:
        spans = split_sentences(self._line)
        sentence = self._line[spans[-1].start : spans[-1].end] if spans else self._line
        return "".join(f" [{number}]" for number in self._cite(Draft(sentence.strip(), numbers)))
