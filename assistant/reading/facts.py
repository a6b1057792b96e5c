"""From retrieved passages to the sentences that answer, or to a refusal: the reader for questions about facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.corpus.filenames import name_words
from assistant.domain import Filter, Hit, Passage, Span
from assistant.reading import refusal
from assistant.reading.features import Candidate, Soft, features, nearest_word, score
from assistant.reading.leads import Placed, Role, is_question, place
from assistant.reading.selection import Refusal, Scored, Selection, as_selected, choose, each_once
from assistant.retrieve.context import Sentence, article_sentences
from assistant.retrieve.query import NAME_RATIO, TYPED, Query, parse
from assistant.retrieve.terms import Token, is_content, stems, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.protocols import Embedder, Snapshot, Vectors

PASSAGES = 6
"""Passages whose sentences are read; the right one is among the first four for 95 % of SQuAD's questions."""
SENTENCES = 30
"""Sentences that get vectors (about 2 ms each): the best ones by their words."""
FINALISTS = 6
"""Sentences whose words are compared by meaning; each costs about 8 ms of single-word vectors."""


def select(
    question: str | Query,
    hits: Sequence[Hit],
    snapshot: Snapshot,
    embedder: Embedder,
    where: Filter | None = None,
    threshold: float = refusal.THRESHOLD,
) -> Selection:
    """The sentences of the hits that answer the question, or a refusal with what came nearest.

    `hits` come from `hybrid.search` with the same filter, best first. Below a confidence of `threshold` the question is
    refused.
    """
    query = parse(question, snapshot) if isinstance(question, str) else question
    read = read_hits(query, hits, snapshot, embedder)
    if not read.ranked or read.signals is None:
        return Selection(refusal=refusal.nothing(query, filtered=bool(where)))
    sure = refusal.confidence(read.signals)
    if sure < threshold:
        names = _known_names(read.ranked, snapshot)
        return Selection(confidence=sure, refusal=refusal.refuse(query, read.ranked, read.soft, names))
    chosen, disagreement = choose(query, read.ranked)
    return Selection(each_once([as_selected(query, one) for one in chosen]), sure, disagreement)


def receipts(
    query: Query, hits: Sequence[Hit], snapshot: Snapshot, embedder: Embedder, where: Filter | None = None
) -> Refusal:
    """What came nearest and what it lacks, for a question that somebody else found no answer to."""
    read = read_hits(query, hits, snapshot, embedder)
    if not read.ranked:
        return refusal.nothing(query, filtered=bool(where))
    return refusal.refuse(query, read.ranked, read.soft, _known_names(read.ranked, snapshot))


@dataclass(frozen=True, slots=True)
class Read:
    """The sentences of the first passages, best first, and what tells whether the best one answers."""

    ranked: list[Scored]
    signals: refusal.Signals | None
    """None if there is no sentence."""
    soft: Soft | None


def read_hits(query: Query, hits: Sequence[Hit], snapshot: Snapshot, embedder: Embedder) -> Read:
    """Ranks the sentences of the first passages; equal scores in order of document and offset."""
    found = candidates(query, hits, snapshot)
    if not found:
        return Read([], None, None)
    is_name = _name_test(found, snapshot)

    def scored(candidate: Candidate, soft: Soft | None) -> Scored:
        values = features(query, candidate, is_name, soft)
        return Scored(candidate, values, score(values))

    by_words = _ordered([scored(candidate, None) for candidate in found])[:SENTENCES]
    known = _Known(embedder)
    near = _with_cosines(query, [one.candidate for one in by_words], known)
    first = _ordered([scored(candidate, None) for candidate in near])
    finalists = [one.candidate for one in first[:FINALISTS]]
    lexicon = _Lexicon(query, known)
    soft = lexicon.soft(word for candidate in finalists for word in candidate.words)
    ranked = _ordered([scored(candidate, soft) for candidate in finalists]) + first[FINALISTS:]
    best = ranked[0].candidate
    around = [s for s in (best.before, best.after, *best.above) if s is not None]
    ways = [" ".join(best.sentence.text.split()), best.read_with]
    soft = lexicon.soft((word for sentence in around for word in tokens(sentence.text)), *ways)
    own, *others = known.vectors([query.text, *ways])
    plain = max(float(own @ other) for other in others)
    return Read(ranked, refusal.measure(query, ranked, plain, soft, is_name), soft)


def _ordered(scored: list[Scored]) -> list[Scored]:
    return sorted(
        scored, key=lambda s: (-round(s.score, 9), s.candidate.sentence.passage.document, s.candidate.sentence.start)
    )


