"""Answers questions about somebody's words from the attributions found at indexing.

The rules follow measurements on PolNeAR (84 unseen articles): asked by speaker, attributions return 93 % right
statements, where sentences that mention the name return 26 %.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.domain import Attribution, BlockKind, CueClass, Document, Filter, Hit, Manner, Nearest, Provenance, Span
from assistant.protocols import Embedder, Snapshot, Speaker
from assistant.reading.compose import Piece, Reading
from assistant.reading.said_question import Act, Ask, SaidQuestion
from assistant.reading.speakers import SpeakerMatch, resolve
from assistant.retrieve.terms import idf, is_asked, is_variant, stems, tokens

if TYPE_CHECKING:
    from assistant.domain import Article

MOST = 20
"""Statements shown at most; the note says how many more there are."""
EMBEDDED = 24
"""Statements whose vectors are computed for a topic, best lexical cover first (about 60 ms)."""
ON_TOPIC_COVER = 0.5
"""Share of the topic's idf mass that a statement and its surroundings must hold."""
ON_TOPIC_COSINE = 0.55
"""Or: cosine of question and statement, if any word of the topic is covered."""
NEAR_BEST = 0.5
"""A statement whose cover and cosine together fall this far behind the best one's is about something else."""
NEAR_BEST_WHO = 0.25
"""The same where the speaker is asked for: a wrong one is worse than a missing one."""
SURROUNDINGS = 300
"""Characters before and after a statement whose words count for its topic, at SURROUNDINGS_WEIGHT."""
SURROUNDINGS_WEIGHT = 0.6

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
_STRONG = frozenset("claim accuse allege assert insist warn declare stress emphasize emphasise vow blame deny".split())
_FAINT = frozenset("discuss welcome express praise thank commend cite mention refer meet agree".split())


@dataclass(frozen=True, slots=True)
class _Candidate:
    attribution: Attribution
    exact: bool
    inside: float = 0.0
    """Share of the topic's idf mass in the statement itself."""
    cover: float = 0.0
    """The same with its surroundings, at SURROUNDINGS_WEIGHT."""
    cosine: float = 0.0

    @property
    def topical(self) -> float:
        return self.cover + self.cosine

    @property
    def on_topic(self) -> bool:
        own = self.inside > 0 or self.cosine >= ON_TOPIC_COSINE
        return own and (self.cover >= ON_TOPIC_COVER or (self.cover > 0 and self.cosine >= ON_TOPIC_COSINE))


