"""An answer as styled lines.

Everything from documents, models and users goes through `show.safe` and into Textual's Content, which reads no markup.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.style import Style

from assistant.domain import Answer, Citation, Nearest, Outcome, Span, Statement, Support
from assistant.show.answer import how, piece, where
from assistant.show.passages import shortened
from assistant.show.safe import flowing, one_line
from assistant.show.screen import joined
from assistant.tui.places import letter

MARKER = "bold $text-accent"
CHOSEN = "bold reverse"
QUIET = "dim"
WARNING = "bold $text-error"
FOUND = "reverse"
NEAREST = 240
"""Characters of a passage that came near a refused question."""


def marker(label: str, *, chosen: bool) -> Content:
    """`[1]`, to be clicked; the chosen one also looks it without colour."""
    text = f"›[{label}]‹" if chosen else f"[{label}]"
    click = Style.from_meta({"@click": f"choose({label!r})"})
    return Content(text).stylize(CHOSEN if chosen else MARKER).stylize(click)


def lines(answer: Answer, width: int, chosen: str | None) -> list[Content]:
    """The answer wrapped to a width; `chosen` is the label of the selected place."""
    wrapped: list[Content] = []
    for content, indent in _paragraphs(answer, chosen):
        wrapped += [one.pad_left(indent) for one in content.wrap(max(10, width - indent))] if content else [Content("")]
    while wrapped and not wrapped[-1].plain.strip():
        wrapped.pop()
    return wrapped


def _paragraphs(answer: Answer, chosen: str | None) -> Iterable[tuple[Content, int]]:
    if answer.outcome is Outcome.REFUSED:
        yield from _refused(answer, chosen)
    else:
        yield from _answered(answer, chosen)


def _answered(answer: Answer, chosen: str | None) -> Iterable[tuple[Content, int]]:
    cited = {c.marker: c for c in answer.citations}
    several = len({c.speaker for c in answer.citations if c.speaker}) > 1 or not answer.heading
    if answer.heading:
        yield Content.styled(flowing(answer.heading), "bold"), 0
        yield Content(""), 0
    above: str | None = None
    for statement in answer.statements:
        sources = [cited[m] for m in statement.markers if m in cited]
        names = list(dict.fromkeys(where(c) for c in sources))
        if len(answer.statements) > 1 and len(names) == 1:
            if names[0] != above:
                yield Content.styled(names[0], QUIET), 0
            above = names[0]
        else:
            above = None
        yield _statement(statement, chosen), 2
        for citation in sources:
            below = joined((how(citation, several), None if above else where(citation)))
            if below:
                yield Content.styled(below, QUIET), 4
        yield Content(""), 0
    if answer.note:
        yield Content.styled(flowing(answer.note), QUIET), 0


def _statement(statement: Statement, chosen: str | None) -> Content:
    unsupported = statement.support is Support.UNSUPPORTED
    parts: list[Content] = [Content.styled("✗ ", WARNING)] if unsupported else []
    at = 0
    for mark in sorted(statement.marks):
        if mark.start >= at:
            parts += [Content(piece(statement.text, Span(at, mark.start))),
                      Content.styled(piece(statement.text, mark), "bold")]  # fmt: skip
            at = mark.end
    parts.append(Content(piece(statement.text, Span(at, len(statement.text)))))
    if unsupported:
        parts = [Content.assemble(*parts).stylize("italic dim"), Content.styled(" (no source)", WARNING)]
    for number in statement.markers:
        parts += [Content(" "), marker(str(number), chosen=chosen == str(number))]
    return Content.assemble(*parts)


def _refused(answer: Answer, chosen: str | None) -> Iterable[tuple[Content, int]]:
    lead = "Stopped. " if answer.incomplete else "Not in this corpus. "
    yield Content.assemble((lead, "bold"), flowing(answer.answer)), 0
    if answer.note:
        yield Content.styled(flowing(answer.note), QUIET), 0
    if answer.nearest:
        yield Content(""), 0
        yield Content.styled("Nearest:", "bold"), 0
    for number, near in enumerate(answer.nearest):
        yield Content(""), 0
        label = letter(number)
        text = Content(shortened(flowing(near.quote), NEAREST))
        yield Content.assemble(marker(label, chosen=chosen == label), " ", text), 2
        yield Content.styled(_why(near), QUIET), 4


def _why(near: Nearest) -> str:
    return flowing(joined((near.why, near.source.title or one_line(near.document), near.source.outlet)))


def speaker(citation: Citation) -> str:
    """Who says it, and how."""
    return how(citation, with_speaker=True)
