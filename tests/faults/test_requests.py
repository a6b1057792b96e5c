"""Requests that are off get one line that says what to do, and their exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faults.program import Program


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", ""),
        ("ask", "   \n\t "),
        ("ask", "?!"),
        ("ask", "\u200b\u202e"),
        ("ask", "why " * 25_000),
        ("ask", "a\x07b"),
        ("ask", b"\xff\xfe what"),
        ("ask", "--top-k", "0", "What?"),
        ("ask", "--top-k", "many", "What?"),
        ("ask", "--since", "2022-13", "What?"),
        ("ask", "--since", "2022-02", "--until", "2022-01", "What?"),
        ("ask", "--nonsense", "What?"),
        ("ask", "--corpus", "", "What?"),
        ("aks", "What?"),
        ("search", ""),
        ("show", "no-such.txt"),
        ("show", "harbour.txt:90000-90001"),
        ("show", "harbour.txt:20-10"),
        ("show", "harbour.txt:0"),
        ("show", "harbour.txt:99999999999999999999999"),
        ("show", "../../../../../../etc/passwd"),
        ("show", "/etc/passwd"),
        ("show", ""),
    ],
    ids=lambda a: repr(a)[:60],
)
def test_a_request_that_is_off_is_one_line(small: Program, arguments: tuple[str | bytes, ...]) -> None:
    small.run(*arguments).says(2)


def test_no_folder_is_one_line(small: Program, tmp_path: Path) -> None:
    for command in (["ask", "What?"], ["search", "What?"], ["index"], ["sources"], ["show", "a.txt"]):
        small.run(*command, "--corpus", str(tmp_path / "nowhere")).says(4, "nowhere")


def test_a_file_where_a_folder_is_meant_is_one_line(small: Program) -> None:
    small.run("ask", "What?", "--corpus", str(small.corpus / "harbour.txt")).says(4, "is a file")


def test_an_empty_folder_is_one_line(fresh: Program) -> None:
    fresh.run("ask", "What is here?").says(4)
    fresh.run("index").says(4)


def test_a_question_in_another_language_is_answered_or_refused(small: Program) -> None:
    small.run("ask", "Сколько груза обработал порт?").is_fine(0, 3)
    small.run("ask", "港は何トンの貨物を扱いましたか").is_fine(0, 3)


NONE = "0" * 64
CITED = {"marker": 1, "document": "harbour.txt", "sha256": NONE, "start": 0, "end": 3, "quote": "The"}


@pytest.mark.parametrize(
    "saved",
    [
        "",
        "not json",
        "[]",
        "null",
        "[" * 100_000,
        "{}",
        json.dumps({"schema_version": 1}),
        json.dumps({"schema_version": 99, "citations": [CITED]}),
        json.dumps({"schema_version": 1, "citations": None}),
        json.dumps({"schema_version": 1, "citations": [None]}),
        json.dumps({"schema_version": 1, "citations": [{}]}),
        json.dumps({"schema_version": 1, "citations": [{**CITED, "start": "0"}]}),
        json.dumps({"schema_version": 1, "citations": [{**CITED, "document": 7}]}),
        '{"schema_version": 1, "citations": [' + json.dumps(CITED).replace('"start": 0', '"start": NaN') + "]}",
    ],
    ids=lambda s: repr(s)[:60],
)
def test_something_that_is_no_saved_answer_is_one_line(small: Program, tmp_path: Path, saved: str) -> None:
    file = tmp_path / "answer.json"
    file.write_text(saved, encoding="utf-8")
    small.run("verify", str(file)).says(2, "answer.json")


@pytest.mark.parametrize(
    "document", ["../outside.txt", "/etc/passwd", "nowhere.txt", "", ".", "harbour.txt\x00"], ids=repr
)
def test_a_saved_answer_cannot_reach_outside_the_corpus(small: Program, tmp_path: Path, document: str) -> None:
    (small.corpus.parent / "outside.txt").write_text("The secret", encoding="utf-8")
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"schema_version": 1, "citations": [{**CITED, "document": document}]}), encoding="utf-8")
    ran = small.run("verify", str(file))
    ran.is_fine(7)


@pytest.mark.parametrize(("start", "end"), [(-3, -1), (0, 10**12), (5, 2), (10**30, 10**30 + 3)])
def test_offsets_outside_the_file_do_not_stand(small: Program, tmp_path: Path, start: int, end: int) -> None:
    file = tmp_path / "answer.json"
    saved = {"schema_version": 1, "citations": [{**CITED, "start": start, "end": end}]}
    file.write_text(json.dumps(saved), encoding="utf-8")
    small.run("verify", str(file)).is_fine(7)


@pytest.mark.parametrize(
    "content",
    [
        b"[broken\n",
        b"\xff\xfe",
        b'["harbour.txt"]\ndate = "yesterday"\n',
        b'["harbour.txt"]\ndate = 7\n',
        b'["harbour.txt"]\noutelt = "Port News"\n',
        b'["harbour.txt"]\ntitle = ["a", "b"]\n',
        b'"harbour.txt" = "Port News"\n',
        b'["nowhere.txt"]\ntitle = "A file that is not there"\n',
        None,
    ],
    ids=repr,
)
def test_a_broken_metadata_file_is_one_line(fresh: Program, content: bytes | None) -> None:
    (fresh.corpus / "harbour.txt").write_text("The harbour is open, the mayor said on Monday.\n", encoding="utf-8")
    file = fresh.corpus / "metadata.toml"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    fresh.run("index").says(4, "metadata.toml")
