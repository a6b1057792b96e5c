"""Every choice a user can make, in one place.

Flags win over `ASSISTANT_*` environment variables, those over `assistant.toml` in the working directory, that over
`assistant.toml` in the user's configuration directory, and that over the defaults. A key that does not exist is an
error, never silence.

Standard library only: every command reads its settings, and pydantic would add 75 ms to each.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from platformdirs import user_config_path, user_data_path

from assistant.errors import UsageError

APP = "corpus-assistant"
"""Name of the directories that hold state and configuration."""
ENV_PREFIX = "ASSISTANT_"
FILE = "assistant.toml"
SHIPPED_EMBEDDER = "minilm"
REMOTE_EMBEDDER = "openai:"
"""How the name of an embedder on a server begins; anything else that is not the shipped one is a folder."""
_NOT_IN_ANSWERS = frozenset(
    {"corpus", "home", "color", "history", "theme", "keys", "model_timeout", "model_stall", "model_retries"}
)
"""Fields that change neither what is found nor what is answered."""


class Kind(NamedTuple):
    """What a field takes: in words for people, and as a function that raises ValueError for anything else.

    Numbers may come as text, because environment variables do.
    """

    words: str
    read: Callable[[Any], Any]


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError
    return value


def _folder(value: Any) -> Path:
    return Path(value if isinstance(value, Path) else _text(value)).expanduser()


def _whole(least: int, most: int) -> Kind:
    def read(value: Any) -> int:
        if isinstance(value, (bool, float)) or not least <= (number := int(value)) <= most:
            raise ValueError
        return number

    return Kind(f"a whole number from {least} to {most}", read)


def _number(least: float, most: float) -> Kind:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not least <= (number := float(value)) <= most:
            raise ValueError
        return number

    return Kind(f"a number from {least:g} to {most:g}", read)


def _one_of(*choices: str) -> Kind:
    def read(value: Any) -> str:
        if value not in choices:
            raise ValueError
        return str(value)

    return Kind(f"{', '.join(choices[:-1])} or {choices[-1]}", read)


def _names(value: Any) -> tuple[str, ...]:
    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(one, str) for one in listed):
        raise ValueError
    return tuple(one.strip() for one in listed if one.strip())


def _table(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        value = dict(part.split("=", 1) for part in value.split(";") if part.strip())
    if not isinstance(value, Mapping) or not all(isinstance(one, str) for pair in value.items() for one in pair):
        raise ValueError
    return {name.strip(): keys.strip() for name, keys in value.items()}


def _switch(value: Any) -> bool:
    text = str(value).lower() if isinstance(value, bool) else _text(value).strip().lower()
    if text not in ("true", "false"):
        raise ValueError
    return text == "true"


_FOLDER = Kind("a folder", _folder)
_TEXT = Kind("text", _text)
_SWITCH = Kind("true or false", _switch)
_TABLE = Kind("a table of names and texts, or name=text with semicolons between them", _table)
_NAMES = Kind("a list of names, or names with commas between them", _names)


def _takes(kind: Kind) -> dict[str, Kind]:
    return {"kind": kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, read once per run by `load` and never changed."""

    corpus: Path = field(default=Path("seeds"), metadata=_takes(_FOLDER))
    """The folder of documents to ask. In a configuration file, relative to that file."""
    home: Path = field(default_factory=lambda: user_data_path(APP, appauthor=False), metadata=_takes(_FOLDER))
    """Where the program keeps all its state: one index per corpus folder. Never inside the corpus."""
    embedder: str = field(default=SHIPPED_EMBEDDER, metadata=_takes(_TEXT))
    """The model that turns passages and questions into vectors.

    `minilm`, which ships with the program; a folder with `model.onnx` and `tokenizer.json`; or `openai:NAME`, such as
    `openai:text-embedding-3-small`, to which your documents and questions are then sent (docs/models.md). Another
    embedder needs the corpus to be indexed again.
    """
    top_k: int = field(default=10, metadata=_takes(_whole(1, 100)))
    """How many passages are retrieved for a question."""
    candidates: int = field(default=50, metadata=_takes(_whole(1, 1000)))
    """How many passages each of the two searches, by words and by meaning, puts up for the `top_k` places."""
    lexical_weight: float = field(default=0.5, metadata=_takes(_number(0, 1)))
    """The share of the search by words (BM25) in a passage's score; the rest is the search by meaning's."""
    outlet_bonus: float = field(default=0.15, metadata=_takes(_number(0, 1)))
    """Added to the score of passages of an outlet that the question names; the two searches give at most 1."""
    date_bonus: float = field(default=0.1, metadata=_takes(_number(0, 1)))
    """Added to the score of passages of a date that the question names."""
    name_bonus: float = field(default=0.1, metadata=_takes(_number(0, 1)))
    """Added to the score of passages that hold the names in the question."""
    refuse_below: float = field(default=-0.25, metadata=_takes(_number(-20, 20)))
    """Confidence under which a question is refused: higher refuses more. docs/refusal.md shows what each value does."""
    exact_limit: int = field(default=20_000, metadata=_takes(_whole(0, 10_000_000)))
    """Up to how many passages the search by meaning looks at every one; beyond, Chroma's index is asked instead."""
    color: Literal["auto", "always", "never"] = field(
        default="auto", metadata=_takes(_one_of("auto", "always", "never"))
    )
    """Colour in the terminal. `auto` colours a terminal unless `NO_COLOR` is set."""
    model: str = field(default="", metadata=_takes(_TEXT))
    """Who answers: `extractive`, which quotes and needs no model, or `provider:name`, such as `openai:gpt-5.6-luna`.

    Where none is named, OpenAI's `gpt-5.6-luna` if `OPENAI_API_KEY` is set, else `extractive`. docs/models.md has more.
    """
    fallbacks: tuple[str, ...] = field(default=(), metadata=_takes(_NAMES))
    """Who answers, in this order, if the model's provider fails, which the answer says. `extractive` always can."""
    temperature: float = field(default=0.0, metadata=_takes(_number(0, 2)))
    """How freely a model words its answer; left out for models that take none."""
    answer_tokens: int = field(default=1024, metadata=_takes(_whole(16, 100_000)))
    """Room for the answer in the model's window, and the longest answer it is asked for."""
    model_window: int = field(default=0, metadata=_takes(_whole(0, 100_000_000)))
    """Tokens that prompt and answer may have together. 0: as known for the model, and 4096 for a server of your own."""
    model_timeout: float = field(default=60.0, metadata=_takes(_number(0.1, 3600)))
    """Seconds until the first word of a model's answer."""
    model_stall: float = field(default=30.0, metadata=_takes(_number(0.1, 3600)))
    """Seconds of silence in the middle of a model's answer, after which what came is kept and marked incomplete."""
    model_retries: int = field(default=2, metadata=_takes(_whole(0, 10)))
    """How often a model is asked again if its server is busy or fails before the first word."""

    history: bool = field(default=True, metadata=_takes(_SWITCH))
    """Whether questions and answers are kept, to be followed up and found again (docs/conversations.md)."""
    theme: str = field(default="", metadata=_takes(_TEXT))
    """Colours of the terminal chat: the name of one of its themes, such as `nord`; its palette (Ctrl+P) lists them."""
    keys: Mapping[str, str] = field(default_factory=dict, metadata=_takes(_TABLE))
    """Keys of the terminal chat by command (docs/chat.md), a table of the file or `next_citation=f3;find=ctrl+g`."""

    @classmethod
    def load(cls, **flags: Any) -> Self:
        """The settings of this run; flags that are None were not given.

        Raises:
            UsageError: A key is unknown or a value is bad; the message names where it stands.
        """
        strong, weak = configuration_files()
        values: dict[str, Any] = {}
        for source, spelled in (
            (read_file(weak), lambda name: f"{name} in {weak}"),
            (read_file(strong), lambda name: f"{name} in {strong}"),
            (_environment(), _variable),
            ({name: value for name, value in flags.items() if value is not None}, _flag),
        ):
            _refuse_unknown(source, spelled)
            for name, value in source.items():
                values[name] = _converted(name, value, spelled)
        return cls(**values)

    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change with any setting that can change an answer."""
        values = {name: str(getattr(self, name)) for name in KINDS if name not in _NOT_IN_ANSWERS}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:12]


KINDS: Mapping[str, Kind] = {one.name: one.metadata["kind"] for one in fields(Settings)}
"""What each setting takes."""


def configuration_files() -> tuple[Path, Path]:
    """Where configuration is looked for, the stronger place first."""
    return Path.cwd() / FILE, user_folder() / FILE


def user_folder() -> Path:
    """The user's configuration folder: `assistant.toml`, own prompts and own prices."""
    return user_config_path(APP, appauthor=False)


