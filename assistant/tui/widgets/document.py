"""A whole document with one place of it marked; draws only the rows that are seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from assistant.domain import Span
from assistant.tui.wrapping import row_at, shown

ABOVE = 3
"""Rows of the surroundings that stay visible above a place."""


class DocumentView(ScrollView, can_focus=True):
    """Rows of a document, made elsewhere (`wrapping.rows`); scrolls with the usual keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"document--quote", "document--edge"}

    def __init__(self) -> None:
        super().__init__(id="document")
        self._text = ""
        self._rows: Sequence[Span] = ()
        self._quote = Span(0, 0)

    @property
    def row_width(self) -> int:
        """Cells that a row may take."""
        return max(10, self.scrollable_content_region.width - 1)

    def put(self, text: str, rows: Sequence[Span], quote: Span, *, stay: bool = False) -> None:
        """Shows a document; unless it is to `stay`, scrolled to the quote."""
        self._text, self._rows, self._quote = text, rows, quote
        self.virtual_size = Size(self.row_width, len(rows))
        self.refresh()
        if not stay:
            self.scroll_to_quote()

    def clear(self) -> None:
        """Shows nothing."""
        self.put("", (), Span(0, 0))

    def scroll_to_quote(self) -> None:
        """Brings the marked place into view, with what stands above it."""
        top = row_at(self._rows, self._quote.start) if self._quote.end else 0
        self.scroll_to(y=max(0, top - ABOVE), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """One row."""
        number = y + self.scroll_offset.y
        width = self.size.width
        base = self.rich_style
        if number >= len(self._rows):
            return Strip.blank(width, base)
        return Strip(self._segments(self._rows[number], base)).adjust_cell_length(width, base)

    def _segments(self, row: Span, base: Style) -> list[Segment]:
        start, stop = max(row.start, self._quote.start), min(row.end, self._quote.end)
        if start >= stop:
            return [Segment(shown(self._text[row.start : row.end]), base)]
        marked = base + self.get_component_rich_style("document--quote")
        # ⟦ and ⟧ tell the place where there is no colour, and to a screen reader.
        edges = base + self.get_component_rich_style("document--edge")
        parts = [Segment(shown(self._text[row.start : start]), base)]
        if start == self._quote.start:
            parts.append(Segment("⟦", edges))
        parts.append(Segment(shown(self._text[start:stop]), marked))
        if stop == self._quote.end:
            parts.append(Segment("⟧", edges))
        parts.append(Segment(shown(self._text[stop : row.end]), base))
        return parts
