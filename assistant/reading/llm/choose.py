"""Which reader answers: the named model, its fallbacks, or the quoting one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.protocols import Reader
from assistant.reading.llm import prices, prompts
from assistant.reading.llm.fallback import FallbackReader
from assistant.reading.llm.providers import EXTRACTIVE, Request, default_model, open_model
from assistant.reading.llm.reader import LanguageModelReader, Options, Quoting
from assistant.reading.llm.stream import Patience

PROMPTS = "prompts"
PRICES = "prices.toml"
"""Names of what users may put into their configuration folder."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the settings say about models."""

    model: str = ""
    """`provider:name` or `extractive`; empty: whatever the environment suggests."""
    fallbacks: Sequence[str] = ()
    window: int | None = None
    answer_tokens: int = 1024
    temperature: float = 0.0
    patience: Patience = field(default_factory=Patience)


def reader_for(choice: Choice, quoting: Quoting, folder: Path, environment: Mapping[str, str]) -> Reader:
    """The reader; no model library is loaded before the first question.

    `folder` is the user's configuration folder, for own prompts and prices.

    Raises:
        UsageError: a name is not a model, or the user's own prompt or price table is wrong.
    """
    names = [choice.model or default_model(environment), *choice.fallbacks]
    readers = [quoting if name == EXTRACTIVE else _reader(name, choice, quoting, folder) for name in names]
    return readers[0] if len(readers) == 1 else FallbackReader(readers)


def _reader(name: str, choice: Choice, quoting: Quoting, folder: Path) -> Reader:
    patience = choice.patience
    request = Request(choice.temperature, choice.answer_tokens, max(patience.first, patience.between) + 5)
    options = Options(choice.answer_tokens, choice.window, patience, prices.table(folder / PRICES))
    prompt = prompts.load("answer", folder / PROMPTS)
    return LanguageModelReader(open_model(name, request), prompt, quoting, options)
