"""What a command may load: the time it takes to start is what it imports."""

from __future__ import annotations

import json

import pytest

from assistant.cli.main import COMMANDS
from tests.support.command import python

HEAVY = {
    "chromadb", "numpy", "onnxruntime", "tantivy", "tokenizers", "trafilatura", "pypdfium2", "lxml",
    "pydantic", "rich", "sqlite3",
}  # fmt: skip
NEVER = {"textual", "openai", "langchain", "langchain_core", "langchain_chroma", "langchain_openai"}

_RUN = """
import json, sys
from assistant.cli.main import run
code = run({arguments!r})
print("\\n" + json.dumps([code, sorted({{name.partition(".")[0] for name in sys.modules}})]))
"""


def loaded(*arguments: str, code: int = 0) -> set[str]:
    """The top-level modules in memory after a command."""
    ran = python("-c", _RUN.format(arguments=list(arguments)))
    ended, modules = json.loads(ran.out.splitlines()[-1])
    assert (ended, ran.err) == (code, "")
    return set(modules)


@pytest.mark.parametrize("arguments", [("--help",), *((name, "--help") for name in COMMANDS)])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) & (HEAVY | NEVER) == set()


def test_importing_the_package_loads_nothing_at_all() -> None:
    ran = python("-c", "import sys, assistant; print(sorted(m for m in sys.modules if m.startswith('assistant')))")
    assert ran.out == "['assistant']\n"


def test_an_offline_answer_loads_no_model_library_and_no_full_screen_interface() -> None:
    loaded("index")
    assert loaded("ask", "What did Sullivan claim?") & NEVER == set()


def test_without_a_terminal_the_chat_loads_nothing_heavy() -> None:
    ran = python("-c", _RUN.format(arguments=[]))
    code, modules = json.loads(ran.out.splitlines()[-1])
    assert code == 2
    assert set(modules) & (HEAVY | NEVER) == set()


def test_importing_the_chat_loads_neither_the_index_nor_a_model() -> None:
    ran = python("-c", "import sys, assistant.tui.app; print(sorted({m.partition('.')[0] for m in sys.modules}))")
    heavy = {"chromadb", "numpy", "onnxruntime", "tantivy", "tokenizers", "openai", "langchain", "sqlite3", "lxml"}
    assert heavy & set(ran.out.split("'")) == set()


def test_verify_needs_no_index() -> None:
    ran = python("-c", "import sys, assistant.verify; print(sorted(sys.modules))")
    assert {"chromadb", "onnxruntime", "tantivy", "tokenizers"} & set(ran.out.split("'")) == set()
