"""What stands around a passage: small passages are found, the text around them is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import Passage, Span

if TYPE_CHECKING:
    from assistant.protocols import Snapshot


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the passage that holds it."""

    start: int
    end: int
    text: str
    passage: Passage


def sentences_of(passage: Passage) -> tuple[Sentence, ...]:
    """The sentences of one passage, in order."""
    return tuple(
        Sentence(start, end, passage.text[start - passage.start : end - passage.start], passage)
        for start, end in passage.sentences
    )


def article_sentences(snapshot: Snapshot, passage: Passage) -> tuple[Sentence, ...]:
    """All sentences of the passage's article in order, each once although passages may overlap."""
    found: dict[Span, Sentence] = {}
    for one in snapshot.passages_of(passage.document, passage.article):
        for sentence in sentences_of(one):
            found.setdefault(Span(sentence.start, sentence.end), sentence)
    return tuple(found[span] for span in sorted(found))


def neighbours(snapshot: Snapshot, passage: Passage, each_side: int = 1) -> tuple[Passage, ...]:
    """The passages of the article just before and after a passage, itself included, in text order."""
    around = snapshot.passages_of(passage.document, passage.article)
    place = next((n for n, one in enumerate(around) if one.id == passage.id), None)
    if place is None:
        return (passage,)
    return around[max(0, place - each_side) : place + each_side + 1]
