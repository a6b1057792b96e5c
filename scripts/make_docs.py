"""Writes the pages of docs/ that come from the code: settings.md and commands.md.

python scripts/make_docs.py           writes them
python scripts/make_docs.py --check   exit code 1 if they are not current
"""

from __future__ import annotations

import ast
import inspect
import sys
from dataclasses import fields
from pathlib import Path

import click

from assistant.cli.main import COMMANDS, group
from assistant.errors import ExitCode
from assistant.settings import ENV_PREFIX, KINDS, Settings

DOCS = Path(__file__).parent.parent / "docs"
WIDTH = 88


def docstrings(cls: type) -> dict[str, str]:
    """The docstring under each attribute of a class, on one line."""
    (definition,) = ast.parse(inspect.getsource(cls)).body
    assert isinstance(definition, ast.ClassDef)
    found = {}
    for statement, following in zip(definition.body, definition.body[1:], strict=False):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        if (
            isinstance(target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
        ):
            found[target.id] = " ".join(str(following.value.value).split())
    return found


def settings_page() -> str:
    """docs/settings.md."""
    texts = docstrings(Settings)
    lines = [
        "# Settings",
        "",
        "<!-- Written by scripts/make_docs.py from assistant/settings.py: change it there. -->",
        "",
        "A flag wins over an environment variable, that over `assistant.toml` in the working directory, that over",
        "`assistant.toml` in the user's configuration directory (`~/.config/corpus-assistant` on Linux), and that over",
        "the default. Each setting is a key of the file and, in capitals behind `ASSISTANT_`, an environment variable.",
        "An unknown key or variable is an error that names the nearest known one.",
        "",
    ]
    for name, kind in KINDS.items():
        lines += [
            f"## `{name}`",
            "",
            texts[name],
            "",
            f"- in the environment: `{ENV_PREFIX}{name.upper()}`",
            f"- takes: {kind.words}",
            f"- default: {_default(name)}",
            "",
        ]
    return "\n".join(lines)


def _default(name: str) -> str:
    if name == "home":
        return "the user's data directory (`~/.local/share/corpus-assistant` on Linux, `XDG_DATA_HOME` is respected)"
    if name == "keys":
        return "those that F1 shows"
    (default,) = (one.default for one in fields(Settings) if one.name == name)
    return f"`{str(default).lower()}`" if isinstance(default, bool) else f"`{default}`"


def commands_page() -> str:
    """docs/commands.md."""
    lines = [
        "# Commands",
        "",
        "<!-- Written by scripts/make_docs.py from --help and assistant/errors.py: change it there. -->",
        "",
        "The answer goes to stdout, everything else to stderr.",
        "",
        *_help("assistant", group, None),
    ]
    parent = click.Context(group, info_name="assistant")
    for name in COMMANDS:
        command = group.get_command(parent, name)
        assert command is not None
        lines += [f"## `assistant {name}`", "", *_help(name, command, parent)]
        if isinstance(command, click.Group):
            inside = click.Context(command, info_name=name, parent=parent)
            for word, one in command.commands.items():
                lines += [f"### `assistant {name} {word}`", "", *_help(word, one, inside)]
    lines += ["## Exit codes", "", "| code | meaning |", "|---|---|"]
    texts = docstrings(ExitCode)
    lines += [f"| {code.value} | {texts[code.name]} |" for code in ExitCode]
    return "\n".join([*lines, ""])


def _help(name: str, command: click.Command, parent: click.Context | None) -> list[str]:
    context = click.Context(
        command, info_name=name, parent=parent, terminal_width=WIDTH, help_option_names=["-h", "--help"]
    )
    return ["```text", *command.get_help(context).splitlines(), "```", ""]


PAGES = {"settings.md": settings_page, "commands.md": commands_page}


def main() -> int:
    """Writes or checks the pages."""
    stale = [name for name, page in PAGES.items() if not _same(DOCS / name, page())]
    if "--check" in sys.argv[1:]:
        print(f"not current: {', '.join(stale)}; run `make docs`" if stale else "current")
        return 1 if stale else 0
    for name in stale:
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"docs/{name} written")
    return 0


def _same(file: Path, text: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
