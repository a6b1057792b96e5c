"""Page to articles: where each begins, what is known about it, and the blocks of it that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.corpus.boundaries import boundaries
from assistant.corpus.clean import Piece, clean, drop_regions
from assistant.corpus.cohesion import breaks
from assistant.corpus.furniture import Role, dateline_length
from assistant.corpus.lines import Marker
from assistant.corpus.titles import Head, keeps_date, opening_date, read_head
from assistant.domain import Article, Block, BlockKind, Document, Provenance

_HEADING_WORDS = 14


def articles(document: Document) -> tuple[Article, ...]:
    """The articles of a document in text order; at least one, even if nothing of it is kept.

    Title, date, author, outlet and URL are what the page, its metadata or `metadata.toml` tells; else None.
    """
    page = clean(document)
    pieces = page.pieces
    starts = boundaries(pieces)
    drop_regions(pieces, starts)
    declared = merge(page.header, document.declared)
    further = breaks(pieces, starts, headlines=not document.pages)
    headless = {one.at for one in further if not one.titled}
    cuts = sorted({0, *starts, *(one.at for one in further)})
    several = len(cuts) > 1
    result: list[Article] = []
    page_date: date | None = None
    for ordinal, (first, last) in enumerate(zip(cuts, [*cuts[1:], len(pieces)], strict=True)):
        own = pieces[first:last]
        follows = first in headless
        head = read_head(own, None if several else declared.title, titled=not follows)
        if ordinal == 0:
            page_date = head.above or declared.published
        told = Provenance(
            _title_text(own, head), None, head.author, head.published or (head.above if ordinal else None)
        )
        source = _source(told, declared, document.override, None if follows else page_date, ordinal, several)
        blocks = _blocks(document.text, own, head)
        start = own[0].unit.start if own else 0
        end = max(own[-1].unit.end, start) if own else len(document.text)
        result.append(Article(document.path, ordinal, start, end, source, blocks))
    return tuple(result)


def merge(first: Provenance, second: Provenance) -> Provenance:
    """Field by field, what the first tells, else what the second tells."""
    return Provenance(
        title=first.title or second.title,
        outlet=first.outlet or second.outlet,
        author=first.author or second.author,
        published=first.published or second.published,
        url=first.url or second.url,
    )


def _source(
    told: Provenance, declared: Provenance, override: Provenance, page_date: date | None, ordinal: int, several: bool
) -> Provenance:
    """What is known about one article.

    A file's own metadata tells more surely than its text; of several articles it describes the first, while outlet,
    URL and date are the page's.
    """
    page = Provenance(outlet=declared.outlet, published=page_date, url=declared.url)
    if not several:
        return merge(override, merge(merge(declared, told), page))
    if ordinal == 0:
        return merge(override, merge(merge(told, declared), page))
    # Without a headline of its own it was taken over from elsewhere, and may be older than the page.
    day = None if told.title is None else override.published or page_date
    return merge(
        told, Provenance(outlet=override.outlet or declared.outlet, published=day, url=override.url or declared.url)
    )


def _title_text(pieces: Sequence[Piece], head: Head) -> str | None:
    return " ".join(pieces[at].unit.text for at in head.title) or None


def _blocks(text: str, pieces: Sequence[Piece], head: Head) -> tuple[Block, ...]:
    first = head.title[0] if head.title else 0
    blocks: list[Block] = []
    title = _title_text(pieces, head)
    for at, piece in enumerate(pieces):
        unit = piece.unit
        if piece.role is not Role.TEXT:
            if keeps_date(pieces, at, head):
                blocks.append(Block(unit.start, unit.end, BlockKind.HEADING))
            continue
        # What stands above the title is the site's name and its sections; a title told twice is no evidence.
        if (at < first and not unit.paragraph) or (at not in head.title and unit.text == title):
            continue
        start = unit.start
        if piece.body:
            if at == head.end:
                start += opening_date(text[start : unit.end])[1]
            start += dateline_length(text[start : unit.end])
        blocks.append(Block(start, unit.end, _kind(pieces, at, head)))
    return tuple(blocks)


def _kind(pieces: Sequence[Piece], at: int, head: Head) -> BlockKind:
    if at in head.title:
        return BlockKind.TITLE
    unit = pieces[at].unit
    if unit.marker is Marker.HEADING:
        return BlockKind.HEADING
    if not pieces[at].short or unit.terminal or unit.marker is not Marker.NONE:
        return BlockKind.BODY
    if head.title and at < head.end and ": " not in unit.text:
        return BlockKind.HEADING
    following = next((pieces[place] for place in range(at + 1, len(pieces)) if pieces[place].role is Role.TEXT), None)
    before = next((pieces[place] for place in range(at - 1, -1, -1) if pieces[place].role is Role.TEXT), None)
    # A few words between two halves of a sentence (a link in its own line) are no heading.
    broken = before is not None and before.unit.words > _HEADING_WORDS and not before.unit.terminal
    broken = broken or (
        following is not None and (following.unit.text[0] in ").,;" or following.unit.text[0].islower())
    )
    heads = following is not None and following.body and unit.words <= _HEADING_WORDS and not broken
    return BlockKind.HEADING if heads else BlockKind.BODY
