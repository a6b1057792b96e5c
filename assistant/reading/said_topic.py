"""Which of somebody's statements are about the topic of a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.domain import Attribution, BlockKind, Document
from assistant.reading.metonyms import power, powers_in
from assistant.reading.said_question import Act
from assistant.retrieve.terms import fold, is_asked, is_variant, stems, tokens

if TYPE_CHECKING:
    from assistant.domain import Article
    from assistant.protocols import Embedder, Snapshot
    from assistant.retrieve.query import Query, Term

WEIGHED = 200
"""Statements whose words are compared with the topic's one by one; of more, those that share most beginnings."""
EMBEDDED = 24
"""Statements whose vectors are computed for a topic, best lexical cover first (about 60 ms)."""
ENOUGH_COVER = 0.5
"""Share of the topic's idf mass that a statement and its surroundings must hold."""
ENOUGH_COSINE = 0.55
"""Or: cosine of question and statement, if any word of the topic is covered."""
SOME_COSINE = 0.4
"""Where no statement is on topic by these, the nearest of those with any word of the topic that come this near."""
NEAREST_ONLY = 0.1
"""And those no further than this behind it."""
SURROUNDINGS = 300
"""Characters before and after a statement whose words count for its topic, at SURROUNDINGS_WEIGHT."""
SURROUNDINGS_WEIGHT = 0.6
SAME_ARTICLE = 0.5
"""Share of the described article's words that a title must hold to be it."""

