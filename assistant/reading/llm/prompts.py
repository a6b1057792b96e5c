"""Prompts: Markdown files with a header, checked when they are loaded, filled in one pass.

    ---
    name: answer
    version: 1
    variables: not_found, passages, question
    ---
    # system
    …
    # user
    … {{question}}

A user's own file of the same name replaces the shipped one. The id says which text asked: `answer@1+1a2b3c4d`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UsageError
from assistant.reading.llm.seam import Message

VARIABLES: dict[str, frozenset[str]] = {
    "answer": frozenset({"not_found", "passages", "question"}),
    "condense": frozenset({"history", "question"}),
    "judge": frozenset({"answer", "question", "reference"}),
}
"""The prompts of the program, and what it fills into each; a prompt has to use them all."""

_FILE = re.compile(r"---\n(?P<header>.*?)\n---\n# system\n(?P<system>.*?)\n# user\n(?P<user>.*)", re.DOTALL)
_VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as loaded."""

    name: str
    version: int
    id: str
    """`name@version+hash`, the hash over the whole file."""
    system: str
    user: str

    def fill(self, **values: str) -> tuple[Message, Message]:
        """The two messages. A value is put in as it is: what looks like a variable inside it stays text."""

        def put(text: str) -> str:
            return _VARIABLE.sub(lambda match: values[match[1]], text)

        return Message("system", put(self.system)), Message("user", put(self.user))


def load(name: str, own: Path | None = None) -> Prompt:
    """The prompt of this name: the user's `NAME.md` in the folder `own` if there is one, else the shipped one.

    Raises:
        UsageError: the file is not a prompt, or its variables are not the ones that the program fills in.
    """
    mine = own / f"{name}.md" if own else None
    file = mine if mine is not None and mine.is_file() else shipped() / f"{name}.md"
    try:
        text = file.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The prompt {file} cannot be read: {error}", "Correct or remove the file.") from None
    return parse(text, name, str(file))


def shipped() -> Path:
    """The folder of the prompts that come with the program: in the package, or beside it in a checkout."""
    package = Path(__file__).parent.parent.parent
    installed = package / "_prompts"
    return installed if installed.is_dir() else package.parent / "prompts"


def parse(text: str, name: str, file: str) -> Prompt:
    """A prompt from the text of its file; `file` names it in errors.

    Raises:
        UsageError: as `load`.
    """

    def wrong(what: str) -> UsageError:
        return UsageError(f"The prompt {file} {what}", "docs/models.md tells how a prompt is written.")

    match = _FILE.fullmatch(text.strip() + "\n")
    if match is None:
        raise wrong("needs a header between --- lines, then “# system” and “# user”")
    header = {}
    for line in match["header"].splitlines():
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in ("name", "version", "variables"):
            raise wrong(f"has the header line “{line}”, which is neither name, version nor variables")
        header[key.strip()] = value.strip()
    if header.get("name") != name:
        raise wrong(f"is named “{header.get('name', '')}” in its header, not “{name}”")
    if not header.get("version", "").isdigit():
        raise wrong("needs a whole number as version")
    declared = frozenset(one.strip() for one in header.get("variables", "").split(",") if one.strip())
    used: frozenset[str] = frozenset(_VARIABLE.findall(match["system"] + match["user"]))
    for found, what in ((declared, "declares"), (used, "uses")):
        if found != VARIABLES[name]:
            raise wrong(f"{what} the variables {_listed(found)}; the program fills in {_listed(VARIABLES[name])}")
    version = int(header["version"])
    hashed = hashlib.sha256(text.encode()).hexdigest()[:8]
    return Prompt(name, version, f"{name}@{version}+{hashed}", match["system"].strip(), match["user"].strip())


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "none"