class SaidReader:
    """Reads answers to said-questions; `read` returns None where the question is better read as one for facts."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def read(
        self, question: str, asked: SaidQuestion, hits: Sequence[Hit], snapshot: Snapshot, where: Filter | None = None
    ) -> Reading | None:
        """The statements that answer, or a refusal that says whose words were looked for and on what."""
        if asked.ask is Ask.WHO:
            return self._who(question, asked, hits, snapshot, where)
        match = resolve(asked.speaker, snapshot)
        if not match.exact and not match.related:
            return None
        if match.other_first_name:
            names = " and ".join(s.name for s in match.related)
            return Reading(refusal=f"Nobody named {asked.speaker} is quoted in this corpus; {names} is.")
        return self._what(question, asked, match, snapshot, where)

    def _what(
        self, question: str, asked: SaidQuestion, match: SpeakerMatch, snapshot: Snapshot, where: Filter | None
    ) -> Reading | None:
        everything = [
            _Candidate(a, exact)
            for exact, group in ((True, match.exact), (False, match.related))
            for speaker in group
            for a in snapshot.attributions(speaker=speaker.name, where=where)
            if a.speaker == speaker.name
        ]
        if asked.act is not Act.ATTITUDE:
            said = [c for c in everything if c.attribution.cue_class is not CueClass.ATTITUDE]
            everything = said or everything
        texts = _Texts(snapshot)
        topic = _topic(asked.topic, [s.name for s in (*match.exact, *match.related)])
        found = everything
        if topic:
            found = _on_topic(self._judge(question, topic, everything, texts, snapshot), NEAR_BEST)
        found = _in_body(_of_act(asked.act, found, texts), texts)
        label = _label(match.exact or match.related)
        if not found:
            return _nothing(asked, label, everything, texts)
        exact = [c for c in found if c.exact]
        heading = _heading(label, match, found)
        ordered = [
            *_ordered(exact, bool(topic)),
            *_ordered([c for c in found if not c.exact], bool(topic)),
        ]
        pieces = _pieces(ordered, texts)
        notes = []
        if match.assumed:
            notes.append(f"“{asked.speaker}” was read as {label}.")
        if len(pieces) > MOST:
            notes.append(f"{MOST} of {len(pieces)} statements are shown; a topic or a date narrows the question.")
        return Reading(pieces=tuple(pieces[:MOST]), heading=heading, note=" ".join(notes))

    def _who(
        self, question: str, asked: SaidQuestion, hits: Sequence[Hit], snapshot: Snapshot, where: Filter | None
    ) -> Reading | None:
        topic = _topic(asked.topic, [])
        if not topic:
            return None
        articles = {(h.passage.document, h.passage.article) for h in hits}
        candidates = [
            _Candidate(a, exact=True)
            for document in sorted({d for d, _ in articles})
            for a in snapshot.attributions(document=document, where=where)
            if (document, a.article) in articles and a.cue_class is not CueClass.ATTITUDE
        ]
        texts = _Texts(snapshot)
        judged = self._judge(question, topic, _of_act(asked.act, candidates, texts), texts, snapshot)
        found = _in_body(_on_topic(judged, NEAR_BEST_WHO), texts)
        if not found:
            return None
        pieces = _pieces(_ordered(found, by_topic=True), texts)
        return Reading(pieces=tuple(pieces[:MOST]))

    def _judge(
        self,
        question: str,
        topic: dict[str, str],
        candidates: Sequence[_Candidate],
        texts: _Texts,
        snapshot: Snapshot,
    ) -> list[_Candidate]:
        """The candidates with their topical scores: idf cover of the topic, and cosine for the best covered ones."""
        frequency = snapshot.document_frequency(sorted(set(topic.values())))
        weights = {stem: idf(snapshot.passage_count, frequency.get(key, 0)) for stem, key in topic.items()}
        total = sum(weights.values()) or 1.0
        covered = []
        for c in candidates:
            inside, around = texts.cover(c.attribution, weights)
            cover = inside + SURROUNDINGS_WEIGHT * around
            covered.append(replace(c, inside=inside / total, cover=cover / total))
        covered.sort(key=lambda c: -c.cover)
        near = covered[:EMBEDDED]
        if not near:
            return []
        vectors = self._embedder.embed([question, *(texts.sentence(c.attribution) for c in near)])
        cosines = vectors[1:] @ vectors[0]
        return [
            *(replace(c, cosine=float(cosine)) for c, cosine in zip(near, cosines, strict=True)),
            *covered[EMBEDDED:],
        ]


class _Texts:
    """The words in and around attributions, read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._documents: dict[str, Document] = {}
        self._articles: dict[str, tuple[Article, ...]] = {}

    def document(self, path: str) -> Document:
        if path not in self._documents:
            self._documents[path] = self._snapshot.document(path)
        return self._documents[path]

    def source(self, a: Attribution) -> Provenance:
        if a.document not in self._articles:
            self._articles[a.document] = self._snapshot.articles(a.document)
        return self._articles[a.document][a.article].source

    def span(self, a: Attribution) -> Article:
        self.source(a)
        return self._articles[a.document][a.article]

    def is_heading(self, a: Attribution) -> bool:
        blocks = self.span(a).blocks
        return any(b.kind is not BlockKind.BODY and b.start <= a.sentence_start < b.end for b in blocks)

    def sentence(self, a: Attribution) -> str:
        return self.document(a.document).text[a.sentence_start : a.sentence_end]

    def cover(self, a: Attribution, weights: dict[str, float]) -> tuple[float, float]:
        """The idf mass of the topic in the statement, and what its surroundings and title add to it."""
        text = self.document(a.document).text
        article = self.span(a)
        inside = stems(self.sentence(a))
        around = stems(
            text[max(article.start, a.sentence_start - SURROUNDINGS) : a.sentence_start]
            + " "
            + text[a.sentence_end : min(article.end, a.sentence_end + SURROUNDINGS)]
            + " "
            + (article.source.title or "")
        )
        own = added = 0.0
        for stem, weight in weights.items():
            if stem in inside or any(is_variant(stem, other) for other in inside):
                own += weight
            elif stem in around:
                added += weight
        return own, added


def _topic(phrase: str, speakers: Sequence[str]) -> dict[str, str]:
    """Stems of a topic phrase with their index keys, the speakers' own names and the asking left out."""
    own = frozenset().union(*(stems(name) for name in speakers)) if speakers else frozenset()
    return {t.stem: t.key for t in tokens(phrase) if is_asked(t) and t.stem not in own}


def _on_topic(judged: Sequence[_Candidate], within: float) -> list[_Candidate]:
    found = [c for c in judged if c.on_topic]
    best = max((c.topical for c in found), default=0.0)
    return [c for c in found if c.topical >= best - within]


