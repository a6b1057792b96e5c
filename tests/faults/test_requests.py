"""Requests that are off get one line that says what to do, and their exit code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.faults import hostile
from tests.faults.program import Ended, Program

OFF: tuple[tuple[str | bytes, ...], ...] = (
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
    ("show", f"harbour.txt:{'9' * 5000}"),
    ("show", "../../../../../../etc/passwd"),
    ("show", "/etc/passwd"),
    ("show", ""),
)


def test_a_request_that_is_off_is_one_line(small: Program) -> None:
    for arguments, ran in zip(OFF, small.run_all(*OFF), strict=True):
        assert ran.code == 2, (arguments, ran)
        ran.says(2)


def test_no_folder_is_one_line(small: Program, tmp_path: Path) -> None:
    commands = (["ask", "What?"], ["search", "What?"], ["index"], ["sources"], ["show", "a.txt"])
    for ran in small.run_all(*([*command, "--corpus", str(tmp_path / "nowhere")] for command in commands)):
        ran.says(4, "nowhere")


def test_a_file_where_a_folder_is_meant_is_one_line(small: Program) -> None:
    small.run("ask", "What?", "--corpus", str(small.corpus / "harbour.txt")).says(4, "is a file")


def test_an_empty_folder_is_one_line(fresh: Program) -> None:
    for ran in fresh.run_all(("ask", "What is here?"), ("index",)):
        ran.says(4)


def test_a_question_in_another_language_is_answered_or_refused(small: Program) -> None:
    for ran in small.run_all(("ask", "Сколько груза обработал порт?"), ("ask", "港は何トンの貨物を扱いましたか")):
        ran.is_fine(0, 3)


NO_ANSWERS = (
    "",
    "not json",
    "[]",
    "null",
    "[" * 100_000,
    "{}",
    '{"schema_version": 1}',
    '{"schema_version": 99, "citations": []}',
    '{"schema_version": 1, "citations": null}',
    '{"schema_version": 1, "citations": [null]}',
    '{"schema_version": 1, "citations": [{}]}',
)


def saved_answer(program: Program) -> dict[str, Any]:
    """What `ask --json` prints."""
    ran = program.run("ask", "--json", "How much cargo did the harbour of Klaipeda handle?")
    ran.is_fine()
    saved: dict[str, Any] = json.loads(ran.out)
    return saved


def verified(program: Program, folder: Path, texts: Sequence[str]) -> list[Ended]:
    """What `verify` says of each of these files."""
    files = [folder / f"answer{number}.json" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return program.run_all(*(("verify", str(file)) for file in files))


def test_something_that_is_no_saved_answer_is_one_line(small: Program, tmp_path: Path) -> None:
    for text, ran in zip(NO_ANSWERS, verified(small, tmp_path, NO_ANSWERS), strict=True):
        assert ran.code == 2, (text[:60], ran)
        ran.says(2, "answer")


def test_a_saved_answer_stands_until_something_in_it_is_changed(small: Program, tmp_path: Path) -> None:
    saved = saved_answer(small)
    assert saved["citations"]
    (small.corpus.parent / "outside.txt").write_text(hostile.FACT, encoding="utf-8")
    changes: list[dict[str, Any]] = [
        {"document": "../outside.txt"},
        {"document": str(small.corpus.parent / "outside.txt")},
        {"document": "/etc/passwd"},
        {"document": "nowhere.txt"},
        {"document": ""},
        {"document": "."},
        {"document": "harbour.txt\x00"},
        {"document": "\ud800"},
        {"start": -3, "end": -1},
        {"start": 0, "end": 10**12},
        {"start": 5, "end": 2},
        {"start": 10**30, "end": 10**30 + 3},
        {"quote": saved["citations"][0]["quote"] + " "},
        {"quote": ""},
    ]
    texts = [json.dumps(saved)]
    for change in changes:
        forged = json.loads(json.dumps(saved))
        forged["citations"][0].update(change)
        texts.append(json.dumps(forged))
    whole, *forgeries = verified(small, tmp_path, texts)
    whole.is_fine(0)
    for change, ran in zip(changes, forgeries, strict=True):
        assert ran.code in (2, 7), (change, ran)
        ran.is_safe()
        assert "Traceback" not in ran.err
    assert [ran.code for ran in forgeries[-6:]] == [7] * 6


def test_a_saved_answer_with_wrong_types_is_one_line(small: Program, tmp_path: Path) -> None:
    saved = saved_answer(small)
    changes: list[dict[str, Any]] = [
        {"start": "0"},
        {"start": None},
        {"start": 1.5},
        {"end": float("nan")},
        {"document": 7},
        {"quote": ["a"]},
        {"marker": {}},
    ]
    texts = []
    for change in changes:
        forged = json.loads(json.dumps(saved))
        forged["citations"][0].update(change)
        texts.append(json.dumps(forged))
    for change, ran in zip(changes, verified(small, tmp_path, texts), strict=True):
        # A number in quotation marks is the same number: only a citation that means something else must not stand.
        assert ran.code in ((0, 2, 7) if change in ({"start": "0"}, {"marker": {}}) else (2, 7)), (change, ran)
        assert "Traceback" not in ran.err, change


BROKEN_METADATA = (
    b"[broken\n",
    b"\xff\xfe",
    b'["harbour.txt"]\ndate = "yesterday"\n',
    b'["harbour.txt"]\ndate = 7\n',
    b'["harbour.txt"]\noutelt = "Port News"\n',
    b'["harbour.txt"]\ntitle = ["a", "b"]\n',
    b'"harbour.txt" = "Port News"\n',
    b'["nowhere.txt"]\ntitle = "A file that is not there"\n',
)


def test_a_broken_metadata_file_is_one_line(fresh: Program, tmp_path: Path) -> None:
    folders = [tmp_path / f"corpus{number}" for number in range(len(BROKEN_METADATA))]
    for folder, content in zip(folders, BROKEN_METADATA, strict=True):
        folder.mkdir()
        (folder / "harbour.txt").write_text("The harbour is open, the mayor said on Monday.\n", encoding="utf-8")
        (folder / "metadata.toml").write_bytes(content)
    for content, ran in zip(BROKEN_METADATA, fresh.run_all(*(("index", str(f)) for f in folders)), strict=True):
        assert ran.code == 4, (content, ran)
        ran.says(4, "metadata.toml")


def test_a_folder_in_the_place_of_the_metadata_file_is_told(fresh: Program) -> None:
    (fresh.corpus / "harbour.txt").write_text("The harbour is open, the mayor said on Monday.\n", encoding="utf-8")
    (fresh.corpus / "metadata.toml").mkdir()
    fresh.run("index").is_fine(0, 4)