def candidates(query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> list[Candidate]:
    """The sentences of the first passages with their surroundings, each once; no cosines yet."""
    places: dict[tuple[str, int, int], tuple[Hit, Sentence, Sentence | None, Sentence | None]] = {}
    articles: dict[tuple[str, int], tuple[Sentence, ...]] = {}
    introduced: dict[tuple[str, int], frozenset[str]] = {}
    placed: dict[tuple[str, int], dict[Span, Placed]] = {}
    for hit in hits[:PASSAGES]:
        passage = hit.passage
        key = (passage.document, passage.article)
        if key not in articles:
            articles[key] = article_sentences(snapshot, passage)
            introduced[key] = _introduced(query, articles[key])
            placed[key] = _placed(snapshot, passage, articles[key])
        around = articles[key]
        for n, sentence in enumerate(around):
            if passage.start <= sentence.start < passage.end and sentence.text.strip():
                before = around[n - 1] if n else None
                after = around[n + 1] if n + 1 < len(around) else None
                places.setdefault((passage.document, sentence.start, sentence.end), (hit, sentence, before, after))
    known: dict[str, frozenset[str]] = {}

    def stems_of(text: str | None) -> frozenset[str]:
        if not text:
            return frozenset()
        if text not in known:
            known[text] = stems(text)
        return known[text]

    def placed_at(sentence: Sentence) -> Placed:
        return placed[sentence.passage.document, sentence.passage.article][Span(sentence.start, sentence.end)]

    # A heading may hold a date or number ("Version 2.1 (8 May 2021)"); it explains nothing.
    barred = _NO_ANSWER if query.kind in TYPED else (*_NO_ANSWER, Role.HEADING)
    answering = {key: found for key, found in places.items() if placed_at(found[1]).role not in barred}
    return [
        Candidate(
            sentence=sentence,
            hit=hit,
            words=tuple(tokens(sentence.text)),
            stems=stems_of(sentence.text),
            previous=stems_of(before.text if before else None),
            following=stems_of(after.text if after else None),
            passage=stems_of(hit.passage.text),
            title=stems_of(hit.passage.source.title) | stems_of(name_words(hit.passage.document)),
            introduced=introduced[hit.passage.document, hit.passage.article],
            before=before,
            after=after,
            cosine=0.0,
            role=placed_at(sentence).role,
            above=placed_at(sentence).above,
            lead=frozenset().union(*(stems_of(one.text) for one in placed_at(sentence).above)),
        )
        for hit, sentence, before, after in (answering or places).values()
    ]


_NO_ANSWER = (Role.QUESTION, Role.LABEL)


def _placed(snapshot: Snapshot, passage: Passage, sentences: Sequence[Sentence]) -> dict[Span, Placed]:
    article = next(one for one in snapshot.articles(passage.document) if one.ordinal == passage.article)
    return place(sentences, snapshot.document(passage.document).text, {b.start: b.kind for b in article.blocks})


def _introduced(query: Query, article: Sequence[Sentence]) -> frozenset[str]:
    first_names = [term for term in query.terms if term.surname is not None]
    if not first_names:
        return frozenset()
    text = "\n".join(sentence.text for sentence in article).lower()
    return frozenset(term.stem for term in first_names if term.text.lower() in text)


def _with_cosines(query: Query, found: Sequence[Candidate], known: _Known) -> list[Candidate]:
    """With the best cosine of each: alone, with what it stands under, or of the question that it answers first."""
    texts = []
    for one in found:
        ways = [_titled(one, " ".join(one.sentence.text.split())), _titled(one, one.read_with)]
        if one.before is not None and one.above[-1:] == (one.before,) and is_question(one.before.text):
            ways.append(" ".join(one.before.text.split()))
        texts.append(ways)
    listed = list(dict.fromkeys(text for ways in texts for text in ways))
    vectors = known.vectors([query.text, *listed])
    cosines = dict(zip(listed, (vectors[1:] @ vectors[0]).tolist(), strict=True))
    return [replace(one, cosine=max(cosines[text] for text in ways)) for one, ways in zip(found, texts, strict=True)]


def _titled(candidate: Candidate, text: str) -> str:
    title = candidate.hit.passage.source.title
    return f"{title}: {text}" if title else text


def _name_test(found: Sequence[Candidate], snapshot: Snapshot) -> Callable[[str], bool]:
    """Whether the corpus writes a word as a name; asked once for all words that open a sentence or quotation."""
    capitals = {word.text for candidate in found for word in candidate.words if word.text[0].isupper()}
    casing = snapshot.casing(sorted(capitals))
    return lambda word: word in casing and casing[word].capitalised > NAME_RATIO * casing[word].lower


class _Known:
    """The vectors of a question's texts: each made once, and those wanted together in one request.

    Where a server embeds, it is the requests that take the time, not the texts in them.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def fetch(self, texts: Iterable[str]) -> None:
        """Makes the vectors that are not there yet."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embedder.embed(new), strict=True))

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """The vectors of some texts, a row each."""
        import numpy as np

        self.fetch(texts)
        return np.stack([self._vectors[text] for text in texts])


class _Lexicon:
    """Vectors of single words, each computed once for a question."""

    def __init__(self, query: Query, known: _Known) -> None:
        self._known = known
        self._words: set[str] = set()
        self._wanted = sorted({t.text.lower() for t in query.terms if not t.is_name and not t.text[0].isdigit()})

    def soft(self, words: Iterable[Token], *also: str) -> Soft | None:
        """The nearness of question words to these and all earlier words; None if there is nothing to compare.

        `also` are texts that are needed next: their vectors come with the same request.
        """
        if not self._wanted:
            return None
        self._words.update(self._wanted)
        self._words.update(
            word.text.lower() for word in words if is_content(word) and len(word.text) > 2 and word.text.isalpha()
        )
        ordered = sorted(self._words)
        self._known.fetch([*ordered, *also])
        return nearest_word(dict(zip(ordered, self._known.vectors(ordered), strict=True)))


def _known_names(ranked: Sequence[Scored], snapshot: Snapshot) -> list[str]:
    """Names that a mistyped word may have meant: speakers, and capitalised words near the question."""
    spoken = {word for speaker in snapshot.speakers() for word in speaker.name.split() if word[:1].isupper()}
    written = {word.text for one in ranked for word in one.candidate.words if word.text[0].isupper()}
    return sorted(spoken | written)
