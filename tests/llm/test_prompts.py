from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.reading.llm.prompts import VARIABLES, load, parse, shipped

GOOD = """---
name: condense
version: 7
variables: history, question
---
# system
Be brief.
# user
{{history}} {{ question }}
"""


@pytest.mark.parametrize("name", sorted(VARIABLES))
def test_every_shipped_prompt_loads_and_has_an_id(name: str) -> None:
    prompt = load(name)
    assert re.fullmatch(rf"{name}@{prompt.version}\+[0-9a-f]{{8}}", prompt.id)


def test_no_prompt_is_shipped_that_the_program_does_not_know() -> None:
    assert {file.stem for file in shipped().glob("*.md")} == set(VARIABLES)


def test_values_are_filled_in_once_and_stay_text() -> None:
    system, user = parse(GOOD, "condense", "f").fill(history="{{question}} \\1", question="Q?")
    assert (system.role, system.text) == ("system", "Be brief.")
    assert (user.role, user.text) == ("user", "{{question}} \\1 Q?")


def test_the_users_own_file_wins_and_changes_the_id(tmp_path: Path) -> None:
    (tmp_path / "condense.md").write_text(GOOD.replace("\n", "\r\n"), encoding="utf-8", newline="")
    own = load("condense", tmp_path)
    assert (own.version, own.system) == (7, "Be brief.")
    assert own.id == parse(GOOD, "condense", "f").id, "line ends do not count"
    assert load("answer", tmp_path).id == load("answer").id


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "needs a header between --- lines, then “# system” and “# user”"),
        (GOOD.replace("# user", "# you"), "needs a header between --- lines, then “# system” and “# user”"),
        (GOOD.replace("name: condense", "name: answer"), "is named “answer” in its header, not “condense”"),
        (GOOD.replace("version: 7", "version: x"), "needs a whole number as version"),
        (GOOD.replace("version: 7", "author: me"), "has the header line “author: me”, which is neither name, version "
         "nor variables"),
        (GOOD.replace("history, question", "history"), "declares the variables history; the program fills in history, "
         "question"),
        (GOOD.replace("{{history}}", ""), "uses the variables question; the program fills in history, question"),
        (GOOD.replace("{{history}}", "{{history}} {{key}}"), "uses the variables history, key, question; the program "
         "fills in history, question"),
    ],
)  # fmt: skip
def test_a_wrong_prompt_is_told_when_it_is_loaded(text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        parse(text, "condense", "mine.md")
    assert str(error.value) == f"The prompt mine.md {message}. docs/models.md tells how a prompt is written."


def test_a_prompt_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "answer.md").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="cannot be read"):
        load("answer", tmp_path)
