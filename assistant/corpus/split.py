"""Articles to passages: runs of whole sentences of about as many tokens as the embedder reads at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.corpus.filenames import name_words
from assistant.corpus.sentences import split_sentences
from assistant.domain import Article, BlockKind, Document, Passage, Provenance, Span

PASSAGE_TOKENS = 254
"""Tokens of a passage, at most: the embedder reads 256, two of them its own marks. Measured on news: about 256 tokens
on sentence boundaries retrieve best, and large overlaps cost ten points of Hits@4 because copies fill the top."""

Count = Callable[[Sequence[str]], list[int]]


class _Sentence(NamedTuple):
    start: int
    end: int
    tokens: int
    new_run: bool
    """Removed text lies before it."""
    heading: bool


def split(document: Document, articles: Sequence[Article], count_tokens: Count) -> tuple[Passage, ...]:
    """The passages of a document in text order, without overlap; every sentence of every body block is in one of them.

    `count_tokens` is asked once for all sentences, and again only for pieces of one that is too long. Headlines are
    not part of passages (`header` tells them) unless nothing else of the article is kept; headings stay with the text
    that they head.
    """
    found = [(article, *_sentences(document.text, article)) for article in articles]
    counts = iter(count_tokens([document.text[a:b] for _, spans, _, _ in found for a, b in spans]))
    passages: list[Passage] = []
    for article, spans, breaks, headings in found:
        run: list[_Sentence] = []
        for span, new_run, heading in zip(spans, breaks, headings, strict=True):
            for sentence in _fit(document.text, _Sentence(*span, next(counts), new_run, heading), count_tokens):
                if sentence.new_run and run:
                    passages.extend(_passages(document, article, run))
                    run = []
                run.append(sentence)
        if run:
            passages.extend(_passages(document, article, run))
    return tuple(passages)


def header(source: Provenance, path: str) -> str:
    """What BM25 reads before a passage: title, outlet, date in ISO form and in words, and the words of the file's name.

    People ask for a document by its name ("what does the manifesto say"), which its text need not hold.
    """
    parts = [source.title, source.outlet, name_words(path)]
    if source.published is not None:
        day = source.published
        parts.append(f"{day.isoformat()} {_MONTHS[day.month - 1]} {day.day} {day.year} {_DAYS[day.weekday()]}")
    return "\n".join(part for part in parts if part)


# strftime would follow the machine's locale.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _sentences(text: str, article: Article) -> tuple[list[Span], list[bool], list[bool]]:
    """Sentences of an article, whether removed text lies before each, and whether each is a heading."""
    kept = [block for block in article.blocks if block.kind is not BlockKind.TITLE]
    if not any(block.kind is BlockKind.BODY for block in kept):
        kept = list(article.blocks)
    spans: list[Span] = []
    breaks: list[bool] = []
    headings: list[bool] = []
    last = -1
    for block in kept:
        gap = last < 0 or any(map(str.isalnum, text[last : block.start]))
        for span in split_sentences(text, block.start, block.end):
            spans.append(span)
            breaks.append(gap)
            headings.append(block.kind is BlockKind.HEADING)
            gap = False
            last = span.end
    return spans, breaks, headings


def _fit(text: str, sentence: _Sentence, count_tokens: Count) -> list[_Sentence]:
    """The sentence, or if it is longer than a passage its pieces, cut between words where there are any."""
    if sentence.tokens <= PASSAGE_TOKENS:
        return [sentence]
    pieces: list[_Sentence] = []
    start = sentence.start
    size = max(1, (sentence.end - start) * PASSAGE_TOKENS // sentence.tokens)
    while start < sentence.end:
        end = _cut(text, start, min(start + size, sentence.end), sentence.end)
        tokens = count_tokens([text[start:end]])[0]
        while tokens > PASSAGE_TOKENS and end - start > 1:
            end = _cut(text, start, start + max(1, (end - start) * PASSAGE_TOKENS // (tokens + 1)), sentence.end)
            tokens = count_tokens([text[start:end]])[0]
        pieces.append(_Sentence(start, end, tokens, sentence.new_run and not pieces, sentence.heading))
        start = end
        while start < sentence.end and text[start].isspace():
            start += 1
    return pieces


def _cut(text: str, start: int, end: int, limit: int) -> int:
    """The last word end in the second half of `start:end`, else `end`."""
    if end >= limit:
        return limit
    for at in range(end, start + (end - start) // 2, -1):
        if text[at].isspace():
            while at > start + 1 and text[at - 1].isspace():
                at -= 1
            return at
    return end


def _passages(document: Document, article: Article, run: list[_Sentence]) -> list[Passage]:
    """A run without removed text, cut into as few passages as fit, of about equal length."""
    if all(sentence.heading for sentence in run) and any(block.kind is BlockKind.BODY for block in article.blocks):
        # The deck above a picture: nothing follows that it could head, and alone it is no evidence.
        return []
    parts = -(-sum(sentence.tokens for sentence in run) // PASSAGE_TOKENS)
    while len(groups := _balanced(run, parts)) > parts:
        parts = len(groups)
    return [_passage(document, article, group) for group in groups]


def _balanced(run: list[_Sentence], parts: int) -> list[list[_Sentence]]:
    """Groups of about equal length, `parts` of them if the sentences allow; a heading is never the last of one."""
    groups: list[list[_Sentence]] = []
    group: list[_Sentence] = []
    size = 0
    left = sum(sentence.tokens for sentence in run)
    for sentence in run:
        target = (left + size) / max(1, parts - len(groups))
        over = size + sentence.tokens
        if group and (over > PASSAGE_TOKENS or over - target > target - size):
            carried: list[_Sentence] = []
            while len(group) > 1 and group[-1].heading:
                carried.insert(0, group.pop())
            held = sum(one.tokens for one in carried)
            if held + sentence.tokens > PASSAGE_TOKENS:
                group, carried, held = [*group, *carried], [], 0
            groups.append(group)
            group, size = carried, held
        group.append(sentence)
        size += sentence.tokens
        left -= sentence.tokens
    groups.append(group)
    return groups


def _passage(document: Document, article: Article, group: list[_Sentence]) -> Passage:
    start, end = group[0].start, group[-1].end
    text = document.text[start:end]
    return Passage(
        id=_id(document.path, start, end, text, article.source),
        document=document.path,
        article=article.ordinal,
        start=start,
        end=end,
        text=text,
        sentences=tuple(Span(sentence.start, sentence.end) for sentence in group),
        source=article.source,
    )


def _id(path: str, start: int, end: int, text: str, source: Provenance) -> str:
    fields = (path, start, end, text, source.title, source.outlet, source.author, source.published, source.url)
    # Length before each field, so that no two lists of fields give the same bytes.
    data = b"".join(
        f"{len(field)}:".encode() + field.encode("utf-8", "surrogatepass")
        for field in ("-" if value is None else f"={value}" for value in fields)
    )
    return hashlib.sha256(data).hexdigest()[:32]
