"""A place in a document, in its surroundings: where a citation points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from assistant.show.passages import origin
from assistant.show.safe import one_line, sanitize
from assistant.show.screen import Screen, joined, paragraph, render

if TYPE_CHECKING:
    from assistant.domain import Article, Document, Json

FAR = 600
"""Characters shown before and after the place; a page without line breaks is one long line."""


class Place(NamedTuple):
    """A range of characters of a document's text, and how much is shown around it."""

    start: int
    end: int
    context: int = 0
    """Lines before and after."""


def whole(document: Document) -> Place:
    """All of a document; nothing in it is marked."""
    return Place(0, len(document.text))


def line_starts(text: str) -> list[int]:
    """Offsets at which the lines begin; lines end at newlines, as `grep -n` and editors count them."""
    starts = [0]
    while end := text.find("\n", starts[-1]) + 1:
        starts.append(end)
    return starts


def line_at(text: str, offset: int) -> int:
    """1-based line of an offset."""
    return text.count("\n", 0, offset) + 1


def page_at(pages: Sequence[int], offset: int) -> int | None:
    """1-based page of an offset; None for formats without pages."""
    return bisect_right(pages, offset) if pages else None


def article_at(articles: Sequence[Article], offset: int) -> Article | None:
    """The article that holds an offset."""
    return next((article for article in articles if article.start <= offset < article.end), None)


def to_json(document: Document, articles: Sequence[Article], place: Place) -> Json:
    """The quote with what surrounds it: `before + quote + after` is a run of the document's text."""
    source = article.source if (article := article_at(articles, place.start)) else document.declared
    first, last = _window(document.text, place)
    return {
        "document": document.path,
        "sha256": document.sha256,
        "start": place.start,
        "end": place.end,
        "quote": document.text[place.start : place.end],
        "before": document.text[first : place.start],
        "after": document.text[place.end : last],
        "line": line_at(document.text, place.start),
        "page": page_at(document.pages, place.start),
        "title": source.title,
        "outlet": source.outlet,
        "published": source.published.isoformat() if source.published else None,
    }


def to_terminal(document: Document, articles: Sequence[Article], place: Place, screen: Screen) -> str:
    """Numbered lines with the quote marked: by colour, or between ⟦ and ⟧ where there is none."""
    article = article_at(articles, place.start)
    page = page_at(document.pages, place.start)
    details = joined((f"characters {place.start}-{place.end}", f"page {page}" if page else None))
    everything = place == whole(document)
    head = Text.assemble((one_line(document.path), "bold"), f"  {details}")
    lines: list[Text | str] = [*paragraph(head, screen, hanging=2, whole_words=True)]
    if article and origin(article.source) and not everything:
        lines += paragraph(Text(origin(article.source)), screen)
    lines.append("")
    first, last = _window(document.text, place)
    starts = line_starts(document.text)
    ends = [*starts[1:], len(document.text)]
    gutter = len(str(bisect_right(starts, max(first, last - 1))))
    for number in range(bisect_right(starts, first) - 1, len(starts)):
        if starts[number] >= last and number > 0 and starts[number] > first:
            break
        begin, end = max(starts[number], first), min(ends[number], last)
        text = _marked(document.text, begin, end, Place(0, 0) if everything else place, screen)
        if begin > starts[number]:
            text = Text.assemble("…", text)
        if end < ends[number]:
            text = Text.assemble(text, "…")
        lines += _numbered(number + 1, gutter, text, screen)
    return render(lines, screen)


def _numbered(number: int, gutter: int, text: Text, screen: Screen) -> list[Text]:
    """A line of the document, wrapped, with its number before it."""
    lead = Text(f"{number:>{gutter}}", style="dim")
    indent = gutter + 2
    wrapped = paragraph(text, screen, indent=indent)
    if not wrapped or not wrapped[0].plain.strip():
        return [lead]
    return [Text.assemble(lead, "  ", wrapped[0][indent:]), *wrapped[1:]]


def _window(text: str, place: Place) -> tuple[int, int]:
    """What is shown: whole lines around the place, but no more than FAR characters before and after."""
    starts = line_starts(text)
    first_line = bisect_right(starts, place.start) - 1 - place.context
    last_line = bisect_right(starts, max(place.start, place.end - 1)) + place.context
    first = starts[max(first_line, 0)]
    last = starts[last_line] if last_line < len(starts) else len(text)
    return max(first, place.start - FAR), min(last, place.end + FAR)


def _marked(text: str, begin: int, end: int, place: Place, screen: Screen) -> Text:
    """One line's characters `begin:end`, with the part that belongs to the quote marked."""
    start, stop = max(begin, place.start), min(end, place.end)
    if start >= stop:
        return Text(sanitize(text[begin:end].rstrip("\r\n")))
    quote = sanitize(text[start:stop].rstrip("\r\n"))
    marked = Text(quote, style="bold reverse") if screen.color else Text(f"⟦{quote}⟧" if quote else "")
    return Text.assemble(sanitize(text[begin:start]), marked, sanitize(text[stop:end].rstrip("\r\n")))
