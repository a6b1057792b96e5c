"""What is in the corpus, and what is not."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from assistant.domain import Provenance
from assistant.show.passages import origin
from assistant.show.safe import one_line
from assistant.show.screen import joined
from assistant.show.sources import counted
from assistant.tui.places import Place
from assistant.tui.screens.pick import Entry, PickScreen
from assistant.tui.session import Session


class CorpusScreen(PickScreen):
    """Documents with their articles, then the files that were skipped and why; Enter reads a document."""

    CAPTION = "Corpus"
    HINT = "Enter reads it · Esc goes back"
    NOTHING = "No document fits."

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def find(self, query: str) -> Sequence[Entry]:
        """Documents whose path, titles or outlets hold all words of the query."""
        snapshot = self._session.snapshot
        words = query.casefold().split()
        articles: dict[str, list[str]] = {}
        for article in snapshot.articles():
            articles.setdefault(article.document, []).append(origin(article.source) or "untitled")
        documents = snapshot.documents()
        total = joined(
            (
                counted(len(documents), "document"),
                counted(sum(one.articles for one in documents), "article"),
                counted(snapshot.passage_count, "passage"),
                f"{len(snapshot.skipped())} skipped",
            ),
            ", ",
        )
        entries = [Entry("", Content.styled(total, "dim"))]
        for info in documents:
            titles = articles.get(info.path, [])
            if not _holds(words, info.path, *titles):
                continue
            facts = joined((info.format, f"{info.characters:,} characters", counted(info.passages, "passage")))
            lines = [Content.assemble((one_line(info.path), "bold"), (f"  {facts}", "dim"))]
            lines += [Content(f"  · {title}") for title in titles]
            entries.append(Entry(f"document:{info.path}", Content("\n").join(lines)))
        for one in snapshot.skipped():
            if _holds(words, one.path, one.reason):
                line = Content.assemble(("skipped  ", "$text-warning"), f"{one_line(one.path)}: {one_line(one.reason)}")
                entries.append(Entry("", line))
        return entries

    def picked(self, entry: str) -> None:
        """Reads the document from its beginning."""
        from assistant.tui.screens.source import DocumentScreen

        path = entry.removeprefix("document:")
        articles = self._session.snapshot.articles(path)
        source = articles[0].source if len(articles) == 1 else Provenance(title=one_line(path))
        self.app.push_screen(DocumentScreen(self._session, Place("", path, 0, 0, "", source)))


def _holds(words: Sequence[str], *texts: str) -> bool:
    text = " ".join(texts).casefold()
    return all(word in text for word in words)
