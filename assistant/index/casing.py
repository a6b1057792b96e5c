"""How words are written in the corpus: capitalised inside a sentence (a name, likely) or in lower case.

Counted over body sentences only: headlines capitalise everything. A word that opens a sentence, a quotation or the
clause after a colon tells nothing, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.domain import Article, BlockKind, Passage, Span
from assistant.protocols import Casing

_WORD = re.compile(r"[^\W\d_]{2,}")
_OPENERS = frozenset('.!?:;…"“”„«»‘([\u2014\u2013-\n')  # the two escapes are dashes


def body_sentences(articles: Iterable[Article], passages: Iterable[Passage]) -> list[Span]:
    """The sentences of one document's passages that lie in body blocks, each once, in text order."""
    body = [
        (block.start, block.end) for article in articles for block in article.blocks if block.kind is BlockKind.BODY
    ]
    sentences = sorted({span for passage in passages for span in passage.sentences})
    kept: list[Span] = []
    position = 0
    body.sort()
    for span in sentences:
        while position < len(body) and body[position][1] <= span.start:
            position += 1
        if position < len(body) and body[position][0] <= span.start:
            kept.append(span)
    return kept


def count_casing(text: str, sentences: Iterable[Span]) -> dict[str, Casing]:
    """Casing counts by lower-case word, over words of two letters and more."""
    capitalised: dict[str, int] = {}
    lower: dict[str, int] = {}
    for start, end in sentences:
        sentence = text[start:end]
        for match in _WORD.finditer(sentence):
            word = match.group()
            if word[0].islower():
                counts = lower
            elif word[0].isupper() and not _opens(sentence, match.start()):
                counts = capitalised
            else:
                continue
            key = word.lower()
            counts[key] = counts.get(key, 0) + 1
    words = sorted(capitalised.keys() | lower.keys())
    return {word: Casing(capitalised.get(word, 0), lower.get(word, 0)) for word in words}


def add_casing(total: dict[str, Casing], counts: Mapping[str, Casing], sign: int = 1) -> None:
    """Adds (or with `sign` -1 takes away) counts in place; words that come to nothing are dropped."""
    for word, (capitalised, lower) in counts.items():
        old = total.get(word, Casing(0, 0))
        new = Casing(old.capitalised + sign * capitalised, old.lower + sign * lower)
        if any(new):
            total[word] = new
        else:
            total.pop(word, None)


def _opens(sentence: str, position: int) -> bool:
    before = sentence[:position].rstrip(" \t")
    return not before or before[-1] in _OPENERS or (before[-1] in "'’" and not before[-2:-1].isalnum())
