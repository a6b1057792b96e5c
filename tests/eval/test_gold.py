from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.domain import Span
from assistant.errors import UsageError
from assistant.verify import Files
from eval.command import GOLD
from eval.gold import Evidence, choose, fingerprint, load, parse, places, to_line
from tests.eval.building import PAGE, SENTENCE, question, unanswerable

ROW: dict[str, Any] = json.loads(to_line(question()))


def texts(path: str) -> str | None:
    return PAGE if path == "page.txt" else None


def problems(*rows: dict[str, Any] | str) -> list[tuple[int, str]]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return [(one.line, one.what) for one in parse("\n".join(lines), texts)[1]]


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in ROW.items() if name != key}


def test_a_question_is_written_and_read_back() -> None:
    full = question(
        turns=("One?", "Two?"),
        must_not_say=("500",),
        reference="341.",
        evidence=(Evidence("page.txt", SENTENCE, "Ona Ruta", "The deal"),),
    )
    assert parse(to_line(full) + "\n" + to_line(unanswerable()), texts) == ((full, unanswerable()), ())


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("{", "is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("[]", "is not a JSON object"),
        (ROW | {"anser": 1}, "has the unknown key 'anser'"),
        (without("id"), "needs an id"),
        (ROW | {"id": "  "}, "needs an id"),
        (without("question"), "needs either a question or turns"),
        (ROW | {"turns": ["a"]}, "needs either a question or turns"),
        (ROW | {"question": 5}, "has a question that is no text"),
        (without("question") | {"turns": []}, "has turns that are no list of texts"),
        (ROW | {"answerable": "yes"}, "needs answerable, true or false"),
        (ROW | {"must_say": ["341"]}, "has a must_say that is no list of lists of texts"),
        (ROW | {"must_say": [[]]}, "has a must_say that is no list of lists of texts"),
        (ROW | {"must_not_say": "x"}, "has a must_not_say that is no list of texts"),
        (ROW | {"tags": [""]}, "has tags that are no list of texts"),
        (ROW | {"reference": None}, "has a reference that is no text"),
        (ROW | {"evidence": "x"}, "has evidence that is no list of objects"),
        (ROW | {"evidence": []}, "is answerable but has no evidence"),
        (ROW | {"answerable": False}, "is not answerable but has must_say or evidence"),
        (ROW | {"evidence": [{"document": "page.txt"}]}, "has evidence without a document and a quote"),
        (
            ROW | {"evidence": [{"document": "page.txt", "quote": SENTENCE, "passage": "p1"}]},
            "has the unknown key 'passage' in its evidence",
        ),
        (
            ROW | {"evidence": [{"document": "page.txt", "quote": SENTENCE, "speaker": 1}]},
            "has evidence whose speaker is no text",
        ),
        (
            ROW | {"evidence": [{"document": "x.txt", "quote": "x"}]},
            "names the document 'x.txt', which the corpus does not have",
        ),
        (
            ROW | {"evidence": [{"document": "page.txt", "quote": "Lithuania buys 342"}]},
            "has a quote that is not in page.txt: “Lithuania buys 342”",
        ),
        (
            ROW | {"evidence": [{"document": "page.txt", "quote": SENTENCE}] * 2},
            f"gives the same evidence twice: “{SENTENCE}”",
        ),
    ],
)
def test_the_lint_names_what_is_wrong_and_the_line(row: dict[str, Any] | str, what: str) -> None:
    assert problems(to_line(unanswerable()).strip(), "", row) == [(3, what)]


def test_the_lint_refuses_the_same_twice() -> None:
    other = ROW | {"question": "Another one?"}
    again = ROW | {"id": "other", "question": "HOW many missiles,  q?"}
    assert problems(ROW, other, again) == [(2, "repeats the id 'q' as line 1"), (3, "asks the same as line 1")]


def test_load_refuses_the_file_with_every_line_that_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text("[]\n" + to_line(question()) + "{}\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load(file, texts)
    assert caught.value.message == (
        f"{file}: line 1 is not a JSON object; line 3 needs an id; line 3 needs either a question or turns; "
        "line 3 needs answerable, true or false"
    )


@pytest.mark.parametrize("content", [None, b"\xff", b"\n"])
def test_load_refuses_what_is_no_gold_file(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError):
        load(file, texts)


def test_the_fingerprint_tells_questions_apart_and_does_not_see_their_order() -> None:
    one, other = question("a"), question("b")
    assert fingerprint([one, other]) == fingerprint([other, one]) != fingerprint([one])


def test_a_quote_that_stands_twice_has_two_places() -> None:
    assert places(Evidence("x", "aa"), "aa baa") == (Span(0, 2), Span(4, 6))


def test_questions_are_chosen_by_tag_and_drawn_by_seed() -> None:
    everything = [question(str(n), tags=("a",) if n % 2 else ("b",)) for n in range(20)]
    assert [one.id for one in choose(everything, ["a"], None, 0)] == [str(n) for n in range(1, 20, 2)]
    drawn = choose(everything, [], 5, 7)
    assert drawn == choose(everything, [], 5, 7) != choose(everything, [], 5, 8)
    assert [one for one in everything if one in drawn] == list(drawn)
    with pytest.raises(UsageError) as caught:
        choose(everything, ["c"], None, 0)
    assert str(caught.value) == "No question is tagged c. There are: a, b."


def test_the_gold_of_the_seeds_covers_what_it_should(seeds: Path) -> None:
    questions = load(GOLD / "seeds.jsonl", Files(seeds).text).questions
    counts = Counter(tag for one in questions for tag in one.tags)
    unknown = [one for one in questions if not one.answerable]
    near = [one for one in unknown if "near-miss" in one.tags]
    assert len(questions) >= 80
    assert len(unknown) >= 20
    assert 2 * len(near) >= len(unknown)
    assert {"unanswerable"} <= set.intersection(*(set(one.tags) for one in unknown))
    for tag in ("fact", "attribution", "source", "several", "disagreement", "date", "false-premise", "follow-up"):
        assert counts[tag] >= 5, tag
    assert {e.document for one in questions for e in one.evidence} == {file.name for file in seeds.glob("*.txt")}
