"""The source of the selected citation: what article it is, who speaks, and the quote in its document."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static
from textual.worker import get_current_worker

from assistant.domain import Document, Span
from assistant.errors import CorpusError
from assistant.show.passages import origin
from assistant.show.safe import flowing, one_line
from assistant.show.screen import joined
from assistant.show.surroundings import line_at, page_at
from assistant.tui.page import MARKER, QUIET, speaker
from assistant.tui.places import Place
from assistant.tui.session import Session
from assistant.tui.widgets.document import DocumentView
from assistant.tui.wrapping import rows

EMPTY = "The source of a citation stands here."


class SourcePane(Vertical):
    """Shows one place; the document is read and wrapped in a thread, and an old one cannot land after a new one."""

    def __init__(self, session: Session, name: str = "source") -> None:
        super().__init__(id=name, classes="source")
        self._session = session
        self._document: Document | None = None
        self.place: Place | None = None

    def compose(self) -> ComposeResult:
        """Facts above, document below."""
        yield Static(Content.styled(EMPTY, QUIET), classes="facts")
        yield DocumentView()

    @property
    def view(self) -> DocumentView:
        """The document."""
        return self.query_one(DocumentView)

    def show(self, place: Place | None) -> None:
        """Shows a place, or nothing."""
        self.place = place
        if place is None:
            self._document = None
            self.query_one(".facts", Static).update(Content.styled(EMPTY, QUIET))
            self.view.clear()
            return
        self.query_one(".facts", Static).update(facts(place, None))
        self._load(place, stay=False)

    def _on_resize(self, event: Resize) -> None:
        if self.place is not None and event.size.width:
            # The view has its new width only after this event.
            self.call_after_refresh(self._load, self.place, stay=True)

    def _load(self, place: Place, *, stay: bool) -> None:
        width = self.view.row_width
        work = partial(self._read, place, width, stay=stay)
        self.run_worker(work, thread=True, exclusive=True, exit_on_error=False, group="document")

    def _read(self, place: Place, width: int, *, stay: bool) -> None:
        worker = get_current_worker()
        document = self._document
        try:
            if document is None or document.path != place.document:
                document = self._session.document(place.document)
        except CorpusError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._missing, place, error)
            return
        found = rows(document.text, width)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._put, place, document, found, stay)

    def _missing(self, place: Place, error: CorpusError) -> None:
        if place is self.place:
            self.query_one(".facts", Static).update(Content(flowing(str(error))))
            self.view.clear()

    def _put(self, place: Place, document: Document, found: list[Span], stay: bool) -> None:
        if place is not self.place:
            return
        self._document = document
        self.query_one(".facts", Static).update(facts(place, document))
        self.view.put(document.text, found, Span(place.start, place.end), stay=stay)


def facts(place: Place, document: Document | None) -> Content:
    """Title, outlet and date; speaker and manner; file and line."""
    head = origin(place.source) or "untitled"
    lines = [Content.assemble((f"[{place.label}] ", MARKER), (head, "bold"))]
    if place.citation and (who := speaker(place.citation)):
        lines.append(Content(who))
    if place.near:
        lines.append(Content(flowing(place.near.why)))
    line = page = None
    if document:
        line, page = line_at(document.text, place.start), page_at(document.pages, place.start)
    where = joined((one_line(place.document) + (f":{line}" if line else ""), f"page {page}" if page else None))
    return Content("\n").join([*lines, Content.styled(where, QUIET)])
