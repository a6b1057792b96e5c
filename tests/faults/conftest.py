"""Corpora that are indexed once for several tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import hostile
from tests.faults.program import Ended, Program, skipped


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Program, Ended, dict[str, str]]:
    """The program after `index` of the broken corpus, what that run said, and the files it skipped with the reasons."""
    folder = tmp_path_factory.mktemp("broken")
    hostile.broken_corpus(folder / "corpus")
    program = Program(folder / "home", folder / "corpus")
    ran = program.run("index")
    return program, ran, skipped(program)


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Program, Ended, list[bytes]]:
    """The program after `index` of documents with odd names and encodings."""
    folder = tmp_path_factory.mktemp("odd")
    corpus = folder / "corpus"
    corpus.mkdir()
    names = hostile.oddly_named(corpus)
    for name, (content, _) in hostile.ENCODED.items():
        (corpus / name).write_bytes(content)
    program = Program(folder / "home", corpus)
    return program, program.run("index"), names


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program with an index of one small document."""
    folder = tmp_path_factory.mktemp("small")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "harbour.txt").write_text(hostile.FACT, encoding="utf-8")
    program = Program(folder / "home", corpus)
    program.run("index").is_fine()
    return program


@pytest.fixture(scope="session")
def escapes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Program, Ended]:
    """The program after `index` of a document that would rewrite the screen."""
    folder = tmp_path_factory.mktemp("escapes")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "screen.txt").write_text(hostile.ESCAPES, encoding="utf-8", newline="")
    program = Program(folder / "home", corpus)
    return program, program.run("index")


@pytest.fixture
def fresh(tmp_path: Path) -> Program:
    """The program without an index; the corpus folder exists and is empty."""
    (tmp_path / "corpus").mkdir()
    return Program(tmp_path / "home", tmp_path / "corpus")
