"""How statements are laid out: which comes first, what is one statement, who is named above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Attribution, Manner, Nearest, Span
from assistant.protocols import Speaker
from assistant.reading.compose import Piece, Reading
from assistant.reading.said_question import Act, SaidQuestion
from assistant.reading.said_topic import Candidate, Texts
from assistant.reading.speakers import SpeakerMatch

MOST = 20
"""Statements shown at most; the note says how many more there are."""
NEAREST = 3

_STRONG = frozenset("claim accuse allege assert insist warn declare stress emphasize emphasise vow blame deny".split())
_FAINT = frozenset("discuss welcome express praise thank commend cite mention refer meet agree".split())
_KIND = {
    Act.ACCUSE: "no accusation or criticism",
    Act.DENY: "no denial",
    Act.PROMISE: "no promise",
    Act.ADMIT: "no admission",
    Act.APOLOGISE: "no apology",
}


def ordered(candidates: Sequence[Candidate], *, by_topic: bool) -> list[Candidate]:
    """Strongest first; statements of one article stay together."""

    def key(c: Candidate) -> float:
        return c.topical + 0.1 * _strength(c.attribution) if by_topic else _strength(c.attribution)

    best: dict[tuple[str, int], float] = {}
    for c in candidates:
        place = (c.attribution.document, c.attribution.article)
        best[place] = max(best.get(place, float("-inf")), key(c))
    return sorted(
        candidates,
        key=lambda c: (
            -best[c.attribution.document, c.attribution.article],
            c.attribution.document,
            c.attribution.article,
            -key(c),
            c.attribution.start,
        ),
    )


def _strength(a: Attribution) -> float:
    """How strong a claim is: quoted words before reported ones, claims before courtesies, long before short."""
    manner = {Manner.DIRECT: 2.0, Manner.MIXED: 1.5, Manner.INDIRECT: 1.0}[a.manner]
    verb = 0.6 if a.cue in _STRONG else -0.8 if a.cue in _FAINT else 0.0
    return manner + verb + min(a.end - a.start, 250) / 250


def pieces(candidates: Sequence[Candidate], texts: Texts) -> list[Piece]:
    """One piece a statement: attributions whose sentences overlap are one, and repetitions are left out."""
    groups: list[list[Attribution]] = []
    for c in candidates:
        a = c.attribution
        for group in groups:
            if group[0].document == a.document and any(
                b.sentence_start < a.sentence_end and a.sentence_start < b.sentence_end for b in group
            ):
                group.append(a)
                break
        else:
            groups.append([a])
    found: list[Piece] = []
    seen: list[str] = []
    for group in groups:
        start = min(a.sentence_start for a in group)
        end = max(a.sentence_end for a in group)
        first = group[0]
        plain = _plain(texts.document(first.document).text[start:end])
        if any(plain in other for other in seen):
            continue
        seen.append(plain)
        marks = tuple(sorted({Span(a.start, a.end) for a in group}))
        found.append(Piece(first.document, start, end, texts.article(first).source, marks, tuple(group)))
    return found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def label_of(speakers: Sequence[Speaker]) -> str:
    """The name that stands for several speakers: the one with most statements."""
    return max(speakers, key=lambda s: (s.count, len(s.name), s.name)).name


def heading(label: str, match: SpeakerMatch, found: Sequence[Candidate]) -> str:
    """Who speaks, and in how many articles."""
    articles = len({(c.attribution.document, c.attribution.article) for c in found})
    where = "in one article" if articles == 1 else f"in {articles} articles"
    others = any(not c.exact for c in found)
    if others and not match.exact:
        return f"Speaking for it, {where}:"
    people = dict.fromkeys(c.attribution.speaker for c in found if c.exact and c.attribution.speaker)
    if len({name.split()[-1] for name in people}) > 1:
        return f"{' and '.join(people)}, {where}:"
    own = next((s for s in match.exact if s.name == label), None)
    role = f", {own.roles[0]}" if own and own.roles else ""
    return f"{label}{role}{', and those who speak for it' if others else ''}, {where}:"


def nothing_found(asked: SaidQuestion, label: str, everything: Sequence[Candidate], texts: Texts) -> Reading:
    """The refusal of a known speaker: what was looked for, and what he is quoted with instead."""
    instead = pieces(ordered(everything, by_topic=False), texts)
    times = "once" if len(instead) == 1 else f"{len(instead)} times"
    kind = _KIND.get(asked.act)
    about = f" about “{asked.topic}”" if asked.topic else ""
    what = f"with {kind}{about}" if kind else f"with nothing{about}"
    nearest = tuple(
        Nearest(
            p.document,
            p.start,
            p.end,
            texts.document(p.document).text[p.start : p.end],
            p.source,
            f"is {kind}" if kind else "is about something else",
        )
        for p in instead[:NEAREST]
    )
    return Reading(refusal=f"This corpus quotes or reports {label} {times}, but {what}.", nearest=nearest)
