"""An index in memory: the Snapshot contract with numpy and a plain BM25, for tests and for quick experiments."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import Stemmer

from assistant.domain import Article, Attribution, Document, Filter, Passage, Provenance, Skipped
from assistant.errors import CorpusError
from assistant.index.casing import add_casing, body_sentences, count_casing
from assistant.protocols import Casing, DocumentInfo, Embedder, Ranked, Speaker
from assistant.spelling import plain

if TYPE_CHECKING:
    from assistant.protocols import Vectors

_WORD = re.compile(r"[^\W_]+")
K1, B = 1.2, 0.75

CountTokens = Callable[[Sequence[str]], list[int]]
Articles = Callable[[Document], Sequence[Article]]
Split = Callable[[Document, Sequence[Article], CountTokens], Sequence[Passage]]
Attribute = Callable[[Document, Article], Sequence[Attribution]]
Header = Callable[[Provenance, str], str]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def terms(text: str) -> list[str]:
    """Lower-case words without accents, stemmed: what the stored index makes of a text."""
    return [stem(word) for word in _WORD.findall(plain(text).lower()) if len(word.encode()) < 40]


@dataclass
class MemorySnapshot:
    """Everything in dictionaries; scores equal those of the stored index to float precision."""

    stored: dict[str, Document] = field(default_factory=dict)
    stored_articles: list[Article] = field(default_factory=list)
    stored_passages: list[Passage] = field(default_factory=list)
    stored_attributions: list[Attribution] = field(default_factory=list)
    stored_skipped: tuple[Skipped, ...] = ()
    stored_casing: dict[str, Casing] = field(default_factory=dict)
    vectors: Vectors | None = None
    header: Header = lambda source, path: source.title or ""  # noqa: ARG005 the stage gives both

    @classmethod
    def build(
        cls,
        documents: Sequence[Document],
        embedder: Embedder | None,
        articles: Articles | None = None,
        split: Split | None = None,
        attribute: Attribute | None = None,
        header: Header | None = None,
        skipped: Sequence[Skipped] = (),
    ) -> MemorySnapshot:
        """Runs the stages (the product's own where none is given); without an embedder there are no vectors."""
        articles, split, attribute, header = _product(articles, split, attribute, header)
        count = embedder.count_tokens if embedder else lambda texts: [len(_WORD.findall(text)) for text in texts]
        self = cls(header=header, stored_skipped=tuple(skipped))
        for document in sorted(documents, key=lambda one: one.path):
            found = tuple(articles(document))
            passages = tuple(split(document, found, count))
            self.stored[document.path] = document
            self.stored_articles.extend(found)
            self.stored_passages.extend(sorted(passages, key=lambda one: (one.start, one.end)))
            said = [attribution for article in found for attribution in attribute(document, article)]
            self.stored_attributions.extend(sorted(said, key=lambda one: (one.start, one.end)))
            add_casing(self.stored_casing, count_casing(document.text, body_sentences(found, passages)))
        if embedder:
            self.vectors = embedder.embed([passage.text for passage in self.stored_passages])
        self._prepare()
        return self

    def _prepare(self) -> None:
        self._row = {passage.id: row for row, passage in enumerate(self.stored_passages)}
        self._article = {(article.document, article.ordinal): article for article in self.stored_articles}
        self._postings: dict[str, list[tuple[int, int]]] = {}
        self._text_df: Counter[str] = Counter()
        self._lengths: list[int] = []
        for row, passage in enumerate(self.stored_passages):
            words = terms(f"{self.header(passage.source, passage.document)}\n{passage.text}")
            self._lengths.append(len(words))
            for word, count in Counter(words).items():
                self._postings.setdefault(word, []).append((row, count))
            self._text_df.update(set(terms(passage.text)))
        self._mean = sum(self._lengths) / len(self._lengths) if self._lengths else 0.0

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256("\n".join(passage.id for passage in self.stored_passages).encode()).hexdigest()[:16]

    @property
    def passage_count(self) -> int:
        return len(self.stored_passages)

    def documents(self) -> tuple[DocumentInfo, ...]:
        articles = Counter(article.document for article in self.stored_articles)
        passages = Counter(passage.document for passage in self.stored_passages)
        return tuple(
            DocumentInfo(
                path,
                document.sha256,
                document.format,
                document.encoding,
                len(document.text),
                articles[path],
                passages[path],
            )
            for path, document in sorted(self.stored.items())
        )

    def skipped(self) -> tuple[Skipped, ...]:
        return self.stored_skipped

    def document(self, path: str) -> Document:
        if path not in self.stored:
            raise CorpusError(f"No document {path!r} in the index")
        return self.stored[path]

    def articles(self, path: str | None = None) -> tuple[Article, ...]:
        return tuple(article for article in self.stored_articles if path is None or article.document == path)

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        return {one: self.stored_passages[self._row[one]] for one in ids if one in self._row}

    def passages_of(self, path: str, article: int | None = None) -> tuple[Passage, ...]:
        return tuple(
            passage
            for passage in self.stored_passages
            if passage.document == path and (article is None or passage.article == article)
        )

    def attributions(
        self, *, speaker: str | None = None, document: str | None = None, where: Filter | None = None
    ) -> tuple[Attribution, ...]:
        last = _last_word(speaker) if speaker is not None else None
        return tuple(
            one
            for one in self.stored_attributions
            if (last is None or (one.speaker is not None and _last_word(one.speaker) == last))
            and (document is None or one.document == document)
            and _allows(where, one.document, self._article[one.document, one.article].source)
        )

    def speakers(self) -> tuple[Speaker, ...]:
        counts = Counter(one.speaker for one in self.stored_attributions if one.speaker is not None)
        roles = Counter((one.speaker, one.speaker_role) for one in self.stored_attributions if one.speaker_role)
        ranked = sorted(roles, key=lambda pair: (-roles[pair], pair[1] or ""))
        return tuple(
            Speaker(name, tuple(role for who, role in ranked if who == name and role), count)
            for name, count in sorted(counts.items())
        )

    def nearest(self, vector: Vectors, k: int, where: Filter | None = None) -> list[Ranked]:
        if self.vectors is None or not self.stored_passages:
            return []
        scores = self.vectors @ np.asarray(vector, dtype=np.float32).ravel()
        return self._best({row: float(score) for row, score in enumerate(scores)}, k, where)

    def bm25(self, query: str, k: int, where: Filter | None = None) -> list[Ranked]:
        scores: dict[int, float] = {}
        n = len(self.stored_passages)
        for word in dict.fromkeys(terms(query)):
            postings = self._postings.get(word, [])
            idf = math.log(1 + (n - len(postings) + 0.5) / (len(postings) + 0.5))
            for row, count in postings:
                norm = K1 * (1 - B + B * self._lengths[row] / self._mean)
                scores[row] = scores.get(row, 0.0) + idf * (1 + K1) * count / (count + norm)
        return self._best(scores, k, where)

    def _best(self, scores: dict[int, float], k: int, where: Filter | None) -> list[Ranked]:
        allowed = [
            (score, row)
            for row, score in scores.items()
            if _allows(where, self.stored_passages[row].document, self._source(row))
        ]
        allowed.sort(key=lambda pair: (-pair[0], pair[1]))
        return [Ranked(self.stored_passages[row].id, score) for score, row in allowed[:k]]

    def _source(self, row: int) -> Provenance:
        passage = self.stored_passages[row]
        return self._article[passage.document, passage.article].source

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        if self.vectors is None:
            return {}
        flat = np.asarray(vector, dtype=np.float32).ravel()
        return {one: float(self.vectors[self._row[one]] @ flat) for one in ids if one in self._row}

    def document_frequency(self, stems: Sequence[str]) -> dict[str, int]:
        return {one: self._text_df[one] for one in stems}

    def casing(self, words: Sequence[str]) -> dict[str, Casing]:
        return {word: self.stored_casing.get(word.lower(), Casing(0, 0)) for word in words}

    def close(self) -> None:
        pass


def _product(
    articles: Articles | None, split: Split | None, attribute: Attribute | None, header: Header | None
) -> tuple[Articles, Split, Attribute, Header]:
    """The given stages, and the product's own where none is given."""
    if articles is None:
        from assistant.corpus.articles import articles as own_articles

        articles = own_articles
    if split is None:
        from assistant.corpus.split import split as own_split

        split = own_split
    if attribute is None:
        from assistant.attribution.attribute import attribute as own_attribute

        attribute = own_attribute
    if header is None:
        from assistant.corpus.split import header as own_header

        header = own_header
    return articles, split, attribute, header


def _last_word(name: str) -> str:
    words = name.split()
    return words[-1] if words else ""


def _allows(where: Filter | None, document: str, source: Provenance) -> bool:
    if not where:
        return True
    day = source.published
    return (
        (where.since is None or (day is not None and day >= where.since))
        and (where.until is None or (day is not None and day <= where.until))
        and (where.outlet is None or (source.outlet or "").casefold() == where.outlet.casefold())
        and (where.document is None or document == where.document)
    )
