"""An answer as a page for the terminal; its JSON object is that of `assistant.saved`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.text import Text

from assistant.domain import Answer, Citation, Manner, Nearest, Outcome, Provenance, Span, Statement, Support
from assistant.saved import hit_to_json, to_json
from assistant.show.safe import flowing, one_line, sanitize
from assistant.show.screen import Screen, joined, paragraph, render

__all__ = ["hit_to_json", "how", "piece", "place", "to_json", "to_terminal", "where"]

_MANNERS = {Manner.DIRECT: "direct quote", Manner.MIXED: "partly quoted", Manner.INDIRECT: "reported"}


def to_terminal(answer: Answer, screen: Screen, folder: Path) -> str:
    """The page: statements with their sources, then where each stands; or why there is no answer."""
    lines = _asked_as(answer, screen)
    lines += _answered(answer, screen) if answer.outcome is Outcome.ANSWERED else _refused(answer, screen, folder)
    lines += _places(answer.citations, screen, folder)
    lines += paragraph(Text(_footer(answer), style="dim"), screen)
    return render(lines, screen)


def _asked_as(answer: Answer, screen: Screen) -> list[Text | str]:
    """What a follow-up was taken to mean, where that is not what was typed."""
    asked = flowing(answer.standalone_question)
    if not asked or asked == flowing(answer.question):
        return []
    return [*paragraph(Text(f"Asked as: {asked}", style="dim"), screen), ""]


def _answered(answer: Answer, screen: Screen) -> list[Text | str]:
    by_marker = {c.marker: c for c in answer.citations}
    several = len({c.speaker for c in answer.citations if c.speaker}) > 1 or not answer.heading
    lines: list[Text | str] = []
    if answer.heading:
        lines += [*paragraph(Text(flowing(answer.heading), style="bold"), screen), ""]
    above: str | None = None
    for statement in answer.statements:
        cited = [by_marker[marker] for marker in statement.markers]
        sources = list(dict.fromkeys(where(c) for c in cited))
        if len(answer.statements) > 1 and len(sources) == 1:
            # One line above all statements of an article, rather than one below each.
            if sources[0] != above:
                lines += paragraph(Text(sources[0], style="dim"), screen)
            above = sources[0]
        else:
            above = None
        lines += paragraph(_statement(statement), screen, indent=2)
        for citation in cited:
            below = joined((how(citation, several), None if above else where(citation)))
            if below:
                lines += paragraph(Text(below, style="dim"), screen, indent=6)
        lines.append("")
    if answer.note:
        lines += [*paragraph(Text(flowing(answer.note)), screen), ""]
    return lines


def _refused(answer: Answer, screen: Screen, folder: Path) -> list[Text | str]:
    lines: list[Text | str] = [*paragraph(Text("Not in this corpus. ", "bold") + Text(flowing(answer.answer)), screen)]
    if answer.note:
        lines += paragraph(Text(flowing(answer.note), style="dim"), screen)
    lines.append("")
    if answer.nearest:
        lines += ["Nearest:", ""]
        for near in answer.nearest:
            lines += paragraph(Text(_shortened(flowing(near.quote))), screen, indent=2)
            lines += paragraph(Text(_why(near, folder), style="dim"), screen, indent=6)
            lines.append("")
    return lines


def _statement(statement: Statement) -> Text:
    """The statement with its marks set off, wrapped as prose, and its markers behind it."""
    text = Text()
    at = 0
    for mark in sorted(statement.marks):
        if mark.start < at:
            continue
        text.append(piece(statement.text, Span(at, mark.start)))
        text.append(piece(statement.text, mark), "bold")
        at = mark.end
    text.append(piece(statement.text, Span(at, len(statement.text))))
    if statement.support is Support.UNSUPPORTED:
        text.append(" (no source)", "bold red")
    for marker in statement.markers:
        text.append(f" [{marker}]", "cyan")
    return text


def piece(text: str, span: Span) -> str:
    """A part of a text with white space runs made one space, those at its ends kept as one."""
    part = text[span.start : span.end]
    core = flowing(part)
    if not core:
        return " " if part else ""
    return (" " if part[0].isspace() else "") + core + (" " if part[-1].isspace() else "")


def how(citation: Citation, with_speaker: bool) -> str:
    """Who says it, whether in their own words, and when."""
    who = None
    if citation.speaker and with_speaker:
        who = citation.speaker + (f", {citation.speaker_role}" if citation.speaker_role else "")
    written = citation.speaker_as_written
    if citation.speaker and written and citation.speaker.split()[-1].casefold() not in written.casefold():
        who = joined((who, f"“{written}” is {citation.speaker}" if not with_speaker else f"written “{written}”"))
    manner = _MANNERS[citation.manner] if citation.manner and citation.speaker else None
    said = f"said {_day(citation.said_on)}" if citation.said_on and citation.speaker else None
    page = f"page {citation.page}" if citation.page else None
    return flowing(joined((who, manner, said, page)))


def where(citation: Citation) -> str:
    """The article: title (else file), outlet, date."""
    title = citation.source.title or one_line(citation.document)
    return flowing(joined((title, citation.source.outlet, _published(citation.source))))


def _published(source: Provenance) -> str:
    return f"published {_day(source.published)}" if source.published else "undated"


def _day(day: date) -> str:
    """Spelled without the locale, so that the same answer reads the same everywhere."""
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[day.month - 1]
    return f"{weekday} {day.day} {month} {day.year}"


def _why(near: Nearest, folder: Path) -> str:
    parts = (near.why, near.source.title, near.source.outlet, f"{place(folder, near.document)}:{near.start}-{near.end}")
    return flowing(joined(parts))


def _shortened(text: str, limit: int = 240) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def _places(citations: Sequence[Citation], screen: Screen, folder: Path) -> list[Text | str]:
    """`[1] file:line`, one a line."""
    lines: list[Text | str] = []
    for citation in citations:
        where = f"{place(folder, citation.document)}:{citation.line}"
        lines += paragraph(Text.assemble((f"[{citation.marker}] ", "cyan"), where), screen, hanging=4)
    return lines


def place(folder: Path, document: str) -> str:
    """A document's path as one would type it here."""
    file = Path(os.path.normpath(folder.absolute() / document))
    here = Path.cwd()
    return one_line(str(file.relative_to(here) if file.is_relative_to(here) else file))


def _footer(answer: Answer) -> str:
    how = "quoted verbatim, no language model" if answer.reader == "extractive" else answer.reader
    verified = None
    if answer.citations:
        good = sum(c.verified for c in answer.citations)
        verified = f"{good} of {len(answer.citations)} citations verified"
    seconds = answer.timings_ms.get("total", 0.0) / 1000
    return sanitize(joined((how, verified, _consumed(answer), f"{seconds:.1f} s")))


def _consumed(answer: Answer) -> str | None:
    """What a language model took, in tokens sent and received, and in money where its price is known."""
    usage = answer.usage
    if usage is None:
        return None
    cost = None if usage.cost_usd is None else f"${usage.cost_usd:.4f}"
    return joined((f"{usage.input_tokens:,} + {usage.output_tokens:,} tokens", cost))
