"""From retrieved passages to the sentences that answer, or to a refusal: the reader for questions about facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.domain import Filter, Hit
from assistant.reading import refusal
from assistant.reading.features import Candidate, Soft, features, nearest_word, score
from assistant.reading.selection import Scored, Selection, as_selected, choose
from assistant.retrieve.context import Sentence, article_sentences
from assistant.retrieve.query import NAME_RATIO, Query, parse
from assistant.retrieve.terms import is_content, stems, tokens

if TYPE_CHECKING:
    from assistant.protocols import Embedder, Snapshot, Vectors

PASSAGES = 5
"""Passages whose sentences are read; the right one is among the first four for 95 % of SQuAD's questions."""
SENTENCES = 60
"""Sentences that are looked at, over all passages."""
FINALISTS = 6
"""Sentences whose words are compared by meaning; each costs about 8 ms of single-word vectors."""


def select(
    question: str | Query, hits: Sequence[Hit], snapshot: Snapshot, embedder: Embedder, where: Filter | None = None
) -> Selection:
    """The sentences of the hits that answer the question, or a refusal with what came nearest.

    `hits` come from `hybrid.search` with the same filter, best first.
    """
    query = parse(question, snapshot) if isinstance(question, str) else question
    ranked = rank(query, hits, snapshot, embedder)
    return refusal.judge(query, ranked, snapshot, where) or _answer(query, ranked)


def _answer(query: Query, ranked: Sequence[Scored]) -> Selection:
    chosen, disagreement = choose(query, ranked)
    return Selection(
        selected=tuple(as_selected(query, one) for one in chosen),
        confidence=refusal.confidence(query, ranked),
        disagreement=disagreement,
    )


def rank(query: Query, hits: Sequence[Hit], snapshot: Snapshot, embedder: Embedder) -> list[Scored]:
    """The sentences of the first passages, best first; equal scores in order of document and offset."""
    found = candidates(query, hits, snapshot, embedder)
    is_name = _name_test(found, snapshot)

    def order(scored: list[Scored]) -> list[Scored]:
        return sorted(
            scored,
            key=lambda s: (-round(s.score, 9), s.candidate.sentence.passage.document, s.candidate.sentence.start),
        )

    def scored(candidate: Candidate, soft: Soft | None) -> Scored:
        values = features(query, candidate, is_name, soft)
        return Scored(candidate, values, score(values))

    first = order([scored(candidate, None) for candidate in found])
    finalists = [one.candidate for one in first[:FINALISTS]]
    soft = _soft(query, finalists, embedder)
    final = order([scored(candidate, soft) for candidate in finalists])
    return final + first[FINALISTS:]


def candidates(query: Query, hits: Sequence[Hit], snapshot: Snapshot, embedder: Embedder) -> list[Candidate]:
    """The sentences of the first passages with their surroundings and vectors, each sentence once."""
    places: dict[tuple[str, int, int], tuple[Hit, Sentence, Sentence | None, Sentence | None]] = {}
    articles: dict[tuple[str, int], tuple[Sentence, ...]] = {}
    for hit in hits[:PASSAGES]:
        passage = hit.passage
        key = (passage.document, passage.article)
        if key not in articles:
            articles[key] = article_sentences(snapshot, passage)
        around = articles[key]
        for n, sentence in enumerate(around):
            if passage.start <= sentence.start < passage.end and sentence.text.strip():
                before = around[n - 1] if n else None
                after = around[n + 1] if n + 1 < len(around) else None
                places.setdefault((passage.document, sentence.start, sentence.end), (hit, sentence, before, after))
    chosen = list(places.values())[:SENTENCES]
    if not chosen:
        return []
    texts = [_titled(hit, sentence) for hit, sentence, _, _ in chosen]
    vectors = embedder.embed([query.text, *texts])
    cosines = vectors[1:] @ vectors[0]
    known: dict[str, frozenset[str]] = {}

    def stems_of(text: str | None) -> frozenset[str]:
        if not text:
            return frozenset()
        if text not in known:
            known[text] = stems(text)
        return known[text]

    return [
        Candidate(
            sentence=sentence,
            hit=hit,
            words=tuple(tokens(sentence.text)),
            stems=stems_of(sentence.text),
            previous=stems_of(before.text if before else None),
            following=stems_of(after.text if after else None),
            passage=stems_of(hit.passage.text),
            title=stems_of(hit.passage.source.title),
            before=before,
            after=after,
            cosine=float(cosine),
        )
        for (hit, sentence, before, after), cosine in zip(chosen, cosines, strict=True)
    ]


def _titled(hit: Hit, sentence: Sentence) -> str:
    title = hit.passage.source.title
    text = " ".join(sentence.text.split())
    return f"{title}: {text}" if title else text


def _name_test(found: Sequence[Candidate], snapshot: Snapshot) -> Callable[[str], bool]:
    """Whether the corpus writes a word as a name; asked once for all words that open a sentence or quotation."""
    capitals = {word.text for candidate in found for word in candidate.words if word.text[0].isupper()}
    casing = snapshot.casing(sorted(capitals))
    return lambda word: word in casing and casing[word].capitalised > NAME_RATIO * casing[word].lower


def _soft(query: Query, finalists: Sequence[Candidate], embedder: Embedder) -> Soft | None:
    """Word similarity for the question words that some finalist lacks."""
    wanted = sorted({t.text.lower() for t in query.terms if not t.is_name and not t.text[0].isdigit()})
    offered = {
        word.text.lower()
        for candidate in finalists
        for word in candidate.words
        if is_content(word) and word.text.isalpha() and len(word.text) > 2
    }
    if not wanted or not offered:
        return None
    vocabulary = sorted(offered | set(wanted))
    vectors: Vectors = embedder.embed(vocabulary)
    return nearest_word(dict(zip(vocabulary, vectors, strict=True)))