_ACT_WORDS: dict[Act, re.Pattern[str]] = {
    act: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for act, words in {
        Act.ACCUSE: r"accus|blam|critici[sz]|slam|condemn|denounc|blast|attack|lambast|rebuk|decr[iy]|assail|alleg",
        Act.DENY: r"den(?:y|ie)|reject|dismiss|refut|disput|rebut|disavow|rul(?:e|ed|ing) out|baseless|unfounded|"
        r"unsubstantiated|false|fake|not true|untrue|no evidence|nonsense|\bnot\b|n[’']t\b",
        Act.PROMISE: r"promis|pledg|vow|commit|will\b|guarantee|assur",
        Act.ADMIT: r"admit|conced|acknowledg|confess|confirm|recogni[sz]",
        Act.APOLOGISE: r"apolog|sorry|regret",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An attribution that may answer; `exact` if its speaker is the asked one, not one who speaks for it."""

    attribution: Attribution
    exact: bool
    inside: float = 0.0
    """Share of the topic's idf mass in the statement itself."""
    cover: float = 0.0
    """The same with its surroundings, at SURROUNDINGS_WEIGHT."""
    cosine: float = 0.0
    names: bool = True
    """Whether every name of the topic stands in the statement or around it."""

    @property
    def topical(self) -> float:
        """Orders candidates by topic: words of the statement itself before words around it and meaning."""
        return self.inside + 0.5 * (self.cover + self.cosine)

    @property
    def on_topic(self) -> bool:
        """Whether the statement is about the topic at all."""
        if not self.names or not (self.inside > 0 or self.cosine >= ENOUGH_COSINE):
            return False
        return self.cover >= ENOUGH_COVER or (self.cover > 0 and self.cosine >= ENOUGH_COSINE)


def topic_terms(phrase: str, query: Query, speakers: Sequence[str]) -> tuple[Term, ...]:
    """The terms of the question that stand in its topic phrase, the speakers' own names left out."""
    own = frozenset().union(*(stems(name) for name in speakers)) if speakers else frozenset()
    wanted = {t.stem for t in tokens(phrase) if is_asked(t)} - own
    return tuple(term for term in query.terms if term.stem in wanted)


def judge(
    question: str, topic: Sequence[Term], candidates: Sequence[Candidate], texts: Texts, embedder: Embedder
) -> list[Candidate]:
    """The candidates with their topical scores, best lexical cover first; cosines for the first EMBEDDED."""
    total = sum(term.weight for term in topic) or 1.0
    if len(candidates) > WEIGHED:
        candidates = sorted(candidates, key=lambda c: -texts.glance(c.attribution, topic))[:WEIGHED]
    covered = []
    for c in candidates:
        inside, around, names = texts.cover(c.attribution, topic)
        cover = (inside + SURROUNDINGS_WEIGHT * around) / total
        covered.append(replace(c, inside=inside / total, cover=cover, names=names))
    covered.sort(key=lambda c: -c.cover)
    near = covered[:EMBEDDED]
    if not near:
        return []
    vectors = embedder.embed([question, *(texts.sentence(c.attribution) for c in near)])
    cosines = vectors[1:] @ vectors[0]
    judged = [replace(c, cosine=float(cosine)) for c, cosine in zip(near, cosines, strict=True)]
    return judged + covered[EMBEDDED:]


def on_topic(judged: Sequence[Candidate], within: float) -> list[Candidate]:
    """Those about the topic, no further than `within` behind the best one; exact speakers compete among themselves."""
    found = [c for c in judged if c.on_topic]
    if not found:
        # Nobody spoke of it in these words: the nearest statement in meaning, if it is near at all.
        found = [c for c in judged if c.names and c.cover > 0 and c.cosine >= SOME_COSINE]
        within = min(within, NEAREST_ONLY)
    best = max((c.topical for c in found), default=0.0)
    best_exact = max((c.topical for c in found if c.exact), default=0.0)
    return [c for c in found if c.topical >= (best_exact if c.exact else best) - within]


def of_act(act: Act, candidates: Sequence[Candidate], texts: Texts) -> list[Candidate]:
    """Those whose sentence shows the kind of saying that the question names: a denial, an accusation."""
    words = _ACT_WORDS.get(act)
    if words is None:
        return list(candidates)
    return [c for c in candidates if words.search(texts.sentence(c.attribution))]


def in_body(candidates: Sequence[Candidate], texts: Texts) -> list[Candidate]:
    """Without headlines, which only announce what the body says; unless there is nothing else."""
    body = [c for c in candidates if not texts.is_heading(c.attribution)]
    return body or list(candidates)


def of_article(about: str, candidates: Sequence[Candidate], texts: Texts) -> list[Candidate]:
    """Those from articles whose title is about something; all if no title is."""
    wanted = {t.stem for t in tokens(about) if is_asked(t)}
    if not wanted:
        return list(candidates)

    def share(c: Candidate) -> float:
        title = stems(texts.article(c.attribution).source.title or "")
        held = sum(1 for stem in wanted if stem in title or any(is_variant(stem, other) for other in title))
        return held / len(wanted)

    shares = [(share(c), c) for c in candidates]
    best = max((value for value, _ in shares), default=0.0)
    return [c for value, c in shares if value == best] if best >= SAME_ARTICLE else list(candidates)


class Texts:
    """The words in and around attributions, each document read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._documents: dict[str, Document] = {}
        self._articles: dict[str, tuple[Article, ...]] = {}

    def document(self, path: str) -> Document:
        """A document with its text."""
        if path not in self._documents:
            self._documents[path] = self._snapshot.document(path)
        return self._documents[path]

    def article(self, a: Attribution) -> Article:
        """The article that an attribution stands in."""
        if a.document not in self._articles:
            self._articles[a.document] = self._snapshot.articles(a.document)
        return self._articles[a.document][a.article]

    def sentence(self, a: Attribution) -> str:
        """The sentence or sentences of an attribution."""
        return self.document(a.document).text[a.sentence_start : a.sentence_end]

    def is_heading(self, a: Attribution) -> bool:
        """Whether an attribution stands in a title or heading."""
        blocks = self.article(a).blocks
        return any(b.kind is not BlockKind.BODY and b.start <= a.sentence_start < b.end for b in blocks)

    def glance(self, a: Attribution, topic: Sequence[Term]) -> float:
        """About how much of the topic a statement holds, by the beginnings of its words: what `cover` tells exactly."""
        text = fold(self.sentence(a))
        return sum(term.weight for term in topic if term.stem[:4] in text)

    def cover(self, a: Attribution, topic: Sequence[Term]) -> tuple[float, float, bool]:
        """The idf mass of the topic in the statement, what its surroundings add, and whether no name is missing."""
        text = self.document(a.document).text
        article = self.article(a)
        before = text[max(article.start, a.sentence_start - SURROUNDINGS) : a.sentence_start]
        after = text[a.sentence_end : min(article.end, a.sentence_end + SURROUNDINGS)]
        inside = _Words(self.sentence(a))
        around = _Words(f"{before} {after} {article.source.title or ''}")
        own = added = 0.0
        names = True
        for term in topic:
            if inside.hold(term):
                own += term.weight
            elif around.hold(term):
                added += term.weight
            elif term.is_name:
                names = False
        return own, added, names


class _Words:
    """The stems and powers of a text, to look terms up in."""

    def __init__(self, text: str) -> None:
        self._stems = stems(text)
        self._powers = powers_in(text)

    def hold(self, term: Term) -> bool:
        if term.stem in self._stems:
            return True
        named = power(term.text)
        if named is not None:
            return named in self._powers
        return any(is_variant(term.stem, other) for other in self._stems)
