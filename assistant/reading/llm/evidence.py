"""A given passage, made ready to be held against statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.corpus.dates import said_on
from assistant.corpus.folding import Folded, fold
from assistant.domain import Passage, Span
from assistant.reading.llm.claims import agrees, claims_of, filled
from assistant.reading.llm.passages import Given
from assistant.retrieve.context import neighbours, sentences_of
from assistant.retrieve.query import When
from assistant.retrieve.terms import Token, is_variant, stems

if TYPE_CHECKING:
    from assistant.protocols import Snapshot


@dataclass(frozen=True, slots=True)
class SentenceStems:
    """A sentence of a passage by the stems of its words; the span is in the document."""

    span: Span
    stems: frozenset[str]
    quantities: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a passage holds. Numbers and dates have to stand in it or its header, names also just around it."""

    given: Given
    folded: Folded
    sentences: tuple[SentenceStems, ...]
    header: frozenset[str]
    """Stems of title, outlet, author and of who speaks in the passage."""
    around: frozenset[str]
    """Stems of the passages before and after, where "he" may have his name."""
    quantities: frozenset[tuple[str, str]]
    dates: tuple[When, ...]

    @property
    def passage(self) -> Passage:
        """The passage."""
        return self.given.hit.passage

    def words(self) -> frozenset[str]:
        """Stems of the passage and its header."""
        return self.header.union(*(sentence.stems for sentence in self.sentences))

    def holds_quantity(self, quantity: tuple[str, str]) -> bool:
        """Whether the number stands here with the same unit."""
        return quantity in self.quantities

    def holds_date(self, claimed: When) -> bool:
        """Whether the date stands here, or follows from a weekday and the day of publication."""
        return any(agrees(claimed, known) for known in self.dates)

    def holds_name(self, word: Token) -> bool:
        """Whether the word stands here, in the header, or just around."""
        known = self.words() | self.around
        return covered(word.stem, known)


def evidence_of(given: Given, snapshot: Snapshot) -> Evidence:
    """Reads a passage and its surroundings once."""
    passage = given.hit.passage
    source = passage.source
    head = " ".join(one for one in (source.title, source.outlet, source.author) if one)
    people = " ".join(f"{a.speaker} {a.speaker_role or ''}" for a in given.attributions)
    text = f"{passage.text}\n{head}"
    claims = claims_of(text)
    near = " ".join(one.text for one in neighbours(snapshot, passage) if one.id != passage.id)
    return Evidence(
        given=given,
        folded=fold(passage.text),
        sentences=tuple(
            SentenceStems(Span(one.start, one.end), stems(one.text), claims_of(one.text).quantities)
            for one in sentences_of(passage)
        ),
        header=stems(f"{head} {people}"),
        around=stems(near),
        quantities=claims.quantities | {(str(part), "") for when in claims.dates for part in when[:3] if part},
        dates=_dates(passage, claims.dates),
    )


def _dates(passage: Passage, written: Sequence[When]) -> tuple[When, ...]:
    published = passage.source.published
    days = [published] if published else []
    days += [day for one in sentences_of(passage) if (day := said_on(one.text, published))]
    known = [filled(when, published) for when in written]
    known += [When(day.year, day.month, day.day, day.weekday()) for day in days]
    return tuple(dict.fromkeys(known))


def covered(word: str, known: frozenset[str]) -> bool:
    """Whether a stem, or a form of the same word, is among others."""
    return word in known or any(is_variant(word, other) for other in known)
