from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from assistant.domain import Json
from assistant.show.screen import Screen
from eval.baseline import of_run
from eval.gate import compare
from eval.gold import Question
from eval.report.html import to_html
from eval.report.junit import to_junit
from eval.report.markdown import to_markdown
from eval.report.report import Report, percent, report_of, to_json
from eval.report.terminal import to_terminal
from eval.summary import MEASURES, summarise
from tests.eval.building import SENTENCE, answer, citation, corpus, question, refusal, run, unanswerable

HOSTILE = "<script>alert(1)</script><img src=http://x/y onerror=z> \x1b[31mred\x07 | *a* [b](http://c) & \u202eabc"
QUESTIONS = [*(question(f"q{n}") for n in range(20)), unanswerable()]


def replies(*wrong: str) -> dict[Question, Json | None]:
    return {one: answer(SENTENCE) if one.answerable != (one.id in wrong) else refusal() for one in QUESTIONS}


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Ten questions flipped for the worse, one answer is hostile, one question ended in an error."""
    files = corpus(tmp_path / "corpus")
    after = replies(*(f"q{n}" for n in range(10)))
    after[QUESTIONS[15]] = answer(HOSTILE, citations=[citation(speaker=HOSTILE)], answer=HOSTILE)
    after[QUESTIONS[16]] = None
    now = run(files, after)
    return report_of(now, compare(now, of_run(run(files, replies()), "base")))


def test_every_mean_has_its_interval_and_nothing_is_not_a_number(report: Report) -> None:
    summary = report.summary
    assert summary.questions == 21
    assert {kind: dict(counts) for kind, counts in summary.grades.items()} == {
        "answerable": {"C": 8, "N": 10, "I": 2},
        "unanswerable": {"N": 1},
    }
    right = summary.estimates["right"]
    assert right is not None
    assert (right.value, right.n) == (9 / 21, 21)
    assert summary.estimates["speaker"] is None
    assert percent(None) == "not applicable"
    assert percent(right) == "42.9 % [24.5, 63.5] n=21"
    assert "NaN" not in json.dumps(to_json(report))


def test_nothing_asked_is_nothing_measured() -> None:
    summary = summarise(())
    assert set(summary.estimates.values()) == {None}
    assert (summary.latency_ms["p50"], summary.cost_usd) == (None, None)


def test_tokens_and_cost_are_summed(tmp_path: Path) -> None:
    usage = {"input_tokens": 100, "output_tokens": 10, "cost_usd": 0.25}
    given: dict[Question, Json | None] = {one: answer(SENTENCE, usage=usage) for one in QUESTIONS[:4]}
    summary = summarise(run(corpus(tmp_path / "c"), given).scored)
    cost = summary.consumed["cost_usd"]
    assert cost is not None
    assert (summary.cost_usd, cost.value, cost.n) == (1.0, 0.25, 4)


def test_the_terminal_shows_measures_changes_flips_and_the_verdict(report: Report) -> None:
    page = to_terminal(report, Screen(100))
    assert "  right                    42.9 % [24.5, 63.5] n=21\n" in page
    assert "  speaker right            not applicable\n" in page
    assert "  C → N, for the worse  q0: How many missiles, q0?\n" in page
    assert f"      was: {SENTENCE} [1]\n      now: Nothing tells.\n" in page
    assert "now: Error: The server is gone\n" in page
    assert page.endswith("\nregressed\n")
    assert "\x1b" not in page
    assert "\\x1b[31mred\\x07" in page


def test_without_a_baseline_the_terminal_shows_what_is_wrong(report: Report) -> None:
    page = to_terminal(Report(report.run, report.summary), Screen(100))
    assert "N q0: How many missiles, q0?\n      Nothing tells.\n" in page
    assert "regressed" not in page


class Page(HTMLParser):
    """Collects tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_html_page_is_self_contained_and_nothing_in_it_acts(report: Report) -> None:
    text = to_html(report)
    page = Page()
    page.feed(text)
    assert set(page.tags) & {"script", "img", "link", "iframe", "object", "a", "form"} == set()
    assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "style"}
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text
    assert "<script>alert(1)</script><img src=http://x/y onerror=z>" in page.words
    assert not set(text) & {"\x1b", "\x07", "\u202e"}


def test_the_html_page_shows_flips_side_by_side_and_every_question(report: Report) -> None:
    text = to_html(report)
    assert text.count('class="flip worse"') == 12
    assert text.count("<summary><b>") == 21
    assert f"<h4>was</h4><p>{SENTENCE} [1]</p></div><div><h4>now</h4><p>Nothing tells.</p>" in text
    assert '<p class="verdict regressed">regressed <span>against base</span></p>' in text


def test_junit_fails_what_regressed(report: Report) -> None:
    suites = ET.fromstring(to_junit(report))  # noqa: S314 our own
    questions, gate = suites.findall("testsuite")
    assert (questions.get("tests"), questions.get("errors"), questions.get("failures")) == ("21", "1", "0")
    failed = [case.get("name") for case in gate if case.find("failure") is not None]
    assert gate.get("failures") == str(len(failed))
    assert "right" in failed


def test_markdown_shows_text_and_does_nothing_else(report: Report) -> None:
    text = to_markdown(report)
    assert text.startswith("# Evaluation\n\n**regressed** (against base)\n\n| measure | value [95 % interval] |\n")
    assert "\\<script\\>alert(1)\\</script\\>" in text
    assert "\\[b\\](http://c)" in text
    assert "\x1b" not in text


def test_json_holds_every_measure_question_and_flip(report: Report) -> None:
    data: dict[str, Any] = to_json(report)
    assert list(data["measures"]) == [one.name for one in MEASURES]
    assert [one["id"] for one in data["results"]] == [one.id for one in QUESTIONS]
    assert data["comparison"]["verdict"] == "regressed"
    assert data["comparison"]["flips"][0] == {
        "id": "q0", "before": "C", "after": "N", "for_worse": True,
        "answer_before": f"{SENTENCE} [1]", "answer_after": "Nothing tells.",
    }  # fmt: skip
