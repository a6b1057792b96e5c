"""The report as one HTML page that needs nothing else: no script, no font, no picture, no network."""

from __future__ import annotations

from html import escape
from pathlib import Path

from assistant.domain import Json
from assistant.show.safe import sanitize

from ..gate import Comparison
from ..gold import Question
from ..scoring import Scored
from ..summary import MEASURES
from .report import (
    NOT_APPLICABLE,
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
)

_STYLE = Path(__file__).with_name("report.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The browser itself refuses to load or run anything, whatever a document holds."""


def to_html(report: Report) -> str:
    """Scores with intervals, flips side by side, and each question with its passages, quotes and verdicts."""
    body = [
        "<h1>Evaluation</h1>",
        _verdict(report.comparison),
        _scores(report),
        *((_changes(report.comparison), _flips(report.comparison)) if report.comparison else ()),
        _questions(report.run.scored),
        _provenance(report),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evaluation</title>\n<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _e(text: object) -> str:
    return escape(sanitize(str(text)))


def _verdict(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    name = _e(comparison.baseline.name)
    return (
        f'<p class="verdict {comparison.verdict.value}">{VERDICTS[comparison.verdict]} <span>against {name}</span></p>'
    )


def _scores(report: Report) -> str:
    rows = []
    for one in MEASURES:
        estimate = report.summary.estimates[one.name]
        bar = ""
        if estimate is not None:
            low, width = 100 * estimate.low, 100 * (estimate.high - estimate.low)
            bar = (
                f'<span class="scale"><span class="interval" style="left:{low:.1f}%;width:{width:.1f}%"></span>'
                f'<span class="value" style="left:{100 * estimate.value:.1f}%"></span></span>'
            )
        rows.append(f"<tr><th>{one.title}</th><td>{bar}</td><td>{percent(estimate)}</td><td>{one.what}</td></tr>")
    more = [
        *quantities(report.summary),
        *((f"{kind}: C, P, I, N", counts) for kind, counts in outcomes(report.summary)),
    ]
    more += judged(report.judgement) if report.judgement else []
    rows += [f"<tr><th>{_e(name)}</th><td></td><td>{_e(value)}</td><td></td></tr>" for name, value in more]
    tags = "".join(f"<tr><th>{_e(tag)}</th><td>{percent(one)}</td></tr>" for tag, one in report.summary.tags.items())
    return (
        f"<h2>Scores</h2><p>Value, 95 % interval, and how many questions it rests on.</p>"
        f"<table>{''.join(rows)}</table><h3>Right, by tag</h3><table>{tags}</table>"
    )


def _changes(comparison: Comparison) -> str:
    rows = "".join(
        f'<tr class="{one.verdict.value}"><th>{one.measure.title}</th><td>{signed(one)}</td><td>{told(one)}</td></tr>'
        for one in comparison.changes
    )
    differences = "".join(f"<li>{_e(one)}</li>" for one in comparison.differences)
    return (
        f"<h2>Against the baseline</h2><table><tr><th>measure</th><th>difference in points</th><th>verdict</th></tr>"
        f"{rows}</table>" + (f"<p>Measured with something else:</p><ul>{differences}</ul>" if differences else "")
    )


def _flips(comparison: Comparison) -> str:
    if not comparison.flips:
        return "<h2>What flipped</h2><p>Nothing.</p>"
    parts = []
    for flip in comparison.flips:
        kind = {True: "worse", False: "better", None: ""}[flip.for_worse]
        parts.append(
            f'<section class="flip {kind}"><h3>{_asked(flip.scored.question)} <small>{direction(flip)}</small></h3>'
            f'<div class="sides"><div><h4>was</h4>{_paragraphs(flip.before.answer)}</div>'
            f"<div><h4>now</h4>{_paragraphs(answer_text(flip.scored))}</div></div></section>"
        )
    return f"<h2>What flipped</h2>{''.join(parts)}"


def _questions(scored: tuple[Scored, ...]) -> str:
    return f"<h2>Questions</h2>{''.join(_question(one) for one in scored)}"


def _question(one: Scored) -> str:
    mark = "right" if one.right else "wrong"
    tags = ", ".join(_e(tag) for tag in one.question.tags)
    expected = "answerable" if one.question.answerable else "not in the corpus"
    notes = [
        *(f"not said: {text}" for text in one.unsaid),
        *(f"must not be said: {text}" for text in one.forbidden),
        *one.failed,
    ]
    listed = "".join(f"<li>{_e(note)}</li>" for note in notes)
    scores = ", ".join(
        f"{measure.title} {_score(one.scores[measure.name])}"
        for measure in MEASURES
        if one.scores[measure.name] is not None
    )
    evidence = "".join(f"<li><q>{_e(e.quote)}</q> {_e(e.document)}</li>" for e in one.question.evidence)
    return (
        f'<details class="{mark}"><summary><b>{one.grade.value}</b> {_asked(one.question)} '
        f"<small>{_e(one.question.id)}: {expected}; {tags}</small></summary>"
        f"<h4>Answer</h4>{_paragraphs(answer_text(one))}"
        + (f"<ul>{listed}</ul>" if listed else "")
        + f"<h4>Reference</h4>{_paragraphs(one.question.reference)}"
        + (f"<h4>Evidence</h4><ul>{evidence}</ul>" if evidence else "")
        + (_details(one.record.answer) if one.record.answer else "")
        + f"<p class=scores>{scores}</p></details>"
    )


def _details(answer: Json) -> str:
    quotes = "".join(
        f"<li>[{_e(c['marker'])}] <q>{_e(c['quote'])}</q> {_e(c['speaker'] or '')} "
        f"<small>{_e(c['document'])} {_e(c['start'])}–{_e(c['end'])}, "
        f"{'verified' if c['verified'] else 'NOT VERIFIED'}</small></li>"
        for c in answer["citations"]
    )
    passages = "".join(
        f"<li><small>{_e(p['score'])} {_e(p['title'] or '')} {_e(p['document'])} {_e(p['start'])}–{_e(p['end'])}"
        f"</small>{_paragraphs(p['text'])}</li>"
        for p in answer["passages"]
    )
    return (f"<h4>Quotes</h4><ul>{quotes}</ul>" if quotes else "") + (
        f"<details><summary>Passages</summary><ol>{passages}</ol></details>" if passages else ""
    )


def _provenance(report: Report) -> str:
    rows = []
    for name, value in report.run.provenance.to_json().items():
        shown = ", ".join(f"{key} {one}" for key, one in value.items()) if isinstance(value, dict) else value
        rows.append(f"<tr><th>{_e(name)}</th><td>{_e(NOT_APPLICABLE if shown is None else shown)}</td></tr>")
    return f"<h2>Measured with</h2><table>{''.join(rows)}</table>"


def _asked(question: Question) -> str:
    return " <i>then</i> ".join(_e(turn) for turn in question.turns)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_e(part)}</p>" for part in text.split("\n") if part.strip())


def _score(value: float | None) -> str:
    return NOT_APPLICABLE if value is None else f"{value:.2f}"
