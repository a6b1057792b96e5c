"""Every choice a user can make, in one place.

Flags win over `ASSISTANT_*` environment variables, those over `assistant.toml` in the working directory, that over
`assistant.toml` in the user's configuration directory, and that over the defaults. A key that does not exist is an
error, never silence.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import tomllib
from pathlib import Path
from typing import Any, Literal, Self

from platformdirs import user_config_path, user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from assistant.errors import UsageError

APP = "corpus-assistant"
"""Name of the directories that hold state and configuration."""
ENV_PREFIX = "ASSISTANT_"
FILE = "assistant.toml"
CACHE_ONLY = frozenset({"corpus", "home", "color"})
"""Fields that change neither what is found nor what is answered."""


class Settings(BaseSettings):
    """All settings, read once per run and never changed."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, env_prefix=ENV_PREFIX, env_ignore_empty=True)

    corpus: Path = Path("seeds")
    """The folder of documents to ask. In a configuration file, relative to that file."""
    home: Path = Field(default_factory=lambda: user_data_path(APP, appauthor=False))
    """Where the program keeps all its state: one index per corpus folder. Never inside the corpus."""
    embedder: str = "minilm"
    """The model that turns passages and questions into vectors. `minilm` is the one that ships with the program."""
    top_k: int = Field(default=10, ge=1, le=100)
    """How many passages are retrieved for a question."""
    color: Literal["auto", "always", "never"] = "auto"
    """Colour in the terminal. `auto` colours a terminal unless `NO_COLOR` is set."""

    @field_validator("corpus", "home", mode="after")
    @classmethod
    def _expand_user(cls, path: Path) -> Path:
        return path.expanduser()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 the base class names it: no .env file is read
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 the base class names it: nor are secret files
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, environment, files: the earlier wins."""
        files = tuple(_TomlFile(settings_cls, file) for file in configuration_files())
        return (init_settings, env_settings, *files)

    @classmethod
    def load(cls, **flags: Any) -> Self:
        """The settings of this run; flags that are None were not given.

        Raises:
            UsageError: A key is unknown or a value is bad; the message names where it stands.
        """
        given = {name: value for name, value in flags.items() if value is not None}
        _refuse_unknown(given, "setting")
        _refuse_unknown(_environment(), "environment variable", ENV_PREFIX)
        try:
            return cls(**given)
        except ValidationError as error:
            raise _one_line(error, given) from None

    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change with any setting that can change an answer."""
        values = {k: v for k, v in self.model_dump(mode="json").items() if k not in CACHE_ONLY}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:12]


class _TomlFile(PydanticBaseSettingsSource):
    """One configuration file; missing is empty."""

    def __init__(self, settings_cls: type[BaseSettings], file: Path) -> None:
        super().__init__(settings_cls)
        self.values = read_file(file)

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002 the base class names it
        return self.values.get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        return self.values


def configuration_files() -> tuple[Path, Path]:
    """Where configuration is looked for, the stronger place first."""
    return Path.cwd() / FILE, user_config_path(APP, appauthor=False) / FILE


def read_file(file: Path) -> dict[str, Any]:
    """The values of a configuration file, with relative folders made absolute; empty if there is no file.

    Raises:
        UsageError: It cannot be read, is not TOML, or has an unknown key.
    """
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is not TOML: {error}", "Correct or remove the file.") from None
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "Correct its permissions or remove it.") from None
    _refuse_unknown(values, f"key in {file}:")
    for name in ("corpus", "home"):
        if isinstance(values.get(name), str):
            values[name] = str(file.parent / Path(values[name]).expanduser())
    return values


def _environment() -> dict[str, str]:
    """The `ASSISTANT_*` variables by field name. On Windows, and for us everywhere, case does not matter."""
    size = len(ENV_PREFIX)
    return {name[size:].lower(): value for name, value in os.environ.items() if name.upper().startswith(ENV_PREFIX)}


def _refuse_unknown(values: dict[str, Any], what: str, prefix: str = "") -> None:
    known = list(Settings.model_fields)
    for name in values:
        if name in known:
            continue

        def spelled(field: str) -> str:
            return prefix + field.upper() if prefix else field

        near = difflib.get_close_matches(name, known, n=1, cutoff=0)[0]
        raise UsageError(f"Unknown {what} {spelled(name)}", f"The nearest known one is {spelled(near)}.")


def _one_line(error: ValidationError, flags: dict[str, Any]) -> UsageError:
    """The first problem, named by the place where the user can change it."""
    problem = error.errors(include_url=False)[0]
    name = str(problem["loc"][0]) if problem["loc"] else "settings"
    if name in flags:
        place = f"--{name.replace('_', '-')}"
    elif name in _environment():
        place = f"{ENV_PREFIX}{name.upper()}"
    else:
        files = [file for file in configuration_files() if name in read_file(file)]
        place = f"{name} in {files[0]}" if files else name
    reason = problem["msg"].removeprefix("Input ")
    return UsageError(f"{place} is {problem['input']!r}, but it {reason}", "docs/settings.md lists what it takes.")
