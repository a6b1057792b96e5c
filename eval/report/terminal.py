"""The report as a page for the terminal."""

from __future__ import annotations

from rich.text import Text

from assistant.show.safe import flowing, one_line
from assistant.show.screen import Screen, paragraph, render

from ..gate import Comparison, Verdict
from ..summary import MEASURES
from .report import (
    VERDICTS,
    Report,
    answer_text,
    direction,
    judged,
    outcomes,
    percent,
    quantities,
    signed,
    told,
    wrong,
)

LONGEST = 300
"""Characters of an answer that are shown; the HTML report has all of it."""
_STYLES = {Verdict.PASS: "green", Verdict.REGRESSED: "bold red", Verdict.INCONCLUSIVE: "yellow"}
_COLUMN = 25

Lines = list[Text | str]


def to_terminal(report: Report, screen: Screen) -> str:
    """Measures with their intervals, what is wrong, and what changed."""
    lines = _measures(report, screen)
    if report.comparison is None:
        lines += _wrong(report, screen)
    else:
        lines += _comparison(report.comparison, screen)
    return render(lines, screen)


def _measures(report: Report, screen: Screen) -> Lines:
    lines: Lines = []
    group = ""
    for measure in MEASURES:
        if measure.group != group:
            group = measure.group
            lines += ["", Text(group, "bold")]
        lines += _row(measure.title, percent(report.summary.estimates[measure.name]), screen)
    lines += ["", Text("outcomes: Correct, Partial, Incorrect, No answer", "bold")]
    for kind, counts in outcomes(report.summary):
        lines += _row(kind, counts, screen)
    lines += ["", Text("time and cost", "bold")]
    for name, value in quantities(report.summary):
        lines += _row(name, value, screen)
    if report.judgement is not None:
        lines += ["", Text("judge", "bold")]
        for name, value in judged(report.judgement):
            lines += _row(name, one_line(value), screen)
    lines += ["", Text("right by tag", "bold")]
    for tag, estimate in report.summary.tags.items():
        lines += _row(one_line(tag), percent(estimate), screen)
    return [*lines[1:], ""]


def _row(name: str, value: str, screen: Screen) -> list[Text]:
    return paragraph(Text(f"  {name:<{_COLUMN}}{value}"), screen, hanging=4)


def _wrong(report: Report, screen: Screen) -> Lines:
    lines: Lines = []
    for one in wrong(report.run.scored):
        head = Text.assemble(
            (f"{one.grade.value} ", "yellow"), f"{one_line(one.question.id)}: {flowing(one.question.asked)}"
        )
        lines += paragraph(head, screen, hanging=2)
        lines += _answer("", answer_text(one), screen)
    return [*lines, ""] if lines else []


def _comparison(comparison: Comparison, screen: Screen) -> Lines:
    lines: Lines = [Text(f"against {one_line(comparison.baseline.name)}, in points", "bold")]
    for change in comparison.changes:
        style = _STYLES[change.verdict] if change.verdict is not Verdict.PASS else ""
        text = f"  {change.measure.title:<{_COLUMN}}{signed(change):<24}{told(change)}"
        lines += paragraph(Text(text, style), screen, hanging=_COLUMN + 2)
    if comparison.flips:
        lines += ["", Text("what flipped", "bold")]
    for flip in comparison.flips:
        question = flip.scored.question
        head = Text.assemble((direction(flip), "yellow"), f"  {one_line(question.id)}: {flowing(question.asked)}")
        lines += paragraph(head, screen, indent=2, hanging=4)
        lines += _answer("was: ", flip.before.answer, screen)
        lines += _answer("now: ", answer_text(flip.scored), screen)
    if comparison.differences:
        lines += ["", Text("measured with something else", "bold")]
        for one in comparison.differences:
            lines += paragraph(Text(one_line(one)), screen, indent=2, hanging=4)
    return [*lines, "", Text(VERDICTS[comparison.verdict], _STYLES[comparison.verdict])]


def _answer(label: str, answer: str, screen: Screen) -> list[Text]:
    text = flowing(answer)
    short = text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
    return paragraph(Text(f"{label}{short}", "dim"), screen, indent=6)
