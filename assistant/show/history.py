"""Saved conversations: as pages for the terminal, as Markdown, and as JSON objects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from assistant.domain import Answer, Citation, Conversation, Filter, Json, Outcome, Turn
from assistant.saved import to_json as answer_to_json
from assistant.show.answer import to_terminal as answer_page
from assistant.show.safe import flowing, sanitize
from assistant.show.screen import Screen, joined, paragraph, render

if TYPE_CHECKING:
    from assistant.chat.rows import Found, Listed

SCHEMA_VERSION = 1
"""Of the JSON object of a conversation."""

_MARKED = re.compile("\x02(.*?)\x03", re.DOTALL)
_FENCE = re.compile(r"([\\`*_\[\]<>#|~])")


def listed_to_json(one: Listed) -> Json:
    """One entry of `history list --json`."""
    return {
        "id": one.id,
        "title": one.title,
        "corpus": one.corpus,
        "created": one.created.isoformat(),
        "updated": one.updated.isoformat(),
        "turns": one.turns,
    }


def found_to_json(one: Found) -> Json:
    """One entry of `history search --json`; the snippet without marks."""
    return {
        **listed_to_json(one.conversation),
        "matching_turns": one.turns,
        "snippet": _MARKED.sub(r"\1", one.snippet),
    }


def to_json(conversation: Conversation) -> Json:
    """The object that `history show --json` prints and `history export` writes; `answer` is that of `ask --json`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "id": conversation.id,
        "title": conversation.title,
        "corpus": conversation.corpus,
        "created": conversation.created.isoformat(),
        "updated": conversation.updated.isoformat(),
        "limited_to": _filter(conversation.where),
        "turns": [
            {
                "asked": turn.asked.isoformat(),
                "question": turn.question,
                "standalone_question": turn.standalone_question or None,
                "state": turn.state.value,
                "incomplete": turn.incomplete or None,
                "text": turn.text,
                "answer": answer_to_json(turn.answer) if turn.answer else None,
            }
            for turn in conversation.turns
        ],
    }


def _filter(where: Filter) -> Json:
    return {
        "since": where.since.isoformat() if where.since else None,
        "until": where.until.isoformat() if where.until else None,
        "outlet": where.outlet,
        "document": where.document,
    }


def list_page(listed: Sequence[Listed], screen: Screen) -> str:
    """A conversation a line: number, when it was last used, how many questions, title, folder."""
    if not listed:
        return render(["No conversations are kept yet. `assistant ask` begins one."], screen)
    width = len(str(max(one.id for one in listed)))
    lines: list[Text | str] = []
    for one in listed:
        head = Text.assemble((f"{one.id:>{width}}  ", "bold"), flowing(one.title))
        lines += paragraph(head, screen, hanging=width + 2)
        lines += paragraph(Text(_facts(one), style="dim"), screen, indent=width + 2)
    return render(lines, screen)


def search_page(found: Sequence[Found], query: str, screen: Screen) -> str:
    """As the list, each with the place that fits."""
    if not found:
        return render(paragraph(Text(f"No conversation holds {flowing(query)}."), screen), screen)
    width = len(str(max(one.conversation.id for one in found)))
    lines: list[Text | str] = []
    for one in found:
        head = Text.assemble((f"{one.conversation.id:>{width}}  ", "bold"), flowing(one.conversation.title))
        lines += paragraph(head, screen, hanging=width + 2)
        lines += paragraph(_snippet(one.snippet), screen, indent=width + 2)
        lines += paragraph(Text(_facts(one.conversation), style="dim"), screen, indent=width + 2)
    return render(lines, screen)


def _snippet(text: str) -> Text:
    shown = Text()
    at = 0
    for match in _MARKED.finditer(text):
        shown.append(_between(text[at : match.start()]))
        shown.append(_between(match[1]), "bold")
        at = match.end()
    shown.append(_between(text[at:]))
    return shown


def _between(text: str) -> str:
    """White space as one space, also at the ends, where a mark begins."""
    return sanitize(re.sub(r"\s+", " ", text))


def _facts(one: Listed) -> str:
    questions = f"{one.turns} question" + ("" if one.turns == 1 else "s")
    return flowing(joined((_minute(one.updated), questions, Path(one.corpus).name)))


def _minute(moment: datetime) -> str:
    """In local time."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def conversation_page(conversation: Conversation, screen: Screen) -> str:
    """Every question with its answer, as `ask` printed it."""
    facts = joined((f"conversation {conversation.id}", _minute(conversation.created), conversation.corpus))
    pages = [
        render(
            [
                *paragraph(Text(flowing(conversation.title), style="bold"), screen),
                *paragraph(Text(flowing(facts), style="dim"), screen),
            ],
            screen,
        )
    ]
    for turn in conversation.turns:
        head: list[Text | str] = [
            "",
            *paragraph(Text(f"> {flowing(turn.question)}", style="bold"), screen, hanging=2),
            "",
        ]
        if turn.answer:
            pages.append(render(head, screen) + answer_page(turn.answer, screen, Path(conversation.corpus)))
            continue
        if turn.text:
            head += paragraph(Text(flowing(turn.text)), screen, indent=2)
        head += paragraph(Text(f"incomplete: {flowing(turn.incomplete)}", style="dim"), screen)
        pages.append(render(head, screen))
    return "".join(pages)


def to_markdown(conversation: Conversation) -> str:
    """The conversation as Markdown: questions as headings, answers, and below each where its citations stand."""
    parts = [
        f"# {_escaped(conversation.title)}",
        _escaped(joined((_minute(conversation.created), conversation.corpus))),
    ]
    for turn in conversation.turns:
        parts.append(f"## {_escaped(turn.question)}")
        if turn.standalone_question and turn.standalone_question != turn.question:
            parts.append(f"*Asked as: {_escaped(turn.standalone_question)}*")
        parts += _answer(turn, turn.answer) if turn.answer else _unanswered(turn)
    return "\n\n".join(parts) + "\n"


def _answer(turn: Turn, answer: Answer) -> list[str]:
    parts = [sanitize(answer.answer)]
    if answer.outcome is Outcome.REFUSED and answer.note:
        parts.append(_escaped(answer.note))
    if answer.citations:
        parts.append("\n".join(f"- [{c.marker}] {_place(c)}" for c in answer.citations))
    good = sum(citation.verified for citation in answer.citations)
    verified = f"{good} of {len(answer.citations)} citations verified" if answer.citations else None
    incomplete = f"incomplete: {answer.incomplete}" if answer.incomplete else None
    parts.append(f"*{_escaped(joined((answer.reader, verified, _minute(turn.asked), incomplete)))}*")
    return parts


def _unanswered(turn: Turn) -> list[str]:
    parts = [sanitize(turn.text)] if turn.text else []
    return [*parts, f"*incomplete: {_escaped(turn.incomplete)}*"]


def _place(citation: Citation) -> str:
    source = citation.source
    published = source.published.isoformat() if source.published else None
    who = citation.speaker and joined((citation.speaker, citation.speaker_role), ", ")
    where = f"{citation.document}:{citation.line}" if citation.line else citation.document
    facts = _escaped(joined((who, source.title, source.outlet, published, where)))
    return f"{facts} ({citation.start}–{citation.end}): {_escaped(citation.quote)}"


def _escaped(text: str) -> str:
    """Text as Markdown that shows it and does nothing else."""
    return _FENCE.sub(r"\\\1", flowing(text))
