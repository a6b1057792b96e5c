"""`assistant eval` as its users run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.gold import Evidence, Question, load, to_line
from tests.support.command import Ran, assistant, python

BRIDGE = (
    "Bridge over the Neris opens\n\nVilnius Courier\n3 May 2021\n\n"
    "The new bridge over the Neris cost 41 million euros and took three years to build.\n\n"
    "“We will never again build so slowly,” Mayor Ona Petraitė said at the opening.\n"
)
COST = "The new bridge over the Neris cost 41 million euros and took three years to build."
SAID = "“We will never again build so slowly,” Mayor Ona Petraitė said at the opening."
QUESTIONS = [
    Question("cost", ("How much did the bridge over the Neris cost?",), True, (("41 million",),), (), "41 million.",
             (Evidence("bridge.txt", COST),), ("fact",)),
    Question("said", ("What did Petraitė say?",), True, (("never again",),), (), "Never again so slowly.",
             (Evidence("bridge.txt", SAID, "Ona Petraitė"),), ("attribution",)),
    Question("moon", ("Who was the first on the moon?",), False, tags=("unanswerable",)),
]  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a corpus, its gold, and a recording of a sound run."""
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text("".join(to_line(one) for one in QUESTIONS), encoding="utf-8")
    return tmp_path


def evaluate(place: Path, *arguments: str, stdin: str = "") -> Ran:
    return assistant("eval", "--corpus", "town", "--gold", "gold.jsonl", *arguments, cwd=place, stdin=stdin)


def test_a_run_its_recording_its_baseline_and_its_replay(place: Path) -> None:
    first = evaluate(place, "--model", "extractive", "--record", "run.jsonl", "--save", "./base.json")
    assert (first.code, first.err) == (0, "")
    assert "  right                    100.0 % [43.9, 100.0] n=3\n" in first.out
    reports = [f"--report={name}" for name in ("a.html", "a.md", "a.json", "a.xml")]
    replays = []
    for _ in range(2):
        ran = evaluate(place, "--replay", "run.jsonl", "--against", "./base.json", *reports)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.endswith("pass: nothing is worse\n")
        replays.append({"stdout": ran.out.encode()} | {file.name: file.read_bytes() for file in place.glob("a.*")})
    assert replays[0] == replays[1]
    assert sorted(replays[0]) == ["a.html", "a.json", "a.md", "a.xml", "stdout"]
    assert json.loads(replays[0]["a.json"])["comparison"]["verdict"] == "pass"


def test_python_m_eval_is_the_same(place: Path) -> None:
    evaluate(place, "--model", "extractive", "--record", "run.jsonl")
    told = evaluate(place, "--replay", "run.jsonl", "--json")
    same = python(
        "-m", "eval", "--corpus", "town", "--gold", "gold.jsonl", "--replay", "run.jsonl", "--json", cwd=place
    )
    assert (same.code, same.out) == (0, told.out)
    assert json.loads(same.out)["questions"] == 3


