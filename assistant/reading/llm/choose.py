"""Which reader answers: the named model, its fallbacks, or the quoting one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.reading.llm.stream import Patience

if TYPE_CHECKING:
    from assistant.protocols import Reader
    from assistant.reading.llm.condense import Condenser
    from assistant.reading.llm.reader import Quoting

EXTRACTIVE = "extractive"
DEFAULT_OPENAI = "openai:gpt-5.6-luna"
"""Asked where `OPENAI_API_KEY` is set and no model is named: the cheapest of its family, with a window of a million."""
PROMPTS = "prompts"
PRICES = "prices.toml"
"""Names of what users may put into their configuration folder."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the settings say about models."""

    models: Sequence[str]
    """`provider:name` or `extractive`: the preferred one, then its fallbacks."""
    window: int | None = None
    answer_tokens: int = 1024
    temperature: float = 0.0
    patience: Patience = field(default_factory=Patience)


def named(model: str, fallbacks: Sequence[str], environment: Mapping[str, str]) -> tuple[str, ...]:
    """Who answers, in order: the model named, else the one that the environment suggests, then the fallbacks."""
    suggested = DEFAULT_OPENAI if environment.get("OPENAI_API_KEY") else EXTRACTIVE
    return tuple(dict.fromkeys((model or suggested, *fallbacks)))


def reader_for(choice: Choice, quoting: Quoting, folder: Path) -> Reader:
    """The reader; no model library is loaded before the first question.

    `folder` is the user's configuration folder, for own prompts and prices.

    Raises:
        UsageError: a name is not a model, or the user's own prompt or price table is wrong.
    """
    from assistant.reading.llm.fallback import FallbackReader

    readers = [quoting if name == EXTRACTIVE else _reader(name, choice, quoting, folder) for name in choice.models]
    return readers[0] if len(readers) == 1 else FallbackReader(readers)


def condenser_for(reader: Reader, folder: Path) -> Condenser | None:
    """What makes follow-ups standalone questions with the model of a reader; None if that is no model.

    `folder` as for `reader_for`.

    Raises:
        UsageError: the user's own prompt is wrong.
    """
    from assistant.reading.llm import prompts
    from assistant.reading.llm.condense import Condenser
    from assistant.reading.llm.fallback import FallbackReader
    from assistant.reading.llm.reader import LanguageModelReader

    first = reader.preferred if isinstance(reader, FallbackReader) else reader
    if not isinstance(first, LanguageModelReader):
        return None
    return Condenser(first, prompts.load("condense", folder / PROMPTS))


def _reader(name: str, choice: Choice, quoting: Quoting, folder: Path) -> Reader:
    from assistant.reading.llm import prices, prompts
    from assistant.reading.llm.providers import Request, open_model
    from assistant.reading.llm.reader import LanguageModelReader, Options

    patience = choice.patience
    request = Request(choice.temperature, choice.answer_tokens, max(patience.first, patience.between) + 5)
    options = Options(choice.answer_tokens, choice.window, patience, prices.table(folder / PRICES))
    prompt = prompts.load("answer", folder / PROMPTS)
    return LanguageModelReader(open_model(name, request), prompt, quoting, options)
