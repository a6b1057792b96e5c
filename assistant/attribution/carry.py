"""Quotations without a cue of their own: second parts, further paragraphs, and strict carry-over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution.found import Found
from assistant.attribution.sources import Reach
from assistant.domain import BlockKind, CueClass, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.quotes import Quote
    from assistant.attribution.tokens import Sentence

SHORTEST = 25
"""Characters; a shorter quotation without a cue is a scare quote or a title."""


def carried_quotes(sentences: Sequence[Sentence], quotes: Sequence[Quote], found: Sequence[Found]) -> list[Found]:
    """The statements that quotations without a cue make, in text order."""
    by_quote = {number: one for one in found for number in one.quotes}
    for number in sorted(by_quote, reverse=True):
        _claim_before(number, quotes, by_quote)
    by_sentence = {one.sentence: one for one in found}
    added: list[Found] = []
    for sentence in sentences:
        opening = _opening_quote(sentence, quotes, sentences, by_sentence)
        if opening is None or opening in by_quote or sentence.index in by_sentence:
            continue
        made = _carried(sentence, opening, sentences, quotes, by_quote, by_sentence)
        added.append(made)
        by_quote[opening] = by_sentence[sentence.index] = made
    return added


def _claim_before(number: int, quotes: Sequence[Quote], by_quote: dict[int, Found]) -> None:
    """The paragraphs before a quotation's last one belong to the same statement."""
    at = number - 1
    while at >= 0 and quotes[at].continues and at not in by_quote:
        by_quote[at] = by_quote[number]
        at -= 1


def _opening_quote(
    sentence: Sentence, quotes: Sequence[Quote], sentences: Sequence[Sentence], by_sentence: dict[int, Found]
) -> int | None:
    """The long quotation that this sentence starts with and that starts with it; behind `"A," X said.` any length."""
    if sentence.kind is not BlockKind.BODY or not sentence.tokens or sentence.tokens[0].kind != "q":
        return None
    number = sentence.tokens[0].quote
    quote = quotes[number]
    if quote.start != sentence.start:
        return None
    if quote.end - quote.start <= SHORTEST:
        before = by_sentence.get(sentence.index - 1)
        if before is None or not before.quotes or sentences[sentence.index - 1].block != sentence.block:
            return None
    alone = len(sentence.tokens) == 1 or (len(sentence.tokens) == 2 and sentence.tokens[1].kind == "p")
    return number if alone or quote.last_block > quote.block else None


def _carried(
    sentence: Sentence,
    opening: int,
    sentences: Sequence[Sentence],
    quotes: Sequence[Quote],
    by_quote: dict[int, Found],
    by_sentence: dict[int, Found],
) -> Found:
    quote = quotes[opening]
    made = Found(
        sentence=sentence.index,
        cue_start=quote.start,
        cue_end=quote.start,
        cue=None,
        cue_class=CueClass.SAYING,
        reach=Reach.NONE,
        phrase=(),
        contents=[Span(quote.start, quote.end)],
        quotes=[opening],
    )
    before = sentences[sentence.index - 1] if sentence.index else None
    if before is None or before.kind is not BlockKind.BODY:
        return made
    if opening and quotes[opening - 1].continues:
        made.follows = by_quote.get(opening - 1)
        return made
    if before.block == sentence.block:
        made.follows = _speaking(by_sentence.get(before.index))
    elif before.tokens and before.tokens[-1].low in {":", ","} and before.index in by_sentence:
        made.follows = _speaking(by_sentence[before.index])
    elif _paragraph_is_quote(before, sentences):
        made.follows = _last_of_block(before, sentences, by_sentence)
    return made


def _speaking(found: Found | None) -> Found | None:
    return found if found is not None and found.cue_class is CueClass.SAYING else None


def _paragraph_is_quote(last: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether the paragraph that ends with this sentence starts or ends with a quotation."""
    if any(token.kind == "q" for token in last.tokens[-2:]):
        return True
    first = last
    while first.index and sentences[first.index - 1].block == last.block:
        first = sentences[first.index - 1]
    return bool(first.tokens) and first.tokens[0].kind == "q" and first.tokens[0].end - first.tokens[0].start > SHORTEST


def _last_of_block(last: Sentence, sentences: Sequence[Sentence], by_sentence: dict[int, Found]) -> Found | None:
    at = last.index
    while at >= 0 and sentences[at].block == last.block:
        if at in by_sentence:
            return _speaking(by_sentence[at])
        at -= 1
    return None
