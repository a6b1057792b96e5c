from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import UsageError
from eval.datasets import beir, clapnq, ramdocs
from eval.datasets.converted import sound, write
from eval.gold import Evidence, Question, load


def lines(file: Path, rows: list[Any]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


CLAPNQ = [
    {
        "id": "1",
        "input": "who built the bridge",
        "passages": [{"title": "Bridge", "text": "It is long . Ona built it in 1900 .", "sentences": []}],
        "output": [{"answer": "Ona did.", "selected_sentences": ["Ona built it in 1900 .", "Not there ."]}],
    },
    {
        "id": "2",
        "input": "who paid for the bridge",
        "passages": [{"title": "Bridge", "text": "It is long . Ona built it in 1900 .", "sentences": []}],
        "output": [{"answer": "", "selected_sentences": []}],
    },
]
RAMDOCS = [
    {
        "question": "What is the population of Narva?",
        "documents": [
            {"text": "Narva is a city. It has 53,000 people.", "type": "correct", "answer": "53,000"},
            {"text": "Narva has 9 people.", "type": "misinfo", "answer": "9"},
            {"text": "The river is wide.", "type": "noise", "answer": "unknown"},
        ],
        "disambig_entity": ["Narva"],
        "gold_answers": ["53,000"],
        "wrong_answers": ["9", "9"],
    }
]


def test_clapnq(tmp_path: Path) -> None:
    dataset = clapnq.read(lines(tmp_path / "dev.jsonl", CLAPNQ))
    assert dataset.texts == {"00001-bridge.txt": "Bridge\n\nIt is long . Ona built it in 1900 .\n"}
    assert dataset.questions == [
        Question(
            "clapnq-1", ("who built the bridge",), True, reference="Ona did.",
            evidence=(Evidence("00001-bridge.txt", "Ona built it in 1900 ."),), tags=("clapnq",),
        ),
        Question("clapnq-2", ("who paid for the bridge",), False, tags=("clapnq", "unanswerable")),
    ]  # fmt: skip


def test_ramdocs(tmp_path: Path) -> None:
    dataset = ramdocs.read(lines(tmp_path / "ramdocs.jsonl", RAMDOCS))
    assert list(dataset.texts) == ["00001.txt", "00002.txt", "00003.txt"]
    assert dataset.questions == [
        Question(
            "ramdocs-1", ("What is the population of Narva?",), True, (("53,000",),), ("9",), "53,000",
            (Evidence("00001.txt", "It has 53,000 people."),), ("ramdocs", "disagreement"),
        )
    ]  # fmt: skip


def beir_folder(folder: Path) -> Path:
    lines(folder / "corpus.jsonl", [
        {"_id": "d1", "title": "Ferry", "text": "It leaves at nine."},
        {"_id": "d2", "title": "", "text": "Storks nest."},
        {"_id": "d3", "title": "", "text": ""},
    ])  # fmt: skip
    lines(folder / "queries.jsonl", [{"_id": "q1", "text": "when does it leave"}, {"_id": "q2", "text": "no answer"}])
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\nq2\td9\t1\n")
    return folder


def test_beir(tmp_path: Path) -> None:
    dataset = beir.read(beir_folder(tmp_path / "set"))
    assert dataset.texts == {"00001-ferry.txt": "Ferry\n\nIt leaves at nine.\n", "00002-d2.txt": "Storks nest.\n"}
    assert dataset.questions == [
        Question(
            "beir-q1", ("when does it leave",), True,
            evidence=(Evidence("00001-ferry.txt", "It leaves at nine."),), tags=("beir",),
        )
    ]  # fmt: skip


def test_what_is_written_passes_the_lint(tmp_path: Path) -> None:
    dataset = ramdocs.read(lines(tmp_path / "ramdocs.jsonl", RAMDOCS * 2))
    write(dataset, tmp_path / "out")
    texts = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "out" / "corpus").iterdir()}
    assert texts == dataset.texts
    gold = load(tmp_path / "out" / "gold.jsonl", texts.get)
    assert list(gold.questions) == list(sound(dataset)) == dataset.questions[:1]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError):
        write(clapnq.read(lines(tmp_path / "in" / "dev.jsonl", CLAPNQ)), tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_only_the_first_questions(tmp_path: Path) -> None:
    assert len(clapnq.read(lines(tmp_path / "dev.jsonl", CLAPNQ), 1).questions) == 1
    assert beir.read(beir_folder(tmp_path / "set"), 1).questions[0].id == "beir-q1"


@pytest.mark.parametrize("content", ["[]\n", "{\n", '{"id": "1"}\n'])
def test_another_form_is_one_line_that_names_the_file(content: str, tmp_path: Path) -> None:
    file = tmp_path / "dev.jsonl"
    file.write_text(content)
    with pytest.raises(UsageError) as caught:
        clapnq.read(file)
    assert str(caught.value).startswith(str(file))


def test_a_folder_without_judgements_is_refused(tmp_path: Path) -> None:
    folder = beir_folder(tmp_path / "set")
    (folder / "qrels" / "test.tsv").unlink()
    with pytest.raises(UsageError):
        beir.read(folder)
