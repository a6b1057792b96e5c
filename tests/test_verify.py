from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import keep_verified
from assistant.domain import Answer, Citation, Document, Outcome, Provenance, Statement, Support
from assistant.errors import CorpusError, UsageError
from assistant.show.answer import to_json
from assistant.verify import Files, Finding, check, verify, verify_saved

TEXT = "The ferry sank. It sank at noon.\nThe ferry sank. Nobody drowned.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ferry.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def citation(quote: str, start: int, marker: int = 1, document: str = "ferry.txt") -> Citation:
    sha = hashlib.sha256(TEXT.encode()).hexdigest()
    return Citation(marker, document, sha, start, start + len(quote), quote, Provenance())


def answer(*citations: Citation) -> Answer:
    statements = tuple(Statement(c.quote, (c.marker,), Support.QUOTED) for c in citations)
    return Answer("Q?", "Q?", Outcome.ANSWERED, "", citations, statements, (), (), "extractive", "f")


def test_a_quote_stands_where_it_says(folder: Path) -> None:
    second = TEXT.rindex("The ferry sank.")
    assert check(citation("The ferry sank.", second), Files(folder)).finding is Finding.VERIFIED


@pytest.mark.parametrize(
    ("quote", "start", "finding"),
    [
        ("The ferry sank.", 1, Finding.MOVED),
        ("The ferry swam.", 0, Finding.GONE),
        ("", 0, Finding.GONE),
        ("The ferry sank.", -len(TEXT), Finding.MOVED),
        ("Nobody", 10_000, Finding.MOVED),
    ],
)
def test_what_does_not_stand_is_told_apart(folder: Path, quote: str, start: int, finding: Finding) -> None:
    assert check(citation(quote, start), Files(folder)).finding is finding


@pytest.mark.parametrize("document", ["gone.txt", "../ferry.txt", "/etc/passwd", "a\0b", ""])
def test_files_outside_the_folder_are_never_read(folder: Path, document: str) -> None:
    (folder.parent / "ferry.txt").write_text(TEXT, encoding="utf-8")
    assert check(citation("The ferry sank.", 0, document=document), Files(folder)).finding is Finding.NO_FILE


def test_the_text_of_the_index_serves_only_while_the_bytes_are_the_same(folder: Path) -> None:
    sha = hashlib.sha256(TEXT.encode()).hexdigest()
    known = Document("ferry.txt", sha, "extracted text", "pdf")
    assert Files(folder, lambda _: known).text("ferry.txt") == "extracted text"
    (folder / "ferry.txt").write_text("Another text.\n", encoding="utf-8")
    assert Files(folder, lambda _: known).text("ferry.txt") == "Another text.\n"


def test_a_citation_that_fails_is_dropped_with_its_statement(folder: Path) -> None:
    checked = verify(answer(citation("The ferry sank.", 0), citation("It swam.", 16, marker=2)), Files(folder))
    assert [c.verified for c in checked.citations] == [True, False]
    kept = keep_verified(checked)
    assert [c.marker for c in kept.citations] == [1]
    assert [s.text for s in kept.statements] == ["The ferry sank."]
    assert kept.answer == "The ferry sank. [1]\n\n" + kept.note
    assert "ferry.txt" in kept.note


def test_an_answer_of_which_nothing_stands_is_an_error(folder: Path) -> None:
    checked = verify(answer(citation("It swam.", 16)), Files(folder))
    with pytest.raises(CorpusError, match=r"Changed since it was indexed: ferry\.txt"):
        keep_verified(checked)


def test_a_saved_answer_is_checked_without_an_index(folder: Path) -> None:
    saved = to_json(answer(citation("The ferry sank.", 0), citation("It sank at noon.", 16, marker=2)))
    assert [v.finding for v in verify_saved(saved, folder)] == [Finding.VERIFIED, Finding.VERIFIED]


def test_a_forged_answer_is_found_out(folder: Path) -> None:
    honest = answer(citation("The ferry sank.", 0))
    forged = replace(honest, statements=(Statement("The ferry exploded.", (1,), Support.QUOTED),))
    assert [v.finding for v in verify_saved(to_json(forged), folder)] == [Finding.VERIFIED, Finding.UNCITED]
    unmarked = replace(honest, statements=(Statement("The ferry sank.", (), Support.SUPPORTED),))
    assert [v.ok for v in verify_saved(to_json(unmarked), folder)] == [True, False]
    owned_up = replace(honest, statements=(Statement("The ferry exploded.", (), Support.UNSUPPORTED),))
    assert [v.ok for v in verify_saved(to_json(owned_up), folder)] == [True]


@pytest.mark.parametrize("saved", [{}, {"citations": 1, "statements": []}, {"citations": [{}], "statements": []}])
def test_something_else_is_not_a_saved_answer(folder: Path, saved: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="not a saved answer"):
        verify_saved(saved, folder)