def read_file(file: Path) -> dict[str, Any]:
    """The values of a configuration file, with relative folders made absolute; empty if there is no file.

    Raises:
        UsageError: It cannot be read, or is not TOML.
    """
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is not TOML: {error}", "Correct or remove the file.") from None
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "Correct its permissions or remove it.") from None
    for name in ("corpus", "home", "embedder"):
        value = values.get(name)
        if not isinstance(value, str) or not value:
            continue
        if name != "embedder" or (value != SHIPPED_EMBEDDER and not value.startswith(REMOTE_EMBEDDER)):
            values[name] = str(file.parent / Path(value).expanduser())
    return values


def _environment() -> dict[str, str]:
    """The `ASSISTANT_*` variables by field name; an empty one is not set. Case does not matter, as on Windows."""
    size = len(ENV_PREFIX)
    return {
        name[size:].lower(): value
        for name, value in os.environ.items()
        if value and name.upper().startswith(ENV_PREFIX)
    }


def _variable(name: str) -> str:
    return f"{ENV_PREFIX}{name.upper()}"


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _refuse_unknown(values: Mapping[str, Any], spelled: Callable[[str], str]) -> None:
    for name in values:
        if name not in KINDS:
            near = difflib.get_close_matches(name, KINDS, n=1, cutoff=0)[0]
            raise UsageError(f"Unknown setting {spelled(name)}", f"The nearest known one is {spelled(near)}.")


def _converted(name: str, value: Any, spelled: Callable[[str], str]) -> Any:
    kind = KINDS[name]
    try:
        return kind.read(value)
    except (ValueError, TypeError):
        raise UsageError(f"{spelled(name)} is {value!r}, but takes {kind.words}", "See docs/settings.md.") from None
