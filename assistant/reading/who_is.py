"""Answers "Who is X?" for people whose words the corpus holds: where the page says who they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import Filter, Span
from assistant.reading.compose import Piece, Reading
from assistant.reading.said_topic import Texts
from assistant.reading.speakers import resolve, said_by

if TYPE_CHECKING:
    from assistant.domain import Attribution
    from assistant.protocols import Snapshot, Speaker

MOST = 2
"""Sentences shown for one person: pages seldom tell more than two offices."""

_ASKED = re.compile(r"^who(?: exactly)?(?:'s| is| was) (?P<name>[^,?]+)\??$", re.IGNORECASE)


def who_is(question: str, snapshot: Snapshot, where: Filter | None = None) -> Reading | None:
    """The sentences that give a person's role beside the name; None if another question is asked, or none does."""
    match = _ASKED.match(" ".join(question.replace("’", "'").split()))
    if match is None or match["name"].lower().startswith(("the ", "a ", "an ")):
        return None
    found = resolve(match["name"], snapshot)
    if found.assumed or not found.exact:
        return None
    texts = Texts(snapshot)
    pieces = [piece for speaker in found.exact if speaker.roles for piece in _told(speaker, snapshot, texts, where)]
    return Reading(pieces=tuple(pieces)) if pieces else None


def _told(speaker: Speaker, snapshot: Snapshot, texts: Texts, where: Filter | None) -> list[Piece]:
    """The first sentence for each role that stands right beside the surname, most frequent role first."""
    surname = re.escape(speaker.name.split()[-1])
    told: list[Piece] = []
    said = [a for a in said_by(speaker, snapshot, where) if not texts.is_heading(a)]
    for role in speaker.roles:
        # "the NATO Secretary General, Jens Stoltenberg," or "Jens Stoltenberg, the Secretary General"
        beside = re.compile(
            rf"{re.escape(role)},? (?:[\w.’'-]+ ){{0,3}}{surname}|{surname}, (?:the |a |an )?{re.escape(role)}"
        )
        piece = next((p for a in said if (p := _piece(a, beside, texts)) is not None), None)
        if piece is not None and all((p.document, p.start) != (piece.document, piece.start) for p in told):
            told.append(piece)
        if len(told) == MOST:
            break
    return told


def _piece(a: Attribution, beside: re.Pattern[str], texts: Texts) -> Piece | None:
    match = beside.search(texts.sentence(a))
    if match is None:
        return None
    mark = Span(a.sentence_start + match.start(), a.sentence_start + match.end())
    return Piece(a.document, a.sentence_start, a.sentence_end, texts.article(a).source, (mark,), (a,))
