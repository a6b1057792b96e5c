"""A follow-up made a question that stands alone, by the language model that answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Event

from assistant.domain import Usage
from assistant.reading.llm import prices, tokens
from assistant.reading.llm.prompts import Prompt
from assistant.reading.llm.reader import LanguageModelReader
from assistant.reading.llm.seam import Tokens
from assistant.reading.llm.stream import stream
from assistant.reading.llm.window import count

LONGEST = 400
"""Characters of a standalone question; a longer one is no question but an answer."""
_LABEL = re.compile(r"^(?:standalone |rewritten |last )?question:\s*", re.IGNORECASE)
_QUOTED = re.compile(r"^[\"“](.*)[\"”]$")


@dataclass(frozen=True, slots=True)
class Condensed:
    """What the model made of a question: empty if it made nothing of use, which was paid for all the same."""

    question: str
    usage: Usage | None


class Condenser:
    """Asks the model of a reader, with its patience and prices."""

    def __init__(self, reader: LanguageModelReader, prompt: Prompt) -> None:
        self._reader = reader
        self._prompt = prompt

    def condense(self, history: str, question: str, stop: Event) -> Condensed:
        """The question as it reads alone.

        Raises:
            ModelError: the model's provider failed.
            Stopped: `stop` was set.
        """
        model, options = self._reader.model, self._reader.options
        messages = self._prompt.fill(history=history, question=question)
        text, used = "", None
        for piece in stream(model, messages, options.patience, stop):
            text += piece.text
            used = piece.tokens or used
            if len(text) > 2 * LONGEST:
                break
        if used is None:
            used = Tokens(count(messages, model.name), tokens.count(text, model.name.partition(":")[2]))
        cost = prices.cost(model.name, used, options.prices) if model.metered else None
        return Condensed(question_in(text), Usage(used.input, used.output, cost))


def question_in(text: str) -> str:
    """The one question that a model wrote; empty if it wrote anything else."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if len(lines) != 1:
        return ""
    line = _LABEL.sub("", lines[0])
    line = _QUOTED.sub(r"\1", line).strip()
    return line if 0 < len(line) <= LONGEST and any(c.isalnum() for c in line) else ""
