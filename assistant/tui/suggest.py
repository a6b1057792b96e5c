"""Questions to begin with, made of what the corpus holds and kept only if they are answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from assistant.domain import Outcome

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.protocols import Snapshot

MOST = 4
TRIED = 24
"""Candidates that are asked at most; each takes some ten milliseconds."""
_SPEAKERS = 6
_NAME = re.compile(r"(?<![.!?“\"‘]\s)(?<=[a-z,] )([A-Z][\w’-]{2,}(?: [A-Z][\w’-]+)*)")
_TITLE_NAME = re.compile(r"\b[A-Z][\w’-]{2,}(?: [A-Z][\w’-]+)*")


def suggestions(assistant: Assistant, stopped: Callable[[], bool]) -> tuple[str, ...]:
    """At most MOST questions that the quoting reader answers; `stopped` tells that nobody wants them any more."""
    kept: list[str] = []
    openings: Counter[str] = Counter()
    for tried, (kind, question) in enumerate(_candidates(assistant.snapshot)):
        if len(kept) >= MOST or tried >= TRIED or stopped():
            break
        if openings[kind] < 2 and assistant.quote(question).outcome is Outcome.ANSWERED:
            openings[kind] += 1
            kept.append(question)
    return tuple(kept)


def _candidates(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """By turns of each kind: what somebody said, what somebody said about something, what is told of a title's name."""
    speakers = sorted((one for one in snapshot.speakers() if " " in one.name), key=lambda one: (-one.count, one.name))[
        :_SPEAKERS
    ]
    said = [("said", f"What did {one.name} say?") for one in speakers]
    about = [
        ("about", f"What did {one.name} say about {topic}?")
        for one in speakers
        if (topic := _topic(snapshot, one.name)) is not None
    ]
    told = [("told", f"What is said about {name}?") for name in _names(snapshot)]
    for n in range(max(len(said), len(about), len(told), 0)):
        for kind in (said, about, told):
            if n < len(kind):
                yield kind[n]


def _topic(snapshot: Snapshot, speaker: str) -> str | None:
    """The name that a speaker speaks of most, their own left out."""
    texts: dict[str, str] = {}
    found: Counter[str] = Counter()
    own = set(speaker.split())
    for one in snapshot.attributions(speaker=speaker):
        if one.speaker != speaker:
            continue
        if one.document not in texts:
            texts[one.document] = snapshot.document(one.document).text
        words = texts[one.document][one.start : one.end]
        found.update({name for name in _NAME.findall(words) if not own & set(name.split())})
    return min(found, key=lambda name: (-found[name], name)) if found else None


def _names(snapshot: Snapshot) -> list[str]:
    """Names of the titles, those of most titles first."""
    found: Counter[str] = Counter()
    for article in snapshot.articles():
        title = article.source.title or ""
        # The first word of a title has its capital from there, and a title all in capitals says nothing.
        if len(found) < 1000 and not title.isupper() and not title.istitle():
            found.update(set(_TITLE_NAME.findall(title.partition(" ")[2])))
    return sorted(found, key=lambda name: (-found[name], name))[:_SPEAKERS]
