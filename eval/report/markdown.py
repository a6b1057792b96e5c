"""The report as Markdown: for a pull request or a file."""

from __future__ import annotations

import re

from assistant.show.safe import flowing

from ..summary import MEASURES
from .report import VERDICTS, Report, answer_text, direction, judged, outcomes, percent, quantities, signed, told, wrong

_ACTING = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def to_markdown(report: Report) -> str:
    """Tables of measures and changes; what flipped with both answers; what is wrong."""
    lines = ["# Evaluation", ""]
    if report.comparison is not None:
        lines += [f"**{VERDICTS[report.comparison.verdict]}** (against {_plain(report.comparison.baseline.name)})", ""]
    lines += ["| measure | value [95 % interval] |", "|---|---|"]
    lines += [f"| {one.title} | {percent(report.summary.estimates[one.name])} |" for one in MEASURES]
    lines += [f"| {name} | {value} |" for name, value in quantities(report.summary)]
    lines += [f"| {kind}: C, P, I, N | {counts} |" for kind, counts in outcomes(report.summary)]
    lines += [f"| {name} | {_plain(value)} |" for name, value in (judged(report.judgement) if report.judgement else ())]
    lines += ["", "| tag | right |", "|---|---|"]
    lines += [f"| {_plain(tag)} | {percent(one)} |" for tag, one in report.summary.tags.items()]
    lines += ["", *_changes(report), *_wrong(report), *_provenance(report)]
    return "\n".join(lines) + "\n"


def _changes(report: Report) -> list[str]:
    if report.comparison is None:
        return []
    lines = ["## Against the baseline", "", "| measure | difference in points | verdict |", "|---|---|---|"]
    lines += [f"| {one.measure.title} | {signed(one)} | {told(one)} |" for one in report.comparison.changes]
    if report.comparison.flips:
        lines += ["", "### What flipped"]
    for flip in report.comparison.flips:
        lines += [
            "",
            f"- **{_plain(flip.scored.question.asked)}** ({_plain(flip.scored.question.id)}: {direction(flip)})",
            f"  - was: {_plain(flip.before.answer)}",
            f"  - now: {_plain(answer_text(flip.scored))}",
        ]
    return [*lines, ""]


def _wrong(report: Report) -> list[str]:
    found = wrong(report.run.scored)
    if not found:
        return []
    lines = ["## Not right", ""]
    for one in found:
        lines += [
            f"- {one.grade.value} **{_plain(one.question.asked)}** ({_plain(one.question.id)})",
            f"  - {_plain(answer_text(one))}",
        ]
    return [*lines, ""]


def _provenance(report: Report) -> list[str]:
    lines = ["## Measured with", ""]
    for name, value in report.run.provenance.to_json().items():
        shown = ", ".join(f"{key} {one}" for key, one in value.items()) if isinstance(value, dict) else value
        lines.append(f"- {name}: {_plain(str(shown))}")
    return lines


def _plain(text: str) -> str:
    """Text of a document as Markdown that shows it on one line and does nothing else."""
    return _ACTING.sub(r"\\\1", flowing(text))
