"""Answers questions about somebody's words from the attributions found at indexing.

The rules follow measurements on PolNeAR (84 unseen articles): asked by speaker, attributions return 93 % right
statements, where sentences that mention the name return 26 %.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.domain import CueClass, Filter, Hit
from assistant.reading.compose import Reading
from assistant.reading.said_page import MOST, heading, label_of, nothing_found, ordered, pieces
from assistant.reading.said_question import Act, Ask, SaidQuestion
from assistant.reading.said_topic import Candidate, Texts, in_body, judge, of_act, of_article, on_topic, topic_terms
from assistant.reading.speakers import SpeakerMatch, resolve, said_by

if TYPE_CHECKING:
    from assistant.protocols import Embedder, Snapshot
    from assistant.retrieve.query import Query

NEAR_BEST = 0.5
"""A statement whose topical score falls this far behind the best one's is about something else."""
NEAR_BEST_ONE = 0.15
"""The same where one thing is asked for: a wrong speaker or value is worse than a missing one."""

_ASSERTIVE = frozenset({"believe", "consider", "think"})
"""Attitudes that a reporter knows only because they were voiced ("Lavrov considered that …")."""
_ASKS_ONE = re.compile(r"(?:what|which|how|why|who|when|where|is|are|does|did|will)\b", re.IGNORECASE)


class SaidReader:
    """Reads answers to said-questions; `read` returns None where the question is better read as one for facts."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def read(
        self, asked: SaidQuestion, query: Query, hits: Sequence[Hit], snapshot: Snapshot, where: Filter | None = None
    ) -> Reading | None:
        """The statements that answer, or a refusal that says whose words were looked for and on what."""
        if asked.ask is Ask.WHO:
            return self._who(asked, query, hits, snapshot, where)
        match = resolve(asked.speaker, snapshot)
        if match.other_first_name:
            names = " and ".join(s.name for s in match.related)
            verb = "is" if len(match.related) == 1 else "are"
            return Reading(refusal=f"Nobody named {asked.speaker} is quoted in this corpus; {names} {verb}.")
        if match.exact or match.related:
            return self._what(asked, query, match, snapshot, where)
        if asked.loose or not _is_name(asked.speaker, query) or asked.speaker in " ".join(_titles(hits)):
            return None
        return Reading(refusal=f"No words of {asked.speaker} are quoted or reported in this corpus.")

    def _what(
        self, asked: SaidQuestion, query: Query, match: SpeakerMatch, snapshot: Snapshot, where: Filter | None
    ) -> Reading | None:
        texts = Texts(snapshot)
        everything = _of_speakers(match, snapshot, where, attitudes=asked.act is Act.ATTITUDE)
        found = of_article(asked.article, everything, texts) if asked.article else everything
        found = of_act(asked.act, found, texts)
        topic = topic_terms(asked.topic, query, [s.name for s in (*match.exact, *match.related)])
        if topic:
            within = NEAR_BEST_ONE if _ASKS_ONE.match(asked.topic) else NEAR_BEST
            found = on_topic(judge(query.text, topic, found, texts, self._embedder), within)
        found = in_body(found, texts)
        label = label_of(match.exact or match.related)
        if not found:
            return nothing_found(asked, label, everything, texts) if everything else None
        in_order = [
            *ordered([c for c in found if c.exact], by_topic=bool(topic)),
            *ordered([c for c in found if not c.exact], by_topic=bool(topic)),
        ]
        shown = pieces(in_order, texts)
        notes = []
        if match.assumed:
            notes.append(f"“{asked.speaker}” was read as {label}.")
        if len(shown) > MOST:
            notes.append(f"{MOST} of {len(shown)} statements are shown; a topic or a date narrows the question.")
        return Reading(pieces=tuple(shown[:MOST]), heading=heading(label, match, found), note=" ".join(notes))

    def _who(
        self, asked: SaidQuestion, query: Query, hits: Sequence[Hit], snapshot: Snapshot, where: Filter | None
    ) -> Reading | None:
        topic = topic_terms(asked.topic, query, [])
        if not topic:
            return None
        articles = {(h.passage.document, h.passage.article) for h in hits}
        candidates = [
            Candidate(a, exact=True)
            for document in sorted({d for d, _ in articles})
            for a in snapshot.attributions(document=document, where=where)
            if (document, a.article) in articles and a.cue_class is not CueClass.ATTITUDE
        ]
        texts = Texts(snapshot)
        judged = judge(query.text, topic, of_act(asked.act, candidates, texts), texts, self._embedder)
        found = in_body(on_topic(judged, NEAR_BEST_ONE), texts)
        shown = pieces(ordered(found, by_topic=True), texts)
        return Reading(pieces=tuple(shown[:MOST])) if shown else None


def _of_speakers(match: SpeakerMatch, snapshot: Snapshot, where: Filter | None, *, attitudes: bool) -> list[Candidate]:
    """All statements of the matched speakers; what they hope or want only if asked for, or if there is no more."""
    everything = [
        Candidate(a, exact)
        for exact, group in ((True, match.exact), (False, match.related))
        for speaker in group
        for a in said_by(speaker, snapshot, where)
    ]
    said = [
        c
        for c in everything
        if attitudes or c.attribution.cue_class is not CueClass.ATTITUDE or c.attribution.cue in _ASSERTIVE
    ]
    return said or everything


def _is_name(phrase: str, query: Query) -> bool:
    """Whether the question's speaker is somebody by name ("Yermak"), not a thing ("the report")."""
    words = {word.casefold() for name in query.names for word in name.split()}
    return bool(words & {word.casefold() for word in phrase.split()})


def _titles(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.source.title or "" for hit in hits]