def test_a_regression_ends_with_code_6(place: Path) -> None:
    """A gold file of twelve, all right, and a recording in which all are refused."""
    rows = [to_line(Question(f"c{n}", (f"How much did bridge {n} cost?",), True, (("41 million",),), (), "",
                             (Evidence("bridge.txt", COST),))) for n in range(12)]  # fmt: skip
    (place / "gold.jsonl").write_text("".join(rows), encoding="utf-8")
    evaluate(place, "--model", "extractive", "--record", "run.jsonl")
    good = [json.loads(line) for line in (place / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in good[1:]:
        row["answer"]["outcome"] = "refused"
        row["answer"] |= {"citations": [], "statements": []}
    refused = "".join(json.dumps(row) + "\n" for row in good)
    (place / "refused.jsonl").write_text(refused, encoding="utf-8")
    cost = {"marker": 1, "document": "bridge.txt", "sha256": "", "start": BRIDGE.index(COST),
            "end": BRIDGE.index(COST) + len(COST), "quote": COST, "title": None, "outlet": None, "author": None,
            "published": None, "speaker": None, "speaker_role": None, "verified": True}  # fmt: skip
    for row in good[1:]:
        row["answer"] |= {
            "outcome": "answered", "citations": [cost], "answer": f"{COST} [1]",
            "statements": [{"text": COST, "markers": [1], "support": "quoted"}],
        }  # fmt: skip
    (place / "right.jsonl").write_text("".join(json.dumps(row) + "\n" for row in good), encoding="utf-8")
    assert evaluate(place, "--replay", "right.jsonl", "--save", "./base.json").code == 0
    ran = evaluate(place, "--replay", "refused.jsonl", "--against", "./base.json", "--report", "j.xml")
    assert ran.code == 6
    assert "  C → N, for the worse  c0: How much did bridge 0 cost?\n" in ran.out
    assert ran.out.endswith("\nregressed\n")
    assert "<failure" in (place / "j.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("--record", "a", "--replay", "b"), 2, "--record and --replay exclude each other. Give one of the two."),
        (("--save", "x", "--only", "fact"), 2,
         "A baseline holds all questions. Leave out --only and --sample with --save."),
        (("--report", "a.pdf"), 2, "a.pdf has no known form. End its name in .json, .md, .xml, .html."),
        (("--only", "none"), 2, "No question is tagged none. There are: attribution, fact, unanswerable."),
        (("--against", "./no.json"), 2,
         "The baseline no.json cannot be read: No such file or directory. "
         "Write one with `assistant eval --save NAME`."),
        (("--replay", "no.jsonl"), 2,
         "The recording no.jsonl cannot be read: No such file or directory. "
         "Name a file that `assistant eval --record` wrote."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line(arguments: tuple[str, ...], code: int, error: str, place: Path) -> None:
    ran = evaluate(place, *arguments)
    assert (ran.code, ran.out, ran.err) == (code, "", f"assistant: {error}\n")


def test_a_baseline_of_another_corpus_or_gold_is_refused(place: Path) -> None:
    evaluate(place, "--model", "extractive", "--record", "run.jsonl", "--save", "./base.json")
    (place / "gold.jsonl").write_text("".join(to_line(one) for one in QUESTIONS[:2]), encoding="utf-8")
    other_gold = evaluate(place, "--replay", "run.jsonl", "--against", "./base.json")
    assert other_gold.code == 2
    assert other_gold.err.startswith("assistant: The baseline base was measured with other gold questions (")
    (place / "town" / "ferry.txt").write_text("The ferry to Nida carries 120 cars.\n", encoding="utf-8")
    other_corpus = evaluate(place, "--model", "extractive", "--against", "./base.json")
    assert other_corpus.code == 4
    assert other_corpus.err.startswith("assistant: The baseline base was measured on another corpus (")
    stale = evaluate(place, "--replay", "run.jsonl")
    assert (stale.code, stale.err) == (
        4, "assistant: run.jsonl was recorded on another corpus. Record anew with --record.\n"
    )  # fmt: skip


def test_only_sample_and_a_gap_in_the_recording(place: Path) -> None:
    evaluate(place, "--model", "extractive", "--record", "run.jsonl", "--only", "fact")
    few = evaluate(place, "--replay", "run.jsonl", "--only", "fact", "--json")
    assert [one["id"] for one in json.loads(few.out)["results"]] == ["cost"]
    whole = evaluate(place, "--replay", "run.jsonl")
    assert (whole.code, whole.err) == (
        2, "assistant: run.jsonl lacks 2 of the questions, such as said. Record them with --record.\n"
    )  # fmt: skip
    drawn = evaluate(place, "--model", "extractive", "--record", "run.jsonl", "--sample", "2", "--seed", "3", "--json")
    assert len(json.loads(drawn.out)["results"]) == 2


def test_a_folder_without_gold_says_how_to_get_some(place: Path) -> None:
    ran = assistant("eval", "--corpus", "town", cwd=place)
    assert (ran.code, ran.err) == (
        2,
        "assistant: There are no gold questions for town. "
        "Write some with `assistant eval new`, and name the file with --gold.\n",
    )


def test_gold_is_written_from_a_pipe(place: Path) -> None:
    typed = [
        "How long did it take?", "9", "1", "7", "no such quote", COST, "", "", "three years | 3 years", "",
        "Three years.", "fact, mine", "Who paid?", "", "Nobody tells.", "", "",
    ]  # fmt: skip
    ran = assistant("eval", "new", "--corpus", "town", "--gold", "mine.jsonl", cwd=place, stdin="\n".join(typed) + "\n")
    assert (ran.code, ran.out) == (0, "")
    for told in ("There is no passage 9.", "There is no sentence 7.", "does not hold that", "kept as who-paid"):
        assert told in ran.err
    assert ran.err.endswith("\n2 new in mine.jsonl\n")
    gold = load(place / "mine.jsonl", {"bridge.txt": BRIDGE}.get)
    assert list(gold.questions) == [
        Question(
            "how-long-did-it-take", ("How long did it take?",), True, (("three years", "3 years"),), (), "Three years.",
            (Evidence("bridge.txt", COST, None, "Bridge over the Neris opens"),), ("fact", "mine"),
        ),
        Question("who-paid", ("Who paid?",), False, reference="Nobody tells.", tags=("unanswerable",)),
    ]  # fmt: skip


def test_gold_that_the_lint_refuses_is_told_and_not_kept(place: Path) -> None:
    (place / "mine.jsonl").write_text(to_line(QUESTIONS[2]).strip(), encoding="utf-8")
    typed = "Who was the first on the moon?\n\nNobody tells.\n\nWho was second?\n\nunfinished"
    ran = assistant("eval", "new", "--corpus", "town", "--gold", "mine.jsonl", cwd=place, stdin=typed)
    assert ran.code == 0
    assert "not kept: asks the same as line 1" in ran.err
    assert "left unfinished: Who was second?" in ran.err
    assert load(place / "mine.jsonl", lambda _: None).questions == (QUESTIONS[2],)


def test_a_public_set_becomes_a_corpus_with_gold(place: Path) -> None:
    row = {
        "question": "How long did the bridge take?",
        "documents": [{"text": BRIDGE, "type": "correct", "answer": "three years"}],
        "gold_answers": ["three years"],
        "wrong_answers": [],
    }
    (place / "set.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    ran = assistant("eval", "import", "ramdocs", "set.jsonl", "--to", "out", cwd=place)
    assert (ran.code, ran.err) == (0, "")
    corpus, gold = Path("out", "corpus"), Path("out", "gold.jsonl")
    assert ran.out == (f"1 questions over 1 documents in out\nassistant eval --corpus {corpus} --gold {gold}\n")
    told = assistant("eval", "--corpus", "out/corpus", "--gold", "out/gold.jsonl", "--model", "extractive", cwd=place)
    assert "  right                    100.0 %" in told.out


def test_a_judge_is_reported_and_never_decides(place: Path) -> None:
    (place / "judge.txt").write_text("\n---\n".join(["Wrong.\nVerdict: I"] * 40), encoding="utf-8")
    evaluate(place, "--model", "extractive", "--record", "run.jsonl", "--save", "./base.json")
    replay = ("--replay", "run.jsonl", "--against", "./base.json", "--judge", "scripted:judge.txt")
    ran = evaluate(place, *replay)
    assert ran.code == 0
    assert "  judged correct           0.0 % [0.0, 65.8] n=2\n" in ran.out
    assert ran.out.endswith("pass: nothing is worse\n")
    (place / "judge.txt").write_text("nothing left", encoding="utf-8")
    assert evaluate(place, *replay).out == ran.out