def _in_body(candidates: Sequence[_Candidate], texts: _Texts) -> list[_Candidate]:
    """Without headlines, which only announce what the body says; unless there is nothing else."""
    body = [c for c in candidates if not texts.is_heading(c.attribution)]
    return body or list(candidates)


def _of_act(act: Act, candidates: Sequence[_Candidate], texts: _Texts) -> list[_Candidate]:
    words = _ACT_WORDS.get(act)
    if words is None:
        return list(candidates)
    return [c for c in candidates if words.search(texts.sentence(c.attribution))]


def _strength(a: Attribution) -> float:
    """How strong a claim is: quoted words before reported ones, claims before courtesies, long before short."""
    manner = {Manner.DIRECT: 2.0, Manner.MIXED: 1.5, Manner.INDIRECT: 1.0}[a.manner]
    verb = 0.6 if a.cue in _STRONG else -0.8 if a.cue in _FAINT else 0.0
    return manner + verb + min(a.end - a.start, 250) / 250


def _ordered(candidates: Sequence[_Candidate], by_topic: bool) -> list[_Candidate]:
    """Strongest first; statements of one article stay together, as do the articles of one document."""

    def key(c: _Candidate) -> float:
        return c.topical + 0.1 * _strength(c.attribution) if by_topic else _strength(c.attribution)

    best: dict[tuple[str, int], float] = {}
    for c in candidates:
        place = (c.attribution.document, c.attribution.article)
        best[place] = max(best.get(place, float("-inf")), key(c))
    return sorted(
        candidates,
        key=lambda c: (
            -best[c.attribution.document, c.attribution.article],
            c.attribution.document,
            c.attribution.article,
            -key(c),
            c.attribution.start,
        ),
    )


def _pieces(candidates: Sequence[_Candidate], texts: _Texts) -> list[Piece]:
    """One piece a statement: attributions whose sentences overlap are one, and repetitions are left out."""
    groups: list[list[Attribution]] = []
    for c in candidates:
        a = c.attribution
        for group in groups:
            if group[0].document == a.document and any(
                b.sentence_start < a.sentence_end and a.sentence_start < b.sentence_end for b in group
            ):
                group.append(a)
                break
        else:
            groups.append([a])
    pieces: list[Piece] = []
    seen: list[str] = []
    for group in groups:
        start = min(a.sentence_start for a in group)
        end = max(a.sentence_end for a in group)
        first = group[0]
        plain = _plain(texts.document(first.document).text[start:end])
        if any(plain in other for other in seen):
            continue
        seen.append(plain)
        marks = tuple(sorted({Span(a.start, a.end) for a in group}))
        pieces.append(Piece(first.document, start, end, texts.source(first), marks, tuple(group)))
    return pieces


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _label(speakers: Sequence[Speaker]) -> str:
    return max(speakers, key=lambda s: (s.count, len(s.name), s.name)).name


def _heading(label: str, match: SpeakerMatch, found: Sequence[_Candidate]) -> str:
    articles = len({(c.attribution.document, c.attribution.article) for c in found})
    where = "in one article" if articles == 1 else f"in {articles} articles"
    others = any(not c.exact for c in found)
    if others and not match.exact:
        return f"Speaking for it, {where}:"
    own = next((s for s in match.exact if s.name == label), None)
    role = f", {own.roles[0]}" if own and own.roles else ""
    return f"{label}{role}{', and those who speak for it' if others else ''}, {where}:"


_KIND = {
    Act.ACCUSE: "no accusation or criticism",
    Act.DENY: "no denial",
    Act.PROMISE: "no promise",
    Act.ADMIT: "no admission",
    Act.APOLOGISE: "no apology",
}


def _nothing(asked: SaidQuestion, label: str, everything: Sequence[_Candidate], texts: _Texts) -> Reading | None:
    """The refusal of a known speaker: what was looked for, and what he is quoted with instead."""
    if not everything:
        return None
    count = len(_pieces(everything, texts))
    times = "once" if count == 1 else f"{count} times"
    kind = _KIND.get(asked.act)
    about = f" about “{asked.topic}”" if asked.topic else ""
    what = f"with {kind}{about}" if kind else f"with nothing{about}"
    nearest = tuple(
        Nearest(
            p.document,
            p.start,
            p.end,
            texts.document(p.document).text[p.start : p.end],
            p.source,
            "says something else",
        )
        for p in _pieces(_ordered(everything, bool(asked.topic)), texts)[:3]
    )
    return Reading(refusal=f"{label} is quoted or reported {times} in this corpus, but {what}.", nearest=nearest)
