"""Every command of the chat with its keys, in one table: bindings, palette, F1 and the configuration all read it.

Without Textual, so that a wrong name in the configuration is told before the interface starts.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import NamedTuple

from assistant.errors import UsageError


class Command(NamedTuple):
    """Something that one can do in the chat."""

    name: str
    """Action of the chat's screen, and its name in the configuration's `[keys]`."""
    keys: str
    """Textual's names of the keys, with commas between them; may be empty."""
    title: str
    help: str
    group: str
    reading: bool = False
    """Its keys hold only while the conversation has the focus: they are letters."""


ASKING, READING, CONVERSATIONS, CORPUS, PROGRAM = (
    "Asking", "Reading", "Conversations", "Corpus and model", "Program",
)  # fmt: skip

COMMANDS = (
    Command("stop", "escape", "Stop the answer", "Keeps what came of it; otherwise back to the question.", ASKING),
    Command("regenerate", "ctrl+r", "Ask again", "Asks the last question anew, in its place.", ASKING),
    Command("edit_question", "f7", "Edit the last question", "Changes it and asks it anew, in its place.", ASKING),
    Command("next_citation", "f3", "Next citation", "Shows the next source beside the conversation.", READING),
    Command("previous_citation", "f4", "Previous citation", "Shows the source before.", READING),
    Command("open_source", "f2", "Source", "Goes to the source of the selected citation, and back.", READING),
    Command("open_editor", "ctrl+o", "Open in $EDITOR", "The source file, at the line of the citation.", READING),
    Command("copy_answer", "ctrl+y", "Copy the answer", "With its citations, as plain text.", READING),
    Command("copy_quote", "f8", "Copy the quote", "The words of the selected citation alone.", READING),
    Command("copy_citation", "f9", "Copy the citation", "Quote, speaker, title, outlet, date and place.", READING),
    Command("plain", "", "Show as plain text", "Leaves the full screen, to select with the terminal's own means.",
            READING),
    Command("find", "ctrl+f", "Find in the conversation", "Enter finds the next place.", READING),
    Command("new_conversation", "ctrl+n", "New conversation", "The old one is kept.", CONVERSATIONS),
    Command("conversations", "f5", "Conversations", "Switch, search all of them, delete.", CONVERSATIONS),
    Command("rename", "", "Rename the conversation", "Gives it another title.", CONVERSATIONS),
    Command("delete_conversation", "", "Delete the conversation", "Asks first.", CONVERSATIONS),
    Command("export", "ctrl+s", "Export the conversation", "As Markdown, or as JSON if the name ends so.",
            CONVERSATIONS),
    Command("filter", "f6", "Filter the corpus", "Keeps this conversation to an outlet, dates, a document.", CORPUS),
    Command("corpus", "f10", "Corpus", "Documents, articles, passages, and what was skipped.", CORPUS),
    Command("reindex", "ctrl+t", "Index the corpus again", "Reads what changed, while you go on asking.", CORPUS),
    Command("model", "ctrl+l", "Model", "Who answers.", CORPUS),
    Command("keys", "f1", "Keys", "This list.", PROGRAM),
)  # fmt: skip

REINDEX = next(command for command in COMMANDS if command.name == "reindex")

LETTERS: Mapping[str, str] = {
    "next_citation": "n,right",
    "previous_citation": "p,left",
    "open_source": "enter,o",
    "open_editor": "v",
    "copy_answer": "y",
    "copy_quote": "q",
    "copy_citation": "c",
    "regenerate": "r",
    "edit_question": "e",
    "find": "slash",
}
"""Further keys that hold while the conversation has the focus."""

FIXED = (
    ("Enter", "Send the question"),
    ("Shift+Enter", "New line in the question; Ctrl+J too"),
    ("↑ ↓", "Earlier questions, at the first and the last line of the question"),
    ("Tab", "From part to part; Shift+Tab back"),
    ("PgUp PgDn", "Scroll"),
    ("Ctrl+P", "All commands"),
    ("Ctrl+Q", "Quit"),
)
"""Keys that are Textual's own, or the question's."""


def keys_of(command: Command, chosen: Mapping[str, str]) -> str:
    """The keys of a command, as the configuration has them or as shipped."""
    return chosen.get(command.name, command.keys)


def spelled(keys: str) -> str:
    """Keys as a person would read them: `Ctrl+R`."""
    names = {"escape": "Esc", "slash": "/", "question_mark": "?"}
    return ", ".join(
        "+".join(
            names.get(
                part, part.upper() if len(part) == 1 and "+" in key else part if len(part) == 1 else part.capitalize()
            )
            for part in key.strip().split("+")
        )
        for key in keys.split(",")
        if key.strip()
    )


def checked(chosen: Mapping[str, str]) -> Mapping[str, str]:
    """The keys that the configuration names.

    Raises:
        UsageError: There is no such command, or two commands have the same key.
    """
    known = [command.name for command in COMMANDS]
    for name in chosen:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0)[0]
            raise UsageError(f"Unknown command {name!r} in the keys", f"The nearest known one is {near!r}.")
    taken = {"ctrl+q": "quit", "ctrl+p": "the palette", "enter": "send", "tab": "the next part"}
    for command in COMMANDS:
        for key in filter(None, (key.strip() for key in keys_of(command, chosen).split(","))):
            if key in taken:
                raise UsageError(f"The key {key!r} stands for {taken[key]} and for {command.name}", "Choose another.")
            taken[key] = command.name
    return chosen
