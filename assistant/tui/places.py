"""What of an answer can be opened: its citations, and the nearest passages of a refusal."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain import Answer, Citation, Nearest, Provenance


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a document that an answer points to."""

    label: str
    """As it stands in the answer: `1`, or `a` for a passage that came near."""
    document: str
    start: int
    end: int
    quote: str
    source: Provenance
    citation: Citation | None = None
    near: Nearest | None = None


def places(answer: Answer) -> tuple[Place, ...]:
    """In the order in which they are shown."""
    cited = tuple(Place(str(c.marker), c.document, c.start, c.end, c.quote, c.source, c) for c in answer.citations)
    near = tuple(
        Place(letter(number), n.document, n.start, n.end, n.quote, n.source, None, n)
        for number, n in enumerate(answer.nearest)
    )
    return cited + near


def letter(number: int) -> str:
    """The label of a passage that came near: a, b, … z, then a1, b1, and so on."""
    turn, at = divmod(number, 26)
    return chr(ord("a") + at) + (str(turn) if turn else "")
