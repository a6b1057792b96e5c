"""The report as JUnit XML, which build servers read: a test case a question, and one for each gated measure."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from ..gate import Verdict
from .report import Report, answer_text, signed, told

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, even escaped."""


def to_junit(report: Report) -> str:
    """Fails where the gate says regressed, or, without a baseline, nowhere: a wrong answer is a result, no defect."""
    suites = ET.Element("testsuites", name="assistant eval")
    _questions(suites, report)
    if report.comparison is not None:
        _gate(suites, report)
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _questions(suites: ET.Element, report: Report) -> None:
    errors = [one for one in report.run.scored if one.record.answer is None]
    counts = {"tests": str(len(report.run.scored)), "failures": "0", "errors": str(len(errors))}
    suite = ET.SubElement(suites, "testsuite", {"name": "questions", **counts})
    for one in report.run.scored:
        milliseconds = one.scores["latency_ms"] or 0.0
        case = ET.SubElement(
            suite, "testcase", classname="questions", name=_fit(one.question.id), time=f"{milliseconds / 1000:.3f}"
        )
        if one.record.answer is None:
            ET.SubElement(case, "error", message=_fit(one.record.error))
        out = (
            f"{one.question.asked}\noutcome {one.grade.value}, {'right' if one.right else 'wrong'}\n{answer_text(one)}"
        )
        ET.SubElement(case, "system-out").text = _fit(out)


def _gate(suites: ET.Element, report: Report) -> None:
    comparison = report.comparison
    assert comparison is not None  # noqa: S101 asked by the caller
    counts = {
        "tests": str(len(comparison.changes)),
        "failures": str(len(comparison.regressed)),
        "skipped": str(sum(one.verdict is Verdict.INCONCLUSIVE for one in comparison.changes)),
    }
    suite = ET.SubElement(suites, "testsuite", {"name": "gate", **counts})
    for one in comparison.changes:
        case = ET.SubElement(suite, "testcase", classname="gate", name=one.measure.name)
        text = f"{one.measure.title}: {signed(one)} points, {told(one)}"
        if one.verdict is Verdict.REGRESSED:
            ET.SubElement(case, "failure", message=text)
        elif one.verdict is Verdict.INCONCLUSIVE:
            ET.SubElement(case, "skipped", message=text)


def _fit(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
