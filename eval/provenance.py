"""What a result was measured with: enough to tell whether two results may be compared, and to measure again."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.wiring import Parts

MEASURES = "1"
"""Version of the measures; raised when one changes its meaning, so that old results are not compared with new ones."""
PACKAGES = (
    "corpus-assistant", "chromadb", "langchain", "langchain-openai", "numpy", "onnxruntime", "sentencex",
    "snowballstemmer", "tantivy", "tokenizers",
)  # fmt: skip
"""Those that can change an answer."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a result comes from. None where it cannot be told."""

    corpus: str
    """Fingerprint of the files of the folder."""
    gold: str
    """Fingerprint of all questions of the gold file."""
    index: str
    reader: str
    embedder: str
    settings: str
    prompts: dict[str, str]
    """Name to id of each prompt in use; empty where no language model answers."""
    measures: str
    commit: str | None
    dirty: bool | None
    """Whether the program's files differed from the commit."""
    python: str
    packages: dict[str, str]

    @classmethod
    def of(cls, values: Any) -> Self:
        """From the object that a file holds.

        Raises:
            UsageError: a field is missing or unknown.
        """
        names = {one.name for one in fields(cls)}
        if not isinstance(values, dict) or set(values) != names:
            raise UsageError(
                "This is not a result of the evaluation", "It may come from another version: measure again."
            )
        return cls(**values)

    def to_json(self) -> dict[str, Any]:
        """As the object that `of` reads."""
        return asdict(self)

    def differences(self, other: Provenance) -> tuple[str, ...]:
        """`name: other → self` for everything that differs."""
        mine, theirs = _flat(self.to_json()), _flat(other.to_json())
        return tuple(
            f"{name}: {theirs.get(name, 'none')} → {mine.get(name, 'none')}"
            for name in sorted(mine.keys() | theirs.keys())
            if mine.get(name) != theirs.get(name)
        )


def of_run(parts: Parts, gold: str) -> Provenance:
    """The provenance of answers that these parts give."""
    commit, dirty = revision(Path(__file__).parent.parent)
    return Provenance(
        corpus=corpus_fingerprint(parts.settings.corpus),
        gold=gold,
        index=parts.snapshot.fingerprint,
        reader=parts.reader.name,
        embedder=parts.embedder.id,
        settings=parts.settings.fingerprint(),
        prompts=_prompts(parts.reader.name),
        measures=MEASURES,
        commit=commit,
        dirty=dirty,
        python=platform.python_version(),
        packages=dict(_versions(PACKAGES)),
    )


def corpus_fingerprint(folder: Path) -> str:
    """Equal for equal files under equal names that the program would read, and for equal `metadata.toml`."""
    from assistant.corpus.load import scan

    digest = hashlib.sha256()
    files = {one.path: one.file for one in scan(folder).files}
    files |= {one: folder / one for one in ("metadata.toml",) if (folder / one).is_file()}
    for path in sorted(files):
        with files[path].open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        digest.update(f"{path}\0{content}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def revision(folder: Path) -> tuple[str | None, bool | None]:
    """The commit of a checkout and whether its files differ from it; None for an installed package."""
    if not (folder / ".git").exists():
        return None, None

    def git(*arguments: str) -> str | None:
        try:
            ran = subprocess.run(  # noqa: S603 a fixed command
                ["git", *arguments],  # noqa: S607 wherever the user has it
                cwd=folder,
                capture_output=True,
                text=True,
                check=True,
            )
        except (OSError, subprocess.CalledProcessError):
            return None
        return ran.stdout.strip()

    commit = git("rev-parse", "HEAD")
    changed = git("status", "--porcelain", "--untracked-files=no", "--", "assistant", "prompts", "seeds")
    return commit, None if changed is None else bool(changed)


def _prompts(reader: str) -> dict[str, str]:
    if reader == "extractive":
        return {}
    from assistant.reading.llm.choose import PROMPTS
    from assistant.reading.llm.prompts import load
    from assistant.settings import user_folder

    return {name: load(name, user_folder() / PROMPTS).id for name in ("answer", "condense")}


def _versions(packages: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in packages:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            continue


def _flat(values: dict[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{key}": str(one) for key, one in value.items()}
        else:
            flat[name] = str(value)
    return flat
