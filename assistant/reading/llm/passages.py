"""Retrieved passages as a model sees them: numbered, with their source, and fenced so that none can end its fence."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.corpus.folding import visible
from assistant.domain import Attribution, Hit

if TYPE_CHECKING:
    from assistant.protocols import Snapshot

LONGEST_FIELD = 200
"""Characters of a title, an outlet or a speaker that are shown; a page can put anything there."""
MOST_SPEAKERS = 8

_LOOK_ALIKES = str.maketrans({"<": "⟨", ">": "⟩", "[": "(", "]": ")", "{": "(", "}": ")", "\uff5c": "|"})
"""Angle brackets make the control tokens of chat templates and HTML, square ones the markers, braces the variables of
templates. A document's own become look-alikes that mean nothing to a machine; `folding` takes them for equal."""


@dataclass(frozen=True, slots=True)
class Given:
    """A passage that a model was given under a number, with the attributions that lie in it."""

    number: int
    hit: Hit
    attributions: tuple[Attribution, ...] = ()


def give(hits: Sequence[Hit], snapshot: Snapshot) -> tuple[Given, ...]:
    """The hits with their attributions, numbered from 1 in the order of the hits."""
    said: dict[str, tuple[Attribution, ...]] = {}
    given = []
    for number, hit in enumerate(hits, 1):
        passage = hit.passage
        if passage.document not in said:
            said[passage.document] = snapshot.attributions(document=passage.document)
        inside = tuple(
            a
            for a in said[passage.document]
            if a.sentence_start < passage.end and passage.start < a.sentence_end and a.speaker is not None
        )
        given.append(Given(number, hit, inside))
    return tuple(given)


def render(given: Sequence[Given], question: str) -> str:
    """All passages, each between two lines with a key that stands in none of them."""
    bodies = [_body(one) for one in given]
    key = key_for([question, *bodies])
    return "\n\n".join(
        f"--- passage {one.number} · key {key} ---\n{body}\n--- end of passage {one.number} · key {key} ---"
        for one, body in zip(given, bodies, strict=True)
    )


def key_for(texts: Sequence[str]) -> str:
    """Twelve hexadecimal digits made from the texts that occur in none of them.

    Nobody who writes a document can know the key: it depends on the question and on every other passage.
    """
    joined = "\0".join(texts)
    for attempt in itertools.count():
        key = hashlib.sha256(f"{attempt}\0{joined}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
        if key not in joined.lower():
            return key
    raise AssertionError("unreachable: the count has no end")


def plain(text: str) -> str:
    """A document's text as data: nothing invisible, no control token, marker or variable can be formed by it."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n")).translate(_LOOK_ALIKES)


def _body(one: Given) -> str:
    source = one.hit.passage.source
    fields = {
        "title": source.title,
        "outlet": source.outlet,
        "author": source.author,
        "date": source.published.isoformat() if source.published else None,
        "speakers": _speakers(one.attributions),
    }
    lines = [f"{name}: {value}" for name, value in fields.items() if value]
    lines = [_field(line) for line in lines]
    return "\n".join([*lines, "text:", plain(one.hit.passage.text)])


def _field(line: str) -> str:
    flat = " ".join(plain(line).split())
    return flat if len(flat) <= LONGEST_FIELD else flat[:LONGEST_FIELD] + "…"


def _speakers(attributions: Sequence[Attribution]) -> str | None:
    named: dict[str, None] = {}
    for a in attributions:
        role = f" ({a.speaker_role})" if a.speaker_role else ""
        written = a.speaker_as_written or ""
        points = bool(written) and str(a.speaker).split()[-1].casefold() not in written.casefold()
        named[f"“{written}” is {a.speaker}{role}" if points else f"{a.speaker}{role}"] = None
    return "; ".join(list(named)[:MOST_SPEAKERS]) or None
